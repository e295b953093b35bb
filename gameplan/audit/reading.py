"""From Arrow tables to the arrays of a part: words become codes, days become numbers, each distinct saying one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.forms import Forms
from gameplan.audit.layout import DAY_PREFIX, DAYS_PREFIX, LAST, REF_PREFIX
from gameplan.audit.rows import NO_DAY
from gameplan.audit.standing import Part

LISTS = ("days", "served_days", "part_days")


def read_part(
    children: pa.Table,
    facts: pa.Table,
    calendar_rows: Mapping[int, int],
    laws: Mapping[str | None, int],
    forms: Forms,
    fields: Sequence[str],
    refs: Sequence[str],
) -> Part:
    """The part as arrays. `calendar_rows` and `laws` give the row of a calendar id and of a State's law.

    `fields` and `refs` are the fields with days and references in the order of the compiled law.
    """
    case = numbers(children["case"], np.int64)
    fact_case = numbers(facts["case"], np.int64)
    first, end = np.searchsorted(fact_case, case, "left"), np.searchsorted(fact_case, case, "right")
    size = len(fact_case)
    corrects, account_of = _seldom(facts, "corrects", size, NO_DAY), _seldom(facts, "account_of", size, NO_DAY)
    withdrawn = _seldom(facts, "withdrawn", size, 0)
    dates, date_fields = _columns(facts, _named(facts, DAY_PREFIX, fields), size)
    lasts, last_fields = _columns(facts, _named(facts, DAY_PREFIX, fields, LAST), size)
    ref_columns, ref_fields = _columns(facts, _named(facts, REF_PREFIX, refs), size)
    lists = [part for name in LISTS for part in _list(facts, DAYS_PREFIX + name)]
    columns = (
        case, _laws(children, laws), numbers(children["born"], np.int32, NO_DAY),
        _calendars(children, calendar_rows), first, end, numbers(facts["id"], np.int32),
        numbers(facts["on"], np.int32), _forms(facts, forms), _sides(facts, size), _seldom(facts, "planned", size, 0),
        withdrawn, corrects, account_of, dates, date_fields, lasts, last_fields, ref_columns, ref_fields, *lists,
        _linked(first, end, (corrects != NO_DAY) | (account_of != NO_DAY) | (withdrawn != 0)),
    )  # fmt: skip
    # All of one kind, or the compiler would make its code again for arrays that may not be written to.
    return Part(*(np.require(column, requirements=["C", "W", "A"]) for column in columns))


def numbers(column: pa.ChunkedArray, kind: Any, missing: int | None = None) -> Any:
    """A column as an array of numbers; days become days since January 1, 1970, `missing` stands for empty places."""
    array = column.combine_chunks()
    if pa.types.is_date(array.type):
        array = array.cast(pa.int32())
    if missing is not None and array.null_count:
        array = array.fill_null(missing)
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False), dtype=kind)


def words(column: pa.ChunkedArray) -> tuple[Any, list[str | None]]:
    """The codes of a column of words (-1 for empty places), and the words by code."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    codes = array.indices.fill_null(-1) if array.indices.null_count else array.indices
    return codes.to_numpy(zero_copy_only=False), array.dictionary.to_pylist()


def _seldom(facts: pa.Table, name: str, size: int, missing: int) -> Any:
    if name not in facts.column_names:
        return np.full(size, missing, np.int32)
    column = facts[name]
    return numbers(column.cast(pa.int32()) if pa.types.is_boolean(column.type) else column, np.int32, missing)


def _named(facts: pa.Table, prefix: str, fields: Sequence[str], ending: str = "") -> list[tuple[str, int]]:
    columns = set(facts.column_names)
    named = [(f"{prefix}{field}{ending}", code) for code, field in enumerate(fields)]
    return [(name, code) for name, code in named if name in columns]


def _columns(facts: pa.Table, names: Sequence[tuple[str, int]], size: int) -> tuple[Any, Any]:
    """The columns one below the other, and the field of each."""
    found = np.empty((len(names), size), np.int32)
    for place, (name, _) in enumerate(names):
        found[place] = numbers(facts[name], np.int32, NO_DAY)
    return found, np.array([code for _, code in names], np.int32)


def _list(facts: pa.Table, name: str) -> tuple[Any, Any]:
    """Where each fact's list begins and ends, and the days of all lists."""
    if name not in facts.column_names:
        return np.zeros(1, np.int64), np.zeros(0, np.int32)
    array = facts[name].combine_chunks()
    lengths = array.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    places = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return places, np.ascontiguousarray(array.flatten().cast(pa.int32()).to_numpy(zero_copy_only=False), np.int32)


def _laws(children: pa.Table, laws: Mapping[str | None, int]) -> Any:
    codes, states = words(children["state"])
    by_code = np.array([*(laws[state or None] for state in states), laws[None]], np.int32)
    return by_code[codes]


def _calendars(children: pa.Table, rows: Mapping[int, int]) -> Any:
    ids = numbers(children["calendar"], np.int64, -1)
    known, places = np.unique(ids, return_inverse=True)
    return np.array([rows.get(int(one), 0) if one >= 0 else 0 for one in known], np.int32)[places]


def _sides(facts: pa.Table, size: int) -> Any:
    """Who says it, as the place of the word in the order of the alphabet; nobody named: a parent."""
    codes, said = words(facts["said_by"])
    names = [*(word or "parent" for word in said), "parent"]
    order = {name: place for place, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], np.int32)[codes] if size else np.zeros(0, np.int32)


def _forms(facts: pa.Table, forms: Forms) -> Any:
    kinds, kind_words = words(facts["kind"])
    data, data_words = words(facts["data"])
    width = len(data_words) + 1
    codes = kinds.astype(np.int64) * width + np.where(data < 0, width - 1, data)
    table = np.full(len(kind_words) * width, -1, np.int32)
    table[codes] = 0
    texts = [*data_words, "{}"]
    for code in np.flatnonzero(table == 0).tolist():
        table[code] = forms.code_of_text(str(kind_words[code // width]), texts[code % width] or "{}")
    return table[codes]


def _linked(first: Any, end: Any, marks: Any) -> Any:
    """1 for each child some of whose facts correct, withdraw or answer another."""
    sums = np.concatenate(([0], np.cumsum(marks)))
    return (sums[end] > sums[first]).astype(np.int8)
