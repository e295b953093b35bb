"""A rule's number of days in words: the State's own where it has one, else the federal one, from the law room."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from gameplan.core import sentences
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Law
from gameplan.core.words import Say, Tongue
from gameplan.guide.pages import ROOM

FEDERAL = "us"
CONFIDENCES = ("high", "medium", "low")
SURE, WEAK = "high", "low"


class NoSuchRule(LookupError):
    """Raised when the law has no rule of that id."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a rule gives in words, with its citations, and the place whose rule it is ("us" or a State's code).

    `name` is that of the federal rule. `counts` is true where a number of days, months or years stands in it; else the
    law says it in words only. `confidence` is that of the weakest entry it rests on.
    """

    clock: str
    name: str
    text: str
    cite: tuple[str, ...]
    place: str
    confidence: str
    counts: bool


@cache
def phrase(name: str, lang: str) -> str:
    """One of the guide's own phrases, by its name in `phrases.toml`."""
    table = tomllib.loads((ROOM / "phrases.toml").read_text(encoding="utf-8"))
    return str(table[name][lang])


def number_of(clock_id: str, law: Law, tongue: Tongue, *, on: date) -> Number:
    """What a rule's number is in the State of `law`, on a day; `law_for(None)` stands for "I did not say which State".

    A State's rule that begins with something else than the federal one is said with its own name. The federal number
    stands beside what counts only in some cases, what is only one more limit, and what rests on a weak source.
    Raises NoSuchRule.
    """
    federal, own = _federal(clock_id, law, on), _own(clock_id, law, on)
    general = [one for one in own if not one.applies_if]
    if not own:
        return _number(federal, (federal,), _federal_words(federal, law, tongue), tongue)
    used = general or own
    said = "; ".join(dict.fromkeys(_own_words(one, federal, law, tongue) for one in used))
    if federal.length and any(_is_one_more(one, federal) for one in general):
        said = phrase("both", tongue.lang).format(length=said, other=_length(federal, tongue))
    elif not general or any(one.confidence == WEAK for one in general):
        said = f"{_federal_words(federal, law, tongue, beside=True)}; {said}"
    return _number(federal, tuple(used), said, tongue)


def own_rules(law: Law, *, on: date) -> tuple[Clock, ...]:
    """The rules that a State sets itself, in force on the day: those that run and count for every child."""
    return tuple(
        one
        for one in law.clocks
        if one.pack == law.state and one.in_force.covers(on) and not one.not_yet and not one.applies_if
    )


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


def _own_words(clock: Clock, federal: Clock, law: Law, tongue: Tongue) -> str:
    name = "own" if clock.confidence == SURE else "own_check"
    place = law.state_name
    if (clock.id != federal.id or clock.trigger != federal.trigger) and not _is_named(clock):
        place = f"{place}: {_small(tongue.text(clock.name))}"
    return phrase(name, tongue.lang).format(length=_length(clock, tongue), place=place)


def _federal_words(clock: Clock, law: Law, tongue: Tongue, *, beside: bool = False) -> str:
    length = _length(clock, tongue)
    if _is_named(clock) or beside:
        name = "federal_beside"
    elif clock.length is None:
        name = "open_here" if law.state else "open"
    elif clock.state_may == "none":
        name = "federal_fixed"
    else:
        name = "federal_here" if law.state else "federal"
    return phrase(name, tongue.lang).format(length=length, state=law.state_name)


def _is_one_more(clock: Clock, federal: Clock) -> bool:
    """True for a State's limit that stands beside the federal one and is not the very same."""
    alike = (clock.length, clock.unit, clock.trigger) == (federal.length, federal.unit, federal.trigger)
    return clock.relation == "adds" and not alike


def _is_named(clock: Clock) -> bool:
    """True for a rule that ends on a birthday or such a day: its name says more than "the same day"."""
    return (
        clock.length in (0, 1) and clock.kind != "same-day" and any(one.event == "age-reached" for one in clock.trigger)
    )


def _length(clock: Clock, tongue: Tongue) -> str:
    if _is_named(clock):
        return _small(tongue.text(clock.name))
    if clock.length == 0:
        return phrase("same_day", tongue.lang)
    if clock.length is None:
        text = sentences.STANDARDS.get(clock.standard or "")
        return tongue.text(text) if text else phrase("none", tongue.lang)
    said = tongue.say(Say("{length} {unit}", number_words(clock.length, clock.unit)))
    return phrase("before", tongue.lang).format(length=said) if clock.direction == "before" else said


def _small(name: str) -> str:
    """A name inside a sentence: its first letter small, but for a word of capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _number(federal: Clock, used: tuple[Clock, ...], text: str, tongue: Tongue) -> Number:
    weakest = max((one.confidence for one in used), key=CONFIDENCES.index)
    cite = tuple(dict.fromkeys(cite for one in used for cite in one.cite))
    counts = any(one.length is not None for one in used)
    return Number(federal.id, tongue.text(federal.name), text, cite, used[0].pack, weakest, counts)
