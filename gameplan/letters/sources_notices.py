"""What a notice of the school says by the law of the State: lengths of time with citations, the steps of a hearing.

Nothing here is typed by hand: each number comes from the law files. Where the State's own rule is not sure, there is no
number, and the notice says whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from gameplan.core.assess import assess
from gameplan.core.entries import Clock, Law
from gameplan.letters.answer import letter_cite
from gameplan.letters.known import Known
from gameplan.letters.phrases import joined, length_in_words
from gameplan.letters.sources_meetings import day_of, happened

FEDERAL = "us"
CLOCKS = (
    "records-access", "state-complaint-window", "state-complaint-decision", "due-process-window", "response-school",
    "sufficiency-challenge", "resolution-meeting", "resolution-period", "settlement-void", "hearing-decision",
    "evaluation-disclosure", "state-review-decision", "civil-action-window", "private-placement-notice",
    "removal-10-consecutive", "manifestation", "iaes-45", "expedited-hearing", "expedited-decision",
    "expedited-resolution-meeting", "expedited-resolution-period", "settlement-offer-answer", "iee-answer",
    "transfer-ask-records", "transfer-send-records",
)  # fmt: skip
# Units that letters of families do not use: one and many, in each language.
MORE_UNITS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "year": {"en": ("year", "years"), "es": ("año", "años")},
    "month": {"en": ("month", "months"), "es": ("mes", "meses")},
    "business-day-incl-holidays": {
        "en": ("business day", "business days (holidays on a business day count too)"),
        "es": ("día hábil", "días hábiles (los feriados en un día hábil también cuentan)"),
    },
}  # fmt: skip
TIERS: Mapping[object, str] = {1: "one", 2: "two"}
NOT_SURE: Mapping[str, str] = {"en": "as we understand it: {cite}", "es": "según entendemos: {cite}"}
# Why the list of rights is owed, by the clock that asks for it; what comes first here is said first.
REASONS: Mapping[str, str] = {
    "discipline-notice": "discipline", "safeguards-on-referral": "referral",
    "safeguards-first-state-complaint": "first-state-complaint",
    "safeguards-first-due-process": "first-due-process", "safeguards-on-request": "request",
    "safeguards-annual": "annual",
}  # fmt: skip
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "enrolled": frozenset({"previous_agency", "previous_state", "state"}),
    "evaluation-requested": frozenset({"type"}),
    "eligibility-determined": frozenset({"eligible"}),
    "conduct-happened": frozenset({"what"}),
    "removal-ordered": frozenset({"from", "school_days"}),
    "manifestation-decided": frozenset({"is_manifestation"}),
}


def rule_of(law: Law, clock_id: str, on: date) -> tuple[Clock | None, bool]:
    """The entry that says how long it is, and True if it is the State's own; no entry where that is not sure.

    The State's own counts before the federal one. Several that hold at once, one of low confidence, or one that is
    read in several ways, are not sure.
    """
    there = [one for one in law.clocks if clock_id in (one.id, one.base) and one.in_force.covers(on)]
    own = [one for one in there if one.pack != FEDERAL and one.length]
    if not own:
        return next((one for one in there if one.pack == FEDERAL), None), False
    lengths = {(one.length, one.unit) for one in own}
    if len(lengths) > 1 or any(one.readings or one.confidence == "low" for one in own):
        return None, True
    return own[0], True


def _length(clock_id: str, known: Known) -> str:
    clock, _own = rule_of(known.law, clock_id, known.on)
    if clock is None or not clock.length:
        return ""
    names = MORE_UNITS.get(clock.unit)
    if names is None:
        return length_in_words(clock.length, clock.unit, known.lang) or ""
    one, many = names[known.lang]
    return f"{clock.length} {one if clock.length == 1 else many}"


def _cite(clock_id: str, known: Known) -> str:
    """The citation; where the State's rule was read only in a summary, it says so."""
    clock, own = rule_of(known.law, clock_id, known.on)
    if clock is None or not clock.length:
        return ""
    cite = joined(tuple(letter_cite(one) for one in clock.cite), known.lang)
    return cite if clock.confidence == "high" or not own else NOT_SURE[known.lang].format(cite=cite)


def _own(clock_id: str, known: Known) -> str:
    """ "yes" where the State has a rule of its own, sure or not."""
    return "yes" if rule_of(known.law, clock_id, known.on)[1] else ""


def _tiers(known: Known) -> str:
    """Whether the State has a second step after the hearing: "one" step, "two", or "" where that is not sure."""
    facts = known.law.facts
    return "" if facts.get("hearing_tiers_confidence") == "low" else TIERS.get(facts.get("hearing_tiers"), "")


def _of(kind: str, name: str, known: Known) -> str:
    """What the latest fact of that kind says, as a letter takes it; no day that is known only roughly."""
    facts = happened(known, kind)
    value = facts[-1].data.get(name) if facts else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str | int) else ""


def _day(kind: str, known: Known) -> str:
    return day_of(happened(known, kind))


def _from_where(known: Known) -> str:
    """ "same" for a move inside the State, "other" for one from another State, "" where nobody said."""
    there, here = _of("enrolled", "previous_state", known), _of("enrolled", "state", known)
    return ("same" if there == here else "other") if there and here else ""


def _reason(known: Known) -> str:
    """Why the list of rights is given now: the open duty that asks for it, or ""."""
    duties = [one for one in assess(known.case, known.law, on=known.on).duties if one.is_open]
    clocks = {name for one in duties for name in (one.clock, one.base)}
    return next((reason for clock, reason in REASONS.items() if clock in clocks), "")


SOURCES: Mapping[str, Callable[[Known], str]] = {
    **{f"law.length.{one}": partial(_length, one) for one in CLOCKS},
    **{f"law.cite.{one}": partial(_cite, one) for one in CLOCKS},
    **{f"law.own.{one}": partial(_own, one) for one in CLOCKS},
    "law.tiers": _tiers,
    "notices.reason": _reason,
    "notices.eligible": partial(_of, "eligibility-determined", "eligible"),
    "notices.decided": partial(_day, "eligibility-determined"),
    "notices.evaluation": partial(_of, "evaluation-requested", "type"),
    "notices.enrolled": partial(_day, "enrolled"),
    "notices.old-school": partial(_of, "enrolled", "previous_agency"),
    "notices.from-where": _from_where,
    "notices.conduct": partial(_of, "conduct-happened", "what"),
    "notices.removal-decided": partial(_day, "removal-ordered"),
    "notices.removal-from": partial(_of, "removal-ordered", "from"),
    "notices.removal-days": partial(_of, "removal-ordered", "school_days"),
    "notices.manifestation": partial(_of, "manifestation-decided", "is_manifestation"),
    "notices.manifestation-day": partial(_day, "manifestation-decided"),
    "notices.not-needed": partial(_day, "records-not-needed"),
    "notices.iee-asked": partial(_day, "iee-requested"),
}
