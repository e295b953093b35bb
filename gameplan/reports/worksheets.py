"""The worksheets of B-11, B-12 and B-13 for one place, from its cases through the law, with the children behind them.

The numbers are those of the audit (`audit.indicators`); here the cases of the place are laid out for it and forgotten
again. Needs what the audit needs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.cases import tables_of, write_part
from gameplan.audit.evaluate import evaluator
from gameplan.audit.indicators import Behind, Indicators, Period, indicators
from gameplan.audit.layout import CALENDARS, Folder
from gameplan.audit.run import rows_of
from gameplan.audit.school_years import CalendarBook
from gameplan.cases.machine import keys_within, told_by_side
from gameplan.core.facts import Case
from gameplan.people.doors import organisations_below
from gameplan.people.roles import Side
from gameplan.reports.counting.reporting_year import ReportingYear

TABLES: Final[Mapping[str, str]] = {
    "b11": "b11_child_find", "b12": "b12_early_childhood_transition", "b13": "b13_secondary_transition",
}  # fmt: skip
"""The worksheets by their short names, and the tables of the audit that they are."""
REASONS: Final = "b11_reasons"
PART_SIZE = 5_000


@dataclass(frozen=True)
class Worksheets:
    """The indicators of a place for a school year as things stand on a day, and each case by its number in them."""

    found: Indicators
    by_number: Mapping[int, UUID]

    def behind(self, name: str) -> Iterator[tuple[UUID, Behind]]:
        """Each child of a worksheet ("b11"), by case."""
        for one in self.found.behind[TABLES[name]]:
            yield self.by_number[one.case], one


def worksheets(place: UUID, year: ReportingYear, on: date, cases: Iterable[list[UUID]] | None = None) -> Worksheets:
    """The worksheets of a place for a school year, as its cases stand on a day.

    `cases`: ids in blocks, all of the place if left out. Raises NothingToCount for a place without children.
    """
    blocks = keys_within(organisations_below([place]), PART_SIZE) if cases is None else cases
    with tempfile.TemporaryDirectory(prefix="gameplan-worksheets.") as place_on_disk:
        folder = Folder(Path(place_on_disk))
        numbered = _lay_out(folder, blocks)

        def rows(clocks: Sequence[str]) -> Iterable[pa.Table]:
            return rows_of(folder, evaluator(on), clocks, workers=1)

        found = indicators(folder, rows, on, Period(year.first, year.last), by="district")
    return Worksheets(found, numbered)


def _lay_out(folder: Folder, blocks: Iterable[list[UUID]]) -> dict[int, UUID]:
    """The cases as an audit folder, as the school sees them; which case has which number."""
    book, numbers, numbered = CalendarBook(), count(), dict[int, UUID]()
    with pq.ParquetWriter(folder.calendars, CALENDARS, compression="zstd") as calendars:
        for part, keys in enumerate(blocks):
            some = [(next(numbers), key, case) for key, case in _as_school_sees(keys)]
            numbered |= {number: key for number, key, _case in some}
            rows = ((number, case, case.child.district, case.child.school) for number, _key, case in some)
            children, facts, years = tables_of(rows, book)
            calendars.write_table(years)
            write_part(folder.path, part, children, facts)
    return numbered


def _as_school_sees(keys: Iterable[UUID]) -> Iterator[tuple[UUID, Case]]:
    views = told_by_side(keys)
    return ((key, case) for (key, side), case in sorted(views.items()) if side is Side.SCHOOL)
