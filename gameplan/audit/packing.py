"""Days and references of facts as one list a fact: what each fact says, without the many columns it leaves empty.

A fact says one or two of some sixty things, each of which has a column of its own in the folder. Packed, a table of
facts has one column `packed` in their place: a list of codes and values for each fact, in the order of the codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import compiled, entry
from gameplan.audit.layout import DAY_PREFIX, LAST, REF_PREFIX
from gameplan.core.entries import Vocabulary

PACKED: Final = "packed"
LAST_AT: Final = 64
REF_AT: Final = 128
"""A code below LAST_AT is the day of a field, below REF_AT the last day of one known roughly, then the references."""
DATE_FIELD: Final = "date"
EPOCH: Final = date(1970, 1, 1)

# The lowest bit of a word, times this number, has another number for each of the 64 places in its upper six bits.
NONE, ONE, TOP_BITS, DE_BRUIJN = np.uint64(0), np.uint64(1), np.uint64(58), np.uint64(0x03F79D71B4CB0A89)
PLACES: Final = np.zeros(64, np.int64)
PLACES[[(int(DE_BRUIJN) << place) % (1 << 64) >> 58 for place in range(64)]] = np.arange(64)


def day_fields(vocabulary: Vocabulary) -> list[str]:
    """The fields that are a day, in the order of their codes."""
    found = sorted({one.name for kind in vocabulary.kinds.values() for one in kind.fields if one.type == "date"})
    return found if DATE_FIELD in found else [*found, DATE_FIELD]


def ref_fields(vocabulary: Vocabulary) -> list[str]:
    """The fields that name another fact, in the order of their codes."""
    return sorted({one.name for kind in vocabulary.kinds.values() for one in kind.fields if one.type == "ref"})


def codes_of(days: Sequence[str], refs: Sequence[str]) -> dict[str, int]:
    """The code of each column of the folder that is packed, by its name."""
    found = {f"{DAY_PREFIX}{name}": code for code, name in enumerate(days)}
    found |= {f"{DAY_PREFIX}{name}{LAST}": LAST_AT + code for code, name in enumerate(days)}
    return found | {f"{REF_PREFIX}{name}": REF_AT + code for code, name in enumerate(refs)}


def packed(facts: pa.Table, codes: Mapping[str, int]) -> pa.Table:
    """The table with its days and references packed; one that is packed already comes back as it is."""
    if PACKED in facts.column_names:
        return facts
    names = [name for name in facts.column_names if name in codes]
    return facts.drop_columns(names).append_column(PACKED, pack(facts.select(names), codes, facts.num_rows))


def pack(columns: pa.Table, codes: Mapping[str, int], rows: int, keep: Any = None) -> pa.ListArray:
    """The list of each of the `rows` facts, from columns of days and of whole numbers whose names have a code.

    `keep` marks the facts that get a list (None: all of them).
    """
    filled = sorted((codes[name], name) for name in columns.column_names if columns[name].null_count < rows)
    said = [(code, _column(columns[name])) for code, name in filled]
    lists = np.arange(rows, dtype=np.int32) if keep is None else np.cumsum(keep, dtype=np.int32) - 1
    kept = rows if keep is None else int(lists[-1]) + 1 if rows else 0
    if keep is not None:
        lists[~keep] = -1
    places = np.zeros(kept + 1, np.int32)
    for _, one in said:
        tally(one.there, lists, places)
    np.cumsum(places, out=places)
    fields, values = np.empty(places[-1], np.uint8), np.empty(places[-1], np.int32)
    free = places[:-1].copy()
    for code, one in said:
        put(one.there, one.values, code, lists, free, fields, values)
    entries = pa.StructArray.from_arrays([pa.array(fields), pa.array(values)], ["field", "value"])
    return pa.ListArray.from_arrays(pa.array(places), entries)


def unpacked(facts: pa.Table, codes: Mapping[str, int]) -> pa.Table:
    """The table with a column for each day and reference that some fact has. For few facts: it is not quick."""
    if PACKED not in facts.column_names:
        return facts
    names = {code: name for name, code in codes.items()}
    lists = facts[PACKED].to_pylist()
    facts = facts.drop_columns([PACKED])
    for code in sorted({one["field"] for some in lists for one in some}):
        values = [next((one["value"] for one in some if one["field"] == code), None) for some in lists]
        if code < REF_AT:
            days = [None if value is None else EPOCH + timedelta(days=value) for value in values]
            facts = facts.append_column(names[code], pa.array(days, pa.date32()))
        else:
            facts = facts.append_column(names[code], pa.array(values, pa.int32()))
    return facts


class Column(NamedTuple):
    """A column as arrays: its values (int32), and a bit a row, 64 in a word, that says which of them are there."""

    values: Any
    there: Any


def _column(column: pa.ChunkedArray) -> Column:
    array = one_array(column)
    if array.type.bit_width != 32:
        array = array.cast(pa.int32())
    values = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array)]
    return Column(frozen(values), frozen(_there(array)))


def _there(array: pa.Array) -> Any:
    """Which values are there: a bit a row, and none beyond the last row."""
    rows = len(array)
    bits = np.zeros(-(-rows // 64) * 8, np.uint8)
    valid = array.buffers()[0]
    if valid is None:
        bits[:] = 255
    elif array.offset % 8:
        said = np.packbits(array.is_valid().to_numpy(zero_copy_only=False), bitorder="little")
        bits[: len(said)] = said
    else:
        begin, size = array.offset // 8, -(-rows // 8)
        bits[:size] = np.frombuffer(valid, np.uint8)[begin : begin + size]
    words = bits.view(np.uint64)
    if rows % 64:
        words[-1] &= np.uint64((1 << rows % 64) - 1)
    return words


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece, without a copy if it is in one piece already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def frozen(array: Any) -> Any:
    """The array as one that may not be written to: the compiler makes other code for those that may."""
    array.flags.writeable = False
    return array


@compiled
def lowest(word: Any) -> int:
    """The place of the lowest bit of a word that is not zero."""
    return int(PLACES[((word & (~word + ONE)) * DE_BRUIJN) >> TOP_BITS])


@entry
def tally(there: Any, lists: Any, places: Any) -> None:
    """Counts one more in the place after the list of each row that has a value; -1 is no list."""
    for index in range(len(there)):
        word = there[index]
        while word != NONE:
            row = 64 * index + lowest(word)
            word &= word - ONE
            if lists[row] >= 0:
                places[lists[row] + 1] += 1


@entry
def put(there: Any, column: Any, code: int, lists: Any, free: Any, fields: Any, values: Any) -> None:
    """Puts the values of one column at the free place of their rows' lists, and the free places one on."""
    for index in range(len(there)):
        word = there[index]
        while word != NONE:
            row = 64 * index + lowest(word)
            word &= word - ONE
            if lists[row] >= 0:
                place = free[lists[row]]
                fields[place], values[place] = code, column[row]
                free[lists[row]] = place + 1
