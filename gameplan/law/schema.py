"""The schema of a law entry, word by word. A new word here needs a new named, tested thing in `core`."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from gameplan.core.entries import (
    Added,
    After,
    Clock,
    Condition,
    Exemption,
    Field,
    InForce,
    LeftOut,
    Match,
    NearYearEnd,
    Option,
    Reading,
    Stage,
    SummerDue,
)  # fmt: skip
from gameplan.core.sentences import UNITS
from gameplan.law.shapes import Anything, Day, Flag, ListOf, Mapped, Shape, Table, Text, Whole

TEXT, WHOLE, FLAG = Text(), Whole(), Flag()
TEXTS = ListOf(TEXT, one_will_do=True)
CITE = ListOf(TEXT, one_will_do=True, not_empty=True)
UNIT = Text(tuple(UNITS))
CONFIDENCE = Text(("high", "medium", "low"))
KINDS = (
    "deadline", "standard", "recurring", "gate", "floor", "window", "cap", "period", "counter", "count-limit",
    "hold", "same-day", "standing",
)  # fmt: skip
ACTORS = (
    "parent", "student", "school", "new-school", "old-school", "team-member", "sea", "hearing-officer", "mediator",
    "part-c", "party", "anyone", "federal", "authorities", "system",
)  # fmt: skip
EFFECTS = (
    "does-not-apply", "not-needed", "waived", "extends", "suspends", "restarts", "ends-early", "changes",
    "may-be-excused", "as-soon-as-possible", "shorter-notice", "changes-nothing", "may-stop",
)  # fmt: skip

_MATCHES: dict[Hashable, Match] = {}


def shared_match(**words: Any) -> Match:
    """The match of these words: one and the same for the same words, so that the engine looks for it once a case."""
    made = Match(**words)
    tables = (made.where, made.unlike, made.same)
    words_of = tuple(tuple(sorted(table.items(), key=lambda row: row[0])) for table in tables)
    key = (made.event, made.on, made.since, made.later, made.undone_by, made.belongs, words_of)
    return _MATCHES.setdefault(key, made)


MATCH = Table(
    {
        "event": TEXT, "where": Mapped(), "on": TEXT, "same": Mapped(), "unlike": Mapped(),
        "since": FLAG, "later": FLAG, "undone_by": TEXT, "belongs": TEXT,
    },
    shared_match,
    required=("event",),
)  # fmt: skip
MATCHES = ListOf(MATCH, one_will_do=True)
AFTER = Table({"clock": TEXT, "edge": Text(("done", "due"))}, After, required=("clock",))
CONDITION = Table(
    {
        "text": TEXT, "fact": MATCH, "no_fact": MATCH, "age_under": WHOLE, "age_from": WHOLE, "at": TEXT,
        "alike": TEXTS, "differ": TEXTS, "state_says": Mapped(), "already": FLAG, "latest": FLAG,
    },
    Condition,
    required=("text",),
)  # fmt: skip
CONDITIONS = ListOf(CONDITION)
LEFT_OUT = Table(
    {
        "what": Text(("break", "summer", "holiday", "absence", "waiting-for-consent")),
        "at_least": WHOLE, "over": WHOLE, "weekends": FLAG, "consent": TEXT, "cite": TEXTS, "confidence": CONFIDENCE,
    },
    LeftOut,
    required=("what",),
)  # fmt: skip
ADDED = Table(
    {"what": Text(("absence",)), "at_least": WHOLE, "cite": TEXTS, "unless": CONDITIONS},
    Added,
    required=("what",),
)
NEAR_YEAR_END = Table(
    {
        "under": WHOLE, "at_least": WHOLE, "unit": UNIT, "anchor": Text(("year-end", "next-year-start", "fixed")),
        "fixed": TEXT, "length": WHOLE, "count": UNIT, "direction": Text(("after", "before")), "since": MATCH,
        "unless_absent": WHOLE, "includes_summer": FLAG, "cite": TEXTS, "text": TEXT,
    },
    NearYearEnd,
    required=("under", "unit", "anchor", "text"),
)  # fmt: skip
SUMMER = Table(
    {"length": WHOLE, "count": UNIT, "unless": ListOf(MATCH), "cite": TEXTS, "text": TEXT},
    SummerDue,
    required=("text",),
)
EXCEPTION = Table(
    {
        "effect": Text(EFFECTS), "text": TEXT, "when": MATCH, "until": MATCH, "cap": WHOLE, "cap_unit": UNIT,
        "length": WHOLE, "unit": UNIT, "cite": TEXTS,
    },
    Exemption,
    required=("effect", "text"),
)  # fmt: skip
READING = Table(
    {"text": TEXT, "length": WHOLE, "unit": UNIT, "cite": TEXTS}, Reading, required=("text", "length", "unit")
)
IN_FORCE = Table({"from": Day(), "to": Day()}, InForce, rename={"from": "first", "to": "last"})

SIDES = ListOf(Text(ACTORS), one_will_do=True)
REPEATS = Text(("from-last", "each-school-year", "each-year", "first-in-school-year", "per-iep", "updated-annually"))
CLOCK_WORDS: dict[str, Shape] = {
    "id": TEXT, "pack": TEXT, "base": TEXT, "relation": Text(("replaces", "sets", "adds", "own")),
    "name": TEXT, "plain": TEXT, "area": TEXT, "law": Text(("idea-b", "idea-c", "504", "ferpa", "state")),
    "kind": Text(KINDS), "owes": SIDES, "owed_to": SIDES,
    "trigger": MATCHES, "after": AFTER, "also_from": MATCHES, "one_round": WHOLE,
    "first_day": Text(("day-after", "trigger")), "direction": Text(("after", "before", "during")),
    "length": WHOLE, "unit": UNIT, "standard": TEXT,
    "repeats": REPEATS,
    "blocks": MATCHES, "done_when": MATCHES, "done_mode": Text(("any", "all")), "falls_away_when": MATCHES,
    "applies_if": CONDITIONS, "unless": CONDITIONS, "leaves_out": ListOf(LEFT_OUT), "adds": ListOf(ADDED),
    "near_year_end": ListOf(NEAR_YEAR_END), "summer": SUMMER, "exceptions": ListOf(EXCEPTION),
    "within": TEXTS, "ends_after": AFTER, "capped_by": TEXTS, "last_day": Text(("day-before", "disputed", "weekend")),
    "can_follow": FLAG, "only_if_begun": FLAG, "ask_state": TEXT, "part_of": TEXT, "counted_by": TEXT,
    "readings": ListOf(READING), "in_force": IN_FORCE, "doubts": TEXTS, "not_yet": TEXT,
    "note": TEXT, "count_note": TEXT, "state_may": Text(("replace", "sets", "more-protective", "none")),
    "cite": CITE, "source": TEXT, "confidence": CONFIDENCE,
    "example": Anything(),
}  # fmt: skip
CLOCK_DOCUMENTED: dict[str, Shape] = {
    "checked": TEXTS, "cite_seen": FLAG, "statute": TEXT, "state_cite": TEXTS, "state_note": TEXT,
    "read": TEXT, "also": TEXTS, "said": TEXTS,
}  # fmt: skip
CLOCK = Table(
    CLOCK_WORDS,
    Clock,
    required=(
        "id",
        "name",
        "area",
        "law",
        "kind",
        "owes",
        "owed_to",
        "done_when",
        "cite",
        "source",
        "confidence",
    ),
    rename={"example": "examples"},
    documented=CLOCK_DOCUMENTED,
)
STATE_CLOCK = Table(CLOCK_WORDS, Clock, required=("id", "cite", "source", "confidence"), documented=CLOCK_DOCUMENTED)
OPTION = Table(
    {
        "id": TEXT, "at": TEXT, "who": Text(ACTORS), "power": Text(("may", "must", "must-not")), "do": TEXT,
        "law": TEXT, "cite": CITE, "confidence": CONFIDENCE, "leads_to": TEXTS, "clocks": TEXTS, "letter": TEXT,
        "note": TEXT, "pack": TEXT, "also_at": TEXTS, "if": CONDITIONS, "if_any": CONDITIONS, "when_late": TEXTS,
        "looks_back": FLAG,
    },
    Option,
    required=("id", "at", "who", "power", "do", "law", "cite", "confidence"),
    rename={"if": "if_"},
    documented={"checked": TEXTS, "cite_seen": FLAG, "source": TEXT},
)  # fmt: skip
STAGE = Table(
    {
        "id": TEXT, "order": WHOLE, "name": TEXT, "entered_by": MATCHES, "entered_beside": MATCHES, "back_from": TEXTS,
    },
    Stage,
    required=("id", "order", "name"),
)  # fmt: skip
EVENT_FIELD = Table(
    {
        "name": TEXT, "type": Text(("date", "text", "boolean", "list", "dates", "number", "ref")), "required": FLAG,
        "values": TEXTS,
    },
    Field,
    required=("name", "type"),
    documented={"note": TEXT, "label": TEXT},
)  # fmt: skip


def law_schema() -> dict[str, object]:
    """The JSON Schema of a law file, for editors that complete and check an entry while it is typed."""
    clock = STATE_CLOCK.schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gameplan law file",
        "type": "object",
        "properties": {
            "clock": {"type": "array", "items": clock},
            "option": {"type": "array", "items": OPTION.schema()},
            "stage": {"type": "array", "items": STAGE.schema()},
        },
    }
