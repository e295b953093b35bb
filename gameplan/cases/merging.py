"""Two cases of one child become one: who proposes it, both sides' yes, and what comes into the case that stays.

The family's own case (`source`) is closed and leads to the one that a school holds (`into`). What it held is written
there anew, as it was told, with its side; its own rows and its trail stay as they are, and verify as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases import rows
from gameplan.cases.doors import note_access
from gameplan.cases.models import Attachment, Case, Draft, Entry, Member, Proof, Year
from gameplan.cases.models_joint import Asking, Merging
from gameplan.cases.named import fact_digest, many_digest, row_digest
from gameplan.cases.people import Person
from gameplan.cases.today import today
from gameplan.cases.trail import digest_of
from gameplan.core import facts
from gameplan.core.facts import standing_facts
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.people.roles import Side, side_of

CARRIED = frozenset({
    "members", "entries", "years", "attachments", "drafts", "choices", "askings", "mergings_away", "mergings_in",
    "stubs", "letters", "plans", "consent_requests", "signatures", "screen_agreements", "amendments", "retention_steps",
    "school_notices", "deliveries", "delivery_choices", "language_wishes", "language_help", "measures", "supports",
    "service_logs", "given", "progress_reports",
})  # fmt: skip
"""What hangs on a case and comes along, or belongs to the closed one (what was agreed to before signing there)."""
NEAR_DAYS = 14
"""Two facts of one kind that lie at most so many days apart may tell the same thing."""
TELLS_APART = ("kind", "for", "type", "what")
Pair = tuple[str, str]


def pairs_of(mine: facts.Case, theirs: facts.Case) -> list[Pair]:
    """Facts that both cases most likely tell: of one kind and sort, near in time; the nearest first, each once."""
    here, there = (_roots(told) for told in (mine, theirs))
    near = sorted(
        (abs((one.on - other.on).days), at, one.id, other.id)
        for at, one in enumerate(here)
        for other in there
        if _alike(one, other)
    )
    found: list[Pair] = []
    used: set[tuple[int, str]] = set()
    for _days, _at, one_id, other_id in near:
        if not used & {(0, one_id), (1, other_id)}:
            used |= {(0, one_id), (1, other_id)}
            found.append((one_id, other_id))
    return found


def _roots(told: facts.Case) -> list[facts.Fact]:
    return [one for one in standing_facts(told.facts) if not one.account_of]


def _alike(one: facts.Fact, other: facts.Fact) -> bool:
    if one.kind != other.kind or one.planned != other.planned or abs((one.on - other.on).days) > NEAR_DAYS:
        return False
    both = [name for name in TELLS_APART if name in one.data and name in other.data]
    return all(one.data[name] == other.data[name] for name in both)


def open_merging(case: Case) -> Merging | None:
    """The putting together that is open for this case, whichever of the two it is; or None."""
    found = Merging.objects.filter(Q(source=case) | Q(into=case), state=Merging.State.OPEN)
    return found.select_related("source", "into__school").order_by("begun_at").first()


def others_of(person: Person, case: Case) -> list[Case]:
    """The cases that a school holds, of which this person of the family is one as well: into which this one can go."""
    open_now = Q(members__until__isnull=True) | Q(members__until__gte=today())
    mine = Case.objects.filter(open_now, members__person=person.id, school__isnull=False, merged_into__isnull=True)
    family = [one.pk for one in mine.exclude(pk=case.pk).prefetch_related("members") if _is_familys(one, person)]
    return list(Case.objects.filter(pk__in=family).select_related("school"))


def _is_familys(case: Case, person: Person) -> bool:
    return any(one.person == person.id and side_of(one.role) is Side.FAMILY for one in case.members.all())


def twins_at(school_id: UUID, name: str, born: date | None) -> list[Case]:
    """The cases that a school holds of a child of this name and birth date; none without both."""
    if not name.strip() or born is None:
        return []
    same = Case.objects.filter(school=school_id, child_name__iexact=name.strip(), child_born=born)
    return list(same.filter(merged_into__isnull=True))


@transaction.atomic
def propose(source: Case, into: Case, *, by: Person) -> Merging:
    """Somebody of either side proposes to put the family's own case into the one that a school holds.

    Raises Refused where that cannot be; a proposal that is open already is given again.
    """
    first, second = _both(source.pk, into.pk)
    before = Merging.objects.filter(source=first, into=second, state=Merging.State.OPEN).first()
    if before:
        return before
    faults = list(_merging_faults(first, second))
    if faults:
        raise Refused(faults)
    merging = Merging.objects.create(source=first, into=second, begun_by=by.id)
    for case, other in ((first, second), (second, first)):
        note_access(case.pk, by, "propose-merging", about=f"case:{other.pk}")
    return merging


def _merging_faults(source: Case, into: Case) -> Iterable[Fault]:
    mend = _("Choose the family’s own case, and the one that the school holds.")
    if source.pk == into.pk or source.school_id is not None or into.school_id is None:
        yield Fault("case", _("These two cannot be put together."), mend)
    if source.merged_into_id or into.merged_into_id:
        yield Fault("case", _("One of them was put together with another one already."), mend)
    if Merging.objects.filter(source=source, state=Merging.State.OPEN).exists():
        yield Fault("case", _("This case is to go into another one already."), _("Take that back first."))


@transaction.atomic
def family_agrees(merging: Merging, *, by: Person, pairs: Sequence[Pair], chosen: Iterable[str]) -> Merging:
    """The family says yes to this: which facts tell the same, and what the school will see.

    Raises PermissionDenied for somebody else, Refused if a fact stands in two pairs, Http404 if it is not open.
    """
    if by.side is not Side.FAMILY:
        raise PermissionDenied("This is the family's yes.")
    found = _held(merging)
    sides = ([one for one, _other in pairs], [other for _one, other in pairs])
    if any(len(set(side)) < len(side) for side in sides):
        what = _("One thing that happened stands in two pairs.")
        raise Refused([Fault("pairs", what, _("Choose each only once."))])
    found.pairs, found.chosen = [list(pair) for pair in pairs], sorted(set(chosen))
    found.agreed_on, found.family_yes = _digest(found), by.id
    found.save()
    for key in (found.source_id, found.into_id):
        note_access(key, by, "agree-to-merging", about=f"merging:{found.pk}", digest=found.agreed_on)
    return found


def school_agrees(merging: Merging, *, by: Person, seen: str) -> Merging:
    """The school says yes to what the family said yes to, as it saw it (`seen`, the hash on its page).

    Call it in the transaction that does it. Raises Refused if the family has not said yes, or to something else since.
    """
    if by.side is not Side.SCHOOL:
        raise PermissionDenied("This is the school's yes.")
    found = _held(merging)
    if not found.family_yes or found.agreed_on != seen:
        what = _("The family has not said yes to this, or has changed it since.")
        raise Refused([Fault("merging", what, _("Look at it once more."))])
    found.school_yes = by.id
    found.save()
    return found


@transaction.atomic
def withdraw(merging: Merging, *, by: Person) -> None:
    """Either side says no; both cases stay as they are."""
    found = _held(merging)
    found.state, found.ended_at = Merging.State.WITHDRAWN, timezone.now()
    found.save()
    for key in (found.source_id, found.into_id):
        note_access(key, by, "refuse-merging", about=f"merging:{found.pk}")


def _digest(merging: Merging) -> str:
    return digest_of([str(merging.source_id), str(merging.into_id), merging.pairs, merging.chosen])


def both_of(merging: Merging, *, by: Person) -> tuple[Case, Case]:
    """The two cases, held until the end of the transaction: the source as its family reads it, the other as `by`."""
    source, into = _both(merging.source_id, merging.into_id)
    source.reader, into.reader = family_reader(merging), by
    return source, into


def family_reader(merging: Merging) -> Person:
    """Who of the family said yes, as a reader of the family's side."""
    return Person(merging.family_yes, "parent")


