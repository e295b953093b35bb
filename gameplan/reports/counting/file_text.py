"""The file as it is sent: one header record, then a record a row; with commas, tabs or fixed widths."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from gameplan.core.faults import Fault
from gameplan.core.words import ENGLISH, Say
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


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of a file: where it is, what it is, and how to mend it."""

    where: str
    what: Say
    mend: Say


class CannotWrite(Exception):
    """Raised where a file would be wrong as it stands; `obstacles` has everything that is in the way."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__("\n".join(map(str, self.faults)))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The same in English, for a command."""
        return tuple(Fault(one.where, ENGLISH.say(one.what), ENGLISH.say(one.mend)) for one in self.obstacles)


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
    in_the_way = list(_obstacles(rows, sending))
    if in_the_way:
        raise CannotWrite(in_the_way)
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


def _obstacles(rows: Sequence[Row], sending: Sending) -> Iterator[Obstacle]:
    if len(sending.version) > VERSION_LENGTH or not sending.version.isalnum():
        what = Say("{version} does not fit at the end of the file name.", {"version": sending.version})
        yield Obstacle("version", what, Say("Give 1 to 7 letters and digits."))
    if sending.ending not in FORMATS:
        what = Say("There is no kind of file {ending}.", {"ending": sending.ending})
        yield Obstacle("format", what, Say("Choose one of {known}.", {"known": tuple(FORMATS)}))
    if len(sending.fips) != FIPS:
        yield Obstacle(
            "State", Say("The two-digit number of the State is not known."), Say("Give the place its State.")
        )
    for unit in sorted({row.unit for row in rows}):
        yield from _unit_obstacles(unit, sending.level)


def _unit_obstacles(unit: Unit, level: str) -> Iterator[Obstacle]:
    if level != "SEA" and not unit.lea:
        what = Say("Some children are in a district without a number.")
        yield Obstacle("district", what, Say("Give the district its number."))
    if level == "SCH" and not unit.school:
        what = Say("A school of the district {district} has no number.", {"district": unit.lea})
        yield Obstacle("school", what, Say("Give the school its number."))
    if len(unit.lea) > LEA:
        what = Say("The number {number} is too long for the file.", {"number": unit.lea})
        yield Obstacle("district", what, Say("It has room for {most} letters.", {"most": LEA}))
    if len(unit.school) > SCHOOL:
        what = Say("The number {number} is too long for the file.", {"number": unit.school})
        yield Obstacle("school", what, Say("It has room for {most} letters.", {"most": SCHOOL}))
