"""What a State decides beside its time limits, in sentences: ages, hearings, permission."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gameplan.core.entries import Law
from gameplan.guide.pages import ROOM

SURE, WEAK = "high", "low"


@dataclass(frozen=True, slots=True)
class StateFact:
    """One thing that a State decides, in a sentence; `sure` is false where our source is weak."""

    text: str
    sure: bool


def facts_of(law: Law, lang: str = "en") -> tuple[StateFact, ...]:
    """What is known of a State in a language; nothing for federal law alone, and nothing of what nobody looked up."""
    if law.state is None:
        return ()
    return tuple(StateFact(_sentence(name, lang, age), sure) for name, age, sure in _known(law.facts))


def _known(facts: Mapping[str, object]) -> Iterator[tuple[str, object, bool]]:
    ends, age = facts.get("fape_ends"), facts.get("age_of_majority")
    if isinstance(ends, Mapping) and facts.get("fape_confidence") != WEAK:
        name = "ends-birthday" if ends.get("when") == "birthday" else "ends-later"
        yield name, ends.get("age"), facts.get("fape_confidence") == SURE
    if isinstance(age, int):
        passes = facts.get("rights_transfer")
        name = "rights-pass" if passes is True else "rights-stay" if passes is False else "rights-open"
        yield name, age, facts.get("majority_confidence") == SURE
    tiers = facts.get("hearing_tiers")
    if tiers in (1, 2):
        yield ("one-hearing" if tiers == 1 else "two-hearings"), None, True
    each = facts.get("consent_for_every_iep")
    if isinstance(each, bool):
        yield ("each-iep" if each else "first-iep"), None, True


def _sentence(name: str, lang: str, age: object) -> str:
    return _sentences()[name][lang].format(age=age)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOM / "states.toml").read_text(encoding="utf-8"))
