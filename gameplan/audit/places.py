"""Which child of the part each duty belongs to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import entry


def in_order(children: pa.Table) -> pa.Table:
    """The children of a part in the order of their cases, which is how they mostly stand."""
    cases = cases_of(children)
    return children if (cases[1:] > cases[:-1]).all() else children.take(np.argsort(cases, kind="stable"))


def cases_of(children: pa.Table) -> Any:
    """The cases of the children as an array of int64."""
    return np.ascontiguousarray(children["case"].to_numpy(), np.int64)


def places(duties: Any, cases: Any, room: Any = None) -> Any:
    """For each duty the place of its case among the sorted `cases`, as an array of int32.

    It is written to the beginning of `room` where that is large enough. Raises ValueError where a duty names a case
    that is not among them.
    """
    fits = room is not None and len(room) >= len(duties)
    found = room[: len(duties)] if fits else np.empty(len(duties), np.int32)
    stray = find_places(duties, cases, found)
    if stray >= 0:
        raise ValueError(f"The evaluator gave a duty of case {duties[stray]['case']}, which is not in this part.")
    return found


@entry
def find_places(duties: Any, cases: Any, found: Any) -> int:
    """Writes the place of each duty's case among the sorted cases; gives the first duty that has none, or -1.

    Duties of one child stand together and children mostly follow each other, so the next place is tried first.
    """
    place = 0
    for index in range(len(duties)):
        case = duties[index]["case"]
        if place >= len(cases) or cases[place] != case:
            place += 1
            if place >= len(cases) or cases[place] != case:
                place = np.searchsorted(cases, case)
            if place >= len(cases) or cases[place] != case:
                return index
        found[index] = place
    return -1
