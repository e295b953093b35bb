"""What the compiler is told about numbers and places: any width, counted from the start."""

from __future__ import annotations

from typing import Any

import numpy as np

from gameplan.audit.compiled import compiled, entry

ROW = np.dtype([("short", "i2"), ("days", "i4", (3,)), ("pairs", "i4", (2, 2))], align=True)


@compiled
def twice(number: int) -> int:
    """The number two times."""
    return number * 2


@entry
def through(rows: Any, at: int) -> int:
    """Reads and writes by places that are loaded, counted or written out, in one and two dimensions."""
    row = rows[at]
    total = twice(row.short) + twice(row.days[1]) + twice(3)
    for index in range(at, at + 2):
        row.days[index] = row.pairs[index, 1]
        row.pairs[index, row.short] = total
    return total


def test_places_and_numbers_of_any_width_are_taken_as_they_are() -> None:
    rows = np.zeros(2, ROW)
    rows["short"], rows["days"], rows["pairs"] = 1, (5, 2**30, 7), ((11, 12), (13, 14))
    assert through(rows, 0) == 2 + 2**31 + 6
    assert rows[0]["days"].tolist() == [12, 14, 7]
    assert rows[0]["pairs"].astype(np.int64).tolist() == [[11, -(2**31) + 8], [13, -(2**31) + 8]]
    assert rows[1]["days"].tolist() == [5, 2**30, 7]


def test_a_function_is_compiled_at_most_once_for_numbers_of_every_width() -> None:
    through(np.zeros(2, ROW), 0)
    made: Any = twice
    # None where another process has compiled the caller before, and left it on the disk.
    assert len(made.signatures) <= 1
