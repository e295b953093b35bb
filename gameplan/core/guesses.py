"""How early and how late a count could end when a school calendar is missing.

Nothing here is ever shown as a date to rely on. The two guesses only bound a range: the densest school year that
could be (every weekday, all year round), and the sparsest (four-day weeks, long summers, every usual break at its
longest).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gameplan.core.calendars import SchoolCalendar

SURE_SUMMER_END = (7, 5)
LATEST_START = (9, 16)
EARLIEST_END = (5, 10)

# Months in which a break may float, with the most days of school it can cost.
FLOATING: Mapping[int, int] = {2: 6, 3: 10, 4: 10, 10: 8}


@dataclass(frozen=True)
class Densest:
    """Every weekday counts, except in a summer that is known to have begun."""

    calendar: SchoolCalendar
    unit: str

    def counts(self, day: date) -> bool:
        """True if the day could be a day that counts."""
        if self.unit in ("calendar-day", "business-day"):
            return True
        return day.weekday() < 5 and not sure_summer(self.calendar, day)


@dataclass
class Sparsest:
    """As few days count as any school year could have. Ask for days in order: floating breaks are used up as met."""

    calendar: SchoolCalendar
    unit: str
    spent: dict[tuple[int, int], int] = field(default_factory=dict)

    def counts(self, day: date) -> bool:
        """True if the day counts even in the sparsest year that could be."""
        if self.unit == "business-day":
            return self._ordinary(day)
        if self._fixed_break(day) or sure_summer(self.calendar, day):
            return False
        if self.unit == "calendar-day":
            return self._ordinary(day)
        return day.weekday() < 4 and self._ordinary(day)

    def _fixed_break(self, day: date) -> bool:
        mark = (day.month, day.day)
        return EARLIEST_END < mark < LATEST_START or (11, 18) <= mark <= (12, 1) or mark >= (12, 12) or mark <= (1, 12)

    def _ordinary(self, day: date) -> bool:
        """A month takes its floating break and one more closed day as soon as it is met."""
        key = (day.year, day.month)
        allowed = FLOATING.get(day.month, 0) + 2
        if self.unit == "calendar-day":
            allowed = FLOATING.get(day.month, 0) * 2 + 2
        if self.spent.get(key, 0) < allowed:
            self.spent[key] = self.spent.get(key, 0) + 1
            return False
        return True


def sure_summer(calendar: SchoolCalendar, day: date) -> bool:
    """True between the known end of a school year and the first days of July, when no next year can have begun."""
    year = calendar.year_before(day)
    if year is None or calendar.knows(day):
        return False
    return day < date(year.last_day.year, *SURE_SUMMER_END) and year.last_day.month in (4, 5, 6, 7)


def year_end_range(day: date) -> tuple[date, date]:
    """The first and last day on which the school year around `day` can end."""
    year = day.year if day.month <= 6 else day.year + 1
    return date(year, *EARLIEST_END), date(year, 7, 5)


def year_start_range(day: date) -> tuple[date, date]:
    """The first and last day on which the next school year after `day` can begin."""
    year = day.year if (day.month, day.day) < LATEST_START else day.year + 1
    return max(day, date(year, *SURE_SUMMER_END)), date(year, *LATEST_START)
