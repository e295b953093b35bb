"""Keeping, sharing and taking out lists that people put together."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import IO, Any

import xlsxwriter

from gameplan.cases.trail import note_many
from gameplan.core.words import Tongue
from gameplan.districts.doors import Place
from gameplan.people.roles import Action
from gameplan.reports.doors import role_here
from gameplan.reports.list_columns import COLUMNS, Cell, Known, ListColumn, head_of
from gameplan.reports.models import ListKept

A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
DAY_FORMAT = "yyyy-mm-dd"


def keep_list(here: Place, name: str, columns: Sequence[str], filters: Mapping[str, Any], *, shared: bool) -> ListKept:
    """A new list of a place; `shared`: whoever may see every child of the place finds it too."""
    return ListKept.objects.create(
        place=here.organisation, name=name, columns=list(columns), filters=dict(filters), is_shared=shared,
        made_by=here.person.id,
    )  # fmt: skip


def change_list(
    found: ListKept, name: str, columns: Sequence[str], filters: Mapping[str, Any], *, shared: bool
) -> None:
    """The same list with other columns and filters."""
    found.name, found.columns, found.filters, found.is_shared = name, list(columns), dict(filters), shared
    found.save(update_fields=["name", "columns", "filters", "is_shared"])


def forget_list(found: ListKept) -> None:
    """The list is not there any more; no case changes."""
    found.delete()


def columns_of(found: ListKept) -> list[ListColumn]:
    """The columns of a list; one that this program does not have any more is left out."""
    return [COLUMNS[name] for name in found.columns if name in COLUMNS]


def list_csv(
    here: Place, blocks: Iterable[list[Known]], columns: Sequence[ListColumn], tongue: Tongue, *, ceds: bool = False
) -> Iterator[str]:
    """The list as CSV, a block at a time, each once the records of access of its children say who took it."""
    yield "\ufeff" + _csv_line([head_of(one, tongue, ceds=ceds) for one in columns])
    for block in _noted(here, blocks):
        yield "".join(_csv_line([one.says(known, tongue) for one in columns]) for known in block)


def list_xlsx(
    here: Place, blocks: Iterable[list[Known]], columns: Sequence[ListColumn], tongue: Tongue, *, ceds: bool = False
) -> IO[bytes]:
    """The list as a workbook in a file that goes when it is closed; memory does not grow with the children."""
    file = tempfile.TemporaryFile(prefix="gameplan-list.")  # noqa: SIM115 - whoever sends it closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    day_format = book.add_format({"num_format": DAY_FORMAT})
    sheet.freeze_panes(1, 0)
    for place, one in enumerate(columns):
        sheet.write_string(0, place, head_of(one, tongue, ceds=ceds), bold)
    row = 0
    for block in _noted(here, blocks):
        for known in block:
            row += 1
            for place, one in enumerate(columns):
                _write_cell(sheet, row, place, one.says(known, tongue), day_format)
    book.close()
    file.seek(0)
    return file


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, day_format: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day_format)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell)
    elif cell:
        sheet.write_string(row, place, cell)


def _noted(here: Place, blocks: Iterable[list[Known]]) -> Iterator[list[Known]]:
    person = here.person.acting_as(role_here(here, Action.SHARE))
    for block in blocks:
        note_many([one.case.pk for one in block], person, Action.SHARE)
        yield block


def _csv_line(cells: Sequence[Cell]) -> str:
    out = StringIO()
    csv.writer(out).writerow([_plain(one) for one in cells])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:g}"
    return f"'{cell}" if str(cell).startswith(A_FORMULA) else str(cell)
