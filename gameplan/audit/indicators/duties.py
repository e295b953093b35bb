"""The audit's rows of a few clocks and of chosen children, gathered from a stream of tables into small arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.indicators.parts import NEVER, Array, paired
from gameplan.core.standing import REASONS, STATUSES

_DAYS: Final = ("started", "due", "due_latest", "done")
_NUMBERS: Final = ("started_by", "done_by", "days_late")
_WORDS: Final = ("clock", "status", "reason")
COLUMNS: Final = ("case", *_WORDS, *_DAYS, *_NUMBERS)


@dataclass(frozen=True)
class Duties:
    """Rows of the audit, one a duty, as arrays; what is empty is `NEVER`.

    `clock` is a place in `clocks`, `status` in `core.standing.STATUSES`, `reason` in `audit.rows.REASONS`.
    """

    clocks: Sequence[str]

    case: Array
    clock: Array
    status: Array
    reason: Array
    started: Array
    due: Array
    due_latest: Array
    done: Array
    started_by: Array
    done_by: Array
    days_late: Array

    def __len__(self) -> int:
        return len(self.case)

    def only(self, mask: Array) -> Duties:
        """Those for which the mask is true."""
        return Duties(self.clocks, **{name: getattr(self, name)[mask] for name in COLUMNS})

    def for_reason(self, reason: str) -> Array:
        """True for each that stands as it does for that reason."""
        found: Array = self.reason == REASONS.index(reason)
        return found

    def by_status(self, values: Mapping[str, int]) -> Array:
        """The value of each one's status; `values` holds every status."""
        return np.array([values[status] for status in STATUSES], np.int64)[self.status]


class Gathering:
    """Keeps the rows of these clocks for these cases (sorted), and lets all others pass."""

    def __init__(self, clocks: Collection[str], cases: Array) -> None:
        self.clocks = sorted(clocks)
        self.cases = cases
        self._kept: list[dict[str, Any]] = []

    def take(self, table: pa.Table) -> None:
        """Look through one table of rows; it needs the columns of `COLUMNS`."""
        table = table.filter(pc.is_in(table["clock"].cast(pa.string()), pa.array(self.clocks)))
        table = table.filter(pa.array(self._known(table["case"].to_numpy())))
        if not table.num_rows:
            return
        kept: dict[str, Any] = {"case": table["case"].to_numpy()}
        words = {"clock": self.clocks, "status": STATUSES, "reason": REASONS}
        kept |= {name: _codes(table[name], known) for name, known in words.items()}
        kept |= {name: table[name].cast(pa.int32()).fill_null(NEVER).to_numpy() for name in (*_DAYS, *_NUMBERS)}
        self._kept.append(kept)

    def _known(self, cases: Array) -> Array:
        if not len(self.cases):
            return np.zeros(len(cases), bool)
        found: Array = self.cases[np.minimum(np.searchsorted(self.cases, cases), len(self.cases) - 1)] == cases
        return found

    def duties(self) -> Duties:
        """What was kept."""
        empty = {name: np.zeros(0, np.int64) for name in COLUMNS}
        kept = self._kept or [empty]
        return Duties(self.clocks, **{name: np.concatenate([one[name] for one in kept]) for name in COLUMNS})


def _codes(column: pa.ChunkedArray, known: Sequence[str]) -> Array:
    """The place of each word in the list; raises ValueError for a word that is not in it."""
    array = column.combine_chunks()
    array = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    places = np.array([known.index(word) if word in known else -1 for word in array.dictionary.to_pylist()], np.int16)
    codes: Array = places[array.indices.to_numpy()]
    if (codes < 0).any():
        raise ValueError(f"The rows hold a word that is none of {', '.join(known)}.")
    return codes


def pairs(cases: Array, numbers: Array, duties: Duties) -> tuple[Array, Array]:
    """Which duties belong to which (case, number of the starting fact): rows of the first, and rows of the duties."""
    known = np.unique(np.concatenate([cases, duties.case]))
    keys = paired(np.searchsorted(known, duties.case), duties.started_by)
    order = np.argsort(keys, kind="stable")
    wanted = paired(np.searchsorted(known, cases), numbers)
    first, end = np.searchsorted(keys[order], wanted, "left"), np.searchsorted(keys[order], wanted, "right")
    counts = end - first
    left = np.repeat(np.arange(len(cases)), counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    return left, order[np.repeat(first, counts) + within]
