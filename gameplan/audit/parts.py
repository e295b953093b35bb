"""One part of an audit folder from its files to its finished answer: the unit of work, on whatever machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.answers import Answers
from gameplan.audit.evaluator import Evaluator
from gameplan.audit.facts_file import FactsFile, Reads
from gameplan.audit.groups import Groups, groups_schema
from gameplan.audit.kept import Kept, whole
from gameplan.audit.layout import CALENDARS, CHILDREN, FACTS, Folder, fact_columns
from gameplan.audit.packing import codes_of, day_fields, ref_fields
from gameplan.audit.part_faults import PartCheck
from gameplan.audit.rows import ROWS
from gameplan.core.entries import Vocabulary
from gameplan.core.faults import Fault

ROWS_AT_ONCE: Final = 1 << 18
"""How many rows stand together in a file, at the least."""


@dataclass(frozen=True)
class Asked:
    """What is asked: of which folder, for which answer, grouped by what (None: one row a duty), and of which law.

    `only` are the ids of the clocks that are asked for, None for all.
    """

    folder: Path
    out: Path
    by: tuple[str, ...] | None
    on: date
    law: str
    only: tuple[str, ...] | None = None

    @property
    def kept(self) -> Kept:
        """Where finished parts are kept."""
        return Kept(self.out)

    @property
    def schema(self) -> pa.Schema:
        """The columns of the answer; under "gameplan" it says as of which day and by which law."""
        told = {"on": self.on.isoformat(), "by": self.by, "law": self.law}
        if self.only is not None:
            told["only"] = self.only
        return (ROWS if self.by is None else groups_schema(self.by)).with_metadata({"gameplan": json.dumps(told)})


@dataclass(frozen=True)
class PartDone:
    """What is said of a part when it is done: how much was in it, what is wrong with it, and if it was done before."""

    part: int
    children: int
    facts: int
    faults: tuple[Fault, ...] = ()
    kept: bool = False


class PartReader:
    """Reads the parts of a folder, of each file only the columns that are needed, and looks for faults."""

    def __init__(self, folder: Folder, vocabulary: Vocabulary) -> None:
        self.folder = folder
        self.calendars = read(folder.calendars, CALENDARS)
        self._check = PartCheck(folder, vocabulary, self.calendars)
        self._facts = pa.schema([*FACTS, *(pa.field(*one) for one in fact_columns(vocabulary).items())])
        self._codes = codes_of(day_fields(vocabulary), ref_fields(vocabulary))

    def calendar_faults(self) -> list[Fault]:
        """What is wrong with the table of calendars."""
        return self._check.calendars(self.calendars)

    def part(self, part: int, reads: Reads | None = None) -> tuple[pa.Table, pa.Table, list[Fault]]:
        """The children and the facts of the part, and what is wrong with them.

        Days and references of the facts are packed (see `packing`); with `reads`, facts and columns may be left out
        that it does not name. All facts are looked at for what is wrong with them.
        """
        children = read(self.folder.children(part), CHILDREN)
        with opened(self.folder.facts(part), self._facts) as file:
            facts = FactsFile(file, self._facts, self._codes)
            plain = facts.plain()
            faults = self._check.part(part, children, plain)
            return children, plain if faults else facts.packed(plain, children, reads), faults


def read(path: Path, wanted: pa.Schema) -> pa.Table:
    """Those of the wanted columns that the file has; words as dictionaries."""
    with opened(path, wanted) as file:
        there = set(file.schema_arrow.names)
        return file.read([name for name in wanted.names if name in there], use_threads=False)


def opened(path: Path, wanted: pa.Schema) -> pq.ParquetFile:
    """The file, open, so that the words of the wanted columns come as dictionaries."""
    return pq.ParquetFile(path, read_dictionary=[one.name for one in wanted if pa.types.is_dictionary(one.type)])


def already_done(asked: Asked, part: int) -> PartDone | None:
    """What is to be said of a part that an earlier run finished; None if none did."""
    if not asked.kept.finished(part):
        return None
    folder = Folder(asked.folder)
    return PartDone(part, _rows_of(folder.children(part)), _rows_of(folder.facts(part)), kept=True)


def _rows_of(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def one_part(asked: Asked, part: int, reader: PartReader, evaluator: Evaluator) -> PartDone:
    """The part done now, or as an earlier run left it."""
    return already_done(asked, part) or finish_part(asked, part, reader, evaluator)


def finish_part(asked: Asked, part: int, reader: PartReader, evaluator: Evaluator | None) -> PartDone:
    """Reads, checks and works out one part, and keeps its answer. Without an evaluator, or with faults, only checks."""
    with naming(part, asked.folder):
        children, facts, faults = reader.part(part, None if evaluator is None else evaluator.reads)
        done = PartDone(part, children.num_rows, _rows_of(reader.folder.facts(part)), tuple(faults))
        if evaluator is not None and not faults:
            answer = answer_of(asked.by, children, evaluator, evaluator.duties(children, facts, reader.calendars))
            with whole(asked.kept.file(part)) as path, writer_of(path, asked.schema) as writer:
                for table in answer:
                    writer.write_table(table, row_group_size=max(1, table.num_rows))
    return done


@contextmanager
def naming(part: int, folder: Path) -> Iterator[None]:
    """An error inside the block says in which part it was."""
    try:
        yield
    except Exception as error:
        error.add_note(f"This was in part {part:05d} of {folder}.")
        raise


def writer_of(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer that packs words by dictionary and numbers by their differences: quick, small, and read anywhere."""
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    packing = {name: "DELTA_BINARY_PACKED" for name in schema.names if name not in words}
    return pq.ParquetWriter(
        path, schema, compression="zstd", compression_level=1, use_dictionary=words, column_encoding=packing
    )


def answer_of(
    by: Sequence[str] | None, children: pa.Table, evaluator: Evaluator, duties: Iterator[Any]
) -> Iterator[pa.Table]:
    """The answer of a part table by table: its groups in one, or its rows some hundred thousand at a time."""
    if by is not None:
        groups = Groups(by, children, evaluator.clocks)
        for some in duties:
            groups.add(some)
        yield groups.table()
        return
    answers = Answers(children, evaluator.clocks)
    for many in gathered(duties, ROWS_AT_ONCE):
        yield answers.table(many)


def gathered(duties: Iterator[Any], rows: int) -> Iterator[Any]:
    """The same records in arrays of at least so many rows, but for the last."""
    waiting: list[Any] = []
    for some in duties:
        waiting.append(some)
        if sum(map(len, waiting)) >= rows:
            yield np.concatenate(waiting) if len(waiting) > 1 else some
            waiting = []
    if waiting:
        yield np.concatenate(waiting)
