"""What may be asked permission for: the words of the form for each row of the consent matrix (`kinds.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gameplan.law.contents import ConsentRule, found_or_near

ROOM = Path(__file__).parent
ASKABLE = ("yes", "agreement", "for-big-changes", "asked-each-year", "no-federal-rule", "only-if-all-are-asked")
"""The answers of the matrix to "is it needed?" with which a school may ask; with the others there is nothing to ask."""


@dataclass(frozen=True, slots=True)
class ConsentKind:
    """How one row of the matrix is asked for: `ask`, `items` and `yes` by language; `items` empty: it is one thing.

    `records`: needed, asked or never. `facts`, `agreed`, `ended`: how the timeline tells of it (see `kinds.toml`).
    """

    id: str
    records: str
    ask: Mapping[str, str]
    yes: Mapping[str, str]
    items: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    agreed: str = ""
    ended: str = ""

    def facts_for(self, rule: ConsentRule) -> tuple[str, ...]:
        """The values of `for` that a fact about this permission may have; none if the timeline has no word for it."""
        return self.facts or ((rule.fact,) if rule.fact else ())


@cache
def consent_kinds() -> Mapping[str, ConsentKind]:
    """Every kind by its id, in the order of the file."""
    rows = tomllib.loads((ROOM / "kinds.toml").read_text(encoding="utf-8"))["kind"]
    return {row["id"]: ConsentKind(**{**row, "facts": tuple(row.get("facts", ()))}) for row in rows}


def consent_kind(kind_id: str) -> ConsentKind:
    """The kind of that id. Raises NoSuchEntry, which names the nearest one."""
    return found_or_near(kind_id, consent_kinds(), "permission to ask for")
