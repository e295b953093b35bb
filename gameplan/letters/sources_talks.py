"""Filling a letter from the last talk with the school: its day, and how the two spoke."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameplan.core.facts import Fact
from gameplan.letters.known import Known
from gameplan.letters.sources_meetings import day_of, happened

# The fields of facts that these sources read, by kind of fact.
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "concern-raised": frozenset({"written"}),
    "meeting-held": frozenset({"means", "parent_took_part"}),
    "removal-ordered": frozenset({"kind"}),
}
WAYS = ("phone", "in-person", "video")


def _talk(known: Known) -> Fact | None:
    """The last fact that tells of a talk: a meeting, a concern said aloud, what the school said, a child sent home."""
    found = happened(known, "meeting-held", "concern-raised", "school-wrote", "removal-ordered")
    return next((one for one in reversed(found) if _is_talk(one)), None)


def _is_talk(fact: Fact) -> bool:
    said = fact.data
    if fact.kind == "concern-raised":
        return said.get("written") is False
    if fact.kind == "removal-ordered":
        return said.get("kind") == "sent-home"
    return fact.kind == "school-wrote" or said.get("parent_took_part") is True


def _day(known: Known) -> str:
    fact = _talk(known)
    return day_of([fact]) if fact else ""


def _way(known: Known) -> str:
    fact = _talk(known)
    means = fact.data.get("means") if fact else None
    return str(means) if means in WAYS else ""


SOURCES: Mapping[str, Callable[[Known], str]] = {"talk.day": _day, "talk.way": _way}
