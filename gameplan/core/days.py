"""Counting days. Each day is counted, skipped with a reason, or not known; what is not known makes a range.

Conventions (34 CFR 300.11 and this project's law files): the day that starts a count is not counted, the last
day is, and a last day on a weekend or holiday does not move.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from gameplan.core.calendars import (
    ONE_DAY,
    SchoolCalendar,
    days_between,
    school_year_name,
    school_year_start,
)  # fmt: skip
from gameplan.core.entries import Holidays, LeftOut
from gameplan.core.guesses import Densest, Sparsest, sure_summer
from gameplan.core.words import Say

WEEKEND, NO_SCHOOL, SUMMER, HOLIDAY = "weekend", "no school", "summer", "holiday"
LONG_BREAK, ABSENT, WAITING, UNKNOWN = "long break", "child absent", "time not counted", "not known"
SCHOOL_UNITS = ("school-day", "instructional-day")
LONGEST_WALK = 1500


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of a count: its number if it counts, else `why` it does not."""

    on: date
    number: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """When a count ends: one day, or the first and last day it can be, and what would settle it."""

    earliest: date
    latest: date
    missing: tuple[Say, ...] = ()

    @property
    def certain(self) -> bool:
        """True if both ends are the same day."""
        return self.earliest == self.latest

    @classmethod
    def at(cls, day: date) -> Span:
        """A certain day."""
        return cls(day, day)

    def earlier_of(self, other: Span) -> Span:
        """Whichever of two limits ends first."""
        pair = Span(min(self.earliest, other.earliest), min(self.latest, other.latest))
        return pair if pair.certain else Span(pair.earliest, pair.latest, joined(self.missing, other.missing))

    def either(self, other: Span, *missing: Say) -> Span:
        """One or the other, nobody knows which."""
        pair = Span(min(self.earliest, other.earliest), max(self.latest, other.latest))
        if pair.certain:
            return pair
        return Span(pair.earliest, pair.latest, joined(self.missing, other.missing, missing))


def joined(*groups: tuple[Say, ...]) -> tuple[Say, ...]:
    """The sentences of all groups, each once."""
    found: list[Say] = []
    for group in groups:
        found.extend(one for one in group if one not in found)
    return tuple(found) if found else ()


def calendar_missing(day: date) -> Say:
    """What to ask for when the school calendar around a day is not known."""
    return Say("The school calendar for {year}: first day, last day, and days off", {"year": school_year_name(day)})


