"""A year of measurements and sessions for the sample families, made up like the rest of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.planning.events import IEP, in_force_days
from gameplan.planning.samples.families import FAMILIES
from gameplan.plans.life import InForce
from gameplan.progress.doors import GOAL, measures_of
from gameplan.progress.measuring import Aim, What, begin_measure, note_change
from gameplan.progress.sample_reports import send_sample_reports
from gameplan.progress.samples_behavior import tell_behavior
from gameplan.progress.tables import POINT_COLUMNS, SESSION_COLUMNS, take_points, take_sessions

FRIDAY: Final = 4
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A goal that is measured each week: its row in the plan, what is counted, from where to where, of how many.

    `first` is what came out in the first week, `gain` how much more in a week, `swing` how far it goes up and down.
    `way` and `total` as in `measures.ways`. `new` is a change of teaching, after so many weeks.
    """

    row_id: str
    title: str
    way: str
    baseline: int
    target: int
    first: float
    gain: float
    swing: tuple[int, ...]
    total: int
    new: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A service as it went: its row, the days of the week, the minutes, and from which to which week it was missed."""

    service: str
    days: tuple[int, ...]
    minutes: int
    missed: tuple[int, int, str] = (0, 0, "")


MEASURED: Final = {
    "diego": (
        Told(
            "g4", "Moves on with the class within one minute", "trials", 20, 90, 2.0, 0.107, (0, 2, -2, 1, -2, 2), 10,
            (20, "First-then card in his hand"),
        ),
        Told("g2", "Words that a new listener understands", "trials", 35, 80, 7.2, 0.02, (0, 1, 0, -1, 1, -1, 0), 20),
    ),
    "jasmine": (Told("g2", "Words read aloud in a minute", "rate", 112, 135, 112, 1.5, (0, 3, -2, 4), 60),),
}  # fmt: skip
BEHAVING: Final = "diego"
"""Of this child a behavior is noted, too."""
SESSIONS: Final = {
    "diego": (
        Given("related-services/r1", (1, 3), 30, (5, 8, "provider-absent")),
        Given("related-services/r3", (2,), 30, (2, 3, "school-event")),
    ),
    "jasmine": (Given("special-education/e3", (0, 2), 45, (2, 3, "not-scheduled")),),
}


def tell_progress(cases: Sequence[Case], on: date) -> None:
    """Puts measurements and sessions into those of the sample families that have a plan and none of them yet.

    `cases`: as `planning.samples.load_samples` gives them.
    """
    for family, case in zip(FAMILIES, cases[1:], strict=True):
        if family.name in MEASURED and not measures_of(case).exists():
            _tell(case, family.name, on)


@transaction.atomic
def _tell(case: Case, name: str, on: date) -> None:
    plans = in_force_days(case, on, IEP)
    if not plans:
        return
    fridays = _school_days(case, plans[0].on, on, (FRIDAY,))
    points = [line for told in MEASURED[name] for line in _measured(case, told, plans, fridays)]
    take_points(case, _table((*POINT_COLUMNS[:2], "correct", "total", "seconds"), points), by=case.reader)
    if name == BEHAVING:
        tell_behavior(case, plans[0].on, [day for day in facts_of(case).calendar().school_days if day <= on])
    last = _last_plan(plans)
    sessions = [line for given in SESSIONS[name] for line in _sessions(case, given, last, on)]
    take_sessions(case, _table(SESSION_COLUMNS[:5], sessions), by=case.reader)
    send_sample_reports(case, name, on)


def _measured(
    case: Case, told: Told, plans: Sequence[InForce], fridays: Sequence[date]
) -> Iterator[tuple[object, ...]]:
    """Begins to measure a goal, and gives the rows of its points."""
    first = plans[0].on
    goal = next((row for row in plans[-1].plan.rows("goals") if row["id"] == told.row_id), {})
    by = date.fromisoformat(goal["by"]) if goal.get("by") else None
    aim = Aim(told.title, True, Decimal(told.baseline), first, Decimal(told.target), by)
    what = What(GOAL, told.way, plan_kind=IEP, row_id=told.row_id)
    measure = begin_measure(case, by=case.reader, what=what, aim=aim)
    if told.new and told.new[0] < len(fridays):
        note_change(measure, by=case.reader, on=fridays[told.new[0]], what=told.new[1])
    most = told.total if told.way == "trials" else 10**6
    for week, day in enumerate(fridays):
        value = max(0, min(most, round(told.first + told.gain * week + told.swing[week % len(told.swing)])))
        yield measure.measure_id, day, value, *((told.total, "") if told.way == "trials" else ("", told.total))


def _sessions(case: Case, given: Given, plan: InForce, on: date) -> Iterator[tuple[object, ...]]:
    """The rows of a service under the newest plan."""
    first, last, reason = given.missed
    for day in _school_days(case, plan.on, on - ONE_DAY, given.days):
        week = (day - plan.on).days // 7
        if reason and first <= week < last:
            yield f"{IEP}:{given.service}", day, given.minutes, "missed", reason
        else:
            yield f"{IEP}:{given.service}", day, given.minutes, "delivered", ""


def _last_plan(plans: Sequence[InForce]) -> InForce:
    """The first day of the newest plan whose services stayed the same since."""
    newest = plans[-1].rest
    return next(one for one in plans if one.rest == newest)


def _school_days(case: Case, first: date, last: date, weekdays: Sequence[int]) -> list[date]:
    known = facts_of(case).calendar().school_days
    return [day for day in known if first <= day <= last and day.weekday() in weekdays]


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    lines = (",".join(str(cell) for cell in row) for row in (columns, *rows))
    return "\n".join(lines).encode()
