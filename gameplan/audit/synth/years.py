"""The school calendars of the made-up nation: a few patterns to a State, as a table and as days that can be counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from gameplan.audit.layout import CALENDARS
from gameplan.audit.school_years import row_of
from gameplan.audit.synth.arrays import Days, Numbers, Rows
from gameplan.audit.synth.places import NO_STATE, STATES
from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear, school_year_name

PATTERNS: Final = 4
"""Calendars to a State."""

WHOLE, NOT_THE_LAST, NOT_THE_ONE_BEFORE = range(3)
"""How much of its calendar a district has handed in."""

VARIANTS: Final = 3
EPOCH: Final = date(1970, 1, 1)
# States whose schools begin in the first half of August, and those that wait for September; the rest lie between.
EARLY: Final = frozenset((
    "AL", "AR", "AZ", "FL", "GA", "HI", "IN", "KY", "LA", "MS", "NM", "OK", "SC", "TN", "TX",
))  # fmt: skip
LATE: Final = frozenset(
    ["CT", "DC", "MA", "MD", "ME", "MI", "MN", "NH", "NJ", "NY", "OR", "PA", "RI", "VA", "VT", "WA", "WI"]
)
# States in which some country districts keep school from Monday to Thursday.
FOUR_DAYS: Final = frozenset((
    "CO", "ID", "MO", "MT", "NM", "OR", "SD",
))  # fmt: skip


def calendar_number(state: int, pattern: int, variant: int = WHOLE) -> int:
    """The number of a calendar, as children name it."""
    return (state * PATTERNS + pattern) * VARIANTS + variant


def school_years(state: int, pattern: int, first: int, last: int) -> tuple[SchoolYear, ...]:
    """The school years of one pattern that begin in the calendar years `first` to `last`."""
    code = STATES[state] if state < NO_STATE else ""
    return tuple(_year(code, pattern, state, year) for year in range(first, last + 1))


def _year(code: str, pattern: int, state: int, year: int) -> SchoolYear:
    opens = 4 if code in EARLY else 34 if code in LATE else 16
    first = _on_weekday(date(year, 8, 1) + timedelta(days=opens + 2 * pattern + (year + state) % 3))
    last = _on_weekday(first + timedelta(days=282 + (pattern + state) % 7))
    weekdays = frozenset(range(4)) if code in FOUR_DAYS and pattern == PATTERNS - 1 else frozenset(range(5))
    closed = tuple(_closures(first, last, pattern, state, year))
    # A Saturday in spring makes up for a day of snow.
    makes_up = (_nth(year + 1, 4, 5, 3),) if (state + pattern) % 9 == 0 else ()
    return SchoolYear(school_year_name(first), first, last, closed, makes_up, weekdays)


def _closures(first: date, last: date, pattern: int, state: int, year: int) -> Iterator[Closure]:
    thanks = _nth(year, 11, 3, 4)
    begin = thanks - timedelta(days=3 if pattern % 2 == 0 else 1)
    winter = date(year, 12, 19) + timedelta(days=(pattern + state) % 5)
    spring = date(year + 1, 3, 8) + timedelta(days=7 * ((pattern + state) % 5))
    spring -= timedelta(days=spring.weekday())
    single = [
        _nth(year, 9, 0, 1), _nth(year, 10, 0, 2), date(year, 11, 11), _nth(year + 1, 1, 0, 3), _nth(year + 1, 2, 0, 3),
        _on_weekday(date(year, 9, 20) + timedelta(days=3 * pattern)),
        _on_weekday(date(year + 1, 2, 2) + timedelta(days=2 * pattern + state % 4)),
        _on_weekday(date(year + 1, 4, 25) + timedelta(days=pattern)),
    ]  # fmt: skip
    found = [(day, day) for day in single]
    found += [(begin, thanks + timedelta(days=1)), (winter, winter + timedelta(days=14 + pattern % 3))]
    found += [(spring, spring + timedelta(days=4))]
    yield from (Closure(one, end) for one, end in sorted(found) if first <= one and end <= last)


def _on_weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The first (second, ...) Monday (0) to Sunday (6) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


@dataclass(frozen=True)
class SchoolDays:
    """The school days of every pattern, for counting over arrays. A row is `state * PATTERNS + pattern`."""

    origin: int
    passed: npt.NDArray[np.int16]
    listed: Days

    def after(self, rows: Rows, start: Days, number: Numbers) -> Days:
        """The day that many school days after the start; the last known one if there are not as many."""
        at = np.clip(start - self.origin, 0, self.passed.shape[1] - 1)
        index = self.passed[rows, at].astype(np.int64) + np.maximum(number, 1) - 1
        return self.listed[rows, np.clip(index, 0, self.listed.shape[1] - 1)]

    def on_or_after(self, rows: Rows, day: Days) -> Days:
        """The day itself if there is school, else the next day with school."""
        return self.after(rows, (day - 1).astype(np.int32), np.ones(len(day), dtype=np.int64))


@lru_cache(maxsize=4)
def school_days(first: int, last: int) -> SchoolDays:
    """The school days of all patterns, for school years that begin in the calendar years `first` to `last`."""
    each = [
        SchoolCalendar(school_years(state, pattern, first, last)).school_days
        for state in range(NO_STATE + 1)
        for pattern in range(PATTERNS)
    ]
    origin = (date(first, 7, 1) - EPOCH).days
    length = (date(last + 1, 9, 1) - EPOCH).days - origin
    passed = np.zeros((len(each), length), dtype=np.int16)
    listed = np.zeros((len(each), max(map(len, each))), dtype=np.int32)
    for row, days in enumerate(each):
        numbers = np.array([(day - EPOCH).days for day in days], dtype=np.int32)
        listed[row] = np.pad(numbers, (0, listed.shape[1] - len(numbers)), mode="edge")
        passed[row, numbers - origin] = 1
    return SchoolDays(origin, np.cumsum(passed, axis=1, dtype=np.int16), listed)


@lru_cache(maxsize=4)
def calendar_table(first: int, last: int) -> pa.Table:
    """The table of all calendars: every pattern, whole and with one school year missing."""
    rows = [
        row_of(calendar_number(state, pattern, variant), year)
        for state in range(NO_STATE + 1)
        for pattern in range(PATTERNS)
        for variant in range(VARIANTS)
        for year in _handed_in(school_years(state, pattern, first, last), variant)
    ]
    return pa.Table.from_pylist(rows, schema=CALENDARS)


def _handed_in(years: tuple[SchoolYear, ...], variant: int) -> Iterator[SchoolYear]:
    missing = {WHOLE: None, NOT_THE_LAST: len(years) - 1, NOT_THE_ONE_BEFORE: len(years) - 2}[variant]
    yield from (year for place, year in enumerate(years) if place != missing)
