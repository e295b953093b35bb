"""The points of one measure over time, with where it began, where it should get, and when teaching changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from gameplan.core.words import Say, Tongue
from gameplan.measures.numbers import middle, number_said
from gameplan.measures.ways import Data, Way, is_prompted, said, unit


@dataclass(frozen=True, slots=True)
class Point:
    """One check: its day, the number it came to (`ways.value_of`), what was written down, by whom and in what role."""

    id: str
    on: date
    value: Fraction
    data: Data = field(default_factory=dict, hash=False)
    by: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A change of teaching on a day. The picture has a line there, and the rules start afresh."""

    on: date
    label: str


class DayValue(NamedTuple):
    """All checks of one day in one number: their median."""

    on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one goal over time.

    `unit` is what the numbers count (empty: what is usual for the `way`); `rises` is False where less is better;
    `top` as in `ways.value_of`. Points and phases may come in any order: they are kept by day.
    """

    id: str
    title: str
    way: Way
    unit: Say | str
    baseline: Fraction | None
    baseline_on: date | None
    target: Fraction | None
    target_on: date | None
    rises: bool = True
    points: tuple[Point, ...] = ()
    phases: tuple[Phase, ...] = ()
    top: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", tuple(sorted(self.points, key=lambda point: (point.on, point.id))))
        object.__setattr__(self, "phases", tuple(sorted(self.phases, key=lambda phase: (phase.on, phase.label))))

    def better(self, one: Fraction, other: Fraction) -> bool:
        """True if the first value is better than the second, and not the same."""
        return one > other if self.rises else one < other

    def said(self, value: Fraction, tongue: Tongue) -> str:
        """A value in words with its unit, for example "72 words a minute"."""
        if self.unit and self.way in (Way.COUNT, Way.DURATION, Way.RATE):
            return tongue.say(Say("{number} {unit}", {"number": number_said(value), "unit": self.unit}))
        return said(self.way, value, tongue)

    def unit_said(self, tongue: Tongue) -> str:
        """What the numbers count, for the axis of a picture."""
        return tongue.say(self.unit) if isinstance(self.unit, Say) else self.unit or tongue.say(unit(self.way))

    def phase_on(self, on: date) -> Phase | None:
        """The last change of teaching up to a day."""
        return max((phase for phase in self.phases if phase.on <= on), key=lambda phase: phase.on, default=None)

    def counts_from(self, on: date) -> date | None:
        """The day from which points count for the rules: of the baseline, or of a later change of teaching."""
        phase = self.phase_on(on)
        days = (phase.on if phase else None, self.baseline_on)
        return max((day for day in days if day), default=None)


def day_values(points: tuple[Point, ...], since: date | None = None, until: date | None = None) -> list[DayValue]:
    """One number for each day with checks, by day, from `since` to `until` (both days count)."""
    by_day: dict[date, list[Fraction]] = defaultdict(list)
    for point in points:
        if (since is None or point.on >= since) and (until is None or point.on <= until):
            by_day[point.on].append(point.value)
    return [DayValue(day, values[0] if len(values) == 1 else middle(values)) for day, values in sorted(by_day.items())]


def was_prompted(series: Series, point: Point) -> bool:
    """True if the answers of this check needed help, which the picture shows by a hollow mark."""
    return series.way is Way.TRIALS and is_prompted(point.data)
