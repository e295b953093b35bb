"""The audit's rows of a few clocks and of chosen children, gathered from a stream of tables into small arrays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.indicators.parts import NEVER, Array, paired
from gameplan.core.standing import STATUSES

_DAYS: Final = ("started", "due", "due_latest", "done")
_NUMBERS: Final = ("started_by", "done_by", "days_late")
_WORDS: Final = ("clock", "status", "reason")
COLUMNS: Final = ("case", *_WORDS, *_DAYS, *_NUMBERS)


@dataclass(frozen=True)
class Duties:
    """Rows of the audit, one a duty, as arrays; what is empty is `NEVER`. The words are arrays of text."""

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
        return Duties(**{name: getattr(self, name)[mask] for name in COLUMNS})

    def was(self, *statuses: str) -> Array:
        """True for each that has one of the statuses. Raises ValueError for a status that no duty can have."""
        if unknown := set(statuses) - set(STATUSES):
            raise ValueError(f"No duty can be {', '.join(sorted(unknown))}.")
        return np.isin(self.status, statuses)


class Gathering:
    """Keeps the rows of these clocks for these cases (sorted), and lets all others pass."""

    def __init__(self, clocks: Collection[str], cases: Array) -> None:
        self.clocks = frozenset(clocks)
        self.cases = cases
        self._kept: list[dict[str, Any]] = []

    def take(self, table: pa.Table) -> None:
        """Look through one table of rows; it needs the columns of `COLUMNS`."""
        table = table.filter(pc.is_in(table["clock"].cast(pa.string()), pa.array(sorted(self.clocks))))
        table = table.filter(pa.array(self._known(table["case"].to_numpy())))
        if not table.num_rows:
            return
        kept: dict[str, Any] = {"case": table["case"].to_numpy()}
        kept |= {name: table[name].cast(pa.string()).to_numpy(zero_copy_only=False).astype("U") for name in _WORDS}
        kept |= {name: table[name].cast(pa.int32()).fill_null(NEVER).to_numpy() for name in (*_DAYS, *_NUMBERS)}
        self._kept.append(kept)

    def _known(self, cases: Array) -> Array:
        if not len(self.cases):
            return np.zeros(len(cases), bool)
        found: Array = self.cases[np.minimum(np.searchsorted(self.cases, cases), len(self.cases) - 1)] == cases
        return found

    def duties(self) -> Duties:
        """What was kept."""
        empty = {name: np.zeros(0, "U1" if name in _WORDS else np.int64) for name in COLUMNS}
        kept = self._kept or [empty]
        return Duties(**{name: np.concatenate([one[name] for one in kept]) for name in COLUMNS})


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
