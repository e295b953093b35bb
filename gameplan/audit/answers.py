"""From the evaluator's records to the answer's columns, one row a duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import entry
from gameplan.audit.places import cases_of, in_order, places
from gameplan.audit.rows import NO_DAY, ROWS
from gameplan.audit.tables import ClockName
from gameplan.audit.words import Coded
from gameplan.core.standing import REASONS, STATUSES

CHILD_WORDS: Final = ("state", "district", "school")
CLOCK_WORDS: Final = ("clock", "pack", "kind")
DUTY_WORDS: Final = {"status": STATUSES, "reason": REASONS}
NUMBERS: Final = (
    "started_by", "started", "due", "due_earliest", "due_latest", "done", "done_by", "days_left", "days_late",
)  # fmt: skip


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
        self._status, self._reason = (Coded((), known) for known in DUTY_WORDS.values())

    def table(self, duties: Any) -> pa.Table:
        """The duties (an array of `rows.DUTY`) as a table of the ROWS schema, in the same order."""
        rows = places(duties, self._cases)
        numbers = np.empty((len(NUMBERS), len(duties)), np.int32)
        clock, status, reason = (np.empty(len(duties), np.int32) for _ in range(3))
        split(duties, numbers, clock, status, reason)
        found = {name: one.at(rows) for name, one in self._of_child.items()}
        found |= {name: one.at(clock) for name, one in self._of_clock.items()}
        found |= {"status": self._status.column(status), "reason": self._reason.column(reason)}
        found |= {name: numbers_column(numbers[place], ROWS.field(name).type) for place, name in enumerate(NUMBERS)}
        found["case"] = pa.array(self._cases[rows])
        return pa.Table.from_arrays([found[name] for name in ROWS.names], schema=ROWS)


@entry
def split(duties: Any, numbers: Any, clock: Any, status: Any, reason: Any) -> None:
    """Takes records apart in one pass: the fields of NUMBERS into rows of `numbers`, and the codes of three words."""
    for index in range(len(duties)):
        duty = duties[index]
        numbers[0, index] = duty["started_by"]
        numbers[1, index] = duty["started"]
        numbers[2, index] = duty["due"]
        numbers[3, index] = duty["due_earliest"]
        numbers[4, index] = duty["due_latest"]
        numbers[5, index] = duty["done"]
        numbers[6, index] = duty["done_by"]
        numbers[7, index] = duty["days_left"]
        numbers[8, index] = duty["days_late"]
        clock[index] = duty["clock"]
        status[index] = duty["status"]
        reason[index] = duty["reason"]


def numbers_column(values: Any, kind: pa.DataType) -> pa.Array:
    """Numbers or days (an array of int32) as an Arrow column; NO_DAY becomes an empty place."""
    missing = values == NO_DAY
    column = pa.array(values, mask=missing if missing.any() else None)
    return column.view(kind) if column.type != kind else column