def sides_of(case: Case) -> dict[str, str]:
    """The side that told each fact ("fact:f1") and added each paper ("paper:a1")."""
    told = {f"fact:{key}": side for key, side in case.entries.values_list("fact_id", "side")}
    return told | {f"paper:{key}": side for key, side in case.attachments.values_list("attachment_id", "side")}


def check_carried(source: Case, known: Iterable[str]) -> None:
    """Raises Refused if something hangs on the case that nobody would carry over (`known`: what other rooms carry)."""
    names = [one.get_accessor_name() or "" for one in Case._meta.related_objects]
    left = [name for name in names if name not in CARRIED and name not in known and _hangs_on(source, name)]
    if left:
        what = _("Something in this case cannot come along yet: {what}.").format(what=", ".join(left))
        raise Refused([Fault("case", what, _("Ask whoever runs this program for a newer one."))])


def _hangs_on(case: Case, name: str) -> bool:
    """True if anything of that related name belongs to the case: a row, or one of several."""
    try:
        found = getattr(case, name)
    except ObjectDoesNotExist:
        return False
    return not isinstance(found, models.Manager) or found.exists()


@transaction.atomic
def take_in(
    into: Case, told: facts.Case, contents: Mapping[str, bytes], sides: Mapping[str, str], *, source: Case, by: Person
) -> None:
    """Write facts and papers into a case as another one told them, after its own; their ids are free there already."""
    papers = {
        one.id: Attachment.objects.create(
            case=into, attachment_id=one.id, name=one.name, media_type=one.media_type, size=one.size,
            sha256=one.sha256, content=contents[one.id], added_by=by.role, side=sides[f"paper:{one.id}"],
        )
        for one in told.attachments
    }  # fmt: skip
    for name, paper in papers.items():
        note_access(into.pk, by, "take-in-paper", about=f"paper:{name}", digest=row_digest(paper))
    last = into.entries.aggregate(last=models.Max("position"))["last"] or 0
    count = into.entries.count()
    digests = []
    for position, fact in enumerate(told.facts, start=last + 1):
        columns = rows.fact_columns(fact, position=position)
        entry = Entry.objects.create(case=into, side=sides[f"fact:{fact.id}"], **columns)
        proofs = tuple(dict.fromkeys(fact.attachments))
        Proof.objects.bulk_create(Proof(entry=entry, attachment=papers[key]) for key in proofs)
        digests.append(fact_digest(entry, proofs))
    if digests:
        about = f"facts:{count + 1}-{count + len(digests)}"
        note_access(into.pk, by, "take-in-facts", about=about, digest=many_digest(digests))
    _take_in_child(into, told.child)
    _take_in_years(into, source)
    _take_in_people(into, source)
    _take_in_drafts(into, source)


