"""A rule's number of days in words: the State's own where it has one, else the federal one, always from the law room."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce

from gameplan.core import sentences
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Law
from gameplan.core.words import Say, Tongue
from gameplan.guide.pages import ROOM

FEDERAL = "us"
WEAK = "low"


class NoSuchRule(LookupError):
    """Raised when the law has no rule of that id."""


@dataclass(frozen=True, slots=True)
class Number:
    """A rule's number in words, with its citation, and the place whose rule it is ("us" or a State's code)."""

    clock: str
    name: str
    text: str
    cite: tuple[str, ...]
    place: str
    confidence: str


@cache
def phrase(name: str, lang: str) -> str:
    """One of the guide's own phrases, by its name in `phrases.toml`."""
    table = tomllib.loads((ROOM / "phrases.toml").read_text(encoding="utf-8"))
    return str(table[name][lang])


def number_of(clock_id: str, law: Law, tongue: Tongue, *, on: date) -> Number:
    """What a rule's number is in the State of `law`, on a day; `law_for(None)` stands for "I did not say which State".

    A State's number of low confidence is never shown alone: the federal one stands beside it. Raises NoSuchRule.
    """
    federal = _federal(clock_id, law, on)
    own = _own(clock_id, law, on)
    general = [one for one in own if not one.applies_if] or own
    if not general:
        return _number(federal, FEDERAL, _federal_words(federal, law, tongue), tongue)
    text = _joined([_length(one, tongue) for one in general], tongue.lang)
    weak = any(one.confidence == WEAK for one in general)
    said = phrase("checked" if weak else "own", tongue.lang).format(length=text, state=law.state_name)
    if len(own) > len(general):
        said = phrase("some", tongue.lang).format(length=said)
    if federal.length is not None and (weak or any(one.relation == "adds" for one in general)):
        said = phrase("both", tongue.lang).format(length=said, other=_length(federal, tongue))
    return _number(general[0], general[0].pack, said, tongue)


def own_rules(law: Law, *, on: date) -> tuple[Clock, ...]:
    """The rules that a State sets itself, in force on the day: those that run and count for every child."""
    return tuple(c for c in law.clocks if c.pack == law.state and c.in_force.covers(on) and not c.not_yet and not c.applies_if)


def length_of(clock: Clock, tongue: Tongue) -> str:
    """How long one entry gives, in words."""
    return _length(clock, tongue)


def _federal(clock_id: str, law: Law, on: date) -> Clock:
    found = [one for one in law.by_id.get(clock_id, ()) if one.pack == FEDERAL]
    if not found:
        raise NoSuchRule(f'There is no federal rule "{clock_id}".')
    return next((one for one in found if one.in_force.covers(on)), found[0])


def _own(clock_id: str, law: Law, on: date) -> list[Clock]:
    return [
        one
        for one in law.clocks
        if one.pack == law.state and clock_id in (one.id, one.base) and one.in_force.covers(on) and not one.not_yet
    ]


def _federal_words(clock: Clock, law: Law, tongue: Tongue) -> str:
    length = _length(clock, tongue)
    fixed = clock.state_may in ("none", "more-protective")
    if clock.length is None:
        name = "open_here" if law.state else "open"
    elif fixed:
        name = "federal_fixed"
    else:
        name = "federal_here" if law.state else "federal"
    return phrase(name, tongue.lang).format(length=length, state=law.state_name)


def _length(clock: Clock, tongue: Tongue) -> str:
    if clock.length == 0:
        return phrase("same_day", tongue.lang)
    if clock.length is None:
        text = sentences.STANDARDS.get(clock.standard or "")
        return tongue.text(text) if text else phrase("none", tongue.lang)
    said = tongue.say(Say("{length} {unit}", number_words(clock.length, clock.unit)))
    return phrase("before", tongue.lang).format(length=said) if clock.direction == "before" else said


def _joined(lengths: list[str], lang: str) -> str:
    different = list(dict.fromkeys(lengths))
    return reduce(lambda first, second: phrase("or", lang).format(first=first, second=second), different)


def _number(clock: Clock, place: str, text: str, tongue: Tongue) -> Number:
    return Number(clock.id, tongue.text(clock.name), text, clock.cite, place, clock.confidence)
