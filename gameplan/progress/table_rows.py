"""Reading and writing a table (CSV): its rows by the names of its columns, and every fault by row and column."""

from __future__ import annotations

import csv
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import Any, Final

from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, refuse

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 200_000
MOST_FAULTS: Final = 200
"""So many faults are told at most; after them only how many more there are."""
OURS: Final = uuid.UUID("5a3c5f0e-6d0f-4a1b-9d3e-2b7f7b1f6c11")
AS_WRITTEN: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be kept: what it belongs to, the columns that it fills, and the key of what it says."""

    of: Any
    columns: Mapping[str, Any]
    key: uuid.UUID
    time: int = 1

    @property
    def form_key(self) -> uuid.UUID:
        """The key that knows this row: that of what it says; of two that say the same the second has its own."""
        return self.key if self.time == 1 else key_of((self.key, self.time))


def rows_in(
    raw: bytes, columns: Sequence[str], needed: Sequence[str],
    read: Callable[[Mapping[str, str]], tuple[Row | None, list[Fault]]],
) -> list[Row]:  # fmt: skip
    """The rows of a table. Raises Refused with what is wrong in all of them."""
    found: list[Row] = []
    faults: list[Fault] = []
    times: Counter[uuid.UUID] = Counter()
    more = 0
    for number, told in enumerate(_table(raw, columns, needed), start=2):
        row, wrong = read(told)
        for fault in wrong:
            more += len(faults) >= MOST_FAULTS
            if len(faults) < MOST_FAULTS:
                where = _("row {row}, column {column}").format(row=number, column=fault.where)
                faults.append(Fault(where, fault.what, fault.mend))
        if row is not None and not wrong:
            times[row.key] += 1
            found.append(
                row if times[row.key] == 1 else Row(row.of, row.columns, key_of((str(row.key), times[row.key])))
            )
    if more:
        mend = _("Mend these first, then try again.")
        faults.append(Fault(_("table"), _("There are {number} more faults.").format(number=more), mend))
    refuse(faults)
    return found


def _table(raw: bytes, columns: Sequence[str], needed: Sequence[str]) -> list[Mapping[str, str]]:
    """The rows as they stand, each with every column. Raises Refused for what is no table of this kind."""
    if len(raw) > MOST_BYTES:
        refuse([Fault(_("table"), _("This table is too large."), _("Cut it into parts of at most 20 MB."))])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        mend = _("Save it as “CSV UTF-8” and try again.")
        raise Refused([Fault(_("table"), _("Some letters of this table cannot be read."), mend)]) from None
    try:
        lines = csv.reader(StringIO(text, newline=""), strict=True)
        head = [name.strip().casefold() for name in next(lines, [])]
        refuse(_head_faults(head, columns, needed))
        rows = [line for line in lines if any(cell.strip() for cell in line)]
    except csv.Error as error:
        what = _("This is not a table that can be read: {error}.").format(error=error)
        raise Refused([Fault(_("table"), what, _("Save it as CSV and try again."))]) from None
    if len(rows) > MOST_ROWS:
        refuse([Fault(_("table"), _("This table has too many rows."), _("Cut it into parts."))])
    wide = (number for number, line in enumerate(rows, start=2) if len(line) > len(head))
    mend = _("Check the commas and quotation marks of this row.")
    refuse(
        Fault(_("row {row}").format(row=number), _("This row has more columns than the first one."), mend)
        for _at, number in zip(range(MOST_FAULTS), wide, strict=False)
    )
    empty = dict.fromkeys(columns, "")
    return [{**empty, **dict(zip(head, line, strict=False))} for line in rows]


def _head_faults(head: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> Iterator[Fault]:
    where = _("row {row}").format(row=1)
    for name in needed:
        if name not in head:
            what = _("The column “{name}” is missing.").format(name=name)
            yield Fault(where, what, _("The first row must name the columns."))
    for name, times in Counter(head).items():
        if name and times > 1:
            yield Fault(where, _("The column “{name}” is there twice.").format(name=name), _("Take one out."))
        if name and name not in columns:
            known = ", ".join(columns)
            what = _("There is no column “{name}” here.").format(name=name)
            yield Fault(where, what, _("Take it out. These are known: {known}.").format(known=known))


def day(text: str) -> date | None:
    """A day as 2025-10-03 or 10/3/2025; None for anything else."""
    for way in AS_WRITTEN:
        try:
            return datetime.strptime(text.strip(), way).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def number(text: str) -> Any:
    """A whole number as one; anything else as it was written, for `measures.ways` to judge."""
    told = text.strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else told


def key_of(parts: Iterable[object]) -> uuid.UUID:
    """The key of what a row says, always the same."""
    return uuid.uuid5(OURS, "\x1f".join(str(part) for part in parts))


def calm(text: str) -> str:
    """Words that no spreadsheet takes for a formula; `plain` gives them back."""
    return f"'{text}" if text[:1] in DANGEROUS else text


def plain(text: str) -> str:
    """Words as they were before `calm`."""
    told = text.strip()
    return told[1:] if told[:1] == "'" and told[1:2] in DANGEROUS else told


def written(columns: Sequence[str], lines: Iterable[Mapping[str, Any]]) -> str:
    """A table with these columns, one line for each mapping; what is not among the columns is left out."""
    text = StringIO()
    table = csv.DictWriter(text, columns, extrasaction="ignore", restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows(lines)
    return text.getvalue()
