"""Series made up for the tests: day numbers instead of dates, whole numbers instead of fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from gameplan.measures.series import Phase, Point, Series
from gameplan.measures.ways import Way

START = date(2025, 9, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def points(values: Mapping[int, Any] | Iterable[tuple[int, Any]]) -> tuple[Point, ...]:
    """Points by day number, counted from 0."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return tuple(
        Point(f"p{place:03}", day(number), Fraction(value), {}, "Ms. Ito", "teacher")
        for place, (number, value) in enumerate(pairs)
    )


def reading(values: Mapping[int, Any] | Iterable[tuple[int, Any]], *phases: int, **changes: Any) -> Series:
    """From 40 to 80 words a minute in 200 days: the aim line gains one word in five days."""
    series = Series(
        id="s1", title="Reads aloud", way=Way.RATE, unit="words a minute", baseline=Fraction(40), baseline_on=day(0),
        target=Fraction(80), target_on=day(200), points=points(values),
        phases=tuple(Phase(day(number), "small group") for number in phases),
    )  # fmt: skip
    return replace(series, **changes)


def mirrored(series: Series) -> Series:
    """The same series upside down, where less is better."""
    return replace(
        series,
        rises=not series.rises,
        baseline=None if series.baseline is None else -series.baseline,
        target=None if series.target is None else -series.target,
        points=tuple(replace(point, value=-point.value) for point in series.points),
    )
