"""School calendars as numbers: which days are school days, by look-up (core.calendars over numbers)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gameplan.audit.civil import school_year_start
from gameplan.audit.compiled import compiled

FOLLOWS_ON, SUMMER_AT_MOST, NEXT_AT_MOST = 200, 200, 400
SCHOOL, CLOSED, KNOWN = 1, 2, 4
"""The marks of a day: school is held; closed; known to be one or the other."""

TABLE = np.dtype([
    ("base", "i8"), ("length", "i8"), ("flags_at", "i8"), ("days_at", "i8"), ("days_n", "i8"), ("years_at", "i8"),
    ("years_n", "i8"), ("spans_at", "i8"), ("spans_n", "i8"),
], align=True)  # fmt: skip
YEAR = np.dtype([("first", "i8"), ("last", "i8"), ("weekdays", "i8"), ("code", "i8")], align=True)
SPAN = np.dtype([("first", "i8"), ("last", "i8")], align=True)


class Calendars(NamedTuple):
    """All calendars of a part; row 0 of `table` is the one of which nothing is known.

    `flags` and `cum` have a place a day from a calendar's base on: the marks of the day, and how many school days
    there are up to that day. `days` are the school days in order, `years` the school years by first day, `spans` the
    stretches of days about which something is known.
    """

    table: Any
    flags: Any
    cum: Any
    days: Any
    years: Any
    spans: Any


@compiled
def knows(cal: Calendars, which: int, day: int) -> bool:
    """True if it is known whether this day is a school day."""
    return flag(cal, which, day) & KNOWN != 0


@compiled
def all_known(cal: Calendars, which: int, first: int, last: int) -> bool:
    """True if everything from the first to the last day is known."""
    row = cal.table[which]
    for index in range(row.spans_at, row.spans_at + row.spans_n):
        if cal.spans[index].first <= first and last <= cal.spans[index].last:
            return True
    return False


@compiled
def flag(cal: Calendars, which: int, day: int) -> int:
    """The marks of a day, 0 where there are none."""
    row = cal.table[which]
    place = day - row.base
    return cal.flags[row.flags_at + place] if 0 <= place < row.length else 0


@compiled
def is_school_day(cal: Calendars, which: int, day: int) -> int:
    """1 or 0, and -1 where no school year covers the day."""
    marks = flag(cal, which, day)
    if marks & SCHOOL:
        return 1
    return 0 if marks & KNOWN else -1


@compiled
def is_closed(cal: Calendars, which: int, day: int) -> bool:
    """True if the day is one of the closed days of some school year."""
    return flag(cal, which, day) & CLOSED != 0


@compiled
def school_days_until(cal: Calendars, which: int, day: int) -> int:
    """How many school days there are up to and including that day."""
    row = cal.table[which]
    place = day - row.base
    if place < 0 or row.length == 0:
        return 0
    return cal.cum[row.flags_at + min(place, row.length - 1)]


@compiled
def year_of(cal: Calendars, which: int, day: int) -> int:
    """The place in `years` of the school year that the day falls in, or -1."""
    row = cal.table[which]
    for index in range(row.years_at, row.years_at + row.years_n):
        if cal.years[index].first <= day <= cal.years[index].last:
            return index
    return -1


@compiled
def year_after(cal: Calendars, which: int, day: int) -> int:
    """The place of the next school year that starts after the day, if it is known and follows on, or -1."""
    row = cal.table[which]
    for index in range(row.years_at, row.years_at + row.years_n):
        if cal.years[index].first > day:
            return index if cal.years[index].first - day <= NEXT_AT_MOST else -1
    return -1


@compiled
def year_before(cal: Calendars, which: int, day: int) -> int:
    """The place of the last school year that ended before the day, if it is known, or -1."""
    row = cal.table[which]
    for index in range(row.years_at + row.years_n - 1, row.years_at - 1, -1):
        if cal.years[index].last < day:
            return index if day - cal.years[index].last <= SUMMER_AT_MOST else -1
    return -1


@compiled
def in_summer(cal: Calendars, which: int, day: int) -> int:
    """1 if the day lies between two known school years, 0 if inside one, -1 if that is not known."""
    if year_of(cal, which, day) >= 0:
        return 0
    return 1 if year_before(cal, which, day) >= 0 and year_after(cal, which, day) >= 0 else -1


@compiled
def year_code(cal: Calendars, which: int, day: int) -> int:
    """A number for the school year of the day: equal for days of years with the same name."""
    year = year_of(cal, which, day)
    if year >= 0 and cal.years[year].code >= 0:
        return cal.years[year].code
    return school_year_start(day)
