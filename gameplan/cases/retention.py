"""The end of the records (34 CFR 300.624): no longer needed, the parent told, a copy or destruction asked, destroyed.

The school says that the records are no longer needed to serve the child, and tells the parent. The parent may ask for a
copy, and that the records be destroyed. Until they are, each step can be taken back. Destroying leaves two things: the
permanent record that a school may keep without limit, and the last row of the trail, which names it.

How long a State wants records to be kept is not in the law of this program: whoever destroys says that they checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases import amending
from gameplan.cases.doors import facts_of, held, may_now, note_access
from gameplan.cases.models import Access, Case
from gameplan.cases.models_joint import KeptCopy
from gameplan.cases.models_records import PermanentRecord, RetentionStep
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.seeing import sees_all
from gameplan.cases.verbs import leave_no_trace, record_fact, withdraw_fact
from gameplan.core.facts import standing_facts
from gameplan.core.faults import Fault
from gameplan.people.doors import chain_of
from gameplan.people.invitations import forget_invitations
from gameplan.people.refusals import Refused, refuse, unkeepable
from gameplan.people.roles import ROLES, Action, Side, side_of

NOT_NEEDED, NEEDED_AGAIN, TOLD, COPY_ASKED, COPY_GIVEN, DESTROY_ASKED, DESTROY_NOT_ASKED = (
    "not-needed", "needed-again", "told", "copy-asked", "copy-given", "destroy-asked", "destroy-not-asked",
)  # fmt: skip
PERMANENT: Final = (
    "name", "address", "phone", "grades", "attendance", "classes", "grade_level", "year_completed",
)  # fmt: skip
"""All that may be kept without limit (34 CFR 300.624(b))."""
DAYS_TO_ANSWER: Final = 60
"""Where nobody of the family is in the file, so many days must lie between the notice and destroying. No law says so:
it is this program's own caution, so that a notice that lay in a pile does not cost a family its papers."""
LONGEST: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Step:
    """A kind of step: who takes it, its action in the trail, the fact that tells it, the step that it takes back."""

    needs: Action
    verb: str
    fact: str = ""
    takes_back: str = ""


