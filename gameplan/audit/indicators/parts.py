"""One part of the folder as the indicators need it: its children, and what has happened to them, by kind of fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.layout import DAY_PREFIX, SELDOM, Folder
from gameplan.audit.rows import NO_DAY
from gameplan.core.entries import Vocabulary

Array = npt.NDArray[Any]
EPOCH: Final = date(1970, 1, 1)
NEVER: Final = int(NO_DAY)
"""Stands for a day that is not in the file, as in every array of days of the audit."""
_SPAN: Final = 2**32
_HALF: Final = 2**31
_CHILDREN: Final = ("case", "state", "district", "born")
_FACTS: Final = ("case", "id", "kind", "on", "data")


def number_of(day: date) -> int:
    """The day as days since January 1, 1970."""
    return (day - EPOCH).days


def paired(owner: Array, value: Array) -> Array:
    """One number for each pair of a row (below 2**31) and a 32-bit number, in the order of row, then number."""
    joined: Array = owner.astype(np.int64) * _SPAN + value.astype(np.int64) + _HALF
    return joined


@dataclass(frozen=True)
class Happenings:
    """Facts of one kind. `child` is the row of the child in the part, `day` the day that the law counts from.

    `dates` holds further days by the name of their field; `said` is the row of `sayings` in which the rest stands.
    """

    child: Array
    id: Array
    day: Array
    dates: Mapping[str, Array]
    said: Array
    sayings: Sequence[Mapping[str, object]]

    def __len__(self) -> int:
        return len(self.child)

    def only(self, mask: Array) -> Happenings:
        """Those for which the mask is true."""
        dates = {name: days[mask] for name, days in self.dates.items()}
        return Happenings(self.child[mask], self.id[mask], self.day[mask], dates, self.said[mask], self.sayings)

    def where(self, field: str, *values: object) -> Happenings:
        """Those that say one of the values in the field. What is left open is not among them."""
        fitting = [any(said.get(field) is v or said.get(field) == v for v in values) for said in self.sayings]
        return self._fitting(fitting)

    def naming(self, field: str, value: str) -> Happenings:
        """Those whose list in the field holds the value."""
        lists = [said.get(field) for said in self.sayings]
        return self._fitting([isinstance(one, list) and value in one for one in lists])

    def saying_any(self, *fields: str) -> Happenings:
        """Those that say something in one of the fields."""
        return self._fitting([any(said.get(field) for field in fields) for said in self.sayings])

    def _fitting(self, fitting: list[bool]) -> Happenings:
        return self.only(np.array(fitting, bool)[self.said] if fitting else np.zeros(len(self), bool))

    def first_from(self, child: Array, day: Array) -> Array:
        """For each pair of a child and a day: the first of these on that day or later, `NEVER` if there is none."""
        keys = np.sort(paired(self.child, self.day))
        return _looked_up(keys, np.searchsorted(keys, paired(child, day), "left"), child)

    def last_until(self, child: Array, day: Array) -> Array:
        """For each pair of a child and a day: the last of these on that day or before, `NEVER` if there is none."""
        keys = np.sort(paired(self.child, self.day))
        return _looked_up(keys, np.searchsorted(keys, paired(child, day), "right") - 1, child)


def _looked_up(keys: Array, places: Array, child: Array) -> Array:
    if not len(keys):
        return np.full(len(child), NEVER, np.int32)
    found = keys[np.clip(places, 0, len(keys) - 1)]
    good = (places >= 0) & (places < len(keys)) & (found // _SPAN == child)
    return np.where(good, found % _SPAN - _HALF, NEVER).astype(np.int32)


def together(*kinds: Happenings) -> Happenings:
    """Facts of several kinds as one list of days; what they say is left behind."""
    child = np.concatenate([one.child for one in kinds])
    day = np.concatenate([one.day for one in kinds])
    return Happenings(child, np.concatenate([one.id for one in kinds]), day, {}, np.zeros(len(child), np.int64), ({},))


@dataclass(frozen=True)
class Part:
    """The children of a part in the order of their numbers, and what happened to them, by kind of fact."""

    case: Array
    place: Array
    born: Array
    facts: Mapping[str, Happenings]

    def of(self, kind: str) -> Happenings:
        """The facts of that kind; raises KeyError if the part was read without it."""
        return self.facts[kind]


class Places:
    """The States, or the districts of States, that a report has a row for; each has a number."""

    def __init__(self, by: str) -> None:
        if by not in ("state", "district"):
            raise ValueError(f"A report has a row for each state or for each district, not for each {by!r}.")
        self.by = by
        self.names: list[tuple[str, str]] = []
        self._codes: dict[tuple[str, str], int] = {}

    def codes(self, children: pa.Table) -> Array:
        """The place of each child. A child without a State stands under ""; federal law alone counts there."""
        states, state_words = _words(children["state"])
        districts, district_words = _words(children["district"])
        if self.by == "state":
            districts, district_words = np.full(len(states), -1), []
        width = len(district_words) + 1
        known, places = np.unique((states + 1) * width + districts + 1, return_inverse=True)
        pairs = [(("", *state_words)[one // width], ("", *district_words)[one % width]) for one in known.tolist()]
        codes: Array = np.array([self._code(state or "", district or "") for state, district in pairs], np.int32)
        return codes[places] if len(pairs) else np.zeros(0, np.int32)

    def _code(self, state: str, district: str) -> int:
        if (state, district) not in self._codes:
            self._codes[state, district] = len(self.names)
            self.names.append((state, district))
        return self._codes[state, district]


def read_part(
    folder: Folder, number: int, wanted: Mapping[str, Sequence[str]], vocabulary: Vocabulary, places: Places, on: date
) -> Part:
    """The part with that number. `wanted` names the kinds of fact, and which further days of each are needed.

    Left out are facts that were corrected or taken back, plans, what lies after the day `on`, and the other side's
    account of an event (its first account counts; where they differ, the duty itself says that nobody can tell).
    """
    children = _read(folder.children(number), _CHILDREN)
    case = _numbers(children["case"], np.int64)
    order = np.argsort(case, kind="stable")
    mains = {kind: vocabulary.kinds[kind].main_date for kind in wanted}
    fields = sorted({*mains.values(), *(name for names in wanted.values() for name in names)})
    facts = _read(folder.facts(number), (*_FACTS, *SELDOM, *(DAY_PREFIX + name for name in fields)))
    found = _happenings(facts, case[order], wanted, mains, on)
    return Part(case[order], places.codes(children)[order], _numbers(children["born"], np.int32)[order], found)


def _read(path: Any, columns: Iterable[str]) -> pa.Table:
    with pq.ParquetFile(path) as file:
        there = set(file.schema_arrow.names)
        return file.read([name for name in columns if name in there])


def _happenings(
    facts: pa.Table, cases: Array, wanted: Mapping[str, Sequence[str]], mains: Mapping[str, str], on: date
) -> dict[str, Happenings]:
    owners = _numbers(facts["case"], np.int64)
    child = np.minimum(np.searchsorted(cases, owners), max(len(cases) - 1, 0))
    ids, kinds = _numbers(facts["id"], np.int32), _kinds(facts, tuple(wanted))
    known = cases[child] == owners if len(cases) else np.zeros(len(owners), bool)
    rows = np.flatnonzero(known & (kinds >= 0) & _standing(facts, child, ids))
    rows = rows[np.argsort(kinds[rows], kind="stable")]
    bounds = np.searchsorted(kinds[rows], np.arange(len(wanted) + 1))
    said, sayings = _sayings(facts, rows)
    columns = {name: _days(facts, name) for name in {*mains.values(), *(n for names in wanted.values() for n in names)}}
    today, its_day = number_of(on), _numbers(facts["on"], np.int32)
    happened: dict[str, Happenings] = {}
    for number, (kind, names) in enumerate(wanted.items()):
        here = slice(bounds[number], bounds[number + 1])
        own, spoken = rows[here], said[here]
        main = columns[mains[kind]][own]
        day = np.where(main == NEVER, its_day[own], main)
        past = day <= today
        own, spoken, day = own[past], spoken[past], day[past]
        dates = {name: columns[name][own] for name in names}
        happened[kind] = Happenings(child[own], ids[own], day, dates, spoken, sayings)
    return happened


def _kinds(facts: pa.Table, wanted: Sequence[str]) -> Array:
    """For each fact the place of its kind among the wanted ones, -1 for any other kind."""
    codes, words = _words(facts["kind"])
    places = np.array([wanted.index(word) if word in wanted else -1 for word in words], np.int16)
    found: Array = places[codes] if len(words) else np.zeros(0, np.int16)
    return found


def _standing(facts: pa.Table, child: Array, ids: Array) -> Array:
    """True for each fact that is not corrected, withdrawn, planned, or the other side's account."""
    stands = ~(_flags(facts, "withdrawn") | _flags(facts, "planned"))
    if "account_of" in facts.column_names:
        stands &= _numbers(facts["account_of"], np.int32) == NEVER
    if "corrects" not in facts.column_names:
        return stands
    corrects = _numbers(facts["corrects"], np.int32)
    rows = np.flatnonzero(corrects != NEVER)
    targets = paired(child[rows], corrects[rows])
    stands &= ~np.isin(paired(child, ids), targets)
    _, last_first = np.unique(targets[::-1], return_index=True)  # of several corrections of one fact the last counts
    overtaken = np.ones(len(rows), bool)
    overtaken[len(rows) - 1 - last_first] = False
    stands[rows[overtaken]] = False
    return stands


