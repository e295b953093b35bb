"""The duties of one world: every clock that a fact has started, when it is due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gameplan.core import sentences as s
from gameplan.core.days import Span
from gameplan.core.done import done
from gameplan.core.due import Due
from gameplan.core.due_finder import DueFinder
from gameplan.core.entries import Clock, Law
from gameplan.core.matching import World
from gameplan.core.standing import Duty
from gameplan.core.starts import Start, Starts
from gameplan.core.verdict import Verdict
from gameplan.core.words import Say

HORIZON = date(2015, 7, 1)


class DutyMaker:
    """Makes the duties of one world under one law."""

    def __init__(self, world: World, law: Law) -> None:
        self.world = world
        self.law = law
        self.finder = DueFinder(world, law.holidays, self._other_due)
        self.starts_of = Starts(world, law, self._edge)
        self._computing: set[tuple[str, date]] = set()

    def duties(self) -> list[Duty]:
        """Every duty that a fact of this world has started; a federal one gives way to the State's own."""
        found: list[Duty] = []
        for clock in self._touched():
            found.extend(self._of_clock(clock))
        taken = {(duty.base, duty.started_by) for duty in found if duty.base and duty.status != "cannot-tell"}
        return [duty for duty in found if duty.pack != "us" or (duty.clock, duty.started_by) not in taken]

    def _touched(self) -> Iterator[Clock]:
        seen: set[int] = set()
        for kind in self.world.by_kind:
            for clock in self.law.by_trigger.get(kind, ()):
                if id(clock) not in seen and not clock.not_yet:
                    seen.add(id(clock))
                    yield clock
        for clock in self.law.clocks:
            if clock.after and not clock.not_yet:
                yield clock

    def _edge(self, clock: Clock, edge: str) -> Iterator[Start]:
        """The days on which another clock was done, or is due, for the clocks that start there."""
        for start in self.starts_of.of(clock):
            duty = self._duty(clock, start, None)
            day = duty.done if edge == "done" else duty.due
            known = edge == "due" or duty.status != "cannot-tell"
            if day and known and duty.status != "excused" and day <= self.world.on:
                yield Start(start.fact, day, start.match)

    def _replaced_by(self, clock: Clock) -> list[Clock]:
        """The State's own clocks that take a federal one's place for every child."""
        if clock.pack != "us" or clock.id not in self.law.hidden:
            return []
        own = [one for one in self.law.clocks if one.base == clock.id and one.relation == "replaces"]
        return [one for one in own if not one.not_yet and not one.applies_if]

    def _of_clock(self, clock: Clock) -> Iterator[Duty]:
        starts = self.starts_of.of(clock)
        instead = self._replaced_by(clock)
        if instead:
            if not any(self.starts_of.of(one) for one in instead):
                yield from (
                    Verdict(self.world, clock, start).elsewhere(self.law.state_name, instead[0]) for start in starts
                )
            return
        for index, start in enumerate(starts):
            following = starts[index + 1].day if index + 1 < len(starts) else None
            if not clock.in_force.covers(start.day):
                if not self._another_version(clock, start.day):
                    yield self._not_in_force(clock, start)
                continue
            yield self._duty(clock, start, following)

    def _another_version(self, clock: Clock, day: date) -> bool:
        versions = [one for one in self.law.by_id[clock.id] if one.pack == clock.pack]
        if any(one.in_force.covers(day) for one in versions):
            return True
        return versions[0] is not clock

    # ---- when it is due

    def _other_due(self, clock_id: str, pack: str | None, start: date) -> tuple[Span, str] | None:
        """When another clock of this case is due, in the round that a clock begun on `start` belongs to."""
        if (clock_id, start) in self._computing:
            return None
        self._computing.add((clock_id, start))
        try:
            for clock in self.law.by_id.get(clock_id, ()):
                if pack and clock.pack != pack:
                    continue
                starts = [one for one in self.starts_of.of(clock) if clock.in_force.covers(one.day)]
                if not starts or clock.length is None:
                    continue
                chosen = self._same_round(clock, starts, start)
                if chosen is None:
                    continue
                due = self.finder.find(clock, chosen.day, chosen.fact)
                if due.span and not due.excused:
                    return due.span, clock.name
        finally:
            self._computing.discard((clock_id, start))
        return None

    def _same_round(self, clock: Clock, starts: list[Start], start: date) -> Start | None:
        """The start of another clock that belongs with one begun on `start`: the last that was still open then."""
        earlier = [one for one in starts if one.day <= start]
        if not earlier:
            return starts[0]
        closed = done(self.world, clock, earlier[-1], None).day
        return None if closed and closed < start else earlier[-1]

    def _beside_federal(self, clock: Clock, start: Start, due: Due) -> None:
        """Hold the State's number beside the federal one where both bind or the State's is only weakly known."""
        federal = next((c for c in self.law.by_id.get(clock.base, ()) if c.pack == "us"), None)
        if clock.pack == "us" or federal is None or due.span is None:
            return
        if federal.length is None:
            due.because.append(Say(s.STATE_SETS, {"state": self.law.state_name}))
            return
        cite = ", ".join(federal.cite)
        if clock.relation == "replaces":
            due.because.append(Say(s.STATE_REPLACES, {"state": self.law.state_name, "cite": cite}))
        base_start = self._federal_start(federal, start)
        if base_start is None:
            return
        other = self.finder.find(federal, base_start, start.fact).span
        if other is None or other == due.span:
            return
        if clock.relation == "adds":
            due.because.append(Say(s.STATE_ADDS, {"state": self.law.state_name}))
            if other.earliest < due.span.earliest:
                due.because.append(Say(s.FEDERAL_EARLIER, {"due": other.earliest, "cite": cite}))
            due.span = due.span.earlier_of(other)
        elif clock.relation == "replaces" and clock.confidence == "low":
            values = {"state_due": due.span.earliest, "federal_due": other.earliest}
            due.because.append(Say(s.LOW_BOTH, values))
            due.span = due.span.either(other, Say(s.CHECK_WITH, {"source": ", ".join(clock.cite)}))

    def _federal_start(self, federal: Clock, start: Start) -> date | None:
        """The day from which the federal clock counts for the same round."""
        days = [one.day for one in self.starts_of.of(federal)]
        same = [
            one.day for one in self.starts_of.of(federal) if one.fact and start.fact and one.fact.id == start.fact.id
        ]
        later = [day for day in days if day >= start.day]
        return same[0] if same else (later[0] if later else None)

    def _duty(self, clock: Clock, start: Start, following: date | None) -> Duty:
        due = self.finder.find(clock, start.day, start.fact)
        if clock.kind == "gate" and due.span is None:
            due.span = self._gate(clock, start)
        self._beside_federal(clock, start, due)
        return Verdict(self.world, clock, start).reached(due, done(self.world, clock, start, following))

    def _gate(self, clock: Clock, start: Start) -> Span | None:
        """The day of the event that this duty must come before, once that event has happened or is planned."""
        if not clock.trigger:
            return Span.at(start.day)
        for fact, match, answer in self.world.matching(clock.blocks):
            day = self.world.day(fact, match.on)
            if answer and day >= start.day and (self.world.happened(fact, match.on) or day >= self.world.on):
                return Span.at(day)
        return None

    def _not_in_force(self, clock: Clock, start: Start) -> Duty:
        """No firm date: the rule as it was in force on that day is not here, or was not checked that far back."""
        text = s.NOT_CHECKED_BACK if clock.in_force.first == HORIZON else s.NOT_IN_FORCE
        return Verdict(self.world, clock, start).without_rule(text)
