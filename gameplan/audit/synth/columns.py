"""The ledger of a part as the table of its facts: by case and order of entry, with only the columns it needs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from gameplan.audit.layout import DAY, DAY_PREFIX, DAYS_PREFIX, FACTS, LAST, REF_PREFIX, data_text
from gameplan.audit.synth.arrays import NEVER, Days, Numbers, Rows
from gameplan.audit.synth.ledger import SIDE_CODES, Ledger, Sayings
from gameplan.core.casefile import SIDES


def fact_table(ledger: Ledger, sayings: Sayings, entered: Days, first_case: int) -> pa.Table:
    """The facts as the audit's folder holds them.

    `entered` is the day of entry of each fact; facts of a child entered on one day keep the order of the ledger.
    `first_case` is the case number of the part's first child.
    """
    order = np.lexsort((entered, ledger.child))
    child = ledger.child[order]
    starts = np.flatnonzero(np.diff(child, prepend=-1))
    sizes = np.diff(starts, append=len(child))
    numbers = np.arange(len(child)) - np.repeat(starts, sizes)
    ids = np.empty(len(child) + 1, dtype=np.int64)
    ids[order], ids[-1] = numbers, -1
    columns = {
        "case": pa.array(first_case + child),
        "id": pa.array(numbers.astype(np.int32)),
        **_words(ledger, sayings, order),
        "on": _days(ledger.on[order]),
        **_seldom(ledger, order, ids),
        **{DAY_PREFIX + name: _days(column[order]) for name, column in ledger.days.items()},
        **{DAY_PREFIX + name + LAST: _days(column[order]) for name, column in ledger.last.items()},
        **{REF_PREFIX + name: _refs(column[order], ids) for name, column in ledger.refs.items()},
        **{DAYS_PREFIX + name: _lists(*pair, order) for name, pair in ledger.lists.items()},
    }
    extra = sorted(name for name, column in columns.items() if name not in FACTS.names and _needed(column))
    fields = [*FACTS, *(pa.field(name, columns[name].type) for name in extra)]
    return pa.table([columns[field.name] for field in fields], schema=pa.schema(fields))


def _needed(column: pa.Array) -> bool:
    """False for a column that says nothing of any fact."""
    if pa.types.is_boolean(column.type):
        return bool(column.true_count)
    return bool(column.null_count < len(column))


def _words(ledger: Ledger, sayings: Sayings, order: Rows) -> dict[str, pa.Array]:
    """Kind, side and data, each word once. An empty side is the parent."""
    saying = ledger.saying[order]
    by = ledger.by[order]
    return {
        "kind": _coded(saying, list(sayings.kinds)),
        "data": _coded(saying, [data_text(data) for data in sayings.data]),
        "said_by": coded(by.astype(np.int32), list(SIDES), by == SIDE_CODES["parent"]),
    }


def _coded(saying: Rows, texts: list[str]) -> pa.Array:
    """The text of each saying, where several sayings may share one."""
    words, place = np.unique(np.array(texts, dtype=object), return_inverse=True)
    return coded(place[saying].astype(np.int32), words.tolist())


def coded(codes: Numbers, words: list[str], empty: Numbers | None = None) -> pa.Array:
    """A column of words by their codes; only words that occur are in its dictionary, and none where `empty`."""
    used, places = np.unique(codes, return_inverse=True)
    indices = pa.array(places.reshape(-1).astype(np.int32), mask=empty)
    return pa.DictionaryArray.from_arrays(indices, pa.array([words[code] for code in used.tolist()], pa.string()))


def _days(column: Days) -> pa.Array:
    return pa.array(column.astype(np.int32), mask=column >= NEVER).cast(DAY)


def _refs(rows: Rows, ids: Rows) -> pa.Array:
    """The ids of facts by their rows in the ledger."""
    return pa.array(ids[rows].astype(np.int32), mask=rows < 0)


def _seldom(ledger: Ledger, order: Rows, ids: Rows) -> dict[str, pa.Array]:
    return {
        "planned": pa.array(ledger.planned[order]),
        "withdrawn": pa.array(ledger.withdrawn[order]),
        "corrects": _refs(ledger.corrects[order], ids),
        "account_of": _refs(ledger.account_of[order], ids),
    }


def _lists(rows: Rows, days: Days, order: Rows) -> pa.Array:
    """A column of lists of days: nothing for the facts that have none."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    by_place = np.argsort(place[rows])
    rows, days = rows[by_place], days[by_place]
    said = days < NEVER
    lengths = np.zeros(len(order) + 1, dtype=np.int32)
    lengths[place[rows] + 1] = said.sum(axis=1)
    values = pa.array(days[said].astype(np.int32)).cast(DAY)
    offsets = pa.array(np.cumsum(lengths, dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, values, mask=pa.array(lengths[1:] == 0))
