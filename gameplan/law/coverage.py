"""What runs, what runs with a doubt, and what does not run yet: State by rule, made from the entries themselves."""

from __future__ import annotations

from collections.abc import Mapping

from gameplan.core.entries import Clock
from gameplan.law.library import federal, law_for, state_pack, states

PATH = (
    "answer-evaluation-request", "consent-before-initial-evaluation", "initial-evaluation", "eligibility-decision",
    "evaluation-report-copy", "iep-meeting", "meeting-notice", "consent-before-services", "services-begin", "iep-copy",
    "iep-annual-review", "reevaluation-3-years",
)  # fmt: skip
# Beyond the path to the first IEP: what a family must know of its State when it disagrees.
DISPUTES = ("due-process-window", "civil-action-window", "state-complaint-window")
# What a State decides beside its clocks: whether it is known.
DECISIONS = ("hearing_tiers", "consent_for_every_iep", "due_process_limitation", "age_of_majority", "fape_ends")
RUNS, DOUBT, NOT_YET, FEDERAL, ASKS = "runs", "doubt", "not yet", "federal", "asks"


def coverage() -> dict[str, object]:
    """`{"states": {"CA": {"initial-evaluation": {"runs": true, "doubt": null, ...}}}, "federal": {...}, "facts": ...}`.

    `facts` says for each State what it decides beside its clocks, and whether that is known.
    """
    return {
        "states": {code: {clock.id: _row(clock) for clock in state_pack(code).clocks} for code in states()},
        "federal": {clock.id: _row(clock) for clock in federal().clocks},
        "facts": {code: {name: _decision(code, name) for name in DECISIONS} for code in states()},
    }


def _row(clock: Clock) -> dict[str, object]:
    return {
        "runs": not clock.not_yet,
        "doubt": _doubt(clock),
        "not_yet": clock.not_yet or None,
        "federal": clock.base or None,
        "relation": clock.relation or None,
        "confidence": clock.confidence,
        "examples": len(clock.examples),
        "cite": "; ".join(clock.cite),
    }


def _decision(code: str, name: str) -> dict[str, object]:
    value = state_pack(code).facts.get(name)
    known = value not in (None, "unverified")
    return {"known": known, "value": value if known else None}


def mark(code: str, rule: str) -> str:
    """How a federal rule stands in a State: runs, doubt, not yet, federal, or asks.

    `asks`: the State may have a number of its own that would go before the federal one, and it was not found; the
    program then gives no firm date and says what to ask.
    """
    law = law_for(code)
    own = [clock for clock in law.clocks if clock.pack != "us" and rule in (clock.id, clock.base)]
    if own:
        rows = [_row(clock) for clock in own]
        if not any(row["runs"] for row in rows):
            return NOT_YET
        return DOUBT if any(row["doubt"] for row in rows) else RUNS
    base = law.clock(rule, "us")
    if base is None or base.not_yet:
        return NOT_YET
    return ASKS if base.ask_state and rule not in law.settled else FEDERAL


def grid() -> Mapping[str, Mapping[str, str]]:
    """For each State how each rule of the path and of disputes stands, as `mark` says it."""
    return {code: {rule: mark(code, rule) for rule in PATH + DISPUTES} for code in states()}


def has_doubt(clock: Clock) -> bool:
    """True if an entry rests on weak ground: its source, a doubt, or another reading."""
    return clock.confidence != "high" or bool(clock.doubts) or bool(clock.readings)


def _doubt(clock: Clock) -> str | None:
    if clock.not_yet:
        return None
    parts = list(clock.doubts)
    if clock.confidence != "high":
        parts.insert(0, f"confidence {clock.confidence}: check this with {clock.source or '; '.join(clock.cite)}")
    parts += [f"another reading: {reading.text}" for reading in clock.readings]
    return " ".join(parts) or None


def totals() -> dict[str, int]:
    """How many entries run, run with a doubt, and do not run yet, over all States and federal law."""
    rows = [_row(clock) for code in states() for clock in state_pack(code).clocks]
    rows += [_row(clock) for clock in federal().clocks]
    return {
        "runs": sum(1 for row in rows if row["runs"] and not row["doubt"]),
        "runs with doubt": sum(1 for row in rows if row["runs"] and row["doubt"]),
        "not yet": sum(1 for row in rows if not row["runs"]),
    }
