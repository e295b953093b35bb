"""Lines through points: the aim line, the trend, how far points lie from it, and when the trend meets the target.

The trend is the Theil-Sen line: its slope is the median of the slopes between all pairs of days, and it runs so that
as many days lie above it as below. The field knows two lines. Ordinary least squares is the usual one; Christ,
Zopluoglu, Long and Monaghen (2012, doi 10.1177/001440291207800306) found it good enough for decisions from 14 very
good points on. A child has a bad day, and with the few points that a team really has, one such day at either end turns
a least-squares line round. Vannest and others (2012, doi 10.1177/019874291203700406) held both lines against 372
published series and find Theil-Sen promising for decisions of weight; Bulut and Cormier (2018, doi
10.3389/feduc.2018.00068) found it the steadiest against outliers. It needs no normal errors, gives the same line for
points on a line, and a mirrored line for mirrored points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Final

from gameplan.core.words import Say
from gameplan.measures.numbers import middle
from gameplan.measures.series import DayValue, Series, day_values

FEWEST_DAYS: Final = 3
"""Fewer days than this have no trend."""
FEWEST_TO_FORETELL: Final = 8
"""From this many days on a trend is held against the aim line, and said to come to some value later."""
MOST_DAYS_IN_PAIRS: Final = 120
"""Beyond this many days, neighbours are put together by their medians before pairs are made."""
FARTHEST: Final = timedelta(days=3660)
"""No day is foretold beyond ten years."""
STEADY, UNEVEN = Fraction(1, 10), Fraction(1, 4)
"""Up to which part of the way from baseline to target points may lie off the trend and be called steady, or uneven."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: `value` on the day `start`, and `slope` more each day. Outside `start` to `end` it is level."""

    start: date
    end: date
    value: Fraction
    slope: Fraction

    def at(self, day: date) -> Fraction:
        """The value of the line on a day."""
        return self.value + self.slope * (min(max(day, self.start), self.end) - self.start).days

    @property
    def weekly(self) -> Fraction:
        """How much the line gains in a week."""
        return self.slope * 7


@dataclass(frozen=True, slots=True)
class Trend:
    """The trend through the points of `days` days: `value` on the first, `start`, and `slope` more each day."""

    start: date
    end: date
    value: Fraction
    slope: Fraction
    days: int

    def at(self, day: date) -> Fraction:
        """The value of the trend on a day, also before and after its points, if it goes on as it is."""
        return self.value + self.slope * (day - self.start).days

    @property
    def weekly(self) -> Fraction:
        """How much the trend gains in a week."""
        return self.slope * 7


@dataclass(frozen=True, slots=True)
class Spread:
    """How far points lie off the trend: half of the days lie within `amount` of it. `word` says it plainly."""

    amount: Fraction
    word: Say


def aim_line(series: Series) -> Line | None:
    """The line from the baseline to the target; None if something is missing, and `aim_lacks` says what."""
    if aim_lacks(series):
        return None
    start, end, value, target = series.baseline_on, series.target_on, series.baseline, series.target
    if start is None or end is None or value is None or target is None:
        return None
    return Line(start, end, value, (target - value) / (end - start).days)


def aim_lacks(series: Series) -> tuple[Say, ...]:
    """What an aim line still needs, one sentence for each thing; empty if there is a line."""
    needed = (
        (series.baseline, Say("The baseline is missing. Write down how the child did at the start.")),
        (series.baseline_on, Say("The day of the baseline is missing. Write down when it was measured.")),
        (series.target, Say("The target is missing. Write down how well the child should do it.")),
        (series.target_on, Say("The day of the target is missing. Write down by when it should be reached.")),
    )
    lacks = [says for value, says in needed if value is None]
    if series.baseline_on and series.target_on and series.target_on <= series.baseline_on:
        days: dict[str, object] = {"target": series.target_on, "baseline": series.baseline_on}
        says = Say("The day of the target ({target}) must come after that of the baseline ({baseline}).", days)
        lacks.append(says)
    if series.baseline is not None and series.target is not None and series.better(series.baseline, series.target):
        lacks.append(Say("The target is worse than the baseline. Check both, and if more or less is better."))
    return tuple(lacks)


