"""Years, months and weekdays of days that are numbers (days since January 1, 1970), by look-up."""

from __future__ import annotations

import numpy as np

from gameplan.audit.compiled import compiled

FIRST_YEAR, LAST_YEAR = 1900, 2150
JULY = 7
_MONTHS = np.arange(f"{FIRST_YEAR}-01", f"{LAST_YEAR + 1}-02", dtype="datetime64[M]")
MONTH_STARTS = _MONTHS.astype("datetime64[D]").astype(np.int32)
"""The first day of each month, from January of the first year."""
OFFSET = -int(MONTH_STARTS[0])
MONTH_OF_DAY = np.repeat(np.arange(len(MONTH_STARTS) - 1, dtype=np.int16), np.diff(MONTH_STARTS))
"""For each day from the first one, the number of its month in `MONTH_STARTS`."""


@compiled
def month_number(day: int) -> int:
    """The month of the day, counted from January of the first year; days out of reach count as the nearest known."""
    return MONTH_OF_DAY[min(max(day + OFFSET, 0), len(MONTH_OF_DAY) - 1)]


@compiled
def year_of(day: int) -> int:
    """The year of the day."""
    return FIRST_YEAR + month_number(day) // 12


@compiled
def month_of(day: int) -> int:
    """The month of the day, 1 to 12."""
    return month_number(day) % 12 + 1


@compiled
def mark_of(day: int) -> int:
    """Month and day of the month as one number that grows through the year: 910 for September 10."""
    month = month_number(day)
    return (month % 12 + 1) * 100 + day - MONTH_STARTS[month] + 1


@compiled
def weekday(day: int) -> int:
    """The day of the week; 0 is Monday."""
    return (day + 3) % 7


@compiled
def day_number(year: int, month: int, dom: int) -> int:
    """The number of a day of the calendar."""
    return MONTH_STARTS[(year - FIRST_YEAR) * 12 + month - 1] + dom - 1


@compiled
def add_months(day: int, months: int) -> int:
    """The same day of the month some months on; the last day of the month where there is none (core.days)."""
    month = month_number(day)
    dom = day - MONTH_STARTS[month]
    to = min(max(month + months, 0), len(MONTH_STARTS) - 2)
    return MONTH_STARTS[to] + min(dom, MONTH_STARTS[to + 1] - MONTH_STARTS[to] - 1)


@compiled
def school_year_start(day: int) -> int:
    """The year in which the usual school year of the day begins (July to June)."""
    return year_of(day) if month_of(day) >= JULY else year_of(day) - 1


@compiled
def year_end_range(day: int) -> tuple[int, int]:
    """The first and last day on which the school year around the day can end (core.guesses)."""
    year = year_of(day) if month_of(day) < JULY else year_of(day) + 1
    return day_number(year, 5, 10), day_number(year, 7, 5)


@compiled
def year_start_range(day: int) -> tuple[int, int]:
    """The first and last day on which the next school year after the day can begin (core.guesses)."""
    year = year_of(day) if mark_of(day) < 916 else year_of(day) + 1
    return max(day, day_number(year, 7, 5)), day_number(year, 9, 16)
