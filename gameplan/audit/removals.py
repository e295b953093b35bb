"""Days of removal of one case, added up over a school year (core.removals over numbers). They lie in `w.out`."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np

from gameplan.audit import days
from gameplan.audit.calendars import is_school_day, year_code, year_of
from gameplan.audit.civil import weekday, year_end_range
from gameplan.audit.compiled import compiled
from gameplan.audit.days import SCHOOL_DAY
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import CHILD_RETURNED, DAYS, FROM, NO, YES
from gameplan.audit.world import day_of, happened

SATURDAY = 5


@compiled
def put_days_out(t: Any, w: Any, fact: int, at: int) -> int:
    """Puts the days of one removal, in order, from place `at` of `w.out`; the place after the last."""
    row, form = w.facts[fact], t.forms[w.facts[fact].form]
    if row.served_n:
        return _put_served(t, w, fact, at)
    if form.has_school_days == 0 or form.school_days <= 0:
        return at
    field = t.own_fields[FROM]
    first = day_of(w, fact, field) if field >= 0 else row.day
    back = _back(t, w, first)
    for index in range(1, ceil(form.school_days) + 1):
        earliest, latest = days.plain_after(t, w, first, index, SCHOOL_DAY, True)
        if form.served:
            latest = _end_of_year(w, first)
        if back == NO_DAY or earliest < back:
            at = _put(t, w, fact, at, earliest, latest, min(1.0, form.school_days - index + 1))
    return at


@compiled
def _put_served(t: Any, w: Any, fact: int, at: int) -> int:
    row = w.facts[fact]
    begin = at
    for index in range(row.served_n):
        day = w.lists[row.served_at + index]
        place = at
        while place > begin and w.out[place - 1].first > day:
            place -= 1
        if place > begin and w.out[place - 1].first == day:
            continue
        for after in range(at, place, -1):
            _copy(w, after, after - 1)
        _put(t, w, fact, place, day, day, 1.0)
        at += 1
    return at


@compiled
def _copy(w: Any, to: int, index: int) -> None:
    row, other = w.out[to], w.out[index]
    row.fact, row.first, row.last, row.year = other.fact, other.first, other.last, other.year
    row.least, row.most = other.least, other.most


@compiled
def _end_of_year(w: Any, first: int) -> int:
    year = year_of(w, first)
    return w.years[year].last if year >= 0 else year_end_range(first)[1]


@compiled
def _back(t: Any, w: Any, first: int) -> int:
    """The first day after `first` on which the child was back, or NO_DAY."""
    kind = t.own_kinds[CHILD_RETURNED]
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        if w.facts[fact].day > first and happened(w, fact, -1):
            return w.facts[fact].day
    return NO_DAY


@compiled
def _put(t: Any, w: Any, fact: int, at: int, first: int, last: int, share: float) -> int:
    if at >= DAYS - 1:
        w.full = 1
        return at
    row, form = w.facts[fact], t.forms[w.facts[fact].form]
    least = most = share
    if first == last and _in_part(w, row.part_at, row.part_n, first):
        if np.isnan(form.part_counts):
            least = 0.0
        else:
            least = most = form.part_counts
    if form.in_school:
        if form.kept == YES:
            least = most = 0.0
        elif form.kept != NO:
            least = 0.0
    out = w.out[at]
    out.fact, out.first, out.last, out.least, out.most = fact, first, last, least, most
    return at + 1


@compiled
def _in_part(w: Any, at: int, number: int, day: int) -> bool:
    for index in range(number):
        if w.lists[at + index] == day:
            return True
    return False


@compiled
def set_years(w: Any, number: int) -> None:
    """Sorts the days of `w.out` by school year and day; each of two that name the same day counts once."""
    for index in range(number):
        w.out[index].year = year_code(w, w.out[index].first)
    for index in range(number):
        w.out_order[index] = _first_of_year(w, number, index)
    for index in range(number):
        # By their days, not by the names of the years: those of a family's own have no order.
        w.out[index].year = w.out_order[index]
    for index in range(number):
        place = index
        while place > 0 and _before(w.out[index], w.out[w.out_order[place - 1]]):
            w.out_order[place] = w.out_order[place - 1]
            place -= 1
        w.out_order[place] = index


@compiled
def _first_of_year(w: Any, number: int, index: int) -> int:
    """The first day of removal in the school year of that day."""
    first = w.out[index].first
    for other in range(number):
        if w.out[other].year == w.out[index].year:
            first = min(first, w.out[other].first)
    return first


@compiled
def _before(one: Any, other: Any) -> bool:
    if one.year != other.year:
        return one.year < other.year
    if one.first != other.first:
        return one.first < other.first
    return one.last < other.last


@compiled
def back_in_time(w: Any, due: int, back: int) -> bool:
    """True if no school day lies between the last lawful day of a removal and the day the child was back."""
    for day in range(due + 1, back):
        if weekday(day) < SATURDAY and is_school_day(w, day) != 0:
            return False
    return True
