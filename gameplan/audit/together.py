"""Putting finished parts together into one answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.groups import Merging
from gameplan.audit.joining import join
from gameplan.audit.parts import Asked, writer_of


def put_together(asked: Asked, files: Sequence[Path], out: Path) -> tuple[int, int]:
    """Writes the answer made of these finished parts to `out`; gives the number of duties and of rows in it.

    Rows keep the order of the parts; groups are added up and put in the order of their words.
    """
    if asked.by is None:
        rows = join(files, out)
        return rows, rows
    merging = Merging(asked.by)
    for path in files:
        with pq.ParquetFile(path) as file:
            merging.add(file.read().replace_schema_metadata(None))
    groups = merging.table()
    with writer_of(out, asked.schema) as writer:
        writer.write_table(groups)
    return pc.sum(groups["duties"]).as_py() or 0, groups.num_rows


def together(tables: Sequence[pa.Table]) -> pa.Table:
    """These tables as one, with one dictionary a column."""
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()
