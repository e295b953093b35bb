"""Where a value and a day stand in a picture, and the few round numbers and dates that are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gameplan.core.words import Say, Tongue

MOST_TICKS: Final = 6
MONTHS: Final = Say("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
"""The short names of all months in one message: alone, "May" is also another word."""
DAY_STEPS: Final = (1, 2, 3, 7, 14)
MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers between `low` and `high` to places between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        """The place of a number."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)


def value_ticks(low: float, high: float, most: int = MOST_TICKS) -> list[float]:
    """Round numbers with even steps from `low` or below to `high` or above, at most so many."""
    largest = max(abs(low), abs(high))
    if high - low <= largest * 1e-6 or high - low < 1e-6:
        low, high = low - max(1.0, largest / 10), high + max(1.0, largest / 10)
    rough = (high - low) / (most - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    for step in (factor * size * power for power in (1, 10) for factor in (1, 2, 2.5, 5)):
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first < most:
            return [number * step for number in range(first, last + 1)]
    return [low, high]


def day_ticks(first: date, last: date, most: int = MOST_TICKS) -> list[date]:
    """At most so many days between two days: every so many days, or the first of months."""
    span = (last - first).days
    for step in DAY_STEPS:
        if span // step < most:
            return [first + timedelta(days=at) for at in range(0, span + 1, step)]
    for step in MONTH_STEPS:
        found = list(_months(first, last, step))
        if len(found) <= most:
            return found
    return [first, last]


def _months(first: date, last: date, step: int) -> Iterator[date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % step == 0 and first <= day <= last:
            yield day


def day_labels(ticks: Sequence[date], tongue: Tongue) -> list[tuple[str, str]]:
    """For each day its short name, and the year where it is the first or another one than before."""
    by_month = all(day.day == 1 for day in ticks) and len(ticks) > 1
    months = tongue.say(MONTHS).split()
    labels = []
    year = 0
    for day in ticks:
        month = months[day.month - 1]
        short = month if by_month else tongue.say(Say("{month} {day}", {"month": month, "day": day.day}))
        labels.append((short, str(day.year) if day.year != year else ""))
        year = day.year
    return labels
