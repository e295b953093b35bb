"""The only way into a case. Permission and the record of access live here: no page can forget them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from gameplan.cases import rows, seeing, trail
from gameplan.cases.models import Access, Attachment, Case, Member
from gameplan.cases.people import SCHOOL_ROLES, Person
from gameplan.cases.today import today
from gameplan.core import facts
from gameplan.core.calendars import SchoolYear
from gameplan.people.doors import Held, within
from gameplan.people.roles import ROLES, Action, Side, allowed, may, side_of
from gameplan.people.school_years import own_or_inherited, years_at

# The looks of today that this process knows to be written down: case, person, day.
_seen_to: set[tuple[UUID, str, date]] = set()
MOST_LOOKS = 10_000


class WentInto(Http404):
    """Raised for a case that was put together with another one: `case_id` is the one that has it all now."""

    def __init__(self, case_id: UUID) -> None:
        self.case_id = case_id
        super().__init__("This case was put together with another one.")


def case_for(person: Person, case_id: UUID | str, *, to: Action = Action.READ) -> Case:
    """The case, if this person may do that with it; its `reader` is the person in their role, `can` what they may do.

    Raises Http404 if there is no such case for this person, and PermissionDenied if they may see it but not
    do that. Looking is written down once a day, sharing each time; each verb writes down its own change.
    Raises WentInto, which is an Http404, for a case of theirs that was put together with another one.
    """
    found = _with_role(person).filter(pk=_uuid(case_id)).first()
    role = _role_in(found, person) if found else None
    if found is None or role is None:
        raise Http404("There is no such case.")
    if found.merged_into_id:
        raise WentInto(found.merged_into_id)
    name, decides = role
    can = allowed(name, joined=found.school_id is not None, decides=decides)
    if to not in can:
        raise PermissionDenied(f"This person may not {to} this case.")
    found.reader, found.can = person.acting_as(name), can
    if to is Action.SHARE:
        note_access(found.pk, found.reader, to)
    elif to is Action.READ:
        _note_look(found.pk, found.reader)
    return found


def may_now(case: Case, action: Action) -> bool:
    """True if the reader of an opened case may do that at this moment. One query; a page asks `case.can`."""
    found = _with_role(case.reader).filter(pk=case.pk).first()
    role = _role_in(found, case.reader) if found else None
    return role is not None and may(role[0], action, joined=case.school_id is not None, decides=role[1])


def _with_role(person: Person) -> QuerySet[Case]:
    """Cases with the role that this person has there as one of its people, and their schools."""
    mine = FilteredRelation("members", condition=_open_now("members__") & Q(members__person=person.id))
    return (
        Case.objects.order_by()
        .select_related("school__parent")
        .annotate(mine=mine, role_here=F("mine__role"), decides_here=F("mine__decides"))
    )


def _memberships(person: Person) -> QuerySet[Member]:
    """Where this person is one of the people of the case that is asked for, today."""
    return Member.objects.filter(_open_now(), case=OuterRef("pk"), person=person.id)


def _open_now(of: str = "") -> Q:
    return Q(**{f"{of}until__isnull": True}) | Q(**{f"{of}until__gte": today()})


def _role_in(case: Any, person: Person) -> tuple[str, bool] | None:
    """The role of this person in a case from `_with_role` and whether they decide there, or None.

    Being one of its people comes first. The school's people need a post there as well: with the post, all closes.
    """
    if case.role_here and (side_of(case.role_here) is not Side.SCHOOL or _works_there(case, person.posts)):
        return case.role_here, bool(case.decides_here)
    above = _organisations_of(case)
    return next(
        ((held.role, False) for held in person.posts if held.organisation in above and _opens_all(held.role)), None
    )


def _works_there(case: Case, posts: tuple[Held, ...]) -> bool:
    above = _organisations_of(case)
    return any(held.organisation in above for held in posts)


def _organisations_of(case: Case) -> set[UUID]:
    """The child's school, its district and its State."""
    if case.school is None:
        return set()
    district = case.school.parent
    return {key for key in (case.school_id, case.school.parent_id, district and district.parent_id) if key}


def _note_look(case_id: UUID, person: Person) -> None:
    """Write down that this person looked at this case today, once; this process remembers what it has seen to."""
    now = timezone.now()
    look = (case_id, person.id, now.date())
    if look in _seen_to:
        return
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    noted = Access.objects.filter(case_id=case_id, person=person.id, action=Action.READ, at__gte=start)
    if not noted.exists():
        note_access(case_id, person, Action.READ)
    if len(_seen_to) >= MOST_LOOKS:
        _seen_to.clear()
    _seen_to.add(look)


def family_cases_of(person: Person) -> QuerySet[Case]:
    """The cases that this person may see because they belong to the family, or help it; oldest first."""
    return Case.objects.filter(Exists(_memberships(person).exclude(role__in=SCHOOL_ROLES)))


