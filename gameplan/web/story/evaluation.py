"""The questions from permission to the decision: consent, the evaluation, whether the child qualifies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gameplan.core.facts import Fact
from gameplan.web.forms.story_facts import ConsentForm, EligibleForm, EvaluatedForm
from gameplan.web.story.screens import FactScreen, Found, Said
from gameplan.web.story.telling import Shape, Slot, Telling


def consent_shapes(purpose: str) -> tuple[Shape, ...]:
    """Permission for this, given or refused."""
    return (Shape("consent-given", {"for": purpose}), Shape("consent-refused", {"for": purpose}))


def consent_told(said: Said, purpose: str) -> Telling | None:
    """Permission given or refused, as the answer tells it; None if neither, or if no day is known."""
    signed, received = said["on"], said["received"]
    day = received or signed
    if not day:
        return None
    if said["gate"] == "yes-refused":
        day = signed or received
        return Telling("consent-refused", day, {"date": day, "for": purpose, "silent": False})
    return Telling("consent-given", day, {"for": purpose, "signed": signed, "received": received})


def consent_read(fact: Fact | None) -> dict[str, Any]:
    """The answer that a fact about permission stands for."""
    if fact is None:
        return {}
    if fact.kind == "consent-refused":
        return {"gate": "yes-refused", "on": fact.on}
    days = {"on": fact.data.get("signed"), "received": fact.data.get("received")}
    said = {name: day for name, day in days.items() if day} or {"received": fact.on}
    return {"gate": "yes-signed", **said}


def _consent(said: Said, _today: date) -> Mapping[str, Telling | None]:
    return {"consent": consent_told(said, "initial-evaluation")}


def _read_consent(found: Found) -> dict[str, Any]:
    return consent_read(found["consent"])


def _evaluated(said: Said, _today: date) -> Mapping[str, Telling | None]:
    day, got = said["on"], said["got"]
    done = Telling("evaluation-completed", day, {"date": day, "type": "initial"}) if day else None
    report = Telling("document-given", got, {"date": got, "what": "evaluation-report"}) if got else None
    return {"evaluation": done, "report": report}


def _read_evaluated(found: Found) -> dict[str, Any]:
    done, report = found["evaluation"], found["report"]
    said: dict[str, Any] = {"gate": "yes"} if done or report else {}
    days = {"on": done.on if done else None, "got": report.on if report else None}
    unknown = {"unknown": True} if report and not done else {}
    return {**said, **unknown, **{name: day for name, day in days.items() if day}}


def _eligible(said: Said, _today: date) -> Mapping[str, Telling | None]:
    day = said["on"]
    data = {"date": day, "eligible": said["gate"] == "yes-eligible"}
    return {"decision": Telling("eligibility-determined", day, data) if day else None}


def _read_eligible(found: Found) -> dict[str, Any]:
    fact = found["decision"]
    if fact is None:
        return {}
    return {"gate": "yes-not" if fact.data.get("eligible") is False else "yes-eligible", "on": fact.on}


SCREENS = (
    FactScreen(
        slug="consent", form=ConsentForm, tell=_consent, read=_read_consent,
        asked_if=(("answered", "yes-form"),),
        slots=(Slot("consent", consent_shapes("initial-evaluation")),),
        question=_("Did you sign the permission to evaluate?"),
        why=_("The time for the evaluation starts when the school gets your signed form."),
        next=_("We work out by which day the evaluation must be done."),
    ),
    FactScreen(
        slug="evaluated", form=EvaluatedForm, tell=_evaluated, read=_read_evaluated,
        asked_if=(("consent", "yes-signed"),),
        slots=(
            Slot("evaluation", (Shape("evaluation-completed", {"type": "initial"}),)),
            Slot("report", (Shape("document-given", {"what": "evaluation-report"}),)),
        ),
        question=_("Is the evaluation done?"),
        why=_("You have a right to the report, free of charge."),
        next=_("We ask if your child qualifies."),
    ),
    FactScreen(
        slug="eligible", form=EligibleForm, tell=_eligible, read=_read_eligible,
        asked_if=(("evaluated", "yes"),),
        slots=(Slot("decision", (Shape("eligibility-determined"),)),),
        question=_("Does your child qualify for special education?"),
        why=_("A group of people decides this, and you are one of them. If it is yes, an IEP comes next."),
        next=_("If it is no, we show what you can do. If it is yes, we ask about the IEP."),
    ),
)  # fmt: skip
