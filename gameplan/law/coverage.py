"""What runs, what runs with a doubt, and what does not run yet: State by rule, made from the entries themselves."""

from __future__ import annotations

from gameplan.core.entries import Clock
from gameplan.law.library import federal, state_pack, states

PATH = (
    "answer-evaluation-request", "consent-before-initial-evaluation", "initial-evaluation", "eligibility-decision",
    "evaluation-report-copy", "iep-meeting", "meeting-notice", "consent-before-services", "services-begin", "iep-copy",
    "iep-annual-review", "reevaluation-3-years",
)  # fmt: skip


def coverage() -> dict[str, object]:
    """`{"states": {"CA": {"initial-evaluation": {"runs": true, "doubt": null, ...}}}, "federal": {...}}`."""
    return {
        "states": {code: {clock.id: _row(clock) for clock in state_pack(code).clocks} for code in states()},
        "federal": {clock.id: _row(clock) for clock in federal().clocks},
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
