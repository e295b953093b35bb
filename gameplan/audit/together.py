"""Putting finished parts together into one answer, a few row groups at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.groups import Merging
from gameplan.audit.parts import ROWS_AT_ONCE


def put_together(files: Sequence[Path], out: Path, schema: pa.Schema, by: Sequence[str] | None) -> tuple[int, int]:
    """Writes the answer made of these finished parts to `out`; gives the number of duties and of rows in it.

    Rows keep the order of the parts; groups are added up and put in the order of their words.
    """
    with pq.ParquetWriter(out, schema, compression="zstd", compression_level=1) as writer:
        if by is None:
            rows = 0
            for table in ahead(gathered_tables(row_groups(files), ROWS_AT_ONCE)):
                writer.write_table(table, row_group_size=max(1, table.num_rows))
                rows += table.num_rows
            return rows, rows
        merging = Merging(by)
        for table in row_groups(files):
            merging.add(table)
        groups = merging.table()
        writer.write_table(groups)
        return pc.sum(groups["duties"]).as_py() or 0, groups.num_rows


def row_groups(files: Sequence[Path]) -> Iterator[pa.Table]:
    """The tables of these files, row group by row group."""
    for path in files:
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                yield file.read_row_group(number)


def gathered_tables(tables: Iterator[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows in tables of at least so many, but for the last."""
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(one.num_rows for one in waiting) >= rows:
            yield together(waiting)
            waiting = []
    if waiting:
        yield together(waiting)


def together(tables: Sequence[pa.Table]) -> pa.Table:
    """These tables as one, with one dictionary a column."""
    if len(tables) == 1:
        return tables[0]
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def ahead(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same tables; the next is read while the one before is in use."""
    with ThreadPoolExecutor(1, "audit-ahead") as pool:
        coming = pool.submit(next, tables, None)
        while (table := coming.result()) is not None:
            coming = pool.submit(next, tables, None)
            yield table
