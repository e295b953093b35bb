"""The shelf: reads the law files once, checks them, and hands out the law of one State."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from gameplan.core.duties import HORIZON
from gameplan.core.entries import Clock, EventKind, Field, Holidays, InForce, Law, Option, Stage, Vocabulary
from gameplan.core.faults import Fault
from gameplan.core.sentences import SETTLED_WEAKLY
from gameplan.law.files import LawFileError, read_entries, read_sections
from gameplan.law.schema import CLOCK, EVENT_FIELD, OPTION, STAGE

HOME = Path(__file__).parent
INHERITED = (
    "name", "plain", "area", "law", "kind", "owes", "owed_to", "trigger", "after", "also_from", "one_round",
    "direction",
    "repeats", "blocks", "done_when", "done_mode", "falls_away_when", "applies_if", "unless", "exceptions", "first_day",
)  # fmt: skip
IDEA_2004_RULES = date(2006, 10, 13)
NO_EXAMPLE = "No worked example stands beside it yet, so it is not run."


@dataclass(frozen=True)
class StatePack:
    """One State's file: its clocks, its facts and terms, and what could not be verified."""

    code: str
    name: str
    clocks: tuple[Clock, ...]
    options: tuple[Option, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    terms: Mapping[str, str] = field(default_factory=dict)
    none: tuple[Mapping[str, str], ...] = ()
    unverified: tuple[str, ...] = ()
    summary: str = ""
    checked: str = ""


@dataclass(frozen=True)
class FederalPack:
    """The federal files: clocks, options, stages and the vocabulary of facts."""

    clocks: tuple[Clock, ...]
    options: tuple[Option, ...]
    stages: tuple[Stage, ...]
    kinds: Mapping[str, EventKind]
    raw: Mapping[str, Mapping[str, object]]


@lru_cache(maxsize=1)
def federal() -> FederalPack:
    """The federal law, read from every file in `federal/`. Raises LawFileError with every fault."""
    faults: list[Fault] = []
    raws: dict[str, Mapping[str, object]] = {}
    clocks: list[Clock] = []
    options: list[Option] = []
    stages: list[Stage] = []
    kinds: dict[str, EventKind] = {}
    for path in sorted((HOME / "federal").glob("*.toml")):
        tables = read_entries(path)
        for raw in _rows(tables, "clock"):
            raws.setdefault(str(raw.get("id")), raw)
            clocks += _clock(raw, "us", path.name, faults)
        options += _entries(tables, "option", OPTION, path.name, faults)  # type: ignore[arg-type]
        stages += _entries(tables, "stage", STAGE, path.name, faults)  # type: ignore[arg-type]
        for raw in _rows(tables, "event"):
            kind = _event(raw, path.name, faults)
            kinds[kind.id] = kind
    if faults:
        raise LawFileError(faults)
    stages.sort(key=lambda stage: stage.order)
    return FederalPack(tuple(clocks), tuple(options), tuple(stages), kinds, raws)


@lru_cache(maxsize=64)
def state_pack(code: str) -> StatePack:
    """One State's law, missing words taken from the federal entry it stands on. Raises LawFileError."""
    path = HOME / "states" / f"{code}.toml"
    tables = read_entries(path)
    faults: list[Fault] = []
    clocks = [
        clock
        for raw in _rows(tables, "clock")
        for clock in _clock(_filled(raw, path.name, faults), code, path.name, faults)
    ]
    options = [replace(one, pack=code) for one in _entries(tables, "option", OPTION, path.name, faults)]  # type: ignore[type-var]
    if faults:
        raise LawFileError(faults)
    return StatePack(
        code, str(tables["name"]), tuple(clocks), tuple(options),  # type: ignore[arg-type]
        facts=_table(tables, "facts"), terms={k: str(v) for k, v in _table(tables, "terms").items()},
        none=tuple(_rows(tables, "none")), unverified=tuple(map(str, _list(tables, "unverified"))),  # type: ignore[arg-type]
        summary=str(tables.get("summary", "")), checked=str(tables.get("checked", "")),
    )  # fmt: skip


def _rows(tables: Mapping[str, object], name: str) -> list[dict[str, object]]:
    rows = tables.get(name, [])
    return rows if isinstance(rows, list) else []


def _list(tables: Mapping[str, object], name: str) -> list[object]:
    return list(_rows(tables, name))


def _table(tables: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = tables.get(name, {})
    return found if isinstance(found, dict) else {}


def _entries(tables: Mapping[str, object], name: str, shape: object, file: str, faults: list[Fault]) -> list[object]:
    read = shape.read  # type: ignore[attr-defined]
    found = [read(raw, f"{file}: {name} {raw.get('id')}", faults) for raw in _rows(tables, name)]
    return [one for one in found if one is not None]


def _filled(raw: Mapping[str, object], file: str, faults: list[Fault]) -> Mapping[str, object]:
    """A State entry with what it leaves unsaid taken from the federal entry of its `base` (default: the same id)."""
    own = raw.get("relation") == "own"
    base = str(raw.get("base") or ("" if own else raw.get("id")))
    source = federal().raw.get(base)
    if source is None:
        if not own:
            where = f"{file}: clock {raw.get('id')}.base"
            faults.append(
                Fault(
                    where,
                    f'there is no federal entry "{base}".',
                    'Name the one it stands on, or write relation = "own".',
                )
            )
        return {"law": "state", **raw}
    kept = {name: source[name] for name in INHERITED if name in source}
    if "trigger" in raw or "after" in raw:
        kept = {name: value for name, value in kept.items() if name not in ("trigger", "after", "also_from")}
    return {
        "relation": "sets" if "length" not in source else "replaces",
        **kept,
        "base": base,
        **raw,
        "law": "state",
    }


def _clock(raw: Mapping[str, object], pack: str, file: str, faults: list[Fault]) -> list[Clock]:
    where = f"{file}: clock {raw.get('id')}"
    clock = CLOCK.read({"plain": raw.get("name", ""), **raw, "pack": pack}, where, faults)
    if not isinstance(clock, Clock):
        return []
    if (clock.length is None) != (not clock.unit):
        faults.append(Fault(where, "length and unit come together.", "Add the one that is missing."))
    if not (clock.trigger or clock.after or clock.blocks):
        faults.append(Fault(where, "nothing starts this clock.", "Add trigger = { event = ... }."))
    if not clock.examples and not clock.not_yet and not clock.part_of:
        clock = replace(clock, not_yet=NO_EXAMPLE)
    if pack != "us" and clock.in_force.first is None:
        clock = replace(clock, in_force=InForce(HORIZON, clock.in_force.last))
    elif clock.in_force.first is None and clock.law == "idea-b":
        clock = replace(clock, in_force=InForce(IDEA_2004_RULES, clock.in_force.last))
    return [clock]


def _event(raw: Mapping[str, object], file: str, faults: list[Fault]) -> EventKind:
    where = f"{file}: event {raw.get('id')}"
    rows = raw.get("data", [])
    fields = [EVENT_FIELD.read(row, f"{where}.data", faults) for row in (rows if isinstance(rows, list) else [])]
    by = raw.get("recorded_by", [])
    cite, shown_by = raw.get("cite", []), raw.get("shown_by", [])
    return EventKind(
        id=str(raw["id"]), name=str(raw["name"]), main_date=str(raw.get("main_date", "date")),
        fields=tuple(one for one in fields if isinstance(one, Field)),
        recorded_by=tuple(by) if isinstance(by, list) else (), core=bool(raw.get("core")),
        note=str(raw.get("note", "")), cite=tuple(cite) if isinstance(cite, list) else (str(cite),),
        shown_by=tuple(shown_by) if isinstance(shown_by, list) else (),
    )  # fmt: skip


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """The name of every State (and DC) by postal code."""
    found = {}
    for path in sorted((HOME / "states").glob("*.toml")):
        with path.open(encoding="utf-8") as lines:
            name = next((line.split('"')[1] for line in lines if line.startswith("name = ")), path.stem)
        found[path.stem] = name
    return found


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """All kinds of fact, and the States."""
    return Vocabulary(federal().kinds, states())


@lru_cache(maxsize=64)
def law_for(state: str | None, *, on: date | None = None) -> Law:
    """The law of one State with the federal law under it; federal law alone for None.

    Every version of a rule is in it; the engine takes the one in force when a clock starts. `on` is accepted so that
    callers say for which day they ask. Raises LawFileError if a file is wrong, KeyError for an unknown State.
    """
    pack = federal()
    if state is None:
        return Law(None, "", pack.clocks, pack.options, pack.stages, vocabulary(), holidays(None))
    if state not in states():
        raise KeyError(state)
    own = state_pack(state)
    hidden = frozenset(
        clock.base
        for clock in own.clocks
        if clock.relation == "replaces" and not clock.not_yet and not clock.applies_if
    )
    federal_clocks = tuple(_doubted(clock, own) for clock in pack.clocks)
    return Law(
        state, own.name, own.clocks + federal_clocks, own.options + pack.options, pack.stages, vocabulary(),
        holidays(state), hidden, _settled(own), own.facts,
    )  # fmt: skip


def _doubted(clock: Clock, own: StatePack) -> Clock:
    """The federal clock, with a doubt where only a summary says that the State sets no number of its own."""
    if clock.id != "due-process-window" or own.facts.get("due_process_confidence") != "medium":
        return clock
    return replace(clock, doubts=(*clock.doubts, SETTLED_WEAKLY))


def _settled(own: StatePack) -> frozenset[str]:
    """The federal numbers that surely count in a State: it was looked for, and it sets none of its own."""
    found = {str(row.get("id")) for row in own.none}
    if own.facts.get("due_process_limitation") not in (None, "unverified"):
        found.add("due-process-window")
    return frozenset(found)


@lru_cache(maxsize=64)
def holidays(state: str | None) -> Holidays:
    """Federal holidays, and those of the State, as dates: a business day is neither (34 CFR 300.11(b))."""
    tables = read_sections(HOME / "holidays.toml", ("federal", f"state.{state}"))
    named = {date.fromisoformat(day): str(name) for day, name in _table(tables, "federal").items()}
    if state:
        own = _table(tables, "state").get(state, {})
        named |= {date.fromisoformat(day): str(name) for day, name in (own.items() if isinstance(own, dict) else ())}
    years = [day.year for day in named] or [9999]
    return Holidays(named, min(years), max(years))
