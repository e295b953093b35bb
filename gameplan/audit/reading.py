"""From Arrow tables to the arrays of a part: words become codes, days become numbers, each distinct saying one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from gameplan.audit.compiled import entry
from gameplan.audit.forms import Forms
from gameplan.audit.layout import DAYS_PREFIX
from gameplan.audit.packing import PACKED, frozen, one_array, packed
from gameplan.audit.rows import NO_DAY
from gameplan.audit.standing import Part

LISTS = ("days", "served_days", "part_days")


def read_part(
    children: pa.Table,
    facts: pa.Table,
    calendar_rows: Mapping[int, int],
    laws: Mapping[str | None, int],
    forms: Forms,
    codes: Mapping[str, int],
) -> Part:
    """The part as arrays. `calendar_rows` and `laws` give the row of a calendar id and of a State's law.

    `codes` are those of the columns with days and references, by which `facts` is packed or will be.
    """
    facts = packed(facts, codes)
    case, size = numbers(children["case"], np.int64), facts.num_rows
    first, end = _facts_of(case, numbers(facts["case"], np.int64))
    corrects, account_of = _seldom(facts, "corrects", size), _seldom(facts, "account_of", size)
    withdrawn = _marks(facts, "withdrawn", size)
    linked = np.zeros(len(case), np.int8)
    put_linked(first, end, corrects, account_of, withdrawn, linked)
    columns = (
        case, _laws(children, laws), numbers(children["born"], np.int32, NO_DAY), _calendars(children, calendar_rows),
        first, end, numbers(facts["id"], np.int32), numbers(facts["on"], np.int32), _forms(facts, forms),
        _sides(facts, size), _marks(facts, "planned", size), withdrawn, corrects, account_of, *_said(facts),
        *(part for name in LISTS for part in _list(facts, DAYS_PREFIX + name)), linked,
    )  # fmt: skip
    # All of one kind, or the compiler would make its code again for arrays that may be written to.
    return Part(*(frozen(np.require(column, requirements=["C", "A"])) for column in columns))


def numbers(column: pa.ChunkedArray, kind: Any, missing: int | None = None) -> Any:
    """A column as an array of numbers; days become days since January 1, 1970, `missing` stands for empty places."""
    array = one_array(column)
    if pa.types.is_date(array.type):
        array = array.view(pa.int32())
    if missing is not None and array.null_count:
        array = array.fill_null(missing)
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False), dtype=kind)


def words(column: pa.ChunkedArray) -> tuple[Any, list[str | None]]:
    """The codes of a column of words (int32, -1 for empty places), and the words by code."""
    array = one_array(column)
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    codes = array.indices.fill_null(-1) if array.indices.null_count else array.indices
    return codes.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), array.dictionary.to_pylist()


def _facts_of(case: Any, fact_case: Any) -> tuple[Any, Any]:
    """Where the facts of each child begin and end among the facts, which are sorted by case."""
    if not (case[1:] > case[:-1]).all():
        return np.searchsorted(fact_case, case, "left"), np.searchsorted(fact_case, case, "right")
    first, end = np.empty(len(case), np.int64), np.empty(len(case), np.int64)
    find_facts(frozen(case), frozen(fact_case), first, end)
    return first, end


@entry
def find_facts(case: Any, fact_case: Any, first: Any, end: Any) -> None:
    """Writes where the facts of each child begin and end. Both columns of cases are sorted."""
    place = 0
    for child in range(len(case)):
        while place < len(fact_case) and fact_case[place] < case[child]:
            place += 1
        first[child] = place
        while place < len(fact_case) and fact_case[place] == case[child]:
            place += 1
        end[child] = place


@entry
def put_linked(first: Any, end: Any, corrects: Any, account_of: Any, withdrawn: Any, linked: Any) -> None:
    """Writes 1 for each child some of whose facts correct, withdraw or answer another."""
    for child in range(len(first)):
        found = 0
        for row in range(first[child], end[child]):
            if corrects[row] != NO_DAY or account_of[row] != NO_DAY or withdrawn[row] != 0:
                found = 1
        linked[child] = found


def _seldom(facts: pa.Table, name: str, size: int) -> Any:
    """Ids of other facts, NO_DAY where none is named."""
    if name not in facts.column_names:
        return frozen(np.full(size, NO_DAY, np.int32))
    return frozen(numbers(facts[name], np.int32, NO_DAY))


def _marks(facts: pa.Table, name: str, size: int) -> Any:
    """1 where the column is true."""
    if name not in facts.column_names:
        return frozen(np.zeros(size, np.int8))
    return frozen(numbers(facts[name].cast(pa.int8()), np.int8, 0))


def _said(facts: pa.Table) -> tuple[Any, Any, Any]:
    """Where the days and references of each fact begin, their codes, and their values."""
    lists = one_array(facts[PACKED])
    places = lists.offsets.to_numpy()
    return places, *(lists.values.field(name).to_numpy() for name in ("field", "value"))


def _list(facts: pa.Table, name: str) -> tuple[Any, Any]:
    """Where each fact's list begins and ends, and the days of all lists."""
    if name not in facts.column_names:
        return np.zeros(1, np.int32), np.zeros(0, np.int32)
    array = one_array(facts[name])
    days = array.flatten()
    places = array.offsets.to_numpy()
    if len(array) == 0 or places[-1] - places[0] != len(days):  # an empty place may hide days
        lengths = array.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        places = np.concatenate(([0], np.cumsum(lengths)))
    return (places - places[0]).astype(np.int32), numbers(pa.chunked_array([days]), np.int32)


