"""The file as it is sent: one header record, then a record a row; with commas, tabs or fixed widths."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from gameplan.core.faults import Fault
from gameplan.reports.counting.file_forms import FileForm
from gameplan.reports.counting.tally import Row, Unit

RECHECK: Final = (
    "Layout of school year 2021-22: re-check against the current year's specification before a real submission."
)
FORMATS: Final = {"csv": ",", "tab": "\t", "txt": ""}
"""Endings of the three forms of a file, and what stands between fields; nothing for fixed widths."""
LEVEL_WORDS: Final = {"SEA": "SEA", "LEA": "LEA", "SCH": "SCHOOL"}
HEADER_WIDTHS: Final = (50, 10, 25, 32, 9, 1)
NUMBER, FIPS, AGENCY, LEA, SCHOOL, TABLE = 10, 2, 2, 14, 20, 20
BLANK, TOTAL, EXPLANATION, AMOUNT = 15, 1, 200, 10
NAME_LENGTH, VERSION_LENGTH = 25, 7


class CannotWrite(Exception):
    """Raised where a file would be wrong as it stands; `faults` has everything that is in the way."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Sending:
    """What a file says of itself. `fips`: two digits of the State; `period`: "2026-2027"; `ending`: of FORMATS.

    `version`: at most 7 letters and digits at the end of the file's name. `is_checked`: somebody has held the layout
    against the current year's specification; else the first record says that it has to be done.
    """

    state: str
    fips: str
    level: str
    period: str
    ending: str = "csv"
    version: str = "v1"
    identifier: str = ""
    agency: str = "01"
    is_checked: bool = False


def file_name(form: FileForm, sending: Sending) -> str:
    """The file's name: State, level, at most nine letters, version and ending; 25 characters at most."""
    return f"{sending.state}{sending.level}{form.stem}{sending.version}.{sending.ending}"


def file_text(form: FileForm, rows: Sequence[Row], sending: Sending) -> Iterator[str]:
    """The file, record by record, each with its line end. Raises CannotWrite at once where something is in the way."""
    faults = list(_faults(form, rows, sending))
    if faults:
        raise CannotWrite(faults)
    return _records(form, rows, sending)


def _records(form: FileForm, rows: Sequence[Row], sending: Sending) -> Iterator[str]:
    line = _line_of(sending.ending)
    widths = record_widths(form)
    yield line(_header(form, len(rows), sending), HEADER_WIDTHS)
    for number, row in enumerate(rows, start=1):
        yield line(_record(form, row, number, sending), widths)


def record_widths(form: FileForm) -> tuple[int, ...]:
    """How wide each field of a record is."""
    between = (form.categories[name].width if name else BLANK for name in form.blanks_and_categories)
    return (NUMBER, FIPS, AGENCY, LEA, SCHOOL, TABLE, *between, TOTAL, EXPLANATION, AMOUNT)


def _header(form: FileForm, records: int, sending: Sending) -> list[str]:
    return [
        f"{LEVEL_WORDS[sending.level]} {form.type_text}", str(records), file_name(form, sending), sending.identifier,
        sending.period, "",
    ]  # fmt: skip


def _record(form: FileForm, row: Row, number: int, sending: Sending) -> list[str]:
    explanation = RECHECK if number == 1 and not sending.is_checked else ""
    return [
        str(number), sending.fips, sending.agency, row.unit.lea, row.unit.school, form.table,
        *(row.codes.get(name, "") for name in form.blanks_and_categories),
        "Y" if row.set.is_total else "N", explanation, str(row.amount),
    ]  # fmt: skip


Line = Callable[[Sequence[str], Sequence[int]], str]


def _line_of(ending: str) -> Line:
    """How a record is written. With fixed widths each field is as wide as it has to be, without anything between."""
    between = FORMATS[ending]
    return _fixed if not between else lambda cells, _widths: _delimited(cells, between)


def _delimited(cells: Sequence[str], between: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=between, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _fixed(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + "\r\n"


def _faults(form: FileForm, rows: Sequence[Row], sending: Sending) -> Iterator[Fault]:
    if len(sending.version) > VERSION_LENGTH or not sending.version.isalnum():
        yield Fault("version", f"{sending.version!r} does not fit.", "Give 1 to 7 letters and digits.")
    if sending.ending not in FORMATS:
        yield Fault("format", f"there is no form {sending.ending!r}.", f"Choose of {', '.join(FORMATS)}.")
    if len(sending.fips) != FIPS:
        yield Fault("State", "its two-digit number is not known.", "Give the State of the place.")
    for unit in sorted({row.unit for row in rows}):
        yield from _unit_faults(unit, sending.level)


def _unit_faults(unit: Unit, level: str) -> Iterator[Fault]:
    if level != "SEA" and not unit.lea:
        yield Fault("district", "some children are in a district without a number.", "Give the district its number.")
    if level == "SCH" and not unit.school:
        yield Fault("school", f"a school of the district {unit.lea} has no number.", "Give the school its number.")
    if len(unit.lea) > LEA:
        yield Fault("district", f"the number {unit.lea} is too long.", f"The file has room for {LEA} letters.")
    if len(unit.school) > SCHOOL:
        yield Fault("school", f"the number {unit.school} is too long.", f"The file has room for {SCHOOL} letters.")
