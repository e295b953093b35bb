"""The facts of a part as columns, while they are being made: what they say, their days, and what they point at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from gameplan.audit.layout import data_text
from gameplan.audit.synth.arrays import NEVER, Days, Numbers, Rows, Yes
from gameplan.core.casefile import SIDES

NOBODY: Final = np.int64(-1)
"""No fact: in every array of references."""

SIDE_CODES: Final = {side: code for code, side in enumerate(SIDES)}


class Sayings:
    """What facts say, each combination of kind and data once: its number stands for it in the columns."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.data: list[Mapping[str, object]] = []
        self._known: dict[tuple[str, str], int] = {}

    def number(self, kind: str, data: Mapping[str, object]) -> int:
        """The number of this kind with this data."""
        key = (kind, data_text(data))
        if key not in self._known:
            self._known[key] = len(self.kinds)
            self.kinds.append(kind)
            self.data.append(dict(data))
        return self._known[key]

    def is_kind(self, *kinds: str) -> Yes:
        """For each number: is it of one of these kinds?"""
        return np.array([kind in kinds for kind in self.kinds], dtype=np.bool_)


@dataclass(frozen=True)
class Ledger:
    """Facts in the order in which they were thought of. References are rows of this same ledger.

    `child` is the child's row in the part, `saying` a number of `Sayings`, `by` the side by SIDE_CODES. `days` and
    `last` hold the date fields (NEVER: not said) and, where a day is rough, its last possible day. `lists` holds for a
    field the rows that have a list of days, and those days (one line a row, NEVER fills up).
    """

    child: Rows
    on: Days
    saying: Rows
    by: npt.NDArray[np.int8]
    planned: Yes
    withdrawn: Yes
    corrects: Rows
    account_of: Rows
    days: Mapping[str, Days]
    last: Mapping[str, Days] = field(default_factory=dict)
    refs: Mapping[str, Rows] = field(default_factory=dict)
    lists: Mapping[str, tuple[Rows, Days]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.child)

    def copied(self, rows: Rows) -> Ledger:
        """These facts once more, without their lists of days."""
        return Ledger(
            self.child[rows], self.on[rows], self.saying[rows], self.by[rows], self.planned[rows], self.withdrawn[rows],
            self.corrects[rows], self.account_of[rows],
            days={name: column[rows] for name, column in self.days.items()},
            last={name: column[rows] for name, column in self.last.items()},
            refs={name: column[rows] for name, column in self.refs.items()},
        )  # fmt: skip

    def followed_by(self, more: Ledger) -> Ledger:
        """These facts, then those of the other ledger, whose references mean rows of this one."""
        sizes = (len(self), len(more))
        return Ledger(
            **{name: np.concatenate([getattr(self, name), getattr(more, name)]) for name in PLAIN},
            days=_joined(self.days, more.days, sizes, NEVER),
            last=_joined(self.last, more.last, sizes, NEVER),
            refs=_joined(self.refs, more.refs, sizes, NOBODY),
            lists=self.lists,
        )


PLAIN: Final = ("child", "on", "saying", "by", "planned", "withdrawn", "corrects", "account_of")


def _joined(
    first: Mapping[str, Numbers], second: Mapping[str, Numbers], sizes: tuple[int, int], empty: np.generic
) -> dict[str, Numbers]:
    """The columns of two ledgers by name, one below the other; a column that one of them lacks is empty there."""
    above, below = (np.full(size, empty) for size in sizes)
    return {
        name: np.concatenate([first.get(name, above), second.get(name, below)]) for name in sorted({*first, *second})
    }
