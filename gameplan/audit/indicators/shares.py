"""What the indicators have in common: counting by place, percentages as a range, and dataclasses as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, get_type_hints

import numpy as np
import pyarrow as pa

from gameplan.audit.indicators.parts import Array

BANDS: Final = ((1, 10), (11, 30), (31, 60), (61, 90), (91, None))
"""Bands of calendar days late, first and last day. They are ours: the measurement table asks for the range only."""
Place = tuple[str, str]
"""The State and the district of a row; "" for none."""
EVERYWHERE: Final[Place] = ("all", "")
"""Stands for the place in the row that counts all places together."""

_TYPES: Final = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), int | None: pa.int64(), float | None: pa.float64()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage as a range: both are the same where everything can be told, both None where nobody is counted."""

    lowest: float | None
    highest: float | None


def share(yes: int, no: int, *, perhaps_yes: int = 0, perhaps_no: int = 0) -> Share:
    """100 yes / (yes + no). Those who may be "no" pull the lowest down, those who may be "yes" the highest up.

    Somebody who may be either is given in both. Where nobody is left at one end, the other end stands for both.
    """
    lowest = _percent(yes, yes + no + perhaps_no)
    highest = _percent(yes + perhaps_yes, yes + perhaps_yes + no)
    return Share(highest if lowest is None else lowest, lowest if highest is None else highest)


def _percent(part: int, whole: int) -> float | None:
    """Two decimals; all and none are said of all and none only, so that rounding hides nobody."""
    if not whole:
        return None
    rounded = round(100 * part / whole, 2)
    return rounded if part in (0, whole) else min(max(rounded, 0.01), 99.99)


def by_place(places: Array, names: Sequence[Place]) -> Iterator[tuple[Place, Array]]:
    """Each place that somebody belongs to, in the order of the names, with the rows that belong to it."""
    order = np.argsort(places, kind="stable")
    found, first = np.unique(places[order], return_index=True)
    rows = dict(zip(found.tolist(), np.split(order, first[1:]), strict=True)) if len(found) else {}
    for place in sorted(rows, key=lambda one: names[one]):
        yield names[place], rows[place]


def count(mask: Array) -> int:
    """How many are true."""
    return int(np.count_nonzero(mask))


def band_counts(days: Array) -> tuple[int, int, int, int, int]:
    """How many lie in each of the `BANDS`."""
    most = int(days.max(initial=0))
    one, two, three, four, five = (count((days >= first) & (days <= (last or most))) for first, last in BANDS)
    return one, two, three, four, five


def extremes(days: Array) -> tuple[int | None, int | None]:
    """The least and the most, None and None of nothing."""
    return (int(days.min()), int(days.max())) if len(days) else (None, None)


def as_table(kind: type[Any], rows: Sequence[Any]) -> pa.Table:
    """Dataclasses of one kind as an Arrow table: a column a field, in their order."""
    hints = get_type_hints(kind)
    schema = pa.schema([pa.field(one.name, _TYPES[hints[one.name]]) for one in fields(kind)])
    return pa.table({one.name: [getattr(row, one.name) for row in rows] for one in fields(kind)}, schema)