def cases_of(person: Person) -> QuerySet[Case]:
    """The cases that this person may see, oldest first, whether as one of a case's people or by a post."""
    mine = _memberships(person)
    whole = Case.objects.filter(merged_into__isnull=True)
    as_family = Q(Exists(mine.exclude(role__in=SCHOOL_ROLES)))
    if not person.posts:
        return whole.filter(as_family)
    here = within("school", [held.organisation for held in person.posts])
    by_post = within("school", [held.organisation for held in person.posts if _opens_all(held.role)])
    return whole.filter(as_family | (Q(Exists(mine)) & here) | by_post)


_NEITHER = next(role.id for role in ROLES.values() if role.side is Side.NEITHER)


def _opens_all(role: str) -> bool:
    return ROLES[role].by_post and Action.READ in ROLES[role].may


def as_both_see(case: Case) -> Case:
    """The opened case as both sides see it, to read what must come out the same for both, such as numbers.

    While no school holds the case there is one side, and it is the case itself.
    """
    if case.school_id is None:
        return case
    found = copy(case)
    found.reader = case.reader.acting_as(_NEITHER)
    return found


def facts_of(case: Case) -> facts.Case:
    """The case as the engine knows it, as far as its reader sees it: the one bridge from the database.

    The queries do not grow with the case. Raises NotOpened for a case that did not come through its door.
    """
    seen = seeing.entries_of(case)
    papers: dict[str, facts.Attachment] = {}
    proofs: dict[int, tuple[str, ...]] = {}
    for *columns, entry in seeing.papers_of(case).order_by("id", "proves__id").values_list(*rows.PAPER_COLUMNS):
        paper = papers.setdefault(columns[0], rows.paper(*columns))
        if entry is not None:
            proofs[entry] = (*proofs.get(entry, ()), paper.id)
    told = [
        (side, rows.fact_of(tuple(row), proofs.get(row[0], ())))
        for side, *row in seen.values_list("side", *rows.FACT_COLUMNS)
    ]
    return facts.Case(
        child=rows.child_of(case),
        calendars=calendars_of(case),
        facts=tuple(fact for _side, fact in told) if seeing.sees_all(case) else _as_shown(told),
        attachments=tuple(papers.values()),
    )


def calendars_of(case: Case) -> tuple[SchoolYear, ...]:
    """The school years of a case: its own, and those of its school for the years of which it has none of its own."""
    own = tuple(rows.school_year_of(year) for year in case.years.all())
    if case.school_id is None:
        return own
    return own_or_inherited(own, years_at(case.school_id))


def own_years(case: Case) -> frozenset[str]:
    """The names of the school years that were written in the case itself. One query."""
    return frozenset(case.years.values_list("school_year", flat=True))


def _as_shown(told: Sequence[tuple[str, facts.Fact]]) -> tuple[facts.Fact, ...]:
    """The facts without what the family noted beside its own, and without a word of facts that are not among them."""
    seen = {fact.id for _side, fact in told}
    return tuple(
        replace(
            fact,
            note=fact.note if side == Side.SCHOOL else "",
            corrects=fact.corrects if fact.corrects in seen else None,
            account_of=fact.account_of if fact.account_of in seen else None,
        )
        for side, fact in told
        if not (fact.withdrawn and fact.corrects not in seen)
    )


def paper_of(case: Case, attachment_id: str) -> Attachment:
    """One paper of the case with its bytes in `content`. Raises Http404 if its reader sees no such paper."""
    found = seeing.papers_of(case).filter(attachment_id=attachment_id).first()
    if found is None:
        raise Http404("There is no such paper.")
    found.content = bytes(found.content)
    return found


def held(case: Case, *, by: Person | None = None) -> Case:
    """The case as it is now, held until the end of the transaction, so that two changes never cross.

    Every verb holds the case before anything else that it changes: whoever waits then waits here, and no two wait for
    each other. `by` is who reads it from now on, else its reader stays. Raises Http404 if the case is gone, also into
    another one while somebody waited here: what they would write would be lost there.
    """
    found = Case.objects.select_for_update(no_key=True).filter(pk=case.pk, merged_into__isnull=True).first()
    if found is None:
        raise Http404("There is no such case any more.")
    found.reader = by or case.reader
    return found


def hold(case_id: UUID) -> None:
    """Hold the case until the end of the transaction, for a verb that changes one and reads nothing of it (`held`)."""
    found = Case.objects.select_for_update(no_key=True).filter(pk=case_id, merged_into__isnull=True)
    if found.values_list("pk").first() is None:
        raise Http404("There is no such case any more.")


def times_since(case_id: UUID, action: str, moment: datetime) -> int:
    """How often somebody did that with a case since a moment, by the record of access."""
    return Access.objects.filter(case_id=case_id, action=action, at__gte=moment).count()


def note_access(case_id: UUID, person: Person, action: str, *, about: str = "", digest: str = "") -> None:
    """Write into the trail of a case that this person did that, now: to what, and the hash of how it then was.

    Anything but looking and sharing changes the case, and gives it a new revision.
    """
    trail.note(case_id, person, action, about=about, digest=digest)


def _uuid(case_id: UUID | str) -> UUID:
    if isinstance(case_id, UUID):
        return case_id
    try:
        return UUID(case_id)
    except (ValueError, AttributeError, TypeError) as wrong:
        raise Http404("There is no such case.") from wrong