def _sayings(facts: pa.Table, rows: Array) -> tuple[Array, list[Mapping[str, object]]]:
    """For each of these facts the place of what it says, and all that is said by them."""
    codes, texts = _words(facts["data"])
    used = np.flatnonzero(np.bincount(codes[rows] + 1, minlength=len(texts) + 1))
    places = np.zeros(len(texts) + 1, np.int64)
    places[used] = np.arange(len(used))
    return places[codes[rows] + 1], [json.loads(texts[code - 1] or "{}") if code else {} for code in used.tolist()]


def _days(facts: pa.Table, name: str) -> Array:
    column = DAY_PREFIX + name
    if column in facts.column_names:
        return _numbers(facts[column], np.int32)
    return np.full(facts.num_rows, NEVER, np.int32)


def _flags(facts: pa.Table, name: str) -> Array:
    if name not in facts.column_names:
        return np.zeros(facts.num_rows, bool)
    flags: Array = facts[name].combine_chunks().fill_null(False).to_numpy(zero_copy_only=False).astype(bool)
    return flags


def _numbers(column: pa.ChunkedArray, kind: Any) -> Array:
    array = column.combine_chunks()
    if pa.types.is_date(array.type):
        array = array.cast(pa.int32())
    if array.null_count:
        array = array.fill_null(NEVER)
    return np.ascontiguousarray(array.to_numpy(zero_copy_only=False), dtype=kind)


def _words(column: pa.ChunkedArray) -> tuple[Array, list[str | None]]:
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    codes = array.indices.fill_null(-1) if array.indices.null_count else array.indices
    return codes.to_numpy(zero_copy_only=False).astype(np.int64), array.dictionary.to_pylist()
