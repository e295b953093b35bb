"""The book that the life lines write into: one call writes a fact for each of many children."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gameplan.audit.synth.arrays import NEVER, Days, Numbers, Rows
from gameplan.audit.synth.ledger import NOBODY, SIDE_CODES, Ledger, Sayings

Said = Mapping[str, object]
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
CAN_BE_PLANNED: Final = frozenset(("meeting-held", "services-started", "hearing-held"))
PLANNED_AHEAD: Final = 60
"""How many days ahead somebody writes down what is planned."""


@dataclass(frozen=True)
class _Block:
    child: Rows
    on: Days
    saying: Rows
    by: npt.NDArray[np.int8]
    first: int
    days: Mapping[str, Days]
    refs: Mapping[str, Rows]
    lists: Mapping[str, Days] = field(default_factory=dict)


class Book:
    """Facts of one part. A fact after `until`, or after the child's file was closed (`closed`), is not written."""

    def __init__(self, children: int, until: int) -> None:
        self.until = until
        self.closed: Days = np.full(children, NEVER)
        self.sayings = Sayings()
        self._blocks: list[_Block] = []
        self._size = 0

    def tell(
        self,
        who: Rows,
        on: Days,
        kind: str,
        data: Said | Sequence[Said] = NOTHING,
        *,
        which: Numbers | None = None,
        by: str | Numbers = "school",
        days: Mapping[str, Days] = NOTHING,
        refs: Mapping[str, Rows] = NOTHING,
        lists: Mapping[str, Days] = NOTHING,
    ) -> Rows:
        """Write a fact of this kind for each child, and get the rows of what was written (NOBODY: it was not).

        `data` is what they all say, or several things of which `which` picks one for each. `by` is a side, or a code
        of SIDE_CODES for each. `days` are date fields (NEVER: not said), `refs` rows that an earlier call gave,
        `lists` lists of days, one line a child.
        """
        horizon = self.until + (PLANNED_AHEAD if kind in CAN_BE_PLANNED else 0)
        kept = np.flatnonzero((on <= horizon) & (on <= self.closed[who]))
        rows = np.full(len(who), NOBODY)
        rows[kept] = self._size + np.arange(len(kept))
        if len(kept):
            options = [data] if isinstance(data, Mapping) else list(data)
            numbers = np.array([self.sayings.number(kind, one) for one in options])
            saying = numbers[which[kept]] if which is not None else np.full(len(kept), numbers[0])
            sides = np.full(len(kept), SIDE_CODES[by], dtype=np.int8) if isinstance(by, str) else by[kept]
            self._blocks.append(_Block(
                who[kept], on[kept].astype(np.int32), saying, sides.astype(np.int8), self._size,
                {name: value[kept].astype(np.int32) for name, value in days.items()},
                {name: value[kept] for name, value in refs.items()},
                {name: value[kept] for name, value in lists.items()},
            ))  # fmt: skip
            self._size += len(kept)
        return rows

    def close(self, who: Rows, day: Days) -> None:
        """The children's files end on these days, unless they ended sooner."""
        self.closed[who] = np.minimum(self.closed[who], day)

    def ledger(self) -> Ledger:
        """Everything written so far; what lies ahead of the day is marked as planned."""
        size, on = self._size, self._whole("on", np.int32)
        return Ledger(
            child=self._whole("child", np.int64), on=on, saying=self._whole("saying", np.int64),
            by=self._whole("by", np.int8), planned=on > self.until, withdrawn=np.zeros(size, dtype=np.bool_),
            corrects=np.full(size, NOBODY), account_of=np.full(size, NOBODY),
            days=self._spread("days", NEVER), refs=self._spread("refs", NOBODY), lists=self._listed(),
        )  # fmt: skip

    def _whole(self, name: str, kind: type) -> Numbers:
        return np.concatenate([np.empty(0, dtype=kind), *(getattr(block, name) for block in self._blocks)])

    def _spread(self, name: str, empty: np.generic) -> dict[str, Numbers]:
        """The columns of that sort: full length, empty where a block does not have them."""
        found: dict[str, Numbers] = {}
        for block in self._blocks:
            for key, value in getattr(block, name).items():
                if key not in found:
                    found[key] = np.full(self._size, empty)
                found[key][block.first : block.first + len(value)] = value
        return dict(sorted(found.items()))

    def _listed(self) -> dict[str, tuple[Rows, Days]]:
        found: dict[str, list[tuple[Rows, Days]]] = {}
        for block in self._blocks:
            for key, value in block.lists.items():
                found.setdefault(key, []).append((block.first + np.arange(len(value)), value))
        return {
            key: (np.concatenate([rows for rows, _ in pairs]), np.concatenate([days for _, days in pairs]))
            for key, pairs in found.items()
        }
