"""Between the engine's cases and the tables of the audit's folder, both ways.

A case comes back with what the rules and reports read and nothing else: no names, no notes, nobody's own words. The
engine says the same of it as of the case that went in; its facts have numbers for ids, in the order of the ids before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gameplan.audit.fields import OPEN_WORDS, PlainWords, is_kept
from gameplan.audit.layout import (
    CHILDREN,
    DAY_PREFIX,
    DAYS_PREFIX,
    FACTS,
    LAST,
    REF_PREFIX,
    SELDOM,
    Folder,
    data_text,
    fact_columns,
)
from gameplan.audit.school_years import CalendarBook, year_of
from gameplan.core.facts import Case, Child, Fact, Rough
from gameplan.law import vocabulary

ROW_GROUP: Final = 1 << 17
PAGES: Final = "2.0"
"""Pages that say beforehand how many of their places are empty: columns that are mostly empty are read faster."""
Row = dict[str, Any]


class NoSuchCase(LookupError):
    """Raised when a case is asked for that is not in the tables; its number is in the message."""


def tables_of(
    cases: Iterable[tuple[int, Case, str, str]], book: CalendarBook | None = None
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """The tables of children, facts and calendars (see `layout`) that hold these cases, sorted by case.

    Each case comes with its number, district and school. With `book`, the table of calendars holds only those that
    the book had not met: for folders that are written part by part.
    """
    book = book or CalendarBook()
    children: list[Row] = []
    facts: list[Row] = []
    for number, case, district, school in sorted(cases, key=lambda row: row[0]):
        children.append({
            "case": number, "state": case.child.state, "district": district or None, "school": school or None,
            "born": case.child.born, "calendar": book.number(case.calendars),
        })  # fmt: skip
        facts += _fact_rows(number, case.facts)
    return pa.Table.from_pylist(children, schema=CHILDREN), _fact_table(facts), book.take()


def _fact_table(rows: list[Row]) -> pa.Table:
    """The rows as a table, with the further columns that some row needs."""
    used = {name for row in rows for name, value in row.items() if value is not None}
    more = [pa.field(name, kind) for name, kind in fact_columns(vocabulary()).items() if name in used]
    return pa.Table.from_pylist(rows, schema=pa.schema([*FACTS, *more]))


class _Links:
    """Numbers for what the facts of a case name: their own ids in order from 1, other words from -1 down."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._numbers = {name: place for place, name in enumerate(sorted({fact.id for fact in facts}), start=1)}
        self._strange = 0

    def number(self, name: str | None) -> int | None:
        if not name:
            return None
        if name not in self._numbers:
            self._strange -= 1
            self._numbers[name] = self._strange
        return self._numbers[name]


def _fact_rows(number: int, facts: tuple[Fact, ...]) -> Iterator[Row]:
    links, words = _Links(facts), PlainWords()
    for fact in facts:
        columns, data = _told(fact, links, words)
        yield {
            "case": number, "id": links.number(fact.id), "kind": fact.kind, "on": fact.on, "said_by": fact.said_by,
            "data": data_text(data), "planned": fact.planned or None, "withdrawn": fact.withdrawn or None,
            "corrects": links.number(fact.corrects), "account_of": links.number(fact.account_of), **columns,
        }  # fmt: skip


def _told(fact: Fact, links: _Links, words: PlainWords) -> tuple[Row, Row]:
    """What a fact says as columns, and what has no column of its own."""
    columns: Row = {}
    data: Row = {}
    known = vocabulary().kinds[fact.kind]
    for shape in known.fields:
        value = fact.data.get(shape.name)
        if value is None or not is_kept(fact.kind, shape.name, value):
            continue
        if isinstance(value, Rough):
            columns[DAY_PREFIX + shape.name], columns[DAY_PREFIX + shape.name + LAST] = value.first, value.last
        elif isinstance(value, date):
            columns[DAY_PREFIX + shape.name] = value
        elif shape.type == "dates" and isinstance(value, tuple | list) and value:
            columns[DAYS_PREFIX + shape.name] = list(value)
        elif shape.type == "ref" and value not in OPEN_WORDS:
            columns[REF_PREFIX + shape.name] = links.number(str(value))
        else:
            data[shape.name] = words.plain(fact.kind, shape, value)
    return columns, data


def case_of(children: pa.Table, facts: pa.Table, calendars: pa.Table, case_id: int) -> Case:
    """The case of that number. Raises NoSuchCase if the children have none.

    Ids of facts are their numbers with six digits, so that the order of the words is the order of the numbers.
    """
    found = _rows(children, "case", case_id)
    if not found:
        raise NoSuchCase(f"There is no case {case_id} in these tables.")
    child = found[0]
    years = _rows(calendars, "calendar", child["calendar"]) if child["calendar"] is not None else []
    return Case(
        Child(
            born=child["born"], state=child["state"] or None, school=child["school"] or "",
            district=child["district"] or "",
        ),
        tuple(map(year_of, years)),
        tuple(map(_fact, _rows(facts, "case", case_id))),
    )  # fmt: skip


def _rows(table: pa.Table, name: str, number: int) -> list[Row]:
    rows: list[Row] = table.filter(pc.field(name) == number).to_pylist()
    return rows


def fact_id(number: int) -> str:
    """A fact's id in a case that came from the tables."""
    return f"{number:06d}"


def _fact(row: Row) -> Fact:
    return Fact(
        fact_id(row["id"]), row["kind"], row["on"], dict(_data(row)), row["said_by"] or "parent",
        planned=bool(row.get("planned")), withdrawn=bool(row.get("withdrawn")),
        corrects=_link(row.get("corrects")), account_of=_link(row.get("account_of")),
    )  # fmt: skip


def _link(number: int | None) -> str | None:
    return None if number is None else fact_id(number)


def _data(row: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, value in json.loads(row["data"] or "{}").items():
        yield name, tuple(value) if isinstance(value, list) else value
    for column, value in row.items():
        if value is None or column in SELDOM:
            continue
        if column.startswith(DAYS_PREFIX):
            yield column.removeprefix(DAYS_PREFIX), tuple(value)
        elif column.startswith(DAY_PREFIX) and not column.endswith(LAST):
            last = row.get(column + LAST)
            yield column.removeprefix(DAY_PREFIX), value if last is None else Rough(value, last)
        elif column.startswith(REF_PREFIX):
            yield column.removeprefix(REF_PREFIX), fact_id(value)


def write_part(folder: Path, number: int, children: pa.Table, facts: pa.Table) -> None:
    """Write one part of an audit folder. The folders are made where they are missing; a part there before is lost."""
    places = Folder(folder)
    for table, path in ((children, places.children(number)), (facts, places.facts(number))):
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP, data_page_version=PAGES)
