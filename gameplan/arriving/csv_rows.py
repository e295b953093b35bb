"""CSV as RFC 4180 has it, row by row and never whole in memory, with each fault where it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO

from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults

LONGEST_LINE = 256 * 1024
LONGEST_CELL = 8 * 1024
MOST_COLUMNS = 400
FORMULA_STARTS = ("=", "+", "@", "\t")
"""A name that begins so makes a spreadsheet reckon."""
Row = tuple[int, Sequence[str]]
"""The number of the row in the file (the header is row 1) and its cells."""


class _TooLong(ValueError):
    """Raised for a line that no roster has."""


@dataclass(frozen=True)
class Sheet:
    """A CSV file: its name, its header, and its rows as they are read."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[Row]


def open_sheet(file: IO[bytes], name: str, faults: Faults) -> Sheet | None:
    """The file as header and rows; None, with a fault noted, if it has no header that can be read.

    Rows of another length than the header, and cells that cannot be, are noted and left out. Reading ends at a fault
    after which nothing can be trusted: letters that are not UTF-8, a quote that never ends.
    """
    rows = _rows(file, name, faults)
    first = next(rows, None)
    if first is None:
        if not faults:
            faults.add(name, _("The file is empty."), _("Export it again. The first row has the names of the columns."))
        return None
    header = tuple(cell.strip() for cell in first[1])
    if not _is_fit(header, name, faults):
        return None
    return Sheet(name, header, _of_length(rows, len(header), name, faults))


def _is_fit(header: Sequence[str], name: str, faults: Faults) -> bool:
    before = faults.count
    if len(header) > MOST_COLUMNS:
        faults.add(name, _("There are too many columns."), _("Take out the columns that no roster has."), row=1)
        return False
    for number, cell in enumerate(header, start=1):
        if not cell:
            what = _("Column number %(number)s has no name.") % {"number": number}
            faults.add(name, what, _("Give it a name, or take it out."), row=1)
        elif cell in header[: number - 1]:
            what = _("Two columns have the same name.")
            faults.add(name, what, _("Keep one of them, or rename it."), row=1, column=cell)
    return faults.count == before


def _of_length(rows: Iterator[Row], length: int, name: str, faults: Faults) -> Iterator[Row]:
    for number, cells in rows:
        if len(cells) != length:
            about = {"found": len(cells), "expected": length}
            what = _("This row has %(found)s cells, and the header has %(expected)s.") % about
            mend = _("Put a cell with a comma inside into quotes, and leave no cell out.")
            faults.add(name, what, mend, row=number)
        else:
            yield number, cells


def _rows(file: IO[bytes], name: str, faults: Faults) -> Iterator[Row]:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    reader = csv.reader(_lines(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells and _is_readable(cells, name, number, faults):
                yield number, cells
            elif cells and number == 1:
                return
    except UnicodeDecodeError:
        what = _("From here on the file is not written in UTF-8.")
        faults.add(name, what, _("Save it again as “CSV UTF-8”."), row=number + 1)
    except _TooLong:
        what = _("This row is far too long.")
        faults.add(name, what, _("Look for a quote that is opened and not closed."), row=number + 1)
    except csv.Error:
        what = _("The quotes in this row do not match.")
        mend = _("Write a quote inside a cell twice, and close each cell that begins with one.")
        faults.add(name, what, mend, row=number + 1)


def _lines(text: IO[str]) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise _TooLong
        yield line


def _is_readable(cells: Sequence[str], name: str, number: int, faults: Faults) -> bool:
    """True for a row whose cells can be kept; else the first fault in it is noted."""
    joined = "".join(cells)
    if "\x00" in joined:
        what, mend = (
            _("There is a broken letter in this row."),
            _("Type the row again, and save the file as CSV UTF-8."),
        )
    elif "\n" in joined or "\r" in joined:
        what, mend = _("A cell goes over more than one line."), _("Write it on one line.")
    elif len(joined) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        what, mend = _("A cell is far too long."), _("Shorten it, or look for a quote that is not closed.")
    else:
        return True
    faults.add(name, what, mend, row=number)
    return False


def as_named(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """The cells of a row by the names of their columns."""
    return dict(zip(header, cells, strict=True))