def trend(series: Series, since: date | None = None, until: date | None = None) -> Trend | None:
    """The Theil-Sen line through the days from `since` to `until`; None for fewer than three days with points."""
    return trend_of(day_values(series.points, since, until))


def trend_of(days: Sequence[DayValue]) -> Trend | None:
    """The Theil-Sen line through these days, which are sorted; None for fewer than three."""
    if len(days) < FEWEST_DAYS:
        return None
    start = days[0].on
    places = _folded([(Fraction((day.on - start).days), day.value) for day in days])
    slope = _middle_slope(places)
    value = middle(y - slope * x for x, y in places)
    return Trend(start, days[-1].on, value, slope, len(days))


def spread(series: Series, since: date | None = None, until: date | None = None) -> Spread | None:
    """How far the days lie off their trend: the median distance, and a plain word. None where there is no trend."""
    days = day_values(series.points, since, until)
    found = trend_of(days)
    return spread_of(series, days, found) if found else None


def spread_of(series: Series, days: Sequence[DayValue], found: Trend) -> Spread:
    """How far these days lie off this trend. The word depends on the way from baseline to target, if there is one."""
    amount = middle(abs(day.value - found.at(day.on)) for day in days)
    way = abs(series.target - series.baseline) if series.target is not None and series.baseline is not None else 0
    scale = way or middle(abs(day.value) for day in days)
    if amount <= STEADY * scale:
        return Spread(amount, Say("steady"))
    return Spread(amount, Say("with ups and downs") if amount <= UNEVEN * scale else Say("with large ups and downs"))


def expected(series: Series, on: date) -> date | None:
    """The first day, `on` or later, on which the trend is at the target or better, if it goes on as it is.

    It is the trend since the day from which points count. None without a target or a trend, if the trend does not go
    there, or if that takes more than ten years.
    """
    found = trend(series, series.counts_from(on), on)
    return expected_of(series, on, found) if found else None


def expected_of(series: Series, on: date, found: Trend) -> date | None:
    """The same for a trend that was worked out before."""
    if series.target is None:
        return None
    now = found.at(on)
    if not series.better(series.target, now):
        return on
    gap = series.target - now
    if found.slope == 0 or gap / found.slope < 0:
        return None
    days = math.ceil(gap / found.slope)
    return on + timedelta(days=days) if days <= FARTHEST.days else None


_Place = tuple[Fraction, Fraction]


def _folded(places: list[_Place]) -> list[_Place]:
    """Not more places than can be paired at once: neighbours become one, at the median of their days and values."""
    size = math.ceil(len(places) / MOST_DAYS_IN_PAIRS)
    if size == 1:
        return places
    groups = (places[at : at + size] for at in range(0, len(places), size))
    return [(middle(x for x, _ in group), middle(y for _, y in group)) for group in groups]


def _middle_slope(places: Sequence[_Place]) -> Fraction:
    """The median slope of all pairs, exactly. Whole numbers and their quotients as floats only find the order."""
    wide = math.lcm(*(x.denominator for x, _ in places))
    high = math.lcm(*(y.denominator for _, y in places))
    whole = [(int(x * wide), int(y * high)) for x, y in places]
    steps = [(later[1] - first[1], later[0] - first[0]) for first, later in combinations(whole, 2)]
    order = sorted(range(len(steps)), key=[rise / run for rise, run in steps].__getitem__)
    half = len(order) // 2
    chosen = order[half : half + 1] if len(order) % 2 else order[half - 1 : half + 1]
    return sum((Fraction(*steps[at]) for at in chosen), Fraction(0)) / len(chosen) * Fraction(wide, high)
