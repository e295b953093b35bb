"""What the end of a school year does to a due day (core.year_end over numbers); facts are matched by the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gameplan.audit.calendars import Calendars, in_summer, knows, year_after, year_before, year_of
from gameplan.audit.civil import day_number, month_of, year_end_range, year_start_range
from gameplan.audit.civil import year_of as calendar_year
from gameplan.audit.compiled import compiled
from gameplan.audit.days import CALENDAR_DAY, LEFT_OUT, UNITS, after, before, between
from gameplan.audit.holidays import HolidayTable
from gameplan.core.entries import NearYearEnd, SummerDue

NEAR = np.dtype([
    ("under", "i4"), ("unit", "i4"), ("at_least", "i4"), ("month", "i4"), ("dom", "i4"), ("length", "i4"),
    ("count", "i4"), ("backward", "i4"), ("year_end", "i4"), ("unless_absent", "i4"), ("includes_summer", "i4"),
], align=True)  # fmt: skip
SUMMER = np.dtype([("length", "i4"), ("count", "i4")], align=True)
NOTHING_LEFT_OUT = np.zeros(0, LEFT_OUT)
NO_ABSENCES, NO_PAUSES = np.zeros(0, np.int32), np.zeros((0, 2), np.int32)


def near_rows(rules: Sequence[NearYearEnd]) -> list[tuple[int, ...]]:
    """The rules about a near year's end as rows of NEAR."""
    return [
        (
            one.under, UNITS.index(one.unit), one.at_least, *(map(int, one.fixed.split("-")) if one.fixed else (0, 0)),
            one.length, UNITS.index(one.count), one.direction == "before", one.anchor == "year-end",
            one.unless_absent, one.includes_summer,
        )
        for one in rules
    ]  # fmt: skip


def summer_rows(rules: Sequence[SummerDue]) -> list[tuple[int, int]]:
    """The rules about due days in summer as rows of SUMMER."""
    return [(one.length, UNITS.index(one.count)) for one in rules]


@compiled
def near_applies(cal: Calendars, which: int, holidays: HolidayTable, near: Any, since: int, absent: Any) -> int:
    """Does the year end soon enough after `since` for the rule: 1, 0, or -1 where that is not known."""
    year = year_of(cal, which, since)
    if year < 0:
        summer = in_summer(cal, which, since)
        if summer >= 0:
            return 1 if summer == 1 and near.includes_summer else 0
        earliest, latest = year_end_range(since)
        if earliest - since > near.under * 2:
            return 0
        return -1 if since <= latest or near.includes_summer else 0
    last = cal.years[year].last
    left = between(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, NO_PAUSES, since, last, near.unit)
    if left < 0:
        return -1
    if near.unless_absent and _within(absent, since, last) >= near.unless_absent:
        return 0
    return 1 if near.at_least <= left < near.under else 0


@compiled
def _within(absent: Any, first: int, last: int) -> int:
    number = 0
    for day in absent:
        number += 1 if first < day <= last else 0
    return number


@compiled
def near_due(cal: Calendars, which: int, holidays: HolidayTable, near: Any, since: int, pauses: Any) -> tuple[int, int]:
    """The due day that the rule sets for a clock whose days left are counted from `since`."""
    year = year_of(cal, which, since)
    end = cal.years[year].last if year >= 0 else year_end_range(since)[1]
    if near.month:
        day = day_number(calendar_year(end), near.month, near.dom)
        return day, day
    if near.year_end:
        first = end if year >= 0 else year_end_range(since)[0]
        return _from_anchor(cal, which, holidays, near, first, end, pauses)
    following = year_after(cal, which, since)
    if following >= 0:
        first = last = cal.years[following].first
    else:
        first, last = year_start_range(cal.years[year].last if year >= 0 else since)
    return _from_anchor(cal, which, holidays, near, first, last, pauses)


@compiled
def _from_anchor(
    cal: Calendars, which: int, holidays: HolidayTable, near: Any, first: int, last: int, pauses: Any
) -> tuple[int, int]:
    if near.backward:
        one = before(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, pauses, first, near.length, near.count)
        other = before(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, pauses, last, near.length, near.count)
        return one[0], other[1]
    step = 1 if near.count != CALENDAR_DAY and near.year_end == 0 else 0
    length, count = near.length, near.count
    soon = after(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, pauses, first - step, length, count, False)
    late = after(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, pauses, last - step, length, count, False)
    return soon[0], late[1]


@compiled
def summer_move(
    cal: Calendars, which: int, holidays: HolidayTable, summer: Any, first: int, last: int
) -> tuple[int, int]:
    """A due day that falls in summer moved to the next school year."""
    inside = _in_summer(cal, which, first) if first == last else -1
    if inside == 0:
        return first, last
    soonest, latest = _next_year_day(cal, which, holidays, summer, last)
    return (soonest, latest) if inside == 1 else (min(first, soonest), max(last, latest))


@compiled
def _in_summer(cal: Calendars, which: int, day: int) -> int:
    if knows(cal, which, day):
        return 1 if year_of(cal, which, day) < 0 else 0
    year = year_before(cal, which, day)
    if year >= 0 and day < day_number(calendar_year(cal.years[year].last), 7, 5):
        return 1
    return -1 if 5 <= month_of(day) <= 9 else 0


@compiled
def _next_year_day(cal: Calendars, which: int, holidays: HolidayTable, summer: Any, day: int) -> tuple[int, int]:
    following = year_after(cal, which, day)
    if following >= 0:
        first = cal.years[following].first - 1
        length, count = summer.length, summer.count
        return after(cal, which, holidays, NOTHING_LEFT_OUT, NO_ABSENCES, NO_PAUSES, first, length, count, False)
    first, last = year_start_range(day)
    return first, last + summer.length * 3