STEPS: Final[Mapping[str, _Step]] = {
    NOT_NEEDED: _Step(Action.OFFER, "mark-records-not-needed", "records-not-needed"),
    TOLD: _Step(Action.OFFER, "tell-records-not-needed", "document-given"),
    NEEDED_AGAIN: _Step(Action.OFFER, "mark-records-needed", takes_back=NOT_NEEDED),
    COPY_GIVEN: _Step(Action.OFFER, "give-copy-of-records"),
    COPY_ASKED: _Step(Action.ANSWER, "ask-copy-of-records"),
    DESTROY_ASKED: _Step(Action.ANSWER, "ask-destruction", "destruction-requested"),
    DESTROY_NOT_ASKED: _Step(Action.ANSWER, "take-back-destruction", takes_back=DESTROY_ASKED),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands: since when not needed, told, and asked to destroy; and whether a copy is owed."""

    marked: date | None = None
    told: date | None = None
    asked: date | None = None
    owes_copy: bool = False

    def next_steps(self) -> tuple[str, ...]:
        """The steps that can follow, whoever takes them."""
        can = {
            NOT_NEEDED: self.marked is None, TOLD: self.marked is not None and self.told is None,
            NEEDED_AGAIN: self.marked is not None, COPY_GIVEN: self.owes_copy,
            COPY_ASKED: self.marked is not None and not self.owes_copy,
            DESTROY_ASKED: self.marked is not None and self.asked is None, DESTROY_NOT_ASKED: self.asked is not None,
        }  # fmt: skip
        return tuple(name for name in STEPS if can[name])

    def may_destroy_from(self, *, family_here: bool) -> date | None:
        """The first day on which the records may be destroyed, or None while something is still to come before.

        `family_here`: somebody of the family is one of the people of this file. What they wrote here would go, too, so
        nothing is destroyed unless they ask for it.
        """
        if self.told is None or self.owes_copy or (family_here and self.asked is None):
            return None
        return max(self.told, self.asked) if self.asked else self.told + timedelta(days=DAYS_TO_ANSWER)


def steps_of(case: Case) -> list[RetentionStep]:
    """What was done so far, oldest first. Both sides see it; what the family brought, only the family."""
    found = RetentionStep.objects.filter(case=case).order_by("id")
    return list(found if sees_all(case) else found.filter(brought=False))


def in_force(steps: Sequence[RetentionStep]) -> list[RetentionStep]:
    """Those that count here: what another school said about its own records is history."""
    return [step for step in steps if not step.brought]


def standing_of(steps: Sequence[RetentionStep]) -> Standing:
    """Where it stands after these steps."""
    found = Standing()
    for step in in_force(steps):
        found = _after(found, step)
    return found


def _after(now: Standing, step: RetentionStep) -> Standing:
    later: dict[str, Standing] = {
        NOT_NEEDED: Standing(step.on, owes_copy=now.owes_copy),
        NEEDED_AGAIN: Standing(owes_copy=now.owes_copy),
        TOLD: Standing(now.marked, step.on, now.asked, now.owes_copy),
        COPY_ASKED: Standing(now.marked, now.told, now.asked, owes_copy=True),
        COPY_GIVEN: Standing(now.marked, now.told, now.asked),
        DESTROY_ASKED: Standing(now.marked, now.told, step.on, now.owes_copy),
        DESTROY_NOT_ASKED: Standing(now.marked, now.told, None, now.owes_copy),
    }
    return later.get(step.kind, now)


def notice() -> str:
    """What the parent is told, in the language of the page: what it means, what is kept, what they may ask for."""
    return "\n\n".join((
        _("The school no longer needs the special education records about your child."),
        _("You may need them later yourself, for example for Social Security or other benefits. "
          "Ask for a copy before you decide."),
        _("You may ask the school to destroy them. It must then do so."),
        _("The school may keep this for good: name, address and phone, grades, attendance, classes, grade level, and "
          "the last year completed. Nothing else."),
        _("Your State may ask the school to keep records for a number of years. Check this with the school."),
    ))  # fmt: skip


@transaction.atomic
def go_on(
    case: Case, kind: str, *, by: Person, on: date, today: date, text: str = "", form_key: UUID | None = None
) -> RetentionStep:
    """The next step, of `STEPS`. The same `form_key` sent twice makes one step.

    Raises Refused with everything that does not fit, and PermissionDenied for somebody whose step this is not.
    """
    step = STEPS.get(kind)
    if step is None:
        raise Http404("There is no such step.")
    locked = held(case)
    if not may_now(locked, step.needs):
        raise PermissionDenied(f"This person may not {step.needs} here.")
    before = form_key and RetentionStep.objects.filter(case=locked, form_key=form_key).first()
    if before:
        return before
    done, words = in_force(steps_of(locked)), text.strip()
    refuse([*_alone_faults(locked), *_step_faults(standing_of(done), kind, words), *_day_faults(done, on, today)])
    _take_back(locked, done, step, by)
    made = RetentionStep.objects.create(
        case=locked, kind=kind, on=on, text=words, person=by.id, role=by.role, form_key=form_key,
        fact_id=_tell(locked, step, by, on),
    )  # fmt: skip
    note_access(case.pk, by, step.verb, about=about_step(made), digest=row_digest(made))
    return made


@transaction.atomic
def destroy(
    case: Case, *, by: Person, on: date, today: date, typed: str, checked: bool, permanent: Mapping[str, str]
) -> PermanentRecord:
    """Destroy the records for good: facts, papers, letters, plans, drafts, calendars, people, and all of the trail but
    its last row, which names the permanent record.

    `typed` is the child's name as somebody typed it to confirm; `checked` says that the State's time for keeping
    records was looked up; `permanent` has what is kept, by the names of PERMANENT. What is gone is gone as with
    `verbs.delete_case`. Raises Refused with everything that stands against it, and PermissionDenied.
    """
    locked = held(case)
    if not may_now(locked, Action.OFFER):
        raise PermissionDenied("The school destroys the records.")
    school = locked.school
    if school is None:
        raise Refused(_alone_faults(locked))
    kept = {name: permanent.get(name, "").strip() for name in PERMANENT}
    refuse([
        *_too_early(locked, on, today), *_open_matters(locked),
        *_sure(locked, typed, checked), *_kept_faults(kept),
    ])  # fmt: skip
    made = PermanentRecord.objects.create(case_id=locked.pk, school=school, destroyed_on=on, destroyed_by=by.id, **kept)
    note_access(locked.pk, by, "destroy-records", about="permanent-record:1", digest=row_digest(made))
    last = Access.objects.filter(case_id=locked.pk).order_by("-number").values_list("pk", flat=True)[:1].get()
    _forget_all_but(locked, last)
    locked.delete()
    transaction.on_commit(leave_no_trace)
    return made


def _forget_all_but(case: Case, last: int) -> None:
    """Take out what does not go with the case by itself: its trail but for that row, invitations, copies kept here.

    A copy that another school kept when the child moved on is that school's record, and its own to destroy.
    """
    keys = [case.pk, *case.stubs.values_list("pk", flat=True)]
    Access._base_manager.filter(case_id__in=keys).exclude(pk=last).delete()
    forget_invitations(keys)
    here = Q(organisation__isnull=True) | Q(organisation__in=[one.pk for one in chain_of(case.school)])
    KeptCopy._base_manager.filter(here, case_id__in=keys).delete()


def permanent_of(person: Person, case_id: UUID) -> PermanentRecord:
    """What was kept of a case whose records were destroyed, for those who lead in that school, its district or State.

    Raises Http404 for everybody else, and if there is none.
    """
    found = PermanentRecord.objects.select_related("school__parent__parent").filter(case_id=case_id).first()
    above = {one.pk for one in chain_of(found.school)} if found else set()
    leads = any(held.organisation in above and Action.OFFER in ROLES[held.role].may for held in person.posts)
    if found is None or not leads:
        raise Http404("There is no such record.")
    return found


def family_here(case: Case, on: date) -> bool:
    """True if somebody of the family is one of the people of the case on that day."""
    still = Q(until__isnull=True) | Q(until__gte=on)
    return any(side_of(role) is Side.FAMILY for role in case.members.filter(still).values_list("role", flat=True))


def word_to_type(case: Case) -> str:
    """What somebody types to be sure: the child's name, or the start of the case's id where there is no name."""
    return case.child_name.strip() or str(case.pk)[:8]


def about_step(step: RetentionStep) -> str:
    """How the trail names a step."""
    number = RetentionStep.objects.filter(case=step.case_id, pk__lte=step.pk).count()
    return f"retention-step:{number}"


def _tell(case: Case, step: _Step, by: Person, on: date) -> str:
    if not step.fact:
        return ""
    data: dict[str, object] = {"date": on}
    if step.fact == "document-given":
        data["what"] = "records-no-longer-needed"
    said_by = "parent" if step.needs is Action.ANSWER else "school"
    return record_fact(case, by=by, kind=step.fact, on=on, said_by=said_by, data=data).fact_id


def _take_back(case: Case, done: Sequence[RetentionStep], step: _Step, by: Person) -> None:
    """Take back on the timeline what this step takes back."""
    if not step.takes_back:
        return
    fact_id = [one.fact_id for one in done if one.kind == step.takes_back][-1]
    if any(fact.id == fact_id for fact in standing_facts(facts_of(case).facts)):
        withdraw_fact(case, by=by, fact_id=fact_id)


def _alone_faults(case: Case) -> Iterator[Fault]:
    if case.school_id is None:
        what = _("No school shares this file.")
        yield Fault("case", what, _("The family can delete its own file at any time."))


def _step_faults(now: Standing, kind: str, words: str) -> Iterator[Fault]:
    yield from unkeepable(words, "text")
    if kind not in now.next_steps():
        yield Fault("step", _("This step does not follow here."), _("Go back and see where it stands."))
    if len(words) > LONGEST:
        yield Fault("text", _("This is too long."), _("Shorten it, or add it as a paper."))


def _day_faults(done: Sequence[RetentionStep], on: date, today: date) -> Iterator[Fault]:
    if on > today:
        yield Fault("on", _("This day has not come yet."), _("Check the day."))
    if done and on < max(step.on for step in done):
        yield Fault("on", _("This day is before the step before it."), _("Check the day."))


def _too_early(case: Case, on: date, today: date) -> Iterator[Fault]:
    done = in_force(steps_of(case))
    yield from _day_faults(done, on, today)
    now = standing_of(done)
    if now.marked is None or now.told is None:
        what = _("The parent was not told that the records are no longer needed.")
        yield Fault("told", what, _("Mark them as not needed, and give the notice."))
        return
    if now.owes_copy:
        yield Fault("copy", _("The parent asked for a copy and does not have it yet."), _("Give the copy first."))
    with_family = family_here(case, today)
    first = now.may_destroy_from(family_here=with_family)
    if with_family and now.asked is None:
        what = _("The family holds this file, too, and has not asked to destroy it.")
        yield Fault("asked", what, _("Ask the family. Without its wish the records stay."))
    elif first and on < first:
        what = _("The parent has not answered the notice yet. Until {day} there is time.").format(day=first)
        yield Fault("on", what, _("Wait, or ask the parent."))


def _open_matters(case: Case) -> Iterator[Fault]:
    """What forbids it: records that somebody asked to see (34 CFR 99.10(e)), and a change that was asked for."""
    told = standing_facts(facts_of(case).facts)
    asked = max((one.on for one in told if one.kind == "records-requested"), default=None)
    shown = max(
        (one.on for one in told if one.kind == "records-shown" and one.data.get("scope") != "part"), default=None
    )
    if asked and (shown is None or shown < asked):
        yield Fault("records", _("The parent asked to see the records and has not seen them."), _("Show them first."))
    ends = (amending.MENDED, amending.REFUSED, amending.LOST)
    if any(amending.stage_of(one) not in ends for one in amending.amendments_of(case)):
        what = _("A change to the record was asked for and is not settled.")
        yield Fault("amendment", what, _("Answer it first."))


def _sure(case: Case, typed: str, checked: bool) -> Iterator[Fault]:
    if " ".join(typed.split()).casefold() != " ".join(word_to_type(case).split()).casefold():
        yield Fault(
            "typed", _("This is not the child’s name as it stands in the file."), _("Type it as it stands there.")
        )
    if not checked:
        what = _("Nobody has said that the State’s time for keeping records was checked.")
        yield Fault("checked", what, _("Check it with your State, then tick the box."))


def _kept_faults(kept: Mapping[str, str]) -> Iterator[Fault]:
    for name, words in kept.items():
        yield from unkeepable(words, name)
        if len(words) > LONGEST:
            yield Fault(name, _("This is too long."), _("Shorten it."))
