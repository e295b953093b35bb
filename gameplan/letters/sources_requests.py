"""Filling a letter from what was asked, answered and decided in the case: the days, and what they were about.

Always the latest fact of its sort. What the case does not say is left to the family.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gameplan.core.facts import Fact, standing_facts
from gameplan.letters.known import Known
from gameplan.letters.sources_meetings import happened, is_rough

EVALUATIONS = ("initial-evaluation", "reevaluation")
TAKEN_BACK = (*EVALUATIONS, "disclose-records")
SCHOOL_EVALUATIONS = ("initial", "reevaluation")

# The fields of facts that these sources read, by kind of fact.
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "change-requested": frozenset({"what"}),
    "consent-given": frozenset({"for", "signed"}),
    "consent-requested": frozenset({"for"}),
    "consent-revoked": frozenset({"for"}),
    "evaluation-completed": frozenset({"type"}),
    "evaluation-requested": frozenset({"by", "sent"}),
    "iee-requested": frozenset({"expense"}),
    "pwn-sent": frozenset({"decision", "subject", "matter"}),
}

Wanted = Callable[[Fact], bool]


def _latest(known: Known, *kinds: str, where: Wanted = lambda fact: True) -> Fact | None:
    """The latest fact of these kinds that happened, stands and is `where` says."""
    fitting = [fact for fact in happened(known, *kinds) if where(fact)]
    return fitting[-1] if fitting else None


def _is(name: str, *values: str) -> Wanted:
    """True for a fact that says one of the values; a list says each of its entries."""

    def says(fact: Fact) -> bool:
        told = fact.data.get(name)
        return bool(set(told if isinstance(told, list | tuple) else (told,)) & set(values))

    return says


def _day(*kinds: str, where: Wanted = lambda fact: True) -> Callable[[Known], str]:
    def say(known: Known) -> str:
        return _named_day(_latest(known, *kinds, where=where))

    return say


def _named_day(fact: Fact | None) -> str:
    """The day of the fact; "" if there is none, or it is known only roughly."""
    return fact.on.isoformat() if fact and not is_rough(fact) else ""


def _request(known: Known) -> tuple[date | None, date | None]:
    """When the family's latest request for an evaluation was sent, and when the school had it.

    A request that went out and whose arrival nobody wrote down is known by the day on which it was sent.
    """
    found: list[tuple[date, date | None]] = []
    for fact in standing_facts(known.case.facts):
        sent = fact.data.get("sent")
        began = sent if isinstance(sent, date) else (None if fact.planned else fact.on)
        asked = fact.kind == "evaluation-requested" and fact.data.get("by") == "parent" and not is_rough(fact)
        if asked and began and began <= known.on:
            found.append((began, None if fact.planned or fact.on > known.on else fact.on))
    return max(found, key=lambda days: days[0], default=(None, None))


def _asked(known: Known) -> str:
    began, _ = _request(known)
    return began.isoformat() if began else ""


def _received(known: Known) -> str:
    """The day on which the school had the request, where it is another day than that of the request."""
    began, received = _request(known)
    return received.isoformat() if received and received != began else ""


def _refusal(known: Known) -> Fact | None:
    return _latest(known, "pwn-sent", where=_is("decision", "refuse"))


def _refused_matter(known: Known) -> str:
    """What the latest written refusal is about; without one, what the family asked for last."""
    refusal = _refusal(known)
    asked = _latest(known, "change-requested")
    return str(refusal.data.get("matter", "")) if refusal else str(asked.data.get("what", "")) if asked else ""


def _refused_evaluation(fact: Fact) -> bool:
    return _is("decision", "refuse")(fact) and _is("subject", "evaluation")(fact)


def _consent_for(known: Known) -> str:
    """For which evaluation the school asked permission last."""
    asked = _latest(known, "consent-requested", where=_is("for", *EVALUATIONS))
    return str(asked.data["for"]) if asked else ""


def _first_services(known: Known) -> str:
    """ "yes" while the school waits for the family's permission to first services."""
    asked = _latest(known, "consent-requested", where=_is("for", "initial-services"))
    given = _latest(known, "consent-given", where=_is("for", "initial-services"))
    return "yes" if asked and not given else ""


def _standing_consent(known: Known) -> Fact | None:
    """The last permission that can still be taken back for what is to come, and was not."""
    given = _latest(known, "consent-given", where=_is("for", *TAKEN_BACK))
    if given is None:
        return None
    back = _latest(known, "consent-revoked", where=_is("for", str(given.data["for"])))
    return None if back and back.on >= given.on else given


def _consent_given(known: Known) -> str:
    """The day on which the family signed it."""
    given = _standing_consent(known)
    signed = given.data.get("signed") if given else None
    return signed.isoformat() if isinstance(signed, date) else _named_day(given)


def _consent_standing_for(known: Known) -> str:
    given = _standing_consent(known)
    return str(given.data["for"]) if given else ""


SOURCES: Mapping[str, Callable[[Known], str]] = {
    "asked.evaluation": _asked,
    "asked.evaluation.received": _received,
    "asked.iee": _day("iee-requested", where=_is("expense", "public")),
    "asked.consent.evaluation": _day("consent-requested", where=_is("for", *EVALUATIONS)),
    "asked.consent.evaluation.for": _consent_for,
    "asked.consent.services": _first_services,
    "given.consent.evaluation": _day("consent-given", where=_is("for", "initial-evaluation")),
    "given.consent.services": _day("consent-given", where=_is("for", "initial-services")),
    "given.consent.benefits": _day("consent-given", where=_is("for", "public-benefits")),
    "given.consent.standing": _consent_given,
    "given.consent.standing.for": _consent_standing_for,
    "done.evaluation": _day("evaluation-completed", where=_is("type", *SCHOOL_EVALUATIONS)),
    "offered.iep": _day("iep-offered", "iep-adopted"),
    "refused.day": lambda known: _named_day(_refusal(known)),
    "refused.matter": _refused_matter,
    "refused.evaluation": _day("pwn-sent", where=_refused_evaluation),
}