def _take_in_child(into: Case, child: facts.Child) -> None:
    """What the case that stays does not say of the child."""
    for column, value in rows.child_columns(child).items():
        if not getattr(into, column):
            setattr(into, column, value)
    into.save()


def _take_in_years(into: Case, source: Case) -> None:
    """School years that the case that stays does not know; of one that both know, the school's stands."""
    known = set(into.years.values_list("school_year", flat=True))
    for year in source.years.exclude(school_year__in=known):
        about = rows.school_year_columns(rows.school_year_of(year))
        Year.objects.create(case=into, **about, source=year.source, saved_by=year.saved_by)


def _take_in_people(into: Case, source: Case) -> None:
    there = set(into.members.values_list("person", flat=True))
    for one in source.members.exclude(person__in=there):
        if side_of(one.role) is not Side.SCHOOL:
            Member.objects.create(
                case=into, person=one.person, role=one.role, until=one.until, decides=one.decides, limits=one.limits,
                invited_by=one.invited_by,
            )  # fmt: skip


def _take_in_drafts(into: Case, source: Case) -> None:
    """What people have typed and not sent; where both cases have something, both stay in one draft."""
    for draft in Draft.objects.filter(case=source):
        other = Draft.objects.filter(case=into, person=draft.person, screen=draft.screen).first()
        if other is None:
            Draft.objects.create(case=into, person=draft.person, screen=draft.screen, data=draft.data)
        else:
            other.data = {**draft.data, **other.data}
            other.save()


@transaction.atomic
def close(merging: Merging, source: Case, into: Case, *, by: Person, renamed: Mapping[str, Any], digest: str) -> None:
    """The source is closed and leads to the other one; each trail says so. `digest`: the hash of the family's copy."""
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    Asking.objects.filter(case=source, state=Asking.State.ASKED).update(state=Asking.State.WITHDRAWN)
    merging.state, merging.ended_at, merging.renamed = Merging.State.DONE, timezone.now(), dict(renamed)
    merging.save()
    note_access(source.pk, by, "go-into", about=f"case:{into.pk}", digest=digest)
    note_access(into.pk, by, "take-in", about=f"case:{source.pk}", digest=merging.agreed_on)


def where_now(case_id: UUID, what: str, name: str) -> str:
    """The id that a fact, paper, letter or plan of a closed case has in the one that it went into; else empty."""
    done = Merging.objects.filter(source=case_id, state=Merging.State.DONE).first()
    return str(done.renamed.get(what, {}).get(name, "")) if done else ""


def add_family(into: Case, source: Case, *, person: str, role: str, by: Person) -> None:
    """Who asked for the family becomes one of the people of the school's own case, with the rights that they hold."""
    held = source.members.filter(person=person).first()
    about = {"role": role, "decides": held.decides if held else False, "invited_by": by.id}
    Member.objects.get_or_create(case=into, person=person, defaults=about)
    note_access(into.pk, by, "add-family", about=f"person:{person}")


def _both(source: UUID, into: UUID) -> tuple[Case, Case]:
    """Both cases, held in one order, so that no two wait for each other. Raises Http404 if one is gone."""
    held = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[source, into]).order_by("pk")
    found = {one.pk: one for one in held.select_related("school__parent")}
    if source not in found or into not in found:
        raise Http404("There is no such case any more.")
    return found[source], found[into]


def _held(merging: Merging) -> Merging:
    """The merging as it is now, its cases held. Raises Http404 if it is not open any more."""
    _both(merging.source_id, merging.into_id)
    found = Merging.objects.filter(pk=merging.pk, state=Merging.State.OPEN).first()
    if found is None:
        raise Http404("This is not open any more.")
    return found


def without_notes(told: facts.Case, shown: Iterable[str]) -> facts.Case:
    """What of the source the other side may see before it says yes: the chosen facts, without notes and papers."""
    chosen = set(shown)
    kept = [one for one in standing_facts(told.facts) if f"fact:{one.id}" in chosen]
    return replace(told, facts=tuple(replace(one, note="", attachments=()) for one in kept), attachments=())
