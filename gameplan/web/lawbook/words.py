"""A rule in plain words: each word of an entry turned into sentences. A word that is new here is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from gameplan.core import sentences as s
from gameplan.core.due import number_words
from gameplan.core.entries import Clock, Exemption, LeftOut, Match
from gameplan.core.words import Say
from gameplan.law.library import federal, vocabulary
from gameplan.web.asking import answer, question

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Sentence = Say | str
NAMED = ("by", "to", "asked_by")
NUMBER, NO_NUMBER = _("{length} {unit}"), _("No number of days")
LENGTHS: Mapping[str, str] = {
    "floor": _("Not before {length} {unit} have passed"),
    "recurring": _("Again within {length} {unit}"),
    "cap": _("At most {length} {unit}"),
    "counter": _("More than {length} {unit} in one school year"),
    "count-limit": NUMBER,
    "window": _("Open for {length} {unit}"),
}
NO_LENGTHS: Mapping[str, str] = {
    "gate": _("It must come first"),
    "hold": _("Until something ends it"),
    "same-day": _("On the same day"),
}
UNITS: Mapping[str, str] = {
    "calendar-day": _("Every day counts: weekends, holidays and days off too."),
    "business-day": _("Monday to Friday count. Holidays do not."),
    "business-day-incl-holidays": _("Monday to Friday count, holidays too."),
    "school-day": _("Only days with school count."),
    "instructional-day": _("Only days with classes count."),
}
REPEATS: Mapping[str, str] = {
    "from-last": _("When it was done, the time begins again."),
    "each-school-year": _("It comes again each school year."),
    "each-year": _("It comes again each year."),
    "first-in-school-year": _("It comes the first time in each school year."),
    "per-iep": _("It comes again with each IEP."),
    "updated-annually": _("It is looked at again each year."),
}
LAST_DAYS: Mapping[str, str] = {
    "day-before": _("The last day is the day before the year is full."),
    "disputed": _("The last day is counted in two ways. To be safe, act a day sooner."),
}
EFFECTS: Mapping[str, StrOrPromise] = {
    "does-not-apply": gettext_lazy("Then the time limit does not count"),
    "not-needed": gettext_lazy("Then it is not needed"),
    "waived": gettext_lazy("Then it is given up"),
    "extends": gettext_lazy("Then there is more time"),
    "suspends": gettext_lazy("Then the count stops for a while"),
    "restarts": gettext_lazy("Then the count begins again"),
    "ends-early": gettext_lazy("Then the time is over sooner"),
    "changes": gettext_lazy("Then something else counts"),
    "may-be-excused": gettext_lazy("Then a delay may be excused"),
    "as-soon-as-possible": gettext_lazy("Then it must be done as soon as possible"),
    "shorter-notice": gettext_lazy("Then less notice is enough"),
    "changes-nothing": gettext_lazy("This does not move the date"),
}


@dataclass(frozen=True)
class Point:
    """One thing that a rule says: what it is about, and its sentences."""

    label: StrOrPromise
    said: tuple[Sentence, ...]


@dataclass(frozen=True)
class Excepted:
    """One exception: what it does, when, and the citation."""

    effect: StrOrPromise
    text: Sentence
    cite: str
    person_decides: bool


def how_long(clock: Clock) -> Say:
    """The number with its unit, the law's own words where it gives none, or what kind of rule it is."""
    if clock.length is not None:
        values = number_words(clock.length, clock.unit)
        if clock.direction == "before" and clock.kind not in LENGTHS:
            return Say("{length} {unit} before", values)
        return Say(LENGTHS.get(clock.kind, NUMBER), values)
    if clock.standard:
        return Say(s.STANDARDS.get(clock.standard, clock.standard.replace("-", " ")))
    return Say(NO_LENGTHS.get(clock.kind, NO_NUMBER))


def points(clock: Clock) -> tuple[Point, ...]:
    """The rule point by point, as a reader asks: how long, how counted, from when, until when, unless what."""
    found = (Point(label, _once(say(clock))) for label, say in POINTS)
    return tuple(point for point in found if point.said)


