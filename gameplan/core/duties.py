"""The duties of one world: every clock that a fact has started, when it is due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

from gameplan.core import sentences as s
from gameplan.core.counters import counted_sentences, counted_so_far, ended_as_ordered, stopped_again
from gameplan.core.days import Span, joined
from gameplan.core.done import NOT_SAID, Done, done
from gameplan.core.due import Due
from gameplan.core.due_finder import DueFinder
from gameplan.core.entries import Clock, Condition, Law
from gameplan.core.facts import Fact
from gameplan.core.matching import World, fits
from gameplan.core.removals import Passed, days_out, passed
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
                if id(clock) not in seen and not clock.not_yet and not clock.part_of:
                    seen.add(id(clock))
                    yield clock
        for clock in self.law.clocks:
            if clock.after and not clock.not_yet:
                yield clock

    def _edge(self, clock: Clock, edge: str) -> Iterator[Start]:
        """The days on which another clock was done, or is due, for the clocks that start there."""
        for start in self.starts_of.of(clock):
            if not clock.in_force.covers(start.day):
                if not self._another_version(clock, start.day):
                    yield start
                continue
            duty = self._duty(clock, start, None)
            day = duty.done if edge == "done" else duty.due
            known = edge == "due" or duty.status != "cannot-tell"
            if day and known and duty.status != "excused" and (edge == "due" or day <= self.world.on):
                yield Start(start.fact, day, start.match)

    def _of_clock(self, clock: Clock) -> Iterator[Duty]:
        starts = self.starts_of.of(clock)
        if not starts:
            return
        if clock.kind in ("counter", "count-limit"):
            yield from self._counted(clock, starts) if clock.kind == "counter" else self._limited(clock, starts)
            return
        instead = replaced_by(self.law, clock)
        if instead:
            if not any(self.starts_of.of(one) for one in instead):
                yield from (
                    Verdict(self.world, clock, start).elsewhere(self.law.state_name, instead[0]) for start in starts
                )
            return
        for index, start in enumerate(starts):
            following = starts[index + 1].day if index + 1 < len(starts) else None
            if clock.in_force.covers(start.day):
                yield self._in_force(clock, start, following)
            elif not self._another_version(clock, start.day):
                yield self._not_in_force(clock, start)

    def _in_force(self, clock: Clock, start: Start, following: date | None) -> Duty:
        """The duty under a rule that counts on that day, or the honest word that another State's counted, or may."""
        if clock.pack != "us" and self._came_here and start.day < self._came_here:
            return Verdict(self.world, clock, start).before_move(self.law.state_name)
        if must_ask_state(self.law, clock):
            due = self.finder.find(clock, start.day, start.fact)
            met = done(self.world, clock, start, following)
            return Verdict(self.world, clock, start).unknown_state(due, met, self.law.state_name)
        return self._duty(clock, start, following)

    @cached_property
    def _came_here(self) -> date | None:
        """The day the child came to a school of this State from another one, if the file tells of it."""
        moves = [
            self.world.day(fact)
            for fact in self.world.by_kind.get("enrolled", ())
            if self.world.happened(fact) and moves_here(self.law, fact)
        ]
        return max(moves, default=None)

    def _counted(self, clock: Clock, starts: list[Start]) -> Iterator[Duty]:
        """One duty a school year: the number of days, and the day on which it was passed."""
        sure = {start.fact.id: start for start in starts if start.fact}
        for year in passed(self.world, [start.fact for start in starts if start.fact], clock.length or 0):
            yield from self._passed(clock, year, sure)

    def _passed(self, clock: Clock, year: Passed, starts: Mapping[str, Start]) -> Iterator[Duty]:
        begun = starts[year.crossing.id if year.crossing else year.first.id]
        if year.earliest is None:
            verdict = Verdict(self.world, clock, begun)
            verdict.counted(counted_so_far(clock, year))
            yield verdict.not_reached()
            return
        latest = year.latest or days_out(self.world, begun.fact or year.first)[-1].when.latest
        span = Span(year.earliest, max(year.earliest, latest), year.asks)
        asks = () if year.alone else self._open_pattern(clock)
        if asks is None:
            return
        sure = begun.sure and year.latest is not None and not asks
        start = replace(begun, day=year.earliest, sure=sure, asks=joined(begun.asks, year.asks, asks))
        due = Due(span)
        verdict = Verdict(self.world, clock, start)
        verdict.counted(counted_sentences(clock, year))
        duty = verdict.reached(due, done(self.world, clock, start, None))
        yield stopped_again(self.world, clock, duty)

    def _open_pattern(self, clock: Clock) -> tuple[Say, ...] | None:
        """What is not known of the conditions of a counter; None where one of them surely does not hold."""
        asks = []
        for condition in clock.applies_if:
            answer = self._judged(condition)
            if answer is False:
                return None
            if answer is None:
                asks.append(Say(s.CONDITION_OPEN, {"text": Say(condition.text)}))
        return tuple(asks)

    def _judged(self, condition: Condition) -> bool | None:
        """What people have judged: not known where nobody did, or where those who did do not agree."""
        if condition.fact is None:
            return self.world.holds(condition, self.world.on)
        said = {fits(fact, condition.fact) for fact in self.world.by_kind.get(condition.fact.event, ())}
        return said.pop() if len(said) == 1 else None

    def _limited(self, clock: Clock, starts: list[Start]) -> Iterator[Duty]:
        """One duty for each time something was asked for, with its number among those for the same thing."""
        seen: dict[str, int] = {}
        said = [start.fact.data.get(clock.counted_by) if start.fact else None for start in starts]
        known = len(starts) == 1 or not any(about in NOT_SAID for about in said)
        for start, about in zip(starts, map(str, said), strict=True):
            seen[about] = seen.get(about, 0) + 1
            yield Verdict(self.world, clock, start).limit(seen[about] if known else None)

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
        met = self._done(clock, start, following, due)
        if clock.kind == "cap" and met.day is None and start.fact and not days_out(self.world, start.fact):
            due.perhaps_ended = (Say(s.HOW_LONG_OUT),) if start.fact.kind == "removal-ordered" else ()
        return Verdict(self.world, clock, start).reached(due, met)

    def _done(self, clock: Clock, start: Start, following: date | None, due: Due) -> Done:
        met = done(self.world, clock, start, following)
        if met.day is None and clock.kind == "cap":
            return ended_as_ordered(self.world, start, due) or met
        if met.day is None and clock.ends_after:
            return self._run_out(clock, due) or met
        return met

    def _run_out(self, lasting: Clock, due: Due) -> Done | None:
        """The end of a status that lasts until another clock's time has run out unused."""
        found: list[Duty] = []
        for clock in may_run_out(self.law, lasting):
            for start in self.starts_of.of(clock):
                if not clock.in_force.covers(start.day):
                    continue
                if must_ask_state(self.law, clock):
                    return None
                found.append(self._duty(clock, start, None))
        ends = [duty.due for duty in found if duty.status == "late" and duty.due]
        if not found or len(ends) < len(found):
            return None
        due.because.append(Say(s.HOLD_RAN_OUT, {"day": max(ends), "other": found[0].title}))
        return Done(max(ends))

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


