"""The cases of this installation as an audit folder: numbers for names, what the rules read, and nothing else."""

from __future__ import annotations

import csv
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.cases import tables_of, write_part
from gameplan.audit.layout import CALENDARS, Folder
from gameplan.audit.school_years import CalendarBook
from gameplan.cases.whole import every_case
from gameplan.core.facts import Case
from gameplan.core.faults import Fault
from gameplan.exchange.faults import ExchangeError

PART_SIZE = 50_000
AT_ONCE = 1_000
# Each part has its own stretch of case numbers; the numbers in it are drawn by lot.
STRETCH = 2**32
ACTION = "export-for-audit"


class Rows(Protocol):
    """Takes rows of a table of text."""

    def writerow(self, row: tuple[object, ...], /) -> object:
        """Take one row."""

    def writerows(self, rows: Iterable[tuple[object, ...]], /) -> object:
        """Take several."""


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    children: int
    facts: int
    parts: int


def export_for_audit(
    out: Path,
    *,
    keep_map: Path | None = None,
    part_size: int = PART_SIZE,
    progress: Callable[[int], None] | None = None,
) -> Exported:
    """Write every case of this installation, but made-up samples, as an audit folder (see `gameplan.audit.layout`).

    Children have no names, and numbers drawn anew each time. `keep_map` is a file that tells which number is which
    case (CSV, readable by this user only). `progress` is told the number of children so far. The folder is there
    when everything is written, or not at all. Memory does not grow with the number of cases, but for a few bytes for
    each school calendar. Raises ExchangeError with everything that is in the way.
    """
    faults = [*_in_the_way(out), *_map_in_the_way(out, keep_map)]
    if faults:
        raise ExchangeError(faults)
    with ExitStack() as stack:
        table = stack.enter_context(_private_table(keep_map)) if keep_map else None
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent)))
        made = _write(place / "made", part_size, table, progress)
        if out.exists():
            out.rmdir()
        shutil.move(place / "made", out)
    return made


def _in_the_way(out: Path) -> Iterator[Fault]:
    if not out.parent.is_dir():
        yield Fault(str(out), "the folder around it is not there.", "Make that folder, or name another one.")
    elif out.exists() and not out.is_dir():
        yield Fault(str(out), "this is a file.", "Name a folder that is new or empty.")
    elif out.is_dir() and any(out.iterdir()):
        yield Fault(str(out), "the folder is not empty.", "Name a folder that is new or empty.")


def _map_in_the_way(out: Path, keep_map: Path | None) -> Iterator[Fault]:
    if keep_map is None:
        return
    if keep_map.exists():
        yield Fault(str(keep_map), "it is there already.", "Name a new file, so that no earlier map is lost.")
    elif not keep_map.parent.is_dir():
        yield Fault(str(keep_map), "its folder is not there.", "Make that folder, or name another one.")
    elif out.resolve() in keep_map.resolve().parents:
        yield Fault(str(keep_map), "it lies in the folder that is given away.", "Keep it somewhere else.")


@contextmanager
def _private_table(path: Path) -> Iterator[Rows]:
    """A new CSV file that only this user may read. It does not stay behind if something goes wrong."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield csv.writer(file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(place: Path, part_size: int, table: Rows | None, progress: Callable[[int], None] | None) -> Exported:
    book, cases = CalendarBook(), every_case(ACTION)
    children = facts = 0
    if table:
        table.writerow(("case", "id"))
    place.mkdir()
    with pq.ParquetWriter(Folder(place).calendars, CALENDARS, compression="zstd") as calendars:
        for part in count():
            first = next(cases, None)
            if first is None and part:
                return Exported(children, facts, part)
            of_part = islice(chain([first] if first else [], cases), part_size)
            tables = _part(part, of_part, part_size, book, calendars, table)
            write_part(place, part, *tables)
            children, facts = children + tables[0].num_rows, facts + tables[1].num_rows
            if progress:
                progress(children)
    raise AssertionError("the parts have an end")


def _part(
    part: int,
    cases: Iterator[tuple[UUID, Case]],
    size: int,
    book: CalendarBook,
    calendars: pq.ParquetWriter,
    table: Rows | None,
) -> tuple[pa.Table, pa.Table]:
    """The children and the facts of a part, in the order of numbers drawn by lot."""
    numbers = secrets.SystemRandom().sample(range(part * STRETCH, (part + 1) * STRETCH), size)
    numbered = zip(numbers, cases, strict=False)
    made: list[tuple[pa.Table, pa.Table]] = []
    while (some := list(islice(numbered, AT_ONCE))) or not made:
        if table:
            table.writerows((number, key) for number, (key, _) in some)
        rows = ((number, case, case.child.district, case.child.school) for number, (_, case) in some)
        children, facts, years = tables_of(rows, book)
        calendars.write_table(years)
        made.append((children, facts))
    return _sorted([one for one, _ in made]), _sorted([one for _, one in made])


def _sorted(tables: list[pa.Table]) -> pa.Table:
    """One table, by case; the rows of a case stay in their order."""
    whole = pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()
    return whole.take(pc.sort_indices(whole, [("case", "ascending")]))
