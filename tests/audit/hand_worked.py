"""From readable text to cases, an audit folder, and the audit's rows as the explaining engine gives them.

What happened is written "kind day field=value field=value", a line a fact; a list is written "[one+two]".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gameplan.audit.layout import CHILDREN, DAY, DAY_PREFIX, FACTS, SELDOM, Folder
from gameplan.audit.rows import ROWS
from gameplan.core.assess import assess
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Child, Fact
from gameplan.core.standing import Duty
from gameplan.law import law_for

SCHOOL_YEAR = SchoolYear(
    school_year="2025-26",
    first_day=date(2025, 8, 13),
    last_day=date(2026, 5, 21),
    closed=(
        Closure(date(2025, 9, 1), date(2025, 9, 1)),
        Closure(date(2025, 11, 24), date(2025, 11, 28)),
        Closure(date(2025, 12, 22), date(2026, 1, 2)),
        Closure(date(2026, 3, 16), date(2026, 3, 20)),
    ),
)
NO_CALENDAR = "no calendar"
CHILDREN_BY_HAND = Path(__file__).with_name("children_by_hand.txt")


@dataclass(frozen=True)
class Line:
    """One child of a table."""

    name: str
    case: Case
    district: str = "d1"
    counts_as: str = field(default="", compare=False)


def children_of(title: str) -> list[Line]:
    """The children under that title of children_by_hand.txt."""
    sections = dict(part.split("\n", 1) for part in CHILDREN_BY_HAND.read_text(encoding="utf-8").split("\n=== ")[1:])
    return [_line(block.splitlines()) for block in sections[title].strip().split("\n\n")]


def _line(block: Sequence[str]) -> Line:
    name, _, said = block[0].partition(":")
    state, born = (*said.split(), "", "")[:2]
    told = [one.strip() for one in block[1:] if not one.strip().startswith("=")]
    counts_as = next(one.strip(" =") for one in block[1:] if one.strip().startswith("="))
    calendars = () if NO_CALENDAR in told else (SCHOOL_YEAR,)
    facts = tuple(_fact(number, one) for number, one in enumerate((t for t in told if t != NO_CALENDAR), 1))
    child = Child(state=None if state == "federal" else state, born=date.fromisoformat(born) if born else None)
    return Line(name, Case(child=child, calendars=calendars, facts=facts), counts_as=counts_as)


def _fact(number: int, text: str) -> Fact:
    kind, day, *said = text.split()
    data = dict(one.split("=", 1) for one in said)
    marks = {mark: data.pop(mark) for mark in ("planned", "withdrawn", "corrects", "account_of") if mark in data}
    return Fact(
        str(number), kind, date.fromisoformat(day), {name: _value(value) for name, value in data.items()},
        planned="planned" in marks, withdrawn="withdrawn" in marks, corrects=marks.get("corrects"),
        account_of=marks.get("account_of"), said_by=str(data.get("by", "school")),
    )  # fmt: skip


def _value(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if text.startswith("[") and text.endswith("]"):
        return text[1:-1].split("+")
    return date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else text


@cache
def law_of(state: str | None, on: date) -> Law:
    return law_for(state, on=on)


def rows_of(lines: Sequence[Line], on: date) -> Callable[[Sequence[str]], Iterable[pa.Table]]:
    """The audit's rows of these children, one table a child, as the explaining engine says them."""

    def rows(clocks: Sequence[str]) -> Iterable[pa.Table]:
        for number, line in enumerate(lines, 1):
            duties = assess(line.case, law_of(line.case.child.state, on), on=on).duties
            found = [row_of(number, line, duty) for duty in duties if duty.clock in clocks]
            yield pa.Table.from_pylist(found, schema=ROWS)

    return rows


def row_of(number: int, line: Line, duty: Duty) -> dict[str, object]:
    """One duty of the explaining engine in the columns of the audit."""
    return {
        "case": number, "state": line.case.child.state, "district": line.district, "school": None,
        "clock": duty.clock, "pack": duty.pack, "kind": duty.kind, "started_by": _id(duty.started_by),
        "started": duty.started, "due": duty.due, "due_earliest": duty.due_earliest, "due_latest": duty.due_latest,
        "done": duty.done, "done_by": _id(duty.done_by), "days_left": duty.days_left, "days_late": duty.days_late,
        "status": duty.status, "reason": duty.reason,
    }  # fmt: skip


def _id(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def folder_of(lines: Sequence[Line], path: Path, size: int = 5) -> Folder:
    """The audit folder of these children, `size` of them in a part. They are numbered from 1 in their order."""
    folder = Folder(path)
    for name in ("children", "facts"):
        (path / name).mkdir(parents=True)
    numbered = list(enumerate(lines, 1))
    for part, first in enumerate(range(0, len(numbered), size)):
        here = numbered[first : first + size]
        children = [
            {"case": number, "state": line.case.child.state, "district": line.district, "born": line.case.child.born}
            for number, line in here
        ]
        pq.write_table(pa.Table.from_pylist(children, schema=CHILDREN), folder.children(part))
        facts = [_stored(number, fact) for number, line in here for fact in line.case.facts]
        pq.write_table(_facts_table(facts), folder.facts(part))
    return folder


def _stored(number: int, fact: Fact) -> dict[str, object]:
    days = {DAY_PREFIX + name: value for name, value in fact.data.items() if isinstance(value, date)}
    rest = {name: value for name, value in fact.data.items() if not isinstance(value, date)}
    seldom = {"planned": fact.planned or None, "withdrawn": fact.withdrawn or None}
    links = {name: _id(getattr(fact, name) or "") for name in ("corrects", "account_of")}
    row = {"case": number, "id": int(fact.id), "kind": fact.kind, "on": fact.on, "said_by": fact.said_by}
    return {**row, "data": json.dumps(rest, sort_keys=True), **days, **seldom, **links}


def _facts_table(facts: list[dict[str, object]]) -> pa.Table:
    named = sorted({name for fact in facts for name in fact if name.startswith(DAY_PREFIX)})
    more = [pa.field(name, DAY) for name in named]
    more += [pa.field(name, kind) for name, kind in SELDOM.items() if any(fact[name] is not None for fact in facts)]
    return pa.Table.from_pylist(facts, schema=pa.schema([*FACTS, *more]))
