"""Weeks, months, quarters and school years as a plan counts them, and how many days each has to give a service on."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from gameplan.core.calendars import MONDAY_TO_FRIDAY, SchoolCalendar, days_between

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
UNITS = (DAY, WEEK, MONTH, QUARTER, YEAR)
QUARTERS = 4


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A stretch of days within which a promise is to be kept, both ends included.

    For `day` and `week` it is a week from Monday to Sunday: what was not given on a Monday can be given on the Friday.
    """

    first: date
    last: date
    unit: str

    def holds(self, day: date) -> bool:
        """True if the day lies in it."""
        return self.first <= day <= self.last


def monday(day: date) -> date:
    """The Monday of the day's week; a week is known by it everywhere."""
    return day - timedelta(days=day.weekday())


def end_of_month(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class SchoolDays:
    """The days on which a service of the school year can be given."""

    calendar: SchoolCalendar

    def holds(self, day: date) -> bool | None:
        """Yes for a school day, no for another, None where no calendar covers the day.

        The days of a week or month after the last day of a school year that is known, or before its first, are none.
        """
        known = self.calendar.is_school_day(day)
        return False if known is None and self._adjoins(day) else known

    def _adjoins(self, day: date) -> bool:
        ends = [end for year in self.calendar.ordered for end in (year.first_day, year.last_day)]
        return any(monday(day) == monday(end) or (day.year, day.month) == (end.year, end.month) for end in ends)

    def term(self, unit: str, day: date) -> Term:
        """The week, month, quarter or school year of a school day."""
        if unit in (DAY, WEEK):
            return Term(monday(day), monday(day) + timedelta(days=6), unit)
        if unit == MONTH:
            return Term(day.replace(day=1), end_of_month(day), unit)
        return self._long_terms[unit, day]

    def weight(self, term: Term) -> int:
        """How many days share what is promised in a term: its school days, and week days that lie outside of school
        years.

        A holiday takes no share: the other days of the week bear its part. A week or month that the school year begins
        or ends in is promised only in part.
        """
        return sum(self._bears(day) for day in days_between(term.first, term.last))

    def _bears(self, day: date) -> bool:
        if day in self.calendar.school_day_set:
            return True
        return self.calendar.year_of(day) is None and day.weekday() in MONDAY_TO_FRIDAY

    @cached_property
    def _long_terms(self) -> dict[tuple[str, date], Term]:
        """The school year of each school day, and its quarter: four parts with as many school days each as can be."""
        found: dict[tuple[str, date], Term] = {}
        for year in self.calendar.ordered:
            table = [one for one in self.calendar.school_days if year.first_day <= one <= year.last_day]
            for at, day in enumerate(table):
                quarter = at * QUARTERS // len(table)
                # The first school day of a quarter, and the day before the first of the next one.
                begin, end = -(-quarter * len(table) // QUARTERS), -(-(quarter + 1) * len(table) // QUARTERS) - 1
                found.setdefault((QUARTER, day), Term(table[begin], table[end], QUARTER))
                found.setdefault((YEAR, day), Term(table[0], table[-1], YEAR))
        return found


@dataclass(frozen=True)
class SummerDays:
    """The days on which a service of an extended school year can be given: Monday to Friday, as no calendar tells."""

    def holds(self, day: date) -> bool | None:
        """True from Monday to Friday."""
        return day.weekday() in MONDAY_TO_FRIDAY

    def term(self, unit: str, day: date) -> Term:
        """The week or month of a day."""
        return SchoolDays(SchoolCalendar()).term(unit, day)

    def weight(self, term: Term) -> int:
        """How many days from Monday to Friday a term has."""
        return sum(day.weekday() in MONDAY_TO_FRIDAY for day in days_between(term.first, term.last))


@lru_cache(maxsize=512)
def school_days_of(calendar: SchoolCalendar) -> SchoolDays:
    """The school days of a calendar; made once for each."""
    return SchoolDays(calendar)