def add_months(day: date, months: int) -> date:
    """The same day of the month some months on; the last day of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Counter:
    """Counts one unit of days on one calendar, leaving out what the rule leaves out.

    `absent` are the school days on which the child was absent; `pauses` are stretches that do not count.
    """

    unit: str
    calendar: SchoolCalendar
    holidays: Holidays
    leaves_out: tuple[LeftOut, ...] = ()
    absent: frozenset[date] = frozenset()
    pauses: tuple[tuple[date, date], ...] = ()

    @property
    def plain(self) -> bool:
        """True if the count needs nothing but arithmetic."""
        return self.unit == "calendar-day" and not self.leaves_out and not self.pauses

    def after(self, start: date, length: int, *, first_day: str = "day-after") -> Span:
        """When `length` units after `start` end. Day 1 is the day after; `start` itself if first_day is "trigger"."""
        if self.unit in ("year", "month", "school-year"):
            return Span.at(add_months(start, length * (1 if self.unit == "month" else 12)))
        if self.unit == "hour":
            return Span.at(start + timedelta(days=-(-length // 24)))
        begin = start - ONE_DAY if first_day == "trigger" else start
        if length == 0:
            return Span.at(start)
        if self.plain:
            return Span.at(begin + timedelta(days=length))
        quick = self._by_table(begin, length)
        return Span.at(quick) if quick else self._walk(begin, length, 1)

    def before(self, anchor: date, length: int) -> Span:
        """The last day that is at least `length` units before `anchor`."""
        if self.unit in ("year", "month"):
            return Span.at(add_months(anchor, -length * (1 if self.unit == "month" else 12)))
        if self.unit == "hour":
            return Span.at(anchor - timedelta(days=-(-length // 24)))
        if self.plain or length == 0:
            return Span.at(anchor - timedelta(days=length))
        return self._walk(anchor, length, -1)

    def between(self, first: date, last: date) -> int | None:
        """How many units lie after `first` up to and including `last`; None where a day is not known."""
        if self.plain:
            return (last - first).days
        if self._all_known(first, last):
            return bisect_right(self.calendar.school_days, last) - bisect_right(self.calendar.school_days, first)
        number = 0
        for day in days_between(first + ONE_DAY, last):
            counted, _ = self.judge(day)
            if counted is None:
                return None
            number += counted
        return number

    def marks(self, start: date, due: date, *, first_day: str = "day-after") -> Iterator[DayMark]:
        """Each day from the start to the due day (either direction), counted or skipped with the reason."""
        if self.unit in ("year", "month", "school-year", "hour"):
            return
        number = 0
        for day in self._steps(start, due, first_day):
            counted, why = self.judge(day)
            if counted:
                number += 1
            yield DayMark(day, number if counted else None, UNKNOWN if counted is None else why)

    def _steps(self, start: date, due: date, first_day: str) -> Iterator[date]:
        if due < start:
            day = start - ONE_DAY
            while day >= due:
                yield day
                day -= ONE_DAY
            return
        yield from days_between(start if first_day == "trigger" else start + ONE_DAY, due)

    def judge(self, day: date) -> tuple[bool | None, str]:
        """Does the day count: yes, no, or None where it is not known; with the reason if not."""
        for first, last in self.pauses:
            if first <= day <= last:
                return False, WAITING
        counted, why = self._by_unit(day)
        if not counted:
            return counted, why
        for rule in self.leaves_out:
            out, reason = self._left_out(rule, day)
            if out is None or out:
                return (None if out is None else False), reason
        return True, ""

    def _by_unit(self, day: date) -> tuple[bool | None, str]:
        if self.unit in SCHOOL_UNITS:
            return self._school_day(day)
        if self.unit == "calendar-day":
            return True, ""
        if day.weekday() > 4:
            return False, WEEKEND
        if self.unit == "business-day-incl-holidays":
            return True, ""
        name = self.holidays.name_of(day)
        if name:
            return False, name
        return (True, "") if self.holidays.knows(day) else (None, UNKNOWN)

    def _school_day(self, day: date) -> tuple[bool | None, str]:
        known = self.calendar.is_school_day(day)
        if known:
            return True, ""
        if day.weekday() > 4 and known is False:
            return False, WEEKEND
        if known is None:
            return None, UNKNOWN
        name = self.calendar.closures.get(day)
        return False, name or (NO_SCHOOL if self.calendar.year_of(day) else SUMMER)

    def _left_out(self, rule: LeftOut, day: date) -> tuple[bool | None, str]:
        if rule.what == "absence":
            return day in self._late_absences(rule), ABSENT
        if rule.what == "summer":
            return sure_summer(self.calendar, day) or self.calendar.in_summer(day), SUMMER
        if rule.what == "break":
            if not self.calendar.year_of(day):
                known = self.calendar.knows(day) or sure_summer(self.calendar, day)
                return (False if known else None), LONG_BREAK
            return day in self._break_days(rule), LONG_BREAK
        if rule.what == "holiday":
            if day.weekday() > 4 or self.calendar.in_summer(day):
                return False, ""
            if self.calendar.year_of(day):
                return day in self.calendar.closures, self.calendar.closures.get(day) or HOLIDAY
            return None, HOLIDAY
        return False, ""

    def _late_absences(self, rule: LeftOut) -> frozenset[date]:
        return frozenset(sorted(self.absent)[rule.over :])

    def _break_days(self, rule: LeftOut) -> frozenset[date]:
        key = rule.at_least, rule.over, rule.weekends
        known = self.calendar.breaks
        if key not in known:
            known[key] = frozenset(_long_breaks(self.calendar, rule))
        return known[key]

    def _all_known(self, first: date, last: date) -> bool:
        """True if the count is of school days, and every one of them is known."""
        if self.unit not in SCHOOL_UNITS or self.leaves_out or self.pauses:
            return False
        return any(one <= first + ONE_DAY and last <= other for one, other in self.calendar.known_spans)

    def _by_table(self, begin: date, length: int) -> date | None:
        """The quick way for school days that are all known."""
        table = self.calendar.school_days if self.unit in SCHOOL_UNITS else ()
        place = bisect_right(table, begin) + length - 1
        if place >= len(table):
            return None
        return table[place] if self._all_known(begin, table[place]) else None

    def _walk(self, begin: date, length: int, step: int) -> Span:
        guess = Densest(self.calendar, self.unit), Sparsest(self.calendar, self.unit)
        soonest, gaps = self._end(begin, length, step, guess[0].counts)
        if not gaps:
            return Span.at(soonest)
        longest, more = self._end(begin, length, step, guess[1].counts)
        missing = tuple(self._what_is_missing(day) for day in (*gaps, *more))
        return Span(min(soonest, longest), max(soonest, longest), joined(missing))

    def _end(self, begin: date, length: int, step: int, counts: Callable[[date], bool]) -> tuple[date, list[date]]:
        day, number = begin, 0
        gaps: list[date] = []
        for _ in range(LONGEST_WALK):
            day += step * ONE_DAY
            counted, _ = self.judge(day)
            if counted is None:
                if not gaps or school_year_start(gaps[-1]) != school_year_start(day):
                    gaps.append(day)
                counted = counts(day)
            number += counted
            if number == length:
                break
        return day, gaps

    def _what_is_missing(self, day: date) -> Say:
        if self.unit == "business-day":
            return Say("The State holidays of {year}", {"year": day.year})
        return calendar_missing(day)


def _long_breaks(calendar: SchoolCalendar, rule: LeftOut) -> Iterator[date]:
    need = rule.over + 1 if rule.over else rule.at_least
    table = calendar.school_days
    for year in calendar.ordered:
        inside = table[bisect_left(table, year.first_day) : bisect_right(table, year.last_day)]
        for one, following in pairwise(inside):
            gap = list(days_between(one + ONE_DAY, following - ONE_DAY))
            missed = [day for day in gap if day.weekday() in year.weekdays]
            if len(missed) >= need:
                yield from gap if rule.weekends else days_between(missed[0], missed[-1])
