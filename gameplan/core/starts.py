"""What starts a clock: the facts that fit its trigger, and the conditions under which it counts at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from gameplan.core import sentences as s
from gameplan.core.entries import Clock, Law, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import World, open_questions
from gameplan.core.words import Say


@dataclass(frozen=True)
class Start:
    """What started a clock: the fact, the day, and whether it is sure that it counts."""

    fact: Fact | None
    day: date
    match: Match | None
    sure: bool = True
    asks: tuple[Say, ...] = ()


@dataclass
class Starts:
    """Finds the starts of each clock in one world, once. `edge` gives the days on which another clock ended."""

    world: World
    law: Law
    edge: Callable[[Clock, str], Iterator[Start]]
    _found: dict[int, list[Start]] = field(default_factory=dict)

    def of(self, clock: Clock) -> list[Start]:
        """What has started this clock, earliest first; the starts of one round count as the latest of them."""
        key = id(clock)
        if key not in self._found:
            found = list(self._after_other(clock)) if clock.after else self._by_facts(clock)
            self._found[key] = self._in_rounds(clock, found) if found else found
        return self._found[key]

    def _in_rounds(self, clock: Clock, found: list[Start]) -> list[Start]:
        if clock.applies_if or clock.unless:
            found = [checked for start in found if (checked := self._applies(clock, start)) is not None]
        if len(found) > 1:
            found.sort(key=lambda start: start.day)
            if clock.repeats == "first-in-school-year":
                found = self._first_of_each_year(found)
            found = _rounds(found, clock.one_round)
        return self._begun_anew(clock, found)

    def _first_of_each_year(self, starts: list[Start]) -> list[Start]:
        years: dict[str, Start] = {}
        for start in starts:
            years.setdefault(self.world.calendar.name_of_year(start.day), start)
        return list(years.values())

    def _begun_anew(self, clock: Clock, starts: list[Start]) -> list[Start]:
        """The starts, each moved to the last fact that made its count begin anew before the next one."""
        again = [rule.when for rule in clock.exceptions if rule.effect == "restarts" and rule.when]
        if not again:
            return starts
        for fact, match, answer in self.world.matching(again):
            day = self.world.day(fact, match.on)
            if answer and self.world.happened(fact, match.on):
                earlier = [index for index, start in enumerate(starts) if start.day <= day]
                if earlier:
                    starts[earlier[-1]] = replace(starts[earlier[-1]], fact=fact, day=day, match=match)
        return starts

    def _by_facts(self, clock: Clock) -> list[Start]:
        back = clock.direction == "before" or clock.kind == "gate"
        matches = clock.trigger or clock.blocks
        starts: dict[str, Start] = {}
        for fact, match, answer in self.world.matching(matches + clock.also_from if clock.also_from else matches):
            if fact.id in starts or not (self.world.happened(fact, match.on) or (back and self._coming(fact, match))):
                continue
            asks = () if answer else (data_question(self.world, fact, match),)
            starts[fact.id] = Start(fact, self.world.day(fact, match.on), match, answer is True, asks)
        if not starts and clock.kind == "gate" and clock.trigger and not clock.only_if_begun:
            return list(self._unasked(clock))
        return list(starts.values())

    def _coming(self, fact: Fact, match: Match) -> bool:
        """True for a planned event that still lies ahead (or is today), from which a count back can start."""
        return self.world.day(fact, match.on) >= self.world.on

    def _unasked(self, clock: Clock) -> Iterator[Start]:
        """What had to wait has happened, and nothing in the file shows what had to come first: that is asked."""
        for fact, match, answer in self.world.matching(clock.blocks):
            if answer and self.world.happened(fact, match.on):
                given = self._given_before(clock, self.world.day(fact, match.on))
                if given:
                    yield given
                    return
                asks = (Say(s.WHEN_DONE, {"title": Say(clock.name)}),)
                yield Start(fact, self.world.day(fact, match.on), match, sure=False, asks=asks)

    def _given_before(self, clock: Clock, day: date) -> Start | None:
        """What the gate asks for, already in the file by that day though nobody wrote down that it was asked for."""
        for fact, match, answer in self.world.matching(clock.done_when) if clock.done_mode == "any" else ():
            if answer and self.world.happened(fact, match.on) and self.world.day(fact, match.on) <= day:
                return Start(fact, self.world.day(fact, match.on), match)
        return None

    def _after_other(self, clock: Clock) -> Iterator[Start]:
        if clock.after is None:
            return
        versions = self.law.by_id.get(clock.after.clock, ())
        for other in versions:
            if other.pack == versions[0].pack:
                yield from self.edge(other, clock.after.edge)

    def _applies(self, clock: Clock, start: Start) -> Start | None:
        """The start with open conditions noted, or None where a condition says no."""
        if clock.kind == "counter" or (not clock.applies_if and not clock.unless):
            return start
        asks = list(start.asks)
        for condition in clock.applies_if:
            answer = self.world.holds(condition, start.day, start.fact)
            if answer is False:
                return None
            if answer is None:
                asks.append(Say(s.CONDITION_OPEN, {"text": Say(condition.text)}))
        for condition in clock.unless:
            answer = self.world.holds(condition, start.day, start.fact)
            if answer:
                return None
            if answer is None and condition.fact is None:
                asks.append(Say(s.CONDITION_OPEN, {"text": Say(condition.text)}))
        if len(asks) == len(start.asks):
            return start
        return replace(start, sure=False, asks=tuple(asks))


def data_question(world: World, fact: Fact, match: Match) -> Say:
    """What the file leaves open about a fact, and a rule needs to know."""
    kind = world.vocabulary.kinds.get(fact.kind)
    fields = tuple(Say(s.OPEN_FIELDS.get(name, name.replace("_", " "))) for name in open_questions(fact, match))
    return Say(s.DATA_OPEN, {"event": Say(kind.name if kind else fact.kind), "day": world.day(fact), "fields": fields})


def _rounds(starts: list[Start], days: int) -> list[Start]:
    if not days:
        return starts
    kept: list[Start] = []
    for start in starts:
        if kept and (start.day - kept[-1].day).days <= days:
            kept[-1] = start
        else:
            kept.append(start)
    return kept
