"""The facts of a part from their file: of the many columns only those that say something, packed; no more than asked.

The file is read by one thread, row group by row group where columns are mostly empty: a part's columns laid side by
side would be ten times what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.compiled import entry
from gameplan.audit.layout import DAY_PREFIX
from gameplan.audit.packing import LAST_AT, PACKED, REF_AT, frozen, pack
from gameplan.audit.part_faults import proven_days
from gameplan.audit.reading import numbers
from gameplan.audit.rows import NO_DAY


class Choice(Protocol):
    """Chooses facts by what they say."""

    def of(self, children: pa.Table, facts: pa.Table) -> Any:
        """Which facts are wanted for themselves, as an array of booleans; facts are sorted by case."""


@dataclass(frozen=True)
class Reads:
    """What an evaluator reads of facts: the fields that are days or references, and which facts (None: all)."""

    fields: frozenset[str]
    choice: Choice | None = None


class FactsFile:
    """One file of facts, open. `wanted` is what a file of facts can hold, `codes` are those of `packing`."""

    def __init__(self, file: pq.ParquetFile, wanted: pa.Schema, codes: Mapping[str, int]) -> None:
        there = set(file.schema_arrow.names)
        self._file, self._codes = file, codes
        self._names = [name for name in wanted.names if name in there]
        proven = proven_days(file.metadata)
        days = [name for name in self._names if name in codes and name.startswith(DAY_PREFIX)]
        # Days that can only be judged by looking at them are left where they can be looked at.
        self._packs = proven.issuperset(days)

    def plain(self) -> pa.Table:
        """The columns that most facts fill, and every column whose values have to be looked at."""
        names = [name for name in self._names if not (self._packs and name in self._codes)]
        return self._file.read(names, use_threads=False).unify_dictionaries().combine_chunks()

    def packed(self, plain: pa.Table, children: pa.Table, reads: Reads | None) -> pa.Table:
        """The facts of `plain` with days and references packed; only what is read, if `reads` is given.

        The facts are sorted by case and sound, and those of `children`.
        """
        if not self._packs:
            return plain
        keep = None
        if reads is not None and reads.choice is not None:
            keep = reads.choice.of(children, plain)
            self._keep_rough(keep)
            keep_links(plain, keep)
        lists = list(self._lists(reads, keep))
        if keep is not None:
            plain = plain.filter(pa.array(keep))
        return plain.append_column(PACKED, pa.chunked_array(lists) if lists else pack(pa.table({}), self._codes, 0))

    def _lists(self, reads: Reads | None, keep: Any) -> Iterator[pa.ListArray]:
        begin = 0
        for group in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            here = None if keep is None else keep[begin : begin + rows]
            columns = self._file.read_row_group(group, self._said(group, reads), use_threads=False)
            yield pack(columns, self._codes, rows, here)
            begin += rows

    def _said(self, group: int, reads: Reads | None) -> list[str]:
        """The packed columns that have values in this row group and are read. With a last day goes its first."""
        filled = {name for name in self._filled(group) if name in self._codes}
        if reads is None:
            return sorted(filled)
        rough = {code - LAST_AT for code in map(self._codes.__getitem__, filled) if LAST_AT <= code < REF_AT}
        return [
            name for name in sorted(filled)
            if (code := self._codes[name]) in rough or LAST_AT <= code < REF_AT or field_of(name) in reads.fields
        ]  # fmt: skip

    def _filled(self, group: int) -> Iterator[str]:
        """The columns that have values in this row group, as far as the footer can tell."""
        found = self._file.metadata.row_group(group)
        for place in range(found.num_columns):
            column = found.column(place)
            said = column.statistics
            if said is None or not said.has_null_count or said.null_count < found.num_rows:
                yield column.path_in_schema

    def _keep_rough(self, keep: Any) -> None:
        """Keeps facts with a day known only roughly: with each the engine looks at more ways a case can have gone."""
        begin = 0
        for group in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            names = [name for name in self._filled(group) if LAST_AT <= self._codes.get(name, 0) < REF_AT]
            for column in self._file.read_row_group(group, names, use_threads=False).columns if names else ():
                keep[begin : begin + rows] |= column.is_valid().to_numpy()
            begin += rows


def keep_links(facts: pa.Table, keep: Any) -> None:
    """Keeps facts that correct, withdraw or answer another, and those others."""
    case, ids = (frozen(numbers(facts[name], kind)) for name, kind in (("case", np.int64), ("id", np.int32)))
    for name in ("corrects", "account_of"):
        if name in facts.column_names and facts[name].null_count < facts.num_rows:
            keep_named(case, ids, frozen(numbers(facts[name], np.int32, NO_DAY)), keep)
    if "withdrawn" in facts.column_names:
        keep |= numbers(facts["withdrawn"].cast(pa.int8()), np.int8, 0) != 0


def field_of(column: str) -> str:
    """The field that a column of days or references holds."""
    return column.partition("_")[2]


@entry
def keep_named(case: Any, ids: Any, target: Any, keep: Any) -> None:
    """Keeps each fact that names another one of its case, and that one. Facts are sorted by case."""
    for row in range(len(case)):
        if target[row] != NO_DAY:
            keep[row] = True
            other = row
            while other > 0 and case[other - 1] == case[row]:
                other -= 1
            while other < len(case) and case[other] == case[row]:
                if ids[other] == target[row]:
                    keep[other] = True
                other += 1
