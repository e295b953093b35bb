"""From the evaluator's records to the answer's columns, one row a duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from gameplan.audit.places import cases_of, in_order, places
from gameplan.audit.rows import NO_DAY, ROWS
from gameplan.audit.tables import ClockName
from gameplan.audit.words import Coded
from gameplan.core.standing import REASONS, STATUSES

CHILD_WORDS: Final = ("state", "district", "school")
CLOCK_WORDS: Final = ("clock", "pack", "kind")
DUTY_WORDS: Final = {"status": STATUSES, "reason": REASONS}


def child_words(children: pa.Table) -> dict[str, Coded]:
    """State, district and school of each child of the part."""
    return {name: Coded.of_column(children[name]) for name in CHILD_WORDS}


def clock_words(clocks: Sequence[ClockName]) -> dict[str, Coded]:
    """Id, pack and kind of each row of the compiled law."""
    columns = ((one.id for one in clocks), (one.pack for one in clocks), (one.kind for one in clocks))
    return {name: Coded.of_words(column) for name, column in zip(CLOCK_WORDS, columns, strict=True)}


class Answers:
    """Turns records into tables of the ROWS schema for the children of one part."""

    def __init__(self, children: pa.Table, clocks: Sequence[ClockName]) -> None:
        children = in_order(children)
        self._cases = cases_of(children)
        self._of_child = child_words(children)
        self._of_clock = clock_words(clocks)
        self._of_duty = {name: Coded((), known) for name, known in DUTY_WORDS.items()}

    def table(self, duties: Any) -> pa.Table:
        """The duties (an array of `rows.DUTY`) as a table of the ROWS schema, in the same order."""
        rows = places(duties, self._cases)
        columns = [self._column(field, duties, rows) for field in ROWS]
        return pa.Table.from_arrays(columns, schema=ROWS)

    def _column(self, field: pa.Field, duties: Any, rows: Any) -> pa.Array:
        if field.name in self._of_child:
            return self._of_child[field.name].at(rows)
        if field.name in self._of_clock:
            return self._of_clock[field.name].at(duties["clock"])
        if field.name in self._of_duty:
            return self._of_duty[field.name].column(duties[field.name].astype(np.int32))
        return numbers_column(duties[field.name], field.type)


def numbers_column(values: Any, kind: pa.DataType) -> pa.Array:
    """Numbers or days as an Arrow column; NO_DAY becomes an empty place."""
    values = np.ascontiguousarray(values)
    missing = values == NO_DAY
    column = pa.array(values, mask=missing if missing.any() else None)
    return column.view(kind) if column.type != kind else column
