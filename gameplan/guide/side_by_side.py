"""IEP and 504 side by side: the table of the guide's page, each row with the rules and facts that belong to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gameplan.core.entries import Law, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import fits
from gameplan.core.words import Tongue
from gameplan.guide.numbers import Number, number_of
from gameplan.guide.pages import ROOM, page
from gameplan.guide.text import TABLE, words_of

PAGE = "iep-or-504"
IEP, SECTION_504 = "iep", "section-504"
WAYS = (IEP, SECTION_504)


@dataclass(frozen=True, slots=True)
class Half:
    """What one way gives in a matter: the words of the page, what the rules give, and which facts of a case belong."""

    words: str
    numbers: tuple[Number, ...]
    facts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One row of the comparison: its id, its name, and what each way gives, by way."""

    id: str
    name: str
    halves: Mapping[str, Half]


@dataclass(frozen=True, slots=True)
class Has:
    """What a case says of a plan: the fact that began it and the later one that ended it, None for what is not told."""

    begun: Fact | None
    ended: Fact | None


def names_of_ways(lang: str) -> dict[str, str]:
    """How the page calls each way, by way."""
    return dict(zip(WAYS, _rows(lang)[0][1:], strict=True))


def matters(law: Law, tongue: Tongue, *, on: date) -> tuple[Matter, ...]:
    """Every matter in which an IEP and a 504 plan can be compared, with the numbers of the State of `law` on a day."""
    rows = zip(_table()["matter"], _rows(tongue.lang)[1:], strict=True)
    return tuple(
        Matter(
            table["id"], name,
            {way: _half(table.get(way, {}), words, law, tongue, on) for way, words in zip(WAYS, said, strict=True)},
        )
        for table, (name, *said) in rows
    )  # fmt: skip


def happened(facts: Iterable[Fact], looked_for: Iterable[Match]) -> tuple[Fact, ...]:
    """The facts that fit, oldest first, of each match the latest one only. A fact that leaves it open does not fit."""
    dated = sorted(facts, key=lambda one: one.on)
    latest = {one.id: one for match in looked_for for one in [one for one in dated if fits(one, match)][-1:]}
    return tuple(sorted(latest.values(), key=lambda one: one.on))


def has_plan(facts: Iterable[Fact], way: str) -> Has:
    """Whether the facts of a case tell of a plan of that way, and whether it ended after that."""
    told, table = tuple(facts), _table()["has"][way]
    begun, ended = (happened(told, _matches(table[name])) for name in ("begun", "ended"))
    last = begun[-1] if begun else None
    return Has(last, next((one for one in reversed(ended) if last and one.on >= last.on), None))


def _half(table: Mapping[str, Any], words: str, law: Law, tongue: Tongue, on: date) -> Half:
    numbers = tuple(number_of(clock, law, tongue, on=on) for clock in table.get("clocks", ()))
    return Half(words, numbers, _matches(table.get("facts", ())))


def _matches(rows: Iterable[Mapping[str, Any]]) -> tuple[Match, ...]:
    return tuple(Match(row["event"], row.get("where", {})) for row in rows)


@cache
def _rows(lang: str) -> tuple[tuple[str, ...], ...]:
    """The table of the page, cell by cell as plain words."""
    table = next(block for block in page(PAGE, lang).blocks if block.kind == TABLE)
    return tuple(tuple(words_of(cell) for cell in row) for row in table.rows)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((ROOM / "side_by_side.toml").read_text(encoding="utf-8"))
