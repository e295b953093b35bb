"""What a team makes of a behavior: what it is for (a functional behavioral assessment), and the plan for it.

Both are written by the side that notes the behavior, and read by all who see its measure. A new version takes the place
of the last one; all stay to be read. Once the team has finished one, the timeline can say so (`finished`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.cases.telling import tell
from gameplan.core.faults import Fault
from gameplan.core.words import Say
from gameplan.people.refusals import refuse
from gameplan.people.roles import Side
from gameplan.progress.doors import measures_of, next_number
from gameplan.progress.incidents import incident_rows, must_be_behavior
from gameplan.progress.measuring import LONGEST, about, day_faults, held_own, text_faults, who
from gameplan.progress.models import Measure
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.progress.noted import Noted

DONE: Final = "behavior-plan-done"
FBA, NEW, REVIEWED = "fba", "bip-new", "bip-reviewed"
MOST_LINKS: Final = 50
PURPOSES: Final = {
    "attention": Say("be noticed by somebody"), "thing": Say("get or keep something liked"),
    "away": Say("get away from something hard or unpleasant"), "feeling": Say("feel better in the body"),
    "several": Say("get more than one of these"), "not-known": Say("not known yet"),
}  # fmt: skip
"""What a behavior can be for, as the end of “in order to …”."""
KINDS: Final = {"write-behavior-summary": "behavior-summary", "write-behavior-plan": "behavior-plan"}
"""How the trail names the row that an action wrote."""
Written = TypeVar("Written", BehaviorSummary, BehaviorPlan)


@dataclass(frozen=True, slots=True)
class Summary:
    """When it happens, what the child does, and what for; what was looked at, and who took part.

    `purpose` is a word of `PURPOSES`. `since`: the notes from that day on were looked at; `because` says what they had
    in common.
    """

    when: str
    does: str
    purpose: str
    looked_at: str
    people: str
    gets: str = ""
    note: str = ""
    since: date | None = None
    because: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlanTold:
    """What is taught instead, what adults change before, how they respond, how all stay safe, and who does it.

    `goals` are rows of the IEP, `measure_ids` measures of the case that show whether it works.
    """

    teach: str
    prevent: str
    respond: str
    by_whom: str
    safety: str = ""
    review_on: date | None = None
    goals: Sequence[str] = ()
    measure_ids: Sequence[str] = ()
    note: str = ""


@transaction.atomic
def write_summary(
    measure: Measure, *, by: Person, on: date, told: Summary, finished: bool = False, form_key: UUID | None = None
) -> BehaviorSummary:
    """What the team makes of a behavior, from that day on. `finished`: the timeline says that it is done.

    The same `form_key` sent twice makes one. Raises Refused with every fault, Http404 for a measure of something else,
    and PermissionDenied for the other side, and for who may not say that it is finished.
    """
    must_be_behavior(measure)
    refuse([*day_faults(on), *_summary_faults(told, on)])
    locked, measure = held_own(measure, by)
    before = form_key and BehaviorSummary.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    number = next_number(BehaviorSummary.objects.filter(measure=measure))
    row = BehaviorSummary(measure=measure, number=number, on=on, form_key=form_key, **_columns(told), **who(by))
    made = _keep(locked, measure, by, row, "write-behavior-summary")
    if finished:
        _tell_done(locked, by, on, FBA)
    return made


@transaction.atomic
def write_plan(
    measure: Measure, *, by: Person, on: date, told: PlanTold, finished: bool = False, form_key: UUID | None = None
) -> BehaviorPlan:
    """What is done about a behavior, from that day on. Sent twice and refused as `write_summary`."""
    must_be_behavior(measure)
    refuse([*day_faults(on), *_plan_faults(measure, told, on)])
    locked, measure = held_own(measure, by)
    before = form_key and BehaviorPlan.objects.filter(measure=measure, form_key=form_key).first()
    if before:
        return before
    number = next_number(BehaviorPlan.objects.filter(measure=measure))
    what = NEW if number == 1 else REVIEWED
    row = BehaviorPlan(measure=measure, number=number, on=on, form_key=form_key, **_columns(told), **who(by))
    made = _keep(locked, measure, by, row, "write-behavior-plan")
    if finished:
        _tell_done(locked, by, on, what)
    return made


def may_finish(case: Case) -> bool:
    """True if the reader of a case may say that a team has finished: the school, or a family alone with its file."""
    return case.reader.side is Side.SCHOOL or case.school_id is None


def summaries_of(measure: Measure) -> list[BehaviorSummary]:
    """What was made of a behavior, one after the other; the last one holds."""
    return list(BehaviorSummary.objects.filter(measure=measure).order_by("id"))


def behavior_plans_of(measure: Measure) -> list[BehaviorPlan]:
    """The plans for a behavior, one after the other; the last one holds."""
    return list(BehaviorPlan.objects.filter(measure=measure).order_by("id"))


def named_of(measure: Measure) -> list[str]:
    """What the trail names of a behavior: each note of it, each assessment and each plan."""
    written: tuple[tuple[str, Sequence[Noted]], ...] = (
        ("incident", incident_rows(measure)), ("behavior-summary", summaries_of(measure)),
        ("behavior-plan", behavior_plans_of(measure)),
    )  # fmt: skip
    return [about(measure, kind, row.number) for kind, rows in written for row in rows]


def _keep(locked: Case, measure: Measure, by: Person, row: Written, action: str) -> Written:
    row.save()
    note_access(locked.pk, by, action, about=about(measure, KINDS[action], row.number), digest=row_digest(row))
    return row


def _tell_done(case: Case, by: Person, on: date, what: str) -> None:
    if by.side is not Side.SCHOOL and case.school_id is not None:
        raise PermissionDenied("The school says when its team has finished.")
    tell(case, by, [(DONE, on, {"date": on.isoformat(), "what": what})])


def _columns(told: Summary | PlanTold) -> dict[str, Any]:
    """What was told, as the columns of a row have it."""
    return {
        name: value.strip() if isinstance(value, str) else list(value) if isinstance(value, tuple | list) else value
        for name, value in asdict(told).items()
    }


def _summary_faults(told: Summary, on: date) -> Iterator[Fault]:
    asked = {
        "when": _("Say when it happens."), "does": _("Say what the child does."),
        "looked_at": _("Say what you looked at."), "people": _("Say who took part."),
    }  # fmt: skip
    yield from _words(told, asked, ("gets", "note"))
    if told.purpose not in PURPOSES:
        yield Fault("purpose", _("Say what it may be for."), _("Choose one. “Not known yet” is an answer, too."))
    if told.since and told.since > on:
        yield Fault("since", _("This lies after the day of the assessment."), _("Check both days."))


def _plan_faults(measure: Measure, told: PlanTold, on: date) -> Iterator[Fault]:
    asked = {
        "teach": _("Say what the child learns to do instead."),
        "prevent": _("Say what adults change before it starts."),
        "respond": _("Say what adults do when it happens."), "by_whom": _("Say who does it."),
    }  # fmt: skip
    yield from _words(told, asked, ("safety", "note"))
    if told.review_on and told.review_on <= on:
        yield Fault("review_on", _("This lies before the plan begins."), _("Check both days."))
    there = set(measures_of(measure.case).values_list("measure_id", flat=True)) if told.measure_ids else set()
    if not set(told.measure_ids) <= there:
        yield Fault("measures", _("This is not measured here."), _("Choose from the list."))
    if len(told.goals) + len(told.measure_ids) > MOST_LINKS:
        yield Fault("goals", _("These are too many."), _("Choose those that matter most."))


def _words(told: Summary | PlanTold, asked: dict[str, str], more: tuple[str, ...]) -> Iterator[Fault]:
    for name, what in asked.items():
        if not getattr(told, name).strip():
            yield Fault(name, what, _("One sentence is enough."))
    for name in (*asked, *more):
        yield from text_faults(getattr(told, name), name, LONGEST)
