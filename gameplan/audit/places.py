"""Which child of the part each duty belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import compiled


class Places:
    """The children of a part in the order of their cases. `order` gives the row in the table of children."""

    def __init__(self, children: pa.Table) -> None:
        cases = np.ascontiguousarray(children["case"].to_numpy(), np.int64)
        self.order = np.argsort(cases, kind="stable")
        self._cases = cases[self.order]

    def of(self, duties: Any) -> Any:
        """For each duty the row of its child in the table of children, as an array of int64.

        Raises ValueError where a duty names a case that is not among them.
        """
        found = np.empty(len(duties), np.int64)
        stray = find_places(duties, self._cases, found)
        if stray >= 0:
            raise ValueError(f"The evaluator gave a duty of case {duties[stray]['case']}, which is not in this part.")
        return self.order[found]


@compiled
def find_places(duties: Any, cases: Any, found: Any) -> int:
    """Writes the place of each duty's case among the sorted cases; gives the first duty that has none, or -1.

    Duties of one child stand together and children mostly follow each other, so the next place is tried first.
    """
    place = 0
    for index in range(len(duties)):
        case = duties[index].case
        if place >= len(cases) or cases[place] != case:
            place += 1
            if place >= len(cases) or cases[place] != case:
                place = np.searchsorted(cases, case)
            if place >= len(cases) or cases[place] != case:
                return index
        found[index] = place
    return -1
