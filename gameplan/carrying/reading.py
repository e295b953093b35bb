"""The three templates, read onto a desk: rows become children and facts, and every fault is noted where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.utils.translation import gettext as _

from gameplan.arriving.csv_rows import FORMULA_STARTS, Sheet, as_named, open_sheet
from gameplan.arriving.damaged import Damaged
from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import Faults
from gameplan.carrying.cells import Cells
from gameplan.carrying.columns import (
    CASE_COLUMNS,
    CASES,
    EXAMPLE,
    FACT_BASE,
    FACTS,
    PLAN_COLUMNS,
    PLANS,
    Column,
    fact_columns,
    kinds,
    names,
)  # fmt: skip
from gameplan.carrying.given import Given
from gameplan.carrying.plan_rows import facts_of_plan
from gameplan.carrying.told import Told, ToldChild, ToldFact
from gameplan.core.casefile import SIDES
from gameplan.core.entries import EventKind
from gameplan.core.faults import nearest
from gameplan.law import vocabulary
from gameplan.tongues import LANGUAGES

Row = TypeVar("Row")
LONGEST_KEY = 120
LANGUAGE_NAMES: Final = {**{code: code for code in LANGUAGES}, "english": "en", "spanish": "es", "español": "es"}


def read_templates(
    given: Given, desk: Desk, faults: Faults, *, on: date, source: str, look: Callable[[ToldChild], object]
) -> Told | None:
    """What the templates tell; None, with faults noted, if they cannot be taken in.

    `on`: today; what has happened cannot lie after it. `source`: the name of the former system, which stands beside a
    fact as the paper in which it is written, where the row names none. `look` hears of each child, and notes what is
    wrong with it here (its school), so that it is told beside all else.
    """
    told = Told(desk)
    allowed, needed = names(CASE_COLUMNS), _needed(CASE_COLUMNS)
    # A child whose row has a fault is known all the same: else each of its facts would seem to be nobody's.
    children = told.put_children(_rows(given, CASES, allowed, needed, faults, _child_reader(look), faulty_too=True))
    if not children and not faults:
        faults.add(CASES, _("There is no row but examples."), _("Fill in one row for each child."))
    for file, allowed, base, read in (
        (FACTS, tuple(fact_columns()), FACT_BASE, _fact_reader(on, source)),
        (PLANS, names(PLAN_COLUMNS), PLAN_COLUMNS, _plan_reader(on, source)),
    ):
        if file in given.files:
            rows = _rows(given, file, allowed, _needed(base), faults, read)
            told.put_facts(one for some in rows for one in some)
    told.sort(faults)
    return None if faults else told


def _needed(columns: Iterable[Column]) -> list[str]:
    return [one.name for one in columns if one.needed]


def _rows(
    given: Given, name: str, allowed: Iterable[str], needed: Iterable[str], faults: Faults,
    read: Callable[[Cells], Row | None], *, faulty_too: bool = False,
) -> Iterator[Row]:  # fmt: skip
    """What each row of a template tells; examples are left out, and unless `faulty_too` rows with faults."""
    try:
        with given.open(name) as file:
            sheet = open_sheet(file, name, faults)
            if sheet is None or not _is_fit(sheet, list(allowed), needed, faults):
                return
            for number, cells in sheet.rows:
                said = {column: cell.strip() for column, cell in as_named(sheet.header, cells).items()}
                if said["case_key"].upper().startswith(EXAMPLE) or not any(said.values()):
                    continue
                before = faults.count
                found = read(Cells(name, number, said, faults))
                if found is not None and (faulty_too or faults.count == before):
                    yield found
    except Damaged:
        faults.add(name, _("This file is damaged."), _("Save it again, or copy it once more."))


def _is_fit(sheet: Sheet, allowed: list[str], needed: Iterable[str], faults: Faults) -> bool:
    before = faults.count
    for column in sheet.header:
        if column not in allowed:
            what = _("The template has no such column.")
            faults.add(sheet.name, what, nearest(column, tuple(allowed)), row=1, column=column)
    for column in needed:
        if column not in sheet.header:
            faults.add(sheet.name, _("This column is missing."), _("Add it to the header row."), row=1, column=column)
    return faults.count == before


def _child_reader(look: Callable[[ToldChild], object]) -> Callable[[Cells], ToldChild]:
    def read(cells: Cells) -> ToldChild:
        child = _child(cells)
        look(child)
        return child

    return read


def _child(cells: Cells) -> ToldChild:
    case_key = cells.text("case_key", needed=True, most=LONGEST_KEY)
    given, family = (cells.text(column, needed=True) for column in ("given", "family"))
    for column in ("given", "family"):
        if cells.said.get(column, "").startswith(FORMULA_STARTS):
            what = _("A name begins with a sign that makes a spreadsheet reckon.")
            cells.fault(column, what, _("Correct the name."))
    born, state = cells.day("born", needed=True), cells.text("state").upper()
    if state and state not in vocabulary().states:
        cells.fault("state", _("There is no such State."), _("Write its two letters, like TX."))
    child = {"name": f"{given} {family}".strip(), "born": born.isoformat() if born else "",
             "grade": cells.text("grade", most=20)}  # fmt: skip
    return ToldChild(
        case_key, cells.text("local_id", most=255), cells.text("state_id", most=60), given, family,
        cells.text("school"), cells.choice("home_language", LANGUAGE_NAMES) or "en",
        cells.text("manager_email", most=254).lower(), {**child, **({"state": state} if state else {})}, cells.place(),
    )  # fmt: skip


def _fact_reader(on: date, source: str) -> Callable[[Cells], list[ToldFact] | None]:
    known = kinds()

    def read(cells: Cells) -> list[ToldFact] | None:
        kind = known.get(cells.text("fact", needed=True))
        if kind is None:
            if cells.said.get("fact"):
                cells.fault("fact", _("There is no such kind of fact."), _("Look it up in kinds.csv."))
            return None
        return [_fact(cells, kind, on, source)]

    return read


def _fact(cells: Cells, kind: EventKind, on: date, source: str) -> ToldFact:
    day = cells.rough_day("on", needed=True)
    planned = bool(cells.flag("planned"))
    _note_future(cells, "on", day, on, planned=planned)
    data, refs = _data(cells, kind, day)
    raw: dict[str, Any] = {"kind": kind.id, "on": day, "said_by": _side(cells), "data": data}
    raw |= {"planned": True} if planned else {}
    raw |= {"note": note} if (note := cells.text("note", most=4_000)) else {}
    raw["written_in"] = _written_in(cells, source)
    return ToldFact(cells.text("case_key", needed=True, most=LONGEST_KEY), day, cells.text("fact_key"), raw, refs,
                    cells.place())  # fmt: skip


def _data(cells: Cells, kind: EventKind, day: str) -> tuple[dict[str, object], dict[str, str]]:
    """The data of a fact, and which of its fields point at other rows."""
    data: dict[str, object] = {}
    refs: dict[str, str] = {}
    own = {one.name for one in kind.fields} | {one.name for one in FACT_BASE}
    for column in cells.said:
        if column not in own and cells.said[column]:
            what = _("This kind of fact does not ask this.")
            cells.fault(column, what, _("Empty the cell, or look the kind up in kinds.csv."))
    for one in kind.fields:
        if one.name == kind.main_date:
            if cells.rough_day(one.name) not in ("", day):
                what = _("This says another day than the column on.")
                cells.fault(one.name, what, _("Write the main day once, in the column on."))
            continue
        value = cells.field(one)
        if one.type == "ref" and isinstance(value, str) and value != "not-known":
            refs[one.name] = value
        elif value is not None:
            data[one.name] = value
    return data, refs


def _side(cells: Cells) -> str:
    return cells.choice("said_by", {one: one for one in SIDES}) or "school"


def _written_in(cells: Cells, source: str) -> Mapping[str, str]:
    document = cells.text("document") or source
    return {"document": document, "page": cells.text("page") or f"{cells.file}, row {cells.row}"}


def _note_future(cells: Cells, column: str, day: str, on: date, *, planned: bool) -> None:
    if day > on.isoformat()[: len(day)] and not planned:
        what = _("This day has not come yet.")
        cells.fault(column, what, _("Correct it, or say yes in the column planned if it is planned."))


def _plan_reader(on: date, source: str) -> Callable[[Cells], list[ToldFact] | None]:
    def read(cells: Cells) -> list[ToldFact] | None:
        written_in = {"document": source, "page": f"{cells.file}, row {cells.row}"}
        return facts_of_plan(cells, on=on, written_in=written_in)

    return read
