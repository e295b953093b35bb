"""Counting duties by group: how many stand how, how many days late. Memory grows with the groups, not the duties."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.answers import CHILD_WORDS, CLOCK_WORDS, DUTY_WORDS, child_words, clock_words
from gameplan.audit.compiled import compiled, entry
from gameplan.audit.layout import WORD
from gameplan.audit.places import cases_of, in_order, places
from gameplan.audit.tables import ClockName
from gameplan.audit.words import Coded
from gameplan.core.standing import REASONS, STATUSES

KEYS: Final = (*CHILD_WORDS, *CLOCK_WORDS, *DUTY_WORDS)
BANDS: Final = ("days_late_1_15", "days_late_16_30", "days_late_31_60", "days_late_61_120", "days_late_over_120")
STATUS_COLUMNS: Final = tuple(status.replace("-", "_") for status in STATUSES)

# A group's numbers stand in one row of 64 bytes: how many stand how, how many in each band, and the most days late.
BANDS_AT: Final = len(STATUSES)
MOST_AT: Final = BANDS_AT + len(BANDS)
WIDTH: Final = 16
FREE: Final = 0
DIRECT: Final = 1 << 24
"""Up to so many possible groups each has a slot of its own; beyond, slots are shared out as groups are met."""


def check_by(by: Iterable[str]) -> tuple[str, ...]:
    """The names of groups as they were given. Raises ValueError that says every wrong one and how to mend it."""
    names = tuple(by)
    wrong = [_unknown(name) for name in names if name not in KEYS]
    wrong += [f'"{name}" is named twice.' for name in sorted(set(names)) if names.count(name) > 1]
    if wrong:
        raise ValueError("Cannot group like this. " + " ".join(wrong) + f" Use some of {', '.join(KEYS)}, each once.")
    return names


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, KEYS, 1)
    return f'"{name}" is nothing to group by{f" (perhaps {near[0]})" if near else ""}.'


def groups_schema(by: Sequence[str]) -> pa.Schema:
    """The columns of an answer grouped by these names.

    `duties`, then one column a status; duties whose days late are known stand in one of the bands, those still late
    and those met late alike; `days_late_sum` and `days_late_max` are of these (`max` is empty where there are none).
    """
    counts = ("duties", *STATUS_COLUMNS, *BANDS, "days_late_sum")
    return pa.schema([
        *(pa.field(name, WORD) for name in by),
        *(pa.field(name, pa.int64(), nullable=False) for name in counts),
        pa.field("days_late_max", pa.int32()),
    ])  # fmt: skip


class Groups:
    """The counts of one part. `add` takes records in any order; `table` gives the groups met so far."""

    def __init__(self, by: Sequence[str], children: pa.Table, clocks: Sequence[ClockName]) -> None:
        self.by = tuple(by)
        children = in_order(children)
        self._cases = cases_of(children)
        self._child = Combined(self.by, child_words(children), children.num_rows)
        self._clock = Combined(self.by, clock_words(clocks), len(clocks))
        self._status_at = len(STATUSES) if "status" in by else 1
        self._reason_at = len(REASONS) if "reason" in by else 1
        possible = self._child.size * self._clock.size * self._status_at * self._reason_at
        self._direct = possible <= DIRECT
        self._slots = np.zeros(possible if self._direct else 0, np.int32)
        self._used = 0
        self._keys: Any = np.empty(0, np.int64)
        self._numbers: Any = np.empty((0, WIDTH), np.int32)
        self._late: Any = np.empty(0, np.int64)
        self._room = np.empty(0, np.int32)
        self._grow(1 << 12)

    def add(self, duties: Any) -> None:
        """Counts these duties (an array of `rows.DUTY`)."""
        rows = places(duties, self._cases, self._room)
        self._room = max(self._room, rows, key=len)
        shape = (self._clock.size, self._status_at, self._reason_at, self._direct)
        at = 0
        while at < len(duties):
            at, self._used = count(
                duties, rows, self._child.codes, self._clock.codes, shape, self._slots, self._keys, self._numbers,
                self._late, at, self._used,
            )  # fmt: skip
            if at < len(duties):
                self._grow(4 * len(self._keys))

    def table(self) -> pa.Table:
        """One row a group, as `groups_schema` says, in no special order."""
        keys, numbers = self._keys[: self._used], self._numbers[: self._used]
        rest, reason = np.divmod(keys, self._reason_at)
        rest, status = np.divmod(rest, self._status_at)
        child, clock = np.divmod(rest, self._clock.size)
        found = {**self._child.columns(child), **self._clock.columns(clock)}
        for name, codes in (("status", status), ("reason", reason)):
            found[name] = Coded((), DUTY_WORDS[name]).column(codes.astype(np.int32))
        columns = [found[name] for name in self.by]
        columns.append(pa.array(numbers[:, :BANDS_AT].sum(axis=1, dtype=np.int64)))
        columns += [pa.array(numbers[:, place].astype(np.int64)) for place in range(MOST_AT)]
        most = np.ascontiguousarray(numbers[:, MOST_AT])
        columns += [pa.array(self._late[: self._used]), pa.array(most, mask=most == 0)]
        return pa.Table.from_arrays(columns, schema=groups_schema(self.by))

    def _grow(self, size: int) -> None:
        """Makes room for so many groups, and keeps those met so far."""
        keys, numbers, late = np.empty(size, np.int64), np.zeros((size, WIDTH), np.int32), np.zeros(size, np.int64)
        used = slice(self._used)
        keys[used], numbers[used], late[used] = self._keys[used], self._numbers[used], self._late[used]
        self._keys, self._numbers, self._late = keys, numbers, late
        if not self._direct:
            self._slots = np.zeros(2 * size, np.int32)
            put_slots(self._slots, keys, self._used)


class Combined:
    """Several columns of words taken together: one code a row for what they say, 0 for all if none is asked for."""

    def __init__(self, by: Sequence[str], words: Mapping[str, Coded], rows: int) -> None:
        self._words = {name: words[name] for name in words if name in by}
        together = np.zeros(rows, np.int64)
        for one in self._words.values():
            together = together * (len(one.known) + 1) + one.codes + 1
        _, self._first, codes = np.unique(together, return_index=True, return_inverse=True)
        self.codes = codes.astype(np.int64)
        self.size = max(1, len(self._first))

    def columns(self, codes: Any) -> dict[str, pa.DictionaryArray]:
        """The words of each column for these codes."""
        return {name: one.at(self._first[codes]) for name, one in self._words.items()}


@entry
def count(
    duties: Any,
    rows: Any,
    child: Any,
    clock: Any,
    shape: Any,
    slots: Any,
    keys: Any,
    numbers: Any,
    late: Any,
    at: int,
    used: int,
) -> tuple[int, int]:
    """Counts duties from `at` on until there is no room for another group.

    Group `g` has key `keys[g]`, counts `numbers[g]` and days late `late[g]`; its slot holds `g` + 1. Gives the first
    duty not counted, and how many groups there are.
    """
    clocks, statuses, reasons, direct = shape
    for index in range(at, len(duties)):
        duty = duties[index]
        key = child[rows[index]] * clocks + clock[duty["clock"]]
        key = key * statuses + (duty["status"] if statuses > 1 else 0)
        key = key * reasons + (duty["reason"] if reasons > 1 else 0)
        slot = key if direct else find_slot(slots, keys, key)
        if slots[slot] == FREE:
            if used == len(keys):
                return index, used
            keys[used] = key
            used += 1
            slots[slot] = used
        group = slots[slot] - 1
        numbers[group, duty["status"]] += 1
        if duty["days_late"] > 0:
            numbers[group, BANDS_AT + band(duty["days_late"])] += 1
            numbers[group, MOST_AT] = max(numbers[group, MOST_AT], duty["days_late"])
            late[group] += duty["days_late"]
    return len(duties), used


@compiled
def find_slot(slots: Any, keys: Any, key: int) -> int:
    """The slot of the group with this key, or the free one where it would stand; at most half of them are taken."""
    mixed = key ^ (key << 13)  # neighbouring keys shall land far apart
    mixed ^= mixed >> 7
    mixed ^= mixed << 17
    slot = (mixed ^ (mixed >> 32)) & (len(slots) - 1)
    while slots[slot] != FREE and keys[slots[slot] - 1] != key:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@entry
def put_slots(slots: Any, keys: Any, used: int) -> None:
    """Gives the groups met so far their slots."""
    for group in range(used):
        slots[find_slot(slots, keys, keys[group])] = group + 1


@compiled
def band(days: int) -> int:
    """The place of so many days late among the bands."""
    if days <= 15:
        return 0
    if days <= 30:
        return 1
    if days <= 60:
        return 2
    return 3 if days <= 120 else 4


class Merging:
    """Lays counted tables of one schema together, group by group, while they come."""

    def __init__(self, by: Sequence[str]) -> None:
        self.by = list(by)
        self._waiting: list[pa.Table] = []
        self._rows = self._whole = 0

    def add(self, table: pa.Table) -> None:
        """Takes up one part's groups; what waits is added up when it is more than what there is already."""
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows > 3 * self._whole + 100_000:
            self._add_up()

    def table(self) -> pa.Table:
        """All groups, in the order of their words."""
        self._add_up()
        whole = self._waiting[0]
        return whole.take(by_words(whole, self.by)).combine_chunks() if self.by else whole

    def _add_up(self) -> None:
        schema = groups_schema(self.by)
        many = pa.concat_tables([schema.empty_table(), *self._waiting]).unify_dictionaries().combine_chunks()
        counts = schema.names[len(self.by) :]
        asked = [(name, "max" if name == "days_late_max" else "sum") for name in counts]
        added = many.group_by(self.by, use_threads=False).aggregate(asked)
        ordered = added.select([*self.by, *(f"{name}_{how}" for name, how in asked)]).rename_columns(schema.names)
        whole = ordered.cast(schema) if added.num_rows and many.num_rows else schema.empty_table()
        self._waiting, self._rows, self._whole = [whole], whole.num_rows, whole.num_rows


def by_words(table: pa.Table, names: Sequence[str]) -> pa.Array:
    """The order of the rows by their words, empty ones last; codes would sort by when a word was first met."""
    spelt = pa.table({name: table[name].cast(pa.string()) for name in names})
    return pc.sort_indices(spelt, sort_keys=[(name, "ascending") for name in names])
