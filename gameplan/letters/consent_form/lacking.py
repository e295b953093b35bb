"""What a consent form lacks by the lists of the law, before anybody is asked to sign it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gameplan.core.words import Say
from gameplan.law.consent import consent_rule
from gameplan.law.content_check import THERE, check_content
from gameplan.letters.consent_form.asked import SAME, UNDERSTOOD, Asked
from gameplan.letters.consent_form.composing import PUBLIC_BENEFITS
from gameplan.letters.consent_form.kinds import ASKABLE, consent_kind

LONGEST: Final = 6000
MENDS: Final[Mapping[str, Say]] = {
    "informed": Say("Say which language the family speaks, why you ask, and how they understand this form."),
    "written": Say("Name the child and the day."),
    "describes": Say("Say what will be done, and name each thing that is asked for."),
    "lists-records": Say("List the records, who will get them, and what for; or say that no records are given."),
    "consent-rule": Say("List the records, who will get them, and what for; and name the services."),
}
ALWAYS_SAID: Final = ("voluntary", "not-retroactive", "no-erasure")
BENEFITS_SAID: Final = ("no-cost", "withdraw", "still-free")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the law wants on the form and that is not there: which item, in words, how to mend it."""

    item: str
    text: Say
    mend: Say
    cite: tuple[str, ...]


def lacking(asked: Asked) -> tuple[Lack, ...]:
    """What the form lacks; nothing if it may be given to the family.

    Raises NoSuchEntry for what is not in the consent matrix, KeyError for an unknown State.
    """
    return (*_not_to_ask(asked), *_by_list("consent-form", asked), *_benefits(asked), *_shape(asked))


def _not_to_ask(asked: Asked) -> Iterator[Lack]:
    rule = consent_rule(asked.kind, asked.state or None)
    consent_kind(asked.kind)
    if rule.needed not in ASKABLE:
        mend = Say("Send the written notice, and leave this form.")
        yield Lack("needed", Say("The State does not ask for permission here."), mend, rule.cite)


def _by_list(list_id: str, asked: Asked) -> Iterator[Lack]:
    is_form = list_id == "consent-form"
    given = _given(asked) if is_form else _benefits_given(asked)
    known = {"records-released": _are_released(asked)} if is_form else {}
    for found in check_content(list_id, given, known).findings:
        if found.answer != THERE:
            mend = MENDS.get(found.item, Say("Write it down."))
            yield Lack(found.item, Say(found.text), mend, found.cite)


def _given(asked: Asked) -> dict[str, bool]:
    """What stands on the form. What its own words always say is there; the rest depends on what was typed."""
    return {
        "informed": bool(asked.why and _is_understood(asked)),
        "written": bool(asked.child),
        "describes": bool(asked.how and (asked.items or not consent_kind(asked.kind).items)),
        "lists-records": _records_listed(asked),
        **dict.fromkeys(ALWAYS_SAID, True),
    }


def _are_released(asked: Asked) -> bool | None:
    """True if records would go to others, None where nobody said."""
    by_kind = {"never": False, "needed": True}.get(consent_kind(asked.kind).records)
    named = True if asked.records or asked.recipients else asked.has_records
    return named if by_kind is None else by_kind


def _records_listed(asked: Asked) -> bool:
    return bool(asked.records and asked.recipients and asked.purpose)


def _is_understood(asked: Asked) -> bool:
    if asked.understood not in UNDERSTOOD or not asked.family_language:
        return False
    return asked.understood == SAME or bool(asked.understood_by)


def _benefits(asked: Asked) -> Iterator[Lack]:
    if asked.kind == PUBLIC_BENEFITS:
        yield from _by_list("public-benefits-notice", asked)


def _benefits_given(asked: Asked) -> dict[str, bool]:
    return {"consent-rule": _records_listed(asked) and bool(asked.items), **dict.fromkeys(BENEFITS_SAID, True)}


def _shape(asked: Asked) -> Iterator[Lack]:
    """What stands in the way besides the lists: two things alike, far too long words."""
    names = [one.text for one in asked.items]
    if len(set(names)) < len(names):
        yield Lack("describes", Say("Two things are called the same."), Say("Give each its own name."), ())
    if max((len(one) for one in (asked.why, asked.how, asked.purpose, *names)), default=0) > LONGEST:
        yield Lack("describes", Say("Something is far too long."), Say("Shorten it, or add it as a paper."), ())
