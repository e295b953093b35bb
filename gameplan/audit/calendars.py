"""School calendars as numbers: which days are school days, by look-up (core.calendars over numbers)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.civil import school_year_start
from gameplan.audit.compiled import compiled, entry
from gameplan.core.calendars import MONDAY_TO_FRIDAY, Closure, SchoolYear, school_year_name

EPOCH = date(1970, 1, 1)
OTHER_NAMES = 10000
FOLLOWS_ON, SUMMER_AT_MOST, NEXT_AT_MOST = 200, 200, 400
SCHOOL, CLOSED = 1, 2

TABLE = np.dtype([
    ("base", "i8"), ("length", "i8"), ("flags_at", "i8"), ("days_at", "i8"), ("days_n", "i8"), ("years_at", "i8"),
    ("years_n", "i8"), ("spans_at", "i8"), ("spans_n", "i8"),
], align=True)  # fmt: skip
YEAR = np.dtype([("first", "i8"), ("last", "i8"), ("weekdays", "i8"), ("code", "i8")], align=True)
SPAN = np.dtype([("first", "i8"), ("last", "i8")], align=True)


class Calendars(NamedTuple):
    """All calendars of a part; row 0 of `table` is the one of which nothing is known.

    `flags` and `cum` have a place a day from a calendar's base on: SCHOOL and CLOSED marks, and how many school days
    there are up to that day. `days` are the school days in order, `years` the school years by first day, `spans` the
    stretches of days about which something is known.
    """

    table: Any
    flags: Any
    cum: Any
    days: Any
    years: Any
    spans: Any


def calendars_of(table: pa.Table, wanted: Iterable[int]) -> tuple[Calendars, Mapping[int, int]]:
    """The calendars of these ids from the folder's table (`layout.CALENDARS`), and the row of each id."""
    mine = table.filter(pc.is_in(table["calendar"], pa.array(sorted(wanted), pa.int32())))
    years: dict[int, list[SchoolYear]] = {}
    for row in mine.to_pylist():
        years.setdefault(row["calendar"], []).append(school_year(row))
    rows = {number: place + 1 for place, number in enumerate(years)}
    return calendars_from(list(years.values())), rows


def school_year(row: Mapping[str, Any]) -> SchoolYear:
    """One school year from a row of the folder's table."""
    closed = tuple(Closure(one["first"], one["last"] or one["first"]) for one in row["closed"] or ())
    weekdays = frozenset(row["weekdays"]) if row["weekdays"] else MONDAY_TO_FRIDAY
    return SchoolYear(row["school_year"], row["first_day"], row["last_day"], closed, tuple(row["open"] or ()), weekdays)


def calendars_from(calendars: Sequence[Sequence[SchoolYear]]) -> Calendars:
    """The calendars made of these school years, from row 1 on."""
    codes: dict[str, int] = {}
    tables, years, spans = [np.zeros(1, TABLE)[0]], [], []
    flags: list[Any] = []
    at = 0
    for one in calendars:
        row = np.zeros(1, TABLE)[0]
        ordered = sorted(one, key=lambda year: year.first_day)
        row["years_at"], row["years_n"] = len(years), len(ordered)
        row["spans_at"] = len(spans)
        spans.extend(_spans(ordered))
        row["spans_n"] = len(spans) - row["spans_at"]
        years.extend(_year(year, codes) for year in ordered)
        row["flags_at"] = at
        if ordered:
            marks = _flags(ordered)
            row["base"], row["length"] = _number(ordered[0].first_day), len(marks)
            flags.append(marks)
            at += len(marks)
        tables.append(row)
    table = np.array(tables, TABLE)
    flat = np.concatenate(flags) if flags else np.zeros(0, np.uint8)
    cum, days = np.zeros(len(flat), np.int16), np.zeros(int(np.count_nonzero(flat & SCHOOL)), np.int32)
    _count(table, flat, cum, days)
    return Calendars(table, flat, cum, days, _records(years, YEAR), _records(spans, SPAN))


def _records(rows: Sequence[tuple[int, ...]], kind: Any) -> Any:
    return np.array(rows, kind) if rows else np.zeros(0, kind)


def _number(day: date) -> int:
    return (day - EPOCH).days


def _year(year: SchoolYear, codes: dict[str, int]) -> tuple[int, int, int, int]:
    start = int(year.school_year[:4]) if year.school_year[:4].isdigit() else 0
    usual = start and school_year_name(date(start, 8, 1)) == year.school_year
    code = start if usual else codes.setdefault(year.school_year, OTHER_NAMES + len(codes))
    mask = sum(1 << day for day in year.weekdays)
    return _number(year.first_day), _number(year.last_day), mask, -1 if not year.school_year else code


def _spans(ordered: Sequence[SchoolYear]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for year in ordered:
        first, last = _number(year.first_day), _number(year.last_day)
        if spans and first - spans[-1][1] <= FOLLOWS_ON:
            spans[-1] = spans[-1][0], max(spans[-1][1], last)
        else:
            spans.append((first, last))
    return spans


def _flags(ordered: Sequence[SchoolYear]) -> Any:
    """A mark for each day from the first day of the first year to the last day known."""
    base = _number(ordered[0].first_day)
    end = max(_number(year.last_day) for year in ordered)
    ends = [_number(closure.last) for year in ordered for closure in year.closed]
    flags = np.zeros(max([end, *ends]) - base + 1, np.uint8)
    for year in ordered:
        for closure in year.closed:
            first = max(_number(closure.first) - base, 0)
            flags[first : max(_number(closure.last) - base + 1, first)] |= CLOSED
    for year in ordered:
        first, last = _number(year.first_day) - base, _number(year.last_day) - base
        days = np.arange(first, last + 1)
        kept = np.isin((days + base + 3) % 7, sorted(year.weekdays)) & (flags[first : last + 1] & CLOSED == 0)
        flags[days[kept]] |= SCHOOL
        more = [_number(day) - base for day in year.open if year.first_day <= day <= year.last_day]
        flags[more] |= SCHOOL
    return flags


@entry
def _count(table: Any, flags: Any, cum: Any, days: Any) -> None:
    place = 0
    for which in range(len(table)):
        row = table[which]
        row.days_at, number = place, 0
        for index in range(row.length):
            if flags[row.flags_at + index] & SCHOOL:
                days[place] = row.base + index
                place += 1
                number += 1
            cum[row.flags_at + index] = number
        row.days_n = number


@compiled
def knows(cal: Calendars, which: int, day: int) -> bool:
    """True if it is known whether this day is a school day."""
    row = cal.table[which]
    for index in range(row.spans_at, row.spans_at + row.spans_n):
        if cal.spans[index].first <= day <= cal.spans[index].last:
            return True
    return False


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
    if flag(cal, which, day) & SCHOOL:
        return 1
    return 0 if knows(cal, which, day) else -1


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