def _once(said: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences without those that say the same again."""
    kept: list[Sentence] = []
    for one in said:
        if one not in kept:
            kept.append(one)
    return tuple(kept)


def exceptions(clock: Clock) -> tuple[Excepted, ...]:
    """The exceptions of a rule, each with what it does."""
    return tuple(_exception(rule) for rule in clock.exceptions)


def _exception(rule: Exemption) -> Excepted:
    effect = EFFECTS.get(rule.effect, rule.effect.replace("-", " "))
    return Excepted(effect, Say(rule.text), "; ".join(rule.cite), rule.when is None)


def match_said(match: Match) -> Sentence:
    """Which fact is meant: the name of what happened, and what it must say."""
    kind = vocabulary().kinds.get(match.event)
    name = Say(kind.name if kind else match.event.replace("-", " "))
    details = [_detail(match.event, field, value) for field, value in match.where.items()]
    if not details:
        return name
    return Say("{event} ({details})", {"event": name, "details": "; ".join(details)})


def _detail(event: str, name: str, value: object) -> str:
    kind = vocabulary().kinds.get(event)
    field = kind.field(name) if kind else None
    asked = str(question(kind, field)) if kind and field else name.replace("_", " ")
    if isinstance(value, bool):
        return f"{asked} {gettext('Yes') if value else gettext('No')}"
    values = value if isinstance(value, tuple | list) else (value,)
    said = _either([str(answer(str(one))) for one in values])
    return f"{asked} {said}" if name in NAMED else said


def _either(words: list[str]) -> str:
    *first, last = words
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def day_that_counts(match: Match) -> Say | None:
    """Which of the dates of a fact is meant, where it has more than one; None if it has one."""
    kind = vocabulary().kinds.get(match.event)
    field = kind.field(match.on or kind.main_date) if kind else None
    if kind is None or field is None or field.name == "date":
        return None
    return Say("The day that counts: {question}", {"question": question(kind, field)})


def _how_long(clock: Clock) -> Iterator[Sentence]:
    yield how_long(clock)


def _how_counted(clock: Clock) -> Iterator[Sentence]:
    if clock.length is not None and clock.unit in s.UNITS and clock.unit not in ("count", "school-year"):
        if clock.direction == "before":
            yield Say("It is counted back from that day.")
        elif clock.kind not in ("counter", "count-limit"):
            yield (
                Say("The day it starts is day 1.")
                if clock.first_day == "trigger"
                else Say("Day 1 is the day after it starts.")
            )
    if clock.unit in UNITS:
        yield Say(UNITS[clock.unit])
    yield from (_left_out(rule) for rule in clock.leaves_out)
    for added in clock.adds:
        yield Say("If your child is absent {number} school days or more, the time is that much longer.",
                  {"number": added.at_least})  # fmt: skip
    yield from (Say(rule.text) for rule in clock.near_year_end if rule.text)
    if clock.summer:
        yield Say(clock.summer.text)
    if clock.repeats in REPEATS:
        yield Say(REPEATS[clock.repeats])
    if clock.capped_by:
        yield Say("If the paper itself names an earlier end, that end counts.")
    if clock.last_day in LAST_DAYS:
        yield Say(LAST_DAYS[clock.last_day])


LEFT_OUT: Mapping[str, str] = {
    "summer": _("Summer does not count."),
    "holiday": _("Holidays do not count."),
    "absence": _("Days on which your child is absent do not count."),
    "waiting-for-consent": _("The days of waiting for your permission do not count."),
}


def _left_out(rule: LeftOut) -> Say:
    if rule.what == "break" and rule.over:
        return Say("School breaks of more than {days} school days do not count.", {"days": rule.over})
    if rule.what == "break":
        return Say("School breaks of {days} school days or more do not count.", {"days": max(rule.at_least, 1)})
    if rule.what == "absence" and rule.over:
        return Say("Absent days beyond {days} do not count.", {"days": rule.over})
    return Say(LEFT_OUT.get(rule.what, rule.what.replace("-", " ")))


def _starts_with(clock: Clock) -> Iterator[Sentence]:
    for match in clock.trigger:
        yield match_said(match)
        counts = day_that_counts(match)
        if counts:
            yield counts
    yield from (Say("Also: {event}", {"event": match_said(match)}) for match in clock.also_from)
    if clock.after:
        text = _("When “{other}” is done") if clock.after.edge == "done" else _("When “{other}” is due")
        yield Say(text, {"other": Say(_name_of(clock, clock.after.clock))})


def _must_wait(clock: Clock) -> Iterator[Sentence]:
    yield from map(match_said, clock.blocks)


def _done_when(clock: Clock) -> Iterator[Sentence]:
    if clock.done_mode == "all" and len(clock.done_when) > 1:
        yield Say("All of these:")
    yield from map(match_said, clock.done_when)


def _falls_away(clock: Clock) -> Iterator[Sentence]:
    yield from map(match_said, clock.falls_away_when)
    if clock.ends_after:
        yield Say("The time of “{other}” has run out unused", {"other": Say(_name_of(clock, clock.ends_after.clock))})


def _only_if(clock: Clock) -> Iterator[Sentence]:
    yield from (Say(condition.text) for condition in clock.applies_if)


def _unless(clock: Clock) -> Iterator[Sentence]:
    yield from (Say(condition.text) for condition in clock.unless)


def _not_later(clock: Clock) -> Iterator[Sentence]:
    for other in clock.within:
        yield Say(_name_of(clock, other.rpartition("/")[2]))


def _name_of(clock: Clock, other: str) -> str:
    """The name of another rule, the federal one if the place has none; its id if there is none at all."""
    return next((one.name for one in federal().clocks if one.id == other), other.replace("-", " "))


POINTS: tuple[tuple[StrOrPromise, Callable[[Clock], Iterable[Sentence]]], ...] = (
    (gettext_lazy("How long"), _how_long),
    (gettext_lazy("How it is counted"), _how_counted),
    (gettext_lazy("It starts with"), _starts_with),
    (gettext_lazy("It must come before"), _must_wait),
    (gettext_lazy("It is done when"), _done_when),
    (gettext_lazy("Not later than"), _not_later),
    (gettext_lazy("Only if"), _only_if),
    (gettext_lazy("Not if"), _unless),
    (gettext_lazy("It falls away when"), _falls_away),
)


CHECKS: Mapping[str, str] = {"medium": s.CHECK_MEDIUM, "low": s.CHECK_LOW}


def how_sure(clock: Clock) -> Say:
    """How sure the entry is, in words; where it is not, with whom to check."""
    source = clock.source or ", ".join(clock.cite)
    if clock.confidence == "high":
        return Say("We read the rule, or an official text that repeats it.")
    text = CHECKS.get(clock.confidence, s.CHECK_WITH)
    return Say(text, {"source": source})
