"""What the end of a school year does to a due day (core.year_end over numbers); facts are matched by the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gameplan.audit.calendars import in_summer, knows, year_after, year_before, year_of
from gameplan.audit.civil import day_number, month_of, year_end_range, year_start_range
from gameplan.audit.civil import year_of as calendar_year
from gameplan.audit.compiled import compiled
from gameplan.audit.days import CALENDAR_DAY, UNITS, after, before, between, plain_after
from gameplan.core.entries import NearYearEnd, SummerDue

NEAR = np.dtype([
    ("under", "i4"), ("unit", "i4"), ("at_least", "i4"), ("month", "i4"), ("dom", "i4"), ("length", "i4"),
    ("count", "i4"), ("backward", "i4"), ("year_end", "i4"), ("unless_absent", "i4"), ("includes_summer", "i4"),
], align=True)  # fmt: skip
SUMMER = np.dtype([("length", "i4"), ("count", "i4")], align=True)


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
def near_applies(t: Any, w: Any, near: int, since: int) -> int:
    """Does the year end soon enough after `since` for the rule: 1, 0, or -1 where that is not known."""
    row = t.near[near]
    year = year_of(w, since)
    if year < 0:
        summer = in_summer(w, since)
        if summer >= 0:
            return 1 if summer == 1 and row.includes_summer else 0
        earliest, latest = year_end_range(since)
        if earliest - since > row.under * 2:
            return 0
        return -1 if since <= latest or row.includes_summer else 0
    last = w.years[year].last
    left = between(t, w, 0, 0, 0, 0, since, last, row.unit)
    if left < 0:
        return -1
    if row.unless_absent and _within(w, since, last) >= row.unless_absent:
        return 0
    return 1 if row.at_least <= left < row.under else 0


@compiled
def _within(w: Any, first: int, last: int) -> int:
    number = 0
    for index in range(w.absent_n):
        number += 1 if first < w.absent[index] <= last else 0
    return number


@compiled
def near_due(t: Any, w: Any, near: int, since: int) -> tuple[int, int]:
    """The due day that the rule sets for a clock whose days left are counted from `since`."""
    row = t.near[near]
    year = year_of(w, since)
    end = w.years[year].last if year >= 0 else year_end_range(since)[1]
    if row.month:
        day = day_number(calendar_year(end), row.month, row.dom)
        return day, day
    if row.year_end:
        first = end if year >= 0 else year_end_range(since)[0]
        return _from_anchor(t, w, near, first, end)
    following = year_after(w, since)
    if following >= 0:
        first = last = w.years[following].first
    else:
        first, last = year_start_range(w.years[year].last if year >= 0 else since)
    return _from_anchor(t, w, near, first, last)


@compiled
def _from_anchor(t: Any, w: Any, near: int, first: int, last: int) -> tuple[int, int]:
    row = t.near[near]
    if row.backward:
        one = before(t, w, 0, 0, 0, w.pauses_n, first, row.length, row.count)
        other = before(t, w, 0, 0, 0, w.pauses_n, last, row.length, row.count)
        return one[0], other[1]
    step = 1 if row.count != CALENDAR_DAY and row.year_end == 0 else 0
    length, count = row.length, row.count
    soon = after(t, w, 0, 0, 0, w.pauses_n, first - step, length, count, False)
    late = after(t, w, 0, 0, 0, w.pauses_n, last - step, length, count, False)
    return soon[0], late[1]


@compiled
def summer_move(t: Any, w: Any, summer: int, first: int, last: int) -> tuple[int, int]:
    """A due day that falls in summer moved to the next school year."""
    inside = _in_summer(w, first) if first == last else -1
    if inside == 0:
        return first, last
    soonest, latest = _next_year_day(t, w, summer, last)
    return (soonest, latest) if inside == 1 else (min(first, soonest), max(last, latest))


@compiled
def _in_summer(w: Any, day: int) -> int:
    if knows(w, day):
        return 1 if year_of(w, day) < 0 else 0
    year = year_before(w, day)
    if year >= 0 and day < day_number(calendar_year(w.years[year].last), 7, 5):
        return 1
    return -1 if 5 <= month_of(day) <= 9 else 0


@compiled
def _next_year_day(t: Any, w: Any, summer: int, day: int) -> tuple[int, int]:
    following = year_after(w, day)
    if following >= 0:
        first = w.years[following].first - 1
        length, count = t.summer[summer].length, t.summer[summer].count
        return plain_after(t, w, first, length, count, False)
    first, last = year_start_range(day)
    return first, last + t.summer[summer].length * 3
