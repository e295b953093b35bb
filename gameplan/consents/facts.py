"""What follows from a request and its answers on the timeline, in the words of the vocabulary. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gameplan.law import vocabulary
from gameplan.letters.consent_form import NO, YES, Item
from gameplan.letters.consent_form.kinds import consent_kind
from gameplan.plans.facts import PaperFact

REVOKED_KIND = "consent-revoked"


def facts_of_request(fact_for: str, on: date, received: date | None, *, second: bool = False) -> list[PaperFact]:
    """The school asked for permission on that day; `second`: it had asked before and nobody had answered."""
    if not fact_for:
        return []
    data: dict[str, object] = {"date": on.isoformat(), "for": fact_for}
    if received:
        data["received"] = received.isoformat()
    return [("consent-requested", on, {**data, "second": True} if second else data)]


def facts_of_answer(
    kind: str, fact_for: str, items: Sequence[Item], said: dict[str, str], *, on: date, signed: date, stands: bool
) -> list[PaperFact]:
    """What an answer says: permission for what it says yes to (`scope` names it, if it is not all), or a no.

    `on`: the day the school has it. `stands`: something of the same request stands at yes already, so that a no to the
    rest refuses nothing that was given. A yes to what needs an agreement is that agreement.
    """
    agreed = [one.text for one in items if said.get(one.id) == YES]
    about = consent_kind(kind).agreed
    if about:
        return [("agreement-made", on, {"date": on.isoformat(), "about": about, "written": True})] if agreed else []
    if not fact_for:
        return []
    if agreed:
        data: dict[str, object] = {"signed": signed.isoformat(), "received": on.isoformat(), "for": fact_for}
        if len(agreed) < len(items) or fact_for == "excuse-member":
            data["scope"] = ", ".join(agreed)
        return [("consent-given", on, data)]
    if NO in said.values() and not stands:
        return [("consent-refused", on, {"date": on.isoformat(), "for": fact_for, "silent": False})]
    return []


def facts_of_revocation(kind: str, fact_for: str, on: date, *, remains: bool) -> list[PaperFact]:
    """Permission was taken back in writing; nothing while a part of it still stands (`remains`)."""
    about = consent_kind(kind).ended or fact_for
    if remains or about not in _can_end():
        return []
    return [(REVOKED_KIND, on, {"date": on.isoformat(), "for": about, "written": True})]


def _can_end() -> tuple[str, ...]:
    field = vocabulary().kinds[REVOKED_KIND].field("for")
    return tuple(field.values) if field else ()
