"""School calendars as numbers: which days are school days, by look-up (core.calendars over numbers).

`Calendars` holds those of a whole folder; the one of the child that is worked out lies in the case, `w`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from gameplan.audit.civil import school_year_start
from gameplan.audit.compiled import compiled

FOLLOWS_ON, SUMMER_AT_MOST, NEXT_AT_MOST = 200, 200, 400
SCHOOL, CLOSED, KNOWN = 1, 2, 4
"""The marks of a day: school is held; closed; known to be one or the other."""

TABLE = np.dtype([
    ("base", "i4"), ("length", "i4"), ("flags_at", "i4"), ("days_at", "i4"), ("days_n", "i4"), ("years_at", "i4"),
    ("years_n", "i4"), ("spans_at", "i4"), ("spans_n", "i4"),
], align=True)  # fmt: skip
YEAR = np.dtype([("first", "i4"), ("last", "i4"), ("weekdays", "i4"), ("code", "i4")], align=True)
SPAN = np.dtype([("first", "i4"), ("last", "i4")], align=True)


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
def open_calendar(w: Any, cal: Calendars, which: int) -> None:
    """Takes a child's calendar into the case: the same one is not taken twice."""
    if w.calendar == which:
        return
    row = cal.table[which]
    w.calendar, w.first_day, w.days_n, w.school_n = which, row.base, row.length, row.days_n
    w.years_n, w.spans_n = row.years_n, row.spans_n
    # Lengths and places are taken out of the row first: the compiler then copies many days at once.
    at, length = row.flags_at, row.length
    for index in range(length):
        w.flags[index] = cal.flags[at + index]
    for index in range(length):
        w.cum[index] = cal.cum[at + index]
    at, length = row.days_at, row.days_n
    for index in range(length):
        w.school[index] = cal.days[at + index]
    for index in range(row.years_n):
        w.years[index] = cal.years[row.years_at + index]
    for index in range(row.spans_n):
        w.spans[index] = cal.spans[row.spans_at + index]


@compiled
def knows(w: Any, day: int) -> bool:
    """True if it is known whether this day is a school day."""
    return flag(w, day) & KNOWN != 0


@compiled
def all_known(w: Any, first: int, last: int) -> bool:
    """True if everything from the first to the last day is known."""
    for index in range(w.spans_n):
        if w.spans[index].first <= first and last <= w.spans[index].last:
            return True
    return False


@compiled
def flag(w: Any, day: int) -> int:
    """The marks of a day, 0 where there are none."""
    place = day - w.first_day
    return w.flags[place] if 0 <= place < w.days_n else 0


@compiled
def is_school_day(w: Any, day: int) -> int:
    """1 or 0, and -1 where no school year covers the day."""
    marks = flag(w, day)
    if marks & SCHOOL:
        return 1
    return 0 if marks & KNOWN else -1


@compiled
def is_closed(w: Any, day: int) -> bool:
    """True if the day is one of the closed days of some school year."""
    return flag(w, day) & CLOSED != 0


@compiled
def school_days_until(w: Any, day: int) -> int:
    """How many school days there are up to and including that day."""
    place = day - w.first_day
    if place < 0 or w.days_n == 0:
        return 0
    return w.cum[min(place, w.days_n - 1)]


@compiled
def year_of(w: Any, day: int) -> int:
    """The place in `years` of the school year that the day falls in, or -1."""
    for index in range(w.years_n):
        if w.years[index].first <= day <= w.years[index].last:
            return index
    return -1


@compiled
def year_after(w: Any, day: int) -> int:
    """The place of the next school year that starts after the day, if it is known and follows on, or -1."""
    for index in range(w.years_n):
        if w.years[index].first > day:
            return index if w.years[index].first - day <= NEXT_AT_MOST else -1
    return -1


@compiled
def year_before(w: Any, day: int) -> int:
    """The place of the last school year that ended before the day, if it is known, or -1."""
    for index in range(w.years_n - 1, -1, -1):
        if w.years[index].last < day:
            return index if day - w.years[index].last <= SUMMER_AT_MOST else -1
    return -1


@compiled
def in_summer(w: Any, day: int) -> int:
    """1 if the day lies between two known school years, 0 if inside one, -1 if that is not known."""
    if year_of(w, day) >= 0:
        return 0
    return 1 if year_before(w, day) >= 0 and year_after(w, day) >= 0 else -1


@compiled
def year_code(w: Any, day: int) -> int:
    """A number for the school year of the day: equal for days of years with the same name."""
    year = year_of(w, day)
    if year >= 0 and w.years[year].code >= 0:
        return w.years[year].code
    return school_year_start(day)
