"""One case out of an audit folder: found by what the files' footers say, without reading the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.cases import NoSuchCase, case_of
from gameplan.audit.layout import Folder
from gameplan.core.facts import Case


def find_case(path: Path, number: int) -> Case:
    """The case of that number in the audit folder `path`. Raises NoSuchCase if no part holds it.

    Only those groups of rows are read whose lowest and highest case say that it can be there.
    """
    folder = Folder(path)
    for part in folder.parts():
        children = rows_with(folder.children(part), "case", number)
        if children is not None:
            facts = rows_with(folder.facts(part), "case", number)
            calendar = children["calendar"][0].as_py()
            years = None if calendar is None else rows_with(folder.calendars, "calendar", calendar)
            return case_of(children, _or_empty(facts, folder.facts(part)), _or_empty(years, folder.calendars), number)
    raise NoSuchCase(f"No part of {path} holds the case {number}.")


def rows_with(path: Path, column: str, number: int) -> pa.Table | None:
    """The rows of a Parquet file in which the column is that number, or None if there are none."""
    with pq.ParquetFile(path) as file:
        groups = groups_with(file.metadata, column, number)
        held = [one for one in groups if pc.any(pc.equal(file.read_row_group(one, [column])[column], number)).as_py()]
        return file.read_row_groups(held).filter(pc.field(column) == number) if held else None


def groups_with(footer: Any, column: str, number: int) -> Sequence[int]:
    """The groups of rows in which the column can be that number, by a file's footer."""
    return [one for one in range(footer.num_row_groups) if _can_hold(footer.row_group(one), column, number)]


def _can_hold(group: Any, column: str, number: int) -> bool:
    for place in range(group.num_columns):
        one = group.column(place)
        if one.path_in_schema == column:
            told = one.statistics
            return told is None or not told.has_min_max or bool(told.min <= number <= told.max)
    return True


def _or_empty(found: pa.Table | None, path: Path) -> pa.Table:
    return pq.read_schema(path).empty_table() if found is None else found