def _laws(children: pa.Table, laws: Mapping[str | None, int]) -> Any:
    codes, states = words(children["state"])
    by_code = np.array([*(laws[state or None] for state in states), laws[None]], np.int32)
    return by_code[codes]


def _calendars(children: pa.Table, rows: Mapping[int, int]) -> Any:
    ids = one_array(children["calendar"]).dictionary_encode()
    by_code = np.array([*(rows.get(one, 0) for one in ids.dictionary.to_pylist()), 0], np.int32)
    return by_code[ids.indices.fill_null(-1).to_numpy(zero_copy_only=False)]


def _sides(facts: pa.Table, size: int) -> Any:
    """Who says it, as the place of the word in the order of the alphabet; nobody named: a parent."""
    codes, said = words(facts["said_by"])
    names = [*(word or "parent" for word in said), "parent"]
    order = {name: place for place, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], np.int32)[codes] if size else np.zeros(0, np.int32)


def _forms(facts: pa.Table, forms: Forms) -> Any:
    kinds, kind_words = words(facts["kind"])
    data, data_words = words(facts["data"])
    kinds, data, width = frozen(kinds), frozen(data), len(data_words) + 1
    table = np.full(len(kind_words) * width, -1, np.int32)
    mark_pairs(kinds, data, width, table)
    texts = [*data_words, "{}"]
    for code in np.flatnonzero(table == 0).tolist():
        table[code] = forms.code_of_text(str(kind_words[code // width]), texts[code % width] or "{}")
    found = np.empty(len(kinds), np.int32)
    take_pairs(kinds, data, width, table, found)
    return found


@entry
def mark_pairs(kinds: Any, data: Any, width: int, table: Any) -> None:
    """Marks with 0 each pair of codes that occurs; no data stands in the last place of a kind."""
    for row in range(len(kinds)):
        table[kinds[row] * width + (data[row] if data[row] >= 0 else width - 1)] = 0


@entry
def take_pairs(kinds: Any, data: Any, width: int, table: Any, found: Any) -> None:
    """Writes what the table says of each row's pair of codes."""
    for row in range(len(kinds)):
        found[row] = table[kinds[row] * width + (data[row] if data[row] >= 0 else width - 1)]
