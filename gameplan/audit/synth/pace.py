"""How long each State gives for a first evaluation, read from the law, so that "on time" means its own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from gameplan.audit.synth.arrays import Days, Rows
from gameplan.audit.synth.places import NO_STATE, STATES
from gameplan.audit.synth.years import PATTERNS, SchoolDays
from gameplan.core.entries import Clock
from gameplan.law import law_for

COMPLETED, REPORTED, DECIDED, MET, OFFERED, SERVED = range(6)
"""Which step ends the State's time for a first evaluation."""

ENDS_WITH: Final = {
    "evaluation-completed": COMPLETED, "document-given": REPORTED, "eligibility-determined": DECIDED,
    "meeting-held": MET, "iep-adopted": MET, "iep-offered": OFFERED, "services-started": SERVED,
    "placement-decided": SERVED,
}  # fmt: skip
NO_LIMIT: Final = 10_000
SCHOOL_UNITS: Final = frozenset(("school-day", "instructional-day"))
# Calendar days to a unit that is not counted exactly here: it is enough that nobody is late by the rounding.
CALENDAR: Final = {"calendar-day": 1.0, "business-day": 1.38, "week": 7.0, "month": 30.4}


@dataclass(frozen=True)
class Pace:
    """For each State (and for none): the time for a first evaluation, where it starts, and what ends it.

    `length` is in school days or calendar days, `at_most` the calendar days that bind as well.
    """

    length: npt.NDArray[np.int64]
    at_most: npt.NDArray[np.int64]
    by_school_days: npt.NDArray[np.bool_]
    from_request: npt.NDArray[np.bool_]
    from_signing: npt.NDArray[np.bool_]
    ends_with: npt.NDArray[np.int8]

    def due(self, states: Rows, patterns: Rows, start: Days, days: SchoolDays) -> Days:
        """The last day for each evaluation that starts on such a day."""
        lengths = self.length[states]
        counted = days.after(states * PATTERNS + patterns, start, lengths)
        due = np.where(self.by_school_days[states], counted, start + lengths)
        return np.asarray(np.minimum(due, start + self.at_most[states]), dtype=np.int32)


@lru_cache(maxsize=4)
def pace_of(on: date) -> Pace:
    """The pace of every State by the law of the day."""
    clocks = [_first_evaluation(code, on) for code in (*STATES, None)]
    assert len(clocks) == NO_STATE + 1  # noqa: S101 - the row of no State is the last one
    return Pace(
        np.array([_length(clock) for clock in clocks]),
        np.array([_at_most(clock, code, on) for clock, code in zip(clocks, (*STATES, None), strict=True)]),
        np.array([clock.unit in SCHOOL_UNITS for clock in clocks]),
        np.array([clock.trigger[0].event == "evaluation-requested" for clock in clocks]),
        np.array([clock.trigger[0].on == "signed" for clock in clocks]),
        np.array([_end(clock) for clock in clocks], dtype=np.int8),
    )


def _first_evaluation(code: str | None, on: date) -> Clock:
    """The rule of most children: the State's own before the federal one, and the one with the fewest conditions."""
    clocks = [clock for clock in law_for(code, on=on).clocks if clock.id == "initial-evaluation" and clock.length]
    return min(clocks, key=lambda clock: (clock.pack == "us", len(clock.applies_if) + len(clock.unless)))


def _length(clock: Clock) -> int:
    length = clock.length or 0
    return length if clock.unit in SCHOOL_UNITS else int(length * CALENDAR[clock.unit])


def _at_most(clock: Clock, code: str | None, on: date) -> int:
    """The fewest calendar days of the limits that the clock must keep besides its own."""
    outer = [one for one in law_for(code, on=on).clocks if one.id in clock.within and one.unit in CALENDAR]
    return min((_length(one) for one in outer if one.length), default=NO_LIMIT)


def _end(clock: Clock) -> int:
    return next((ENDS_WITH[match.event] for match in clock.done_when if match.event in ENDS_WITH), COMPLETED)