def moves_here(law: Law, enrolled: Fact) -> bool:
    """True where an enrolment brings the child to a school of this State from another one."""
    here = {str(law.state).casefold(), law.state_name.casefold()}
    before = str(enrolled.data.get("previous_state") or "").casefold()
    return str(enrolled.data.get("state") or "").casefold() in here and before not in {"", "not-known", *here}


def must_ask_state(law: Law, clock: Clock) -> bool:
    """True where the State's own number would govern, and it is not known whether there is one."""
    if not clock.ask_state or law.state is None or clock.id in law.settled:
        return False
    return not any(one.base == clock.id and one.relation == "replaces" for one in law.clocks)


def replaced_by(law: Law, clock: Clock) -> list[Clock]:
    """The State's own clocks that take a federal one's place for every child."""
    if clock.pack != "us" or clock.id not in law.hidden:
        return []
    own = [one for one in law.clocks if one.base == clock.id and one.relation == "replaces"]
    return [one for one in own if not one.not_yet and not one.applies_if]


def may_run_out(law: Law, clock: Clock) -> list[Clock]:
    """The clocks after whose unused time a status ends that lasts."""
    other = clock.ends_after.clock if clock.ends_after else ""
    found = [one for one in law.clocks if other and other in (one.id, one.base)]
    return [one for one in found if not (one.id in law.hidden and one.pack == "us")]
