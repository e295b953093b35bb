"""School years: which days are school days, which are not, and which nobody has told us about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closure:
    """Days without school, both ends included."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year of one school: first and last day of class, closed days, extra days, and week days kept."""

    school_year: str
    first_day: date
    last_day: date
    closed: tuple[Closure, ...] = ()
    open: tuple[date, ...] = ()
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY


@dataclass(frozen=True)
class SchoolCalendar:
    """What is known of a school's days. Nothing is assumed for a day that no school year covers."""

    years: tuple[SchoolYear, ...] = ()

    @cached_property
    def ordered(self) -> tuple[SchoolYear, ...]:
        """The school years by first day."""
        return tuple(sorted(self.years, key=lambda year: year.first_day))

    @cached_property
    def closures(self) -> dict[date, str]:
        """Each closed day with its name."""
        return {
            day: closure.name
            for year in self.ordered
            for closure in year.closed
            for day in days_between(closure.first, closure.last)
        }

    @cached_property
    def school_days(self) -> tuple[date, ...]:
        """Every known school day in order."""
        found: set[date] = set()
        for year in self.ordered:
            extra = {day for day in year.open if year.first_day <= day <= year.last_day}
            found |= extra
            found |= {
                day
                for day in days_between(year.first_day, year.last_day)
                if day.weekday() in year.weekdays and day not in self.closures
            }
        return tuple(sorted(found))

    @cached_property
    def school_day_set(self) -> frozenset[date]:
        """Every known school day, for quick look-ups."""
        return frozenset(self.school_days)

    @cached_property
    def breaks(self) -> dict[tuple[int, int, bool], frozenset[date]]:
        """The days of long breaks, by how long they must be: filled as rules ask for them."""
        return {}

    @cached_property
    def known_spans(self) -> tuple[tuple[date, date], ...]:
        """The stretches of days about which we know: each school year, and the summer between two that follow on."""
        spans: list[tuple[date, date]] = []
        for year in self.ordered:
            if spans and (year.first_day - spans[-1][1]).days <= 200:
                spans[-1] = (spans[-1][0], max(spans[-1][1], year.last_day))
            else:
                spans.append((year.first_day, year.last_day))
        return tuple(spans)

    def knows(self, day: date) -> bool:
        """True if it is known whether this day is a school day."""
        for first, last in self.known_spans:  # noqa: SIM110  asked for every day that is counted
            if first <= day <= last:
                return True
        return False

    def is_school_day(self, day: date) -> bool | None:
        """Yes, no, or None where no school year covers the day."""
        if day in self.school_day_set:
            return True
        return False if self.knows(day) else None

    def year_of(self, day: date) -> SchoolYear | None:
        """The school year that the day falls in, if it is known."""
        for year in self.ordered:
            if year.first_day <= day <= year.last_day:
                return year
        return None

    def name_of_year(self, day: date) -> str:
        """The name of the day's school year: as the calendar calls it, the usual one where it has no name for it."""
        known = self.year_of(day)
        return known.school_year if known and known.school_year else school_year_name(day)

    def year_after(self, day: date) -> SchoolYear | None:
        """The next school year that starts after the day, if it is known and follows on."""
        later = next((year for year in self.ordered if year.first_day > day), None)
        return later if later and (later.first_day - day).days <= 400 else None

    def year_before(self, day: date) -> SchoolYear | None:
        """The last school year that ended before the day, if it is known."""
        for year in reversed(self.ordered):
            if year.last_day < day:
                return year if (day - year.last_day).days <= 200 else None
        return None

    def in_summer(self, day: date) -> bool | None:
        """Yes if the day lies between two known school years, no if inside one, None if unknown."""
        if self.year_of(day):
            return False
        if self.year_before(day) and self.year_after(day):
            return True
        return None


@lru_cache(maxsize=256)
def calendar_of(years: tuple[SchoolYear, ...]) -> SchoolCalendar:
    """The calendar made of these school years; the same one for the same years, so that its table is made once."""
    return SchoolCalendar(years)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from first to last, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def school_year_name(day: date) -> str:
    """The usual name of the school year a day belongs to (July to June), for example "2025-26"."""
    start = school_year_start(day)
    return f"{start}-{(start + 1) % 100:02d}"


def school_year_start(day: date) -> int:
    """The calendar year in which the day's school year begins (July to June)."""
    return day.year if day.month >= 7 else day.year - 1
