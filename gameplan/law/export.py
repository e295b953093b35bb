"""The whole law as one JSON document: open data for others, in the public domain (CC0 1.0).

It holds what the program runs on: kinds of fact, stages, federal clocks and options with their worked examples, the
content lists, the consent matrix, each State, the holidays. It is made from the dataclasses of `core.entries` field by
field, so a new word of the schema is exported without a change here. The same law files give the same text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path

from gameplan.core.entries import Clock, EventKind, Option, Stage
from gameplan.core.paths import DisputePath
from gameplan.core.sentences import SIDES, UNITS
from gameplan.law.contents import Circumstance, ConsentRule, ContentList, StateConsent, contents
from gameplan.law.examples import calendars
from gameplan.law.files import read_toml
from gameplan.law.library import FederalPack, StatePack, federal, holidays, state_pack, states
from gameplan.law.paths import dispute_paths
from gameplan.law.schema import ACTORS, CLOCK_DOCUMENTED

HOME = Path(__file__).parent
FORMAT = "gameplan-law"
FORMAT_VERSION = 1
LICENCE = "CC0-1.0"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
NOTICE = (
    "Information about the law in our own words, not legal advice, and without any warranty. Confidence says what was "
    "read: high = the words of the rule, a quotation or an official restatement; medium = a summary; low = not "
    "confirmed. Check the cited text before you rely on a date."
)


@dataclass(frozen=True, slots=True)
class Source:
    """What the document was made from: how many law files, and the SHA-256 over their names and bytes."""

    files: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What the document is. `version` grows when the shape changes in a way that a reader must know."""

    format: str
    version: int
    licence: str
    licence_url: str
    notice: str
    generated_from: Source


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a small vocabulary (a unit, an actor) with what it says to a reader."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A clock, and what the law file says about it for the lawyer who checks (`provenance`: words read, notes)."""

    clock: Clock
    provenance: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Federal:
    """The federal law: its clocks and its options, with their worked examples."""

    clocks: tuple[Rule, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class StateLaw:
    """One State: what it adds, replaces or decides, its words, and what could not be verified."""

    state: str
    name: str
    checked: str
    summary: str
    clocks: tuple[Rule, ...]
    options: tuple[Option, ...]
    facts: Mapping[str, object]
    terms: Mapping[str, str]
    none: tuple[Mapping[str, object], ...]
    unverified: tuple[str, ...]
    consent: tuple[StateConsent, ...]
    holidays: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """The document: everything above, in one piece."""

    meta: Meta
    units: tuple[Word, ...]
    actors: tuple[Word, ...]
    events: tuple[EventKind, ...]
    stages: tuple[Stage, ...]
    federal: Federal
    contents: tuple[ContentList, ...]
    circumstances: tuple[Circumstance, ...]
    consent: tuple[ConsentRule, ...]
    paths: tuple[DisputePath, ...]
    states: tuple[StateLaw, ...]
    holidays: Mapping[str, str]
    example_calendars: Mapping[str, object]


def export_law(only: Sequence[str] | None = None) -> dict[str, object]:
    """The whole law as plain JSON values; with `only` these States beside the federal law.

    Raises KeyError for an unknown State, LawFileError if a law file is wrong.
    """
    codes = sorted(states() if only is None else only)
    for code in codes:
        if code not in states():
            raise KeyError(code)
    read, pack = contents(), federal()
    found = Export(
        meta=Meta(FORMAT, FORMAT_VERSION, LICENCE, LICENCE_URL, NOTICE, _source()),
        units=tuple(Word(name, text) for name, text in sorted(UNITS.items())),
        actors=tuple(Word(name, SIDES.get(name, name)) for name in sorted(ACTORS)),
        events=tuple(kind for _, kind in sorted(pack.kinds.items())),
        stages=pack.stages,
        federal=_federal(pack),
        contents=tuple(one for _, one in sorted(read.lists.items())),
        circumstances=tuple(one for _, one in sorted(read.circumstances.items())),
        consent=tuple(one for _, one in sorted(read.consent.items())),
        paths=dispute_paths(),
        states=tuple(_state(state_pack(code)) for code in codes),
        holidays=_days(holidays(None).named),
        example_calendars=calendars(),
    )
    document = jsonable(found)
    return document if isinstance(document, dict) else {}


def export_text(document: Mapping[str, object]) -> str:
    """The document as text: one space of indent, keys in a fixed order, a line break at the end."""
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def jsonable(value: object) -> object:
    """A value of the law as JSON has it: dataclasses as objects by their fields, days as YYYY-MM-DD, sets sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {json_name(one.name): jsonable(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): jsonable(part) for name, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(jsonable(part) for part in value)  # type: ignore[type-var]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [jsonable(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def json_name(field_name: str) -> str:
    """The name in JSON of a field: `if_`, which Python cannot call `if`, is `if`."""
    return field_name.rstrip("_")


def _federal(pack: FederalPack) -> Federal:
    raws = (row for path in sorted((HOME / "federal").glob("*.toml")) for row in _clock_rows(path))
    return Federal(_rules(pack.clocks, raws), tuple(sorted(pack.options, key=lambda one: (one.at, one.id))))


def _state(pack: StatePack) -> StateLaw:
    own = holidays(pack.code).named.items() - holidays(None).named.items()
    return StateLaw(
        state=pack.code, name=pack.name, checked=pack.checked, summary=pack.summary,
        clocks=_rules(pack.clocks, _clock_rows(HOME / "states" / f"{pack.code}.toml")), options=pack.options,
        facts=pack.facts, terms=pack.terms, none=pack.none, unverified=pack.unverified,
        consent=tuple(row for row in contents().state_consent if row.state == pack.code), holidays=_days(dict(own)),
    )  # fmt: skip


def _clock_rows(path: Path) -> list[Mapping[str, object]]:
    rows = read_toml(path).get("clock", [])
    return rows if isinstance(rows, list) else []


def _rules(clocks: Sequence[Clock], raws: Iterable[Mapping[str, object]]) -> tuple[Rule, ...]:
    """Each clock with the words of its entry that only a person reads; a whole file gives one clock for each entry."""
    found = [
        Rule(clock, {name: raw[name] for name in CLOCK_DOCUMENTED if name in raw})
        for clock, raw in zip(clocks, raws, strict=True)
    ]
    return tuple(sorted(found, key=lambda rule: (rule.clock.id, rule.clock.in_force.first or date.min)))


def _days(named: Mapping[date, str]) -> dict[str, str]:
    return {day.isoformat(): name for day, name in sorted(named.items())}


def _source() -> Source:
    digest = hashlib.sha256()
    paths = sorted(HOME.rglob("*.toml"), key=lambda path: path.relative_to(HOME).as_posix())
    for path in paths:
        digest.update(path.relative_to(HOME).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return Source(len(paths), digest.hexdigest())
