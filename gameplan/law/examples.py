"""Worked examples: they stand beside each entry, say what must come out, and are its tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import plain
from gameplan.core.entries import Clock
from gameplan.core.facts import Case
from gameplan.core.faults import CaseFileError, Fault
from gameplan.core.standing import Duty
from gameplan.law.files import read_toml
from gameplan.law.library import law_for, vocabulary

FACT_WORDS = ("on", "said_by", "planned", "id", "account_of", "corrects", "withdrawn")
EXAMPLE_WORDS = ("name", "facts", "on", "expect", "calendar", "born", "grade", "state")
EXPECT_WORDS = (
    "status", "started", "due", "due_earliest", "due_latest", "done", "days_left", "days_late", "absent",
)  # fmt: skip


@lru_cache(maxsize=1)
def calendars() -> Mapping[str, object]:
    """The named school calendars that examples use, as case-file rows."""
    return read_toml(Path(__file__).parent / "calendars.toml")


def example_case(example: Mapping[str, object], state: str | None) -> Case:
    """The case an example tells. Raises CaseFileError if it cannot be read."""
    rows = example.get("facts", [])
    facts = []
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        kind, data = row[0], dict(row[1]) if len(row) > 1 else {}
        about = {name: plain(data.pop(name)) for name in FACT_WORDS if name in data}
        facts.append({"id": f"f{number + 1}", "kind": kind, "data": {k: plain(v) for k, v in data.items()}, **about})
    child = {
        "name": "Example",
        "state": state,
        "born": plain(example.get("born")),
        "grade": example.get("grade"),
    }
    raw = {
        "gameplan": 1,
        "child": {key: value for key, value in child.items() if value},
        "calendars": [{key: plain(value) for key, value in year.items()} for year in _years(example.get("calendar"))],
        "facts": [_with_day(fact) for fact in facts],
    }
    return read_case(raw, vocabulary())


def _with_day(fact: dict[str, object]) -> dict[str, object]:
    """An example may give the day in its data only: the first date there is the day it happened."""
    data = fact.get("data")
    kind = vocabulary().kinds.get(str(fact["kind"]))
    if "on" in fact or not isinstance(data, dict) or kind is None or kind.main_date in data:
        return fact
    dates = (
        [data.pop("date")]
        if "date" in data and kind.field("date") is None
        else [value for name, value in data.items() if (shape := kind.field(name)) and shape.type == "date"]
    )
    return {**fact, "on": dates[0]} if dates else fact


def _years(name: object) -> list[Mapping[str, object]]:
    if not name:
        return []
    years = calendars().get(str(name), {})
    rows = years.get("year", []) if isinstance(years, dict) else []
    return rows if isinstance(rows, list) else []


def run(clock: Clock, example: Mapping[str, object], state: str | None) -> list[Fault]:
    """What an example expects and does not get; an empty list if it holds."""
    where = f"{state or 'federal'}: {clock.id}: “{example.get('name')}”"
    state = str(example.get("state") or "") or state
    faults = [
        Fault(where, f'"{name}" is not a word of an example.', f"Use {', '.join(EXAMPLE_WORDS)}.")
        for name in example
        if name not in EXAMPLE_WORDS
    ]
    expect = example.get("expect")
    on = example.get("on")
    if not isinstance(expect, dict) or not isinstance(on, date):
        return [*faults, Fault(where, "it needs `on` (a date) and `expect`.", "Add them.")]
    faults += [
        Fault(where, f'"{name}" cannot be expected.', f"Use {', '.join(EXPECT_WORDS)}.")
        for name in expect
        if name not in EXPECT_WORDS
    ]
    if example.get("calendar") and not _years(example["calendar"]):
        faults.append(Fault(where, f"there is no calendar “{example['calendar']}”.", "Use one of law/calendars.toml."))
    try:
        case = example_case(example, state)
    except CaseFileError as error:
        return faults + [Fault(f"{where} {one.where}", one.what, one.mend) for one in error.faults]
    return faults + _compare(where, case, clock, expect, on, state)


def _compare(
    where: str, case: Case, clock: Clock, expect: Mapping[str, object], on: date, state: str | None
) -> list[Fault]:
    standing = assess(case, law_for(state), on=on)
    found = [duty for duty in standing.duties if duty.clock == clock.id and duty.pack == clock.pack]
    if expect.get("absent"):
        return (
            [Fault(where, f"it should not be there, but is {_said(found[0])}.", "Mend one of the two.")]
            if found
            else []
        )
    if "started" in expect:
        found = [duty for duty in found if duty.started == expect["started"]]
    if not found:
        others = ", ".join(sorted({duty.clock for duty in standing.duties})) or "nothing"
        return [Fault(where, f"no such duty came out; these did: {others}.", "Mend the trigger or the facts.")]
    duty = max(found, key=lambda one: one.started or date.min)
    wrong = [name for name in expect if name in EXPECT_WORDS and getattr(duty, name) != expect[name]]
    if not wrong:
        return []
    wanted = ", ".join(f"{name} {expect[name]}" for name in wrong)
    return [Fault(where, f"expected {wanted}; found {_said(duty)}.", "Mend the entry or the example.")]


def _said(duty: Duty) -> str:
    parts = [f"status {duty.status}", f"started {duty.started}", f"due {duty.due}"]
    if duty.due is None:
        parts.append(f"between {duty.due_earliest} and {duty.due_latest}")
    for name in ("done", "days_left", "days_late"):
        if getattr(duty, name) is not None:
            parts.append(f"{name} {getattr(duty, name)}")
    return ", ".join(parts)
