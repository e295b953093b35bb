"""Counting days of every unit (core.days.Counter over numbers), by prefix sums where the calendar is known.

What a count leaves out is told by four numbers: `lefts` rows of `t.left` from `left` on, the first `absent` days of
`w.counted_absent`, and the first `pauses` stretches of `w.pauses`. A count gives the earliest and the latest day on
which it can end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gameplan.audit.calendars import (
    all_known,
    in_summer,
    is_closed,
    is_school_day,
    knows,
    school_days_until,
    year_before,
    year_of,
)
from gameplan.audit.civil import add_months, day_number, mark_of, month_of, weekday
from gameplan.audit.civil import year_of as calendar_year
from gameplan.audit.compiled import compiled
from gameplan.audit.holidays import covers, is_holiday
from gameplan.core.entries import LeftOut

UNITS = (
    "", "calendar-day", "school-day", "instructional-day", "business-day", "business-day-incl-holidays", "year",
    "month", "school-year", "hour", "count",
)  # fmt: skip
CALENDAR_DAY, SCHOOL_DAY, INSTRUCTIONAL_DAY, BUSINESS_DAY, WITH_HOLIDAYS, YEAR, MONTH, SCHOOL_YEAR, HOUR = range(1, 10)
LEFT_WHAT = ("break", "summer", "holiday", "absence")
BREAK, SUMMER, HOLIDAY, ABSENCE = range(4)
LEFT_OUT = np.dtype([("what", "i4"), ("at_least", "i4"), ("over", "i4"), ("weekends", "i4")], align=True)
LONGEST_WALK, SATURDAY, FRIDAY = 1500, 5, 4
# Walks are remembered by where they begin and what they count; these spread them over the places there are.
LONG_AGO, SPREAD, SPREAD_TOO = 1 << 20, 0x9E3779B1, 0x85EBCA6B
UNKNOWN = -1


def left_out_rows(rules: Sequence[LeftOut]) -> list[tuple[int, int, int, int]]:
    """The rules that leave days out as rows of LEFT_OUT; waiting for consent is no such rule."""
    return [(LEFT_WHAT.index(rule.what), rule.at_least, rule.over, rule.weekends) for rule in rules]


@compiled
def after(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    start: int, length: int, unit: int, first_is_trigger: bool,
) -> tuple[int, int]:  # fmt: skip
    """When `length` units after `start` end. Day 1 is the day after, or `start` itself."""
    if unit in (YEAR, MONTH, SCHOOL_YEAR):
        day = add_months(start, length * (1 if unit == MONTH else 12))
        return day, day
    if unit == HOUR:
        return start - (-length // 24), start - (-length // 24)
    if length == 0:
        return start, start
    begin = start - 1 if first_is_trigger else start
    if unit == CALENDAR_DAY and lefts == 0 and pauses == 0:
        return begin + length, begin + length
    if (unit in (SCHOOL_DAY, INSTRUCTIONAL_DAY)) and lefts == 0 and pauses == 0:
        day = _by_table(w, begin, length)
        if day != UNKNOWN:
            return day, day
    return _walk(t, w, left, lefts, absent, pauses, begin, length, unit, 1)


@compiled
def before(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    anchor: int, length: int, unit: int,
) -> tuple[int, int]:  # fmt: skip
    """The last day that is at least `length` units before `anchor`."""
    if unit in (YEAR, MONTH):
        day = add_months(anchor, -length * (1 if unit == MONTH else 12))
        return day, day
    if unit == HOUR:
        return anchor + (-length // 24), anchor + (-length // 24)
    if length == 0 or (unit == CALENDAR_DAY and lefts == 0 and pauses == 0):
        return anchor - length, anchor - length
    return _walk(t, w, left, lefts, absent, pauses, anchor, length, unit, -1)


@compiled
def plain_after(t: Any, w: Any, start: int, length: int, unit: int, first_is_trigger: bool) -> tuple[int, int]:
    """When `length` units after `start` end where nothing is left out."""
    return after(t, w, 0, 0, 0, 0, start, length, unit, first_is_trigger)


@compiled
def _by_table(w: Any, begin: int, length: int) -> int:
    """The quick way for school days that are all known."""
    place = school_days_until(w, begin) + length - 1
    if place >= w.school_n:
        return UNKNOWN
    day = w.school[place]
    return day if all_known(w, begin + 1, day) else UNKNOWN


@compiled
def between(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    first: int, last: int, unit: int,
) -> int:  # fmt: skip
    """How many units lie after `first` up to and including `last`; -1 where a day is not known."""
    simple = lefts == 0 and pauses == 0
    if unit == CALENDAR_DAY and simple:
        return last - first
    if unit in (SCHOOL_DAY, INSTRUCTIONAL_DAY) and simple and all_known(w, first + 1, last):
        return school_days_until(w, last) - school_days_until(w, first)
    number = 0
    for day in range(first + 1, last + 1):
        counted = judge(t, w, left, lefts, absent, pauses, day, unit)
        if counted < 0:
            return -1
        number += counted
    return number


@compiled
def judge(t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int, day: int, unit: int) -> int:
    """Does the day count: 1, 0, or -1 where it is not known."""
    for index in range(pauses):
        if w.pauses[index, 0] <= day <= w.pauses[index, 1]:
            return 0
    counted = _by_unit(w, day, unit)
    if counted != 1:
        return counted
    for index in range(left, left + lefts):
        out = _left_out(t, w, index, absent, day)
        if out != 0:
            return -1 if out < 0 else 0
    return 1


@compiled
def _by_unit(w: Any, day: int, unit: int) -> int:
    if unit in (SCHOOL_DAY, INSTRUCTIONAL_DAY):
        return is_school_day(w, day)
    if unit == CALENDAR_DAY:
        return 1
    if weekday(day) >= SATURDAY:
        return 0
    if unit == WITH_HOLIDAYS:
        return 1
    if is_holiday(w, day):
        return 0
    return 1 if covers(w, day) else -1


@compiled
def sure_summer(w: Any, day: int) -> bool:
    """True between the known end of a school year and the first days of July (core.guesses)."""
    year = year_before(w, day)
    if year < 0 or knows(w, day):
        return False
    last = w.years[year].last
    return day < day_number(calendar_year(last), 7, 5) and 4 <= month_of(last) <= 7


@compiled
def _left_out(t: Any, w: Any, left: int, absent: int, day: int) -> int:
    """Is the day left out: 1, 0, or -1 where it is not known."""
    rule = t.left[left]
    if rule.what == ABSENCE:
        for index in range(rule.over, absent):
            if w.counted_absent[index] == day:
                return 1
        return 0
    if rule.what == SUMMER:
        return 1 if sure_summer(w, day) else in_summer(w, day)
    year = year_of(w, day)
    if rule.what == BREAK:
        if year < 0:
            return 0 if knows(w, day) or sure_summer(w, day) else -1
        return 1 if _in_break(w, rule, day) else 0
    if weekday(day) >= SATURDAY or (year < 0 and in_summer(w, day) == 1):
        return 0
    if year >= 0:
        return 1 if is_closed(w, day) else 0
    return -1


@compiled
def _in_break(w: Any, rule: Any, day: int) -> bool:
    """True if the day lies in a long enough gap between two school days of some school year."""
    until = school_days_until(w, day)
    if until == 0 or until >= w.school_n or w.school[until - 1] == day:
        return False
    one, following = w.school[until - 1], w.school[until]
    need = rule.over + 1 if rule.over else rule.at_least
    for index in range(w.years_n):
        year = w.years[index]
        if year.first <= one and following <= year.last and _missed(year, rule, need, one, following, day):
            return True
    return False


@compiled
def _missed(year: Any, rule: Any, need: int, one: int, following: int, day: int) -> bool:
    number, first, last = 0, following, one
    for missed in range(one + 1, following):
        if year.weekdays >> weekday(missed) & 1:
            number += 1
            first = min(first, missed)
            last = missed
    return number >= need and (rule.weekends != 0 or first <= day <= last)


@compiled
def _walk(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    begin: int, length: int, unit: int, step: int,
) -> tuple[int, int]:  # fmt: skip
    plain = absent == 0 and pauses == 0
    where, what, place = 0, 0, 0
    if plain:
        which = w.calendar if lefts or unit in (SCHOOL_DAY, INSTRUCTIONAL_DAY) else 0
        where = (which << 32) + begin + LONG_AGO
        what = (((((w.law << 12) + length << 4) + unit << 10) + left << 4) + lefts << 2) + step + 1
        place = (where * SPREAD ^ what * SPREAD_TOO) >> 20 & (len(w.walks) - 1)
        known = w.walks[place]
        if known.where == where and known.what == what:
            return known.first, known.last
    soonest, latest = _both_ends(t, w, left, lefts, absent, pauses, begin, length, unit, step)
    if plain:
        walk = w.walks[place]
        walk.where, walk.what, walk.first, walk.last = where, what, soonest, latest
    return soonest, latest


@compiled
def _both_ends(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    begin: int, length: int, unit: int, step: int,
) -> tuple[int, int]:  # fmt: skip
    soonest, gaps = _end(t, w, left, lefts, absent, pauses, begin, length, unit, step, True)
    if gaps == 0:
        return soonest, soonest
    longest, _ = _end(t, w, left, lefts, absent, pauses, begin, length, unit, step, False)
    return min(soonest, longest), max(soonest, longest)


@compiled
def _end(
    t: Any, w: Any, left: int, lefts: int, absent: int, pauses: int,
    begin: int, length: int, unit: int, step: int, densest: bool,
) -> tuple[int, int]:  # fmt: skip
    day, number, gaps, month, spent = begin, 0, 0, -1, 0
    for _ in range(LONGEST_WALK):
        day += step
        counted = judge(t, w, left, lefts, absent, pauses, day, unit)
        if counted < 0:
            gaps += 1
            if densest:
                counted = 1 if _densest(w, day, unit) else 0
            else:
                this = calendar_year(day) * 12 + month_of(day)
                spent = spent if this == month else 0
                month = this
                asks, ordinary = _sparsest(w, day, unit, spent)
                spent += 1 if asks and not ordinary else 0
                counted = 1 if asks and ordinary and _may_be_school(day, unit) else 0
        number += counted
        if number == length:
            break
    return day, gaps


@compiled
def _densest(w: Any, day: int, unit: int) -> bool:
    """Every weekday counts, except in a summer that is known to have begun."""
    if unit in (CALENDAR_DAY, BUSINESS_DAY):
        return True
    return weekday(day) < SATURDAY and not sure_summer(w, day)


@compiled
def _sparsest(w: Any, day: int, unit: int, spent: int) -> tuple[bool, bool]:
    """Whether the day's month is asked at all, and whether its floating break and closed day are used up by now."""
    if unit != BUSINESS_DAY and (_fixed_break(day) or sure_summer(w, day)):
        return False, False
    if unit not in (BUSINESS_DAY, CALENDAR_DAY) and weekday(day) >= FRIDAY:
        return False, False
    return True, spent >= _floating(month_of(day), unit)


@compiled
def _may_be_school(day: int, unit: int) -> bool:
    return unit in (BUSINESS_DAY, CALENDAR_DAY) or weekday(day) < FRIDAY


@compiled
def _fixed_break(day: int) -> bool:
    mark = mark_of(day)
    return 510 < mark < 916 or 1118 <= mark <= 1201 or mark >= 1212 or mark <= 112


@compiled
def _floating(month: int, unit: int) -> int:
    """The most days of school that a break that may float can cost in a month, and one more closed day."""
    days = 0
    if month == 2:
        days = 6
    elif month == 3 or month == 4:
        days = 10
    elif month == 10:
        days = 8
    return days * 2 + 2 if unit == CALENDAR_DAY else days + 2
