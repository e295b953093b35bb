"""The duties of one world: every clock that a fact has started, when it is due, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from gameplan.core import sentences as s
from gameplan.core.calendars import ONE_DAY
from gameplan.core.days import Span, joined
from gameplan.core.due import Due, DueFinder, day_marks
from gameplan.core.entries import Clock, Law, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import World, open_questions
from gameplan.core.standing import Duty
from gameplan.core.words import Say

SOON = 7
HORIZON = date(2015, 7, 1)


@dataclass(frozen=True)
class Start:
    """What started a clock: the fact, the day, and whether it is sure that it counts."""

    fact: Fact | None
    day: date
    match: Match | None
    sure: bool = True
    asks: tuple[Say, ...] = ()


class DutyMaker:
    """Makes the duties of one world under one law."""

    def __init__(self, world: World, law: Law) -> None:
        self.world = world
        self.law = law
        self.finder = DueFinder(world, law.holidays, self._other_due)
        self._starts: dict[int, list[Start]] = {}
        self._computing: set[tuple[str, date]] = set()

    def duties(self) -> list[Duty]:
        """Every duty that a fact of this world has started, federal ones hidden where the State's own takes their place."""
        found: list[Duty] = []
        for clock in self._touched():
            found.extend(self._of_clock(clock))
        taken = {(duty.base, duty.started_by) for duty in found if duty.base and duty.status != "cannot-tell"}
        return [duty for duty in found if duty.pack != "us" or (duty.clock, duty.started_by) not in taken]

    def _touched(self) -> Iterator[Clock]:
        seen: set[int] = set()
        for kind in self.world.by_kind:
            for clock in self.law.by_trigger.get(kind, ()):
                if id(clock) not in seen and not clock.not_yet and clock.id not in self._hidden(clock):
                    seen.add(id(clock))
                    yield clock
        for clock in self.law.clocks:
            if clock.after and not clock.not_yet and clock.id not in self._hidden(clock):
                yield clock

    def _hidden(self, clock: Clock) -> frozenset[str]:
        return self.law.hidden if clock.pack == "us" else frozenset()

    def _of_clock(self, clock: Clock) -> Iterator[Duty]:
        starts = self.starts(clock)
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

    # ---- what started it

    def starts(self, clock: Clock) -> list[Start]:
        """What has started this clock, earliest first; the starts of one round count as the latest of them."""
        key = id(clock)
        if key not in self._starts:
            found = list(self._after_other(clock) if clock.after else self._by_facts(clock))
            found = [start for start in found if self._applies(clock, start) is not None]
            found = [self._applies(clock, start) or start for start in found]
            found.sort(key=lambda start: start.day)
            self._starts[key] = _rounds(found, clock.one_round)
        return self._starts[key]

    def _by_facts(self, clock: Clock) -> Iterator[Start]:
        back = clock.direction == "before" or clock.kind == "gate"
        matches = clock.trigger + clock.also_from + (() if clock.trigger else clock.blocks)
        seen: set[str] = set()
        for fact, match, answer in self.world.matching(matches):
            if fact.id in seen or not (
                self.world.happened(fact, match.on) or (back and self._coming(fact, match))
            ):
                continue
            seen.add(fact.id)
            asks = () if answer else (self._data_question(fact, match),)
            yield Start(fact, self.world.day(fact, match.on), match, answer is True, asks)

    def _coming(self, fact: Fact, match: Match) -> bool:
        """True for a planned event that still lies ahead (or is today), from which a count back can start."""
        return self.world.day(fact, match.on) >= self.world.on

    def _data_question(self, fact: Fact, match: Match) -> Say:
        kind = self.law.vocabulary.kinds.get(fact.kind)
        fields = ", ".join(name.replace("_", " ") for name in open_questions(fact, match))
        values = {
            "event": Say(kind.name if kind else fact.kind),
            "day": self.world.day(fact),
            "fields": fields,
        }
        return Say(s.DATA_OPEN, values)

    def _after_other(self, clock: Clock) -> Iterator[Start]:
        assert clock.after is not None  # noqa: S101 - asked only for such clocks
        for other in self.law.by_id.get(clock.after.clock, ()):
            for start in self.starts(other):
                duty = self._duty(other, start, None)
                day = duty.done if clock.after.edge == "done" else duty.due
                if day and duty.status not in ("excused", "cannot-tell") and day <= self.world.on:
                    yield Start(start.fact, day, start.match)
            break

    def _applies(self, clock: Clock, start: Start) -> Start | None:
        """The start with open conditions noted, or None where a condition says no."""
        asks = list(start.asks)
        for condition in clock.applies_if:
            answer = self.world.holds(condition, start.day)
            if answer is False:
                return None
            if answer is None:
                asks.append(Say(s.CONDITION_OPEN, {"text": Say(condition.text)}))
        for condition in clock.unless:
            answer = self.world.holds(condition, start.day)
            if answer:
                return None
            if answer is None and condition.fact is None:
                asks.append(Say(s.CONDITION_OPEN, {"text": Say(condition.text)}))
        sure = start.sure and len(asks) == len(start.asks)
        return replace(start, sure=sure, asks=tuple(asks))

    # ---- when it is due

    def _other_due(self, clock_id: str, pack: str | None, start: date) -> tuple[Span, str] | None:
        """When another clock of this case is due: of its starts the last on or before this one, else the first."""
        if (clock_id, start) in self._computing:
            return None
        self._computing.add((clock_id, start))
        try:
            for clock in self.law.by_id.get(clock_id, ()):
                if pack and clock.pack != pack:
                    continue
                starts = [one for one in self.starts(clock) if clock.in_force.covers(one.day)]
                if not starts or clock.length is None:
                    continue
                earlier = [one for one in starts if one.day <= start]
                chosen = earlier[-1] if earlier else starts[0]
                due = self.finder.find(clock, chosen.day, chosen.fact)
                if due.span and not due.excused:
                    return due.span, clock.name
        finally:
            self._computing.discard((clock_id, start))
        return None

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
        days = [one.day for one in self.starts(federal)]
        same = [
            one.day
            for one in self.starts(federal)
            if one.fact and start.fact and one.fact.id == start.fact.id
        ]
        later = [day for day in days if day >= start.day]
        return same[0] if same else (later[0] if later else None)

    # ---- how it stands

    def _duty(self, clock: Clock, start: Start, following: date | None) -> Duty:
        due = self.finder.find(clock, start.day, start.fact)
        if clock.kind == "gate" and due.span is None:
            due.span = self._gate(clock, start)
        self._beside_federal(clock, start, due)
        done, done_fact, maybe = self._done(clock, start, following)
        because = [*self._opening(clock, start), *due.because]
        duty = self._blank(clock, start)
        if due.span:
            certain = due.span.certain
            duty = replace(
                duty,
                due=due.span.earliest if certain and start.sure else None,
                due_earliest=due.span.earliest,
                due_latest=due.span.latest,
                count=partial(day_marks, clock, start.day, due),
            )
            because += _weekend_note(duty)
        asks = joined(due.span.missing if due.span else (), due.would_settle, start.asks)
        duty = replace(duty, would_settle=asks)
        fallen = self._fell_away(clock, start, done)
        if due.excused:
            because.append(Say(s.EXCUSED, {"text": Say(due.excused), "day": due.excused_on or start.day}))
            return self._closed(replace(duty, because=tuple(because)), "excused")
        if fallen:
            values = {"day": self.world.day(fallen), "event": self._event(fallen)}
            return self._closed(replace(duty, because=(*because, Say(s.FELL_AWAY, values))), "excused")
        return self._stand(clock, duty, due, because, done, done_fact, maybe, start)

    def _gate(self, clock: Clock, start: Start) -> Span | None:
        """The day of the event that this duty must come before, once that event has happened or is planned."""
        if not clock.trigger:
            return Span.at(start.day)
        for fact, match, answer in self.world.matching(clock.blocks):
            day = self.world.day(fact, match.on)
            if answer and day >= start.day and (self.world.happened(fact, match.on) or day >= self.world.on):
                return Span.at(day)
        return None

    def _closed(self, duty: Duty, status: str) -> Duty:
        return replace(duty, status=status, days_left=None, days_late=None, would_settle=())

    def _blank(self, clock: Clock, start: Start) -> Duty:
        check = None
        if clock.confidence != "high" or clock.doubts:
            text = {"medium": s.CHECK_MEDIUM, "low": s.CHECK_LOW}.get(clock.confidence, s.CHECK_WITH)
            check = Say(text, {"source": clock.source or ", ".join(clock.cite)})
        return Duty(
            clock=clock.id, pack=clock.pack, kind=clock.kind, title=Say(clock.name), plain=Say(clock.plain),
            owed_by=clock.owes, owed_to=clock.owed_to, status="running", started=start.day,
            started_by=start.fact.id if start.fact else "", cite=clock.cite, source=clock.source,
            confidence=clock.confidence, check_with=check, base=clock.base, direction=clock.direction,
            would_change=tuple(Say(rule.text) for rule in clock.exceptions),
        )  # fmt: skip

    def _opening(self, clock: Clock, start: Start) -> Iterator[Say]:
        if start.fact is None:
            return
        if start.fact.kind == "school-year-started":
            yield Say(s.STARTED_SCHOOL_YEAR, {"day": start.day})
            return
        text = s.ANCHORED if clock.direction == "before" else s.STARTED
        yield Say(text, {"day": start.day, "event": self._event(start.fact)})
        if start.match and start.match.on in (None, "received") and start.fact.kind == "consent-given":
            if not self.world.says_date(start.fact, start.match.on):
                yield Say(s.RECEIVED_NOT_SAID, {"day": start.day})
        for doubt in clock.doubts:
            yield Say(doubt)

    def _event(self, fact: Fact) -> Say:
        kind = self.law.vocabulary.kinds.get(fact.kind)
        return Say(kind.name if kind else fact.kind)

    def _stand(
        self, clock: Clock, duty: Duty, due: Due, because: list[Say],
        done: date | None, done_fact: Fact | None, maybe: Fact | None, start: Start,
    ) -> Duty:  # fmt: skip
        on = self.world.on
        first, last = duty.due_earliest, duty.due_latest
        if done:
            late = (done - last).days if last and done > last else 0
            values = {"day": done, "event": self._event(done_fact) if done_fact else duty.title, "days": late}
            because.append(Say(s.DONE_LATE if late else s.DONE, values))
            unsure = (first and last and first < done <= last and first != last) or not start.sure
            status = "cannot-tell" if unsure else ("met-late" if late else "met")
            return replace(
                duty, status=status, done=done, done_by=done_fact.id if done_fact else "",
                days_late=late or None if status == "met-late" and first == last else None,
                because=tuple(because), would_settle=duty.would_settle if unsure else (),
            )  # fmt: skip
        if maybe:
            values = {"event": self._event(maybe), "day": self.world.day(maybe)}
            because.append(Say(s.MAYBE_DONE, values))
        elif clock.direction != "before" or start.day <= on:
            because.append(Say(s.NOT_DONE))
        duty = replace(duty, because=tuple(because))
        if first is None and clock.direction == "before" and clock.kind != "gate" and on > start.day:
            return replace(duty, status="late")
        if not start.sure or maybe:
            return replace(duty, status="cannot-tell", due=None)
        if due.paused:
            return replace(duty, status="paused", due=None)
        return _by_day(clock, duty, on)

    def _done(
        self, clock: Clock, start: Start, following: date | None
    ) -> tuple[date | None, Fact | None, Fact | None]:
        """The day and fact that met the duty, and a fact that may have met it."""
        if clock.kind == "floor":
            return None, None, None
        hits: list[tuple[date, Fact]] = []
        maybe: Fact | None = None
        for match in clock.done_when:
            sure, unsure = self._first_done(clock, match, start, following)
            if sure:
                hits.append(sure)
            elif unsure:
                maybe = maybe or unsure[1]
            if clock.done_mode == "all" and not sure:
                return None, None, maybe
        if not hits:
            return None, None, maybe
        day, fact = max(hits, key=_by_date) if clock.done_mode == "all" else min(hits, key=_by_date)
        return day, fact, None

    def _first_done(
        self, clock: Clock, match: Match, start: Start, following: date | None
    ) -> tuple[tuple[date, Fact] | None, tuple[date, Fact] | None]:
        unsure = None
        back = clock.direction == "before" or clock.kind == "gate"
        for fact, _, answer in self.world.matching([match]):
            day = self.world.day(fact, match.on)
            if not self.world.happened(fact, match.on) or (
                start.fact and fact.id == start.fact.id and not back
            ):
                continue
            if back:
                if day > start.day and not (clock.kind == "gate" and clock.trigger):
                    continue
                if day < start.day - timedelta(days=400):
                    continue
            elif day < start.day:
                continue
            if clock.repeats and following and day > following and clock.repeats != "from-last":
                continue
            if not self._same(match, fact, start):
                continue
            if answer:
                return (day, fact), None
            unsure = unsure or (day, fact)
        return None, unsure

    def _same(self, match: Match, fact: Fact, start: Start) -> bool:
        """False where the fact says it belongs to another event than the one that started the clock."""
        for mine, theirs in match.same.items():
            said = fact.data.get(mine)
            if said is None or start.fact is None:
                continue
            other = start.day if theirs == "date" else start.fact.data.get(theirs)
            if other is not None and said != other:
                return False
        return True

    def _fell_away(self, clock: Clock, start: Start, done: date | None) -> Fact | None:
        for fact, match, answer in self.world.matching(clock.falls_away_when):
            day = self.world.day(fact, match.on)
            if (
                answer
                and day >= start.day
                and self.world.happened(fact, match.on)
                and (done is None or day < done)
            ):
                return fact
        return None

    def _not_in_force(self, clock: Clock, start: Start) -> Duty:
        old = clock.in_force.first is None or (clock.in_force.first == HORIZON and clock.pack != "us")
        text = s.NOT_CHECKED_BACK if old else s.NOT_IN_FORCE
        values = {"title": Say(clock.name), "year": start.day.year}
        settle = (Say(s.CHECK_WITH, {"source": clock.source or ", ".join(clock.cite)}),)
        return replace(
            self._blank(clock, start), status="cannot-tell", because=(Say(text, values),), would_settle=settle
        )


def _by_date(row: tuple[date, Fact]) -> date:
    return row[0]


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


def _by_day(clock: Clock, duty: Duty, on: date) -> Duty:
    """The status of a duty that is not done, by where the day lies before or after its due day."""
    first, last = duty.due_earliest, duty.due_latest
    if first is None or last is None:
        return replace(duty, status="running")
    if clock.kind == "floor":
        return replace(
            duty,
            status="running" if on < first else "met",
            because=(*duty.because, Say(s.FLOOR, {"due": first})),
        )
    if on > last:
        late = (on - last).days if first == last else None
        return replace(duty, status="late", days_late=late)
    if first != last:
        return replace(duty, status="cannot-tell", due=None, days_left=max((first - on).days, 0))
    left = (first - on).days
    return replace(duty, status="due-soon" if left <= SOON else "running", days_left=left)


def _weekend_note(duty: Duty) -> Iterable[Say]:
    if duty.due and duty.due.weekday() > 4:
        yield Say(s.LAST_DAY_STANDS, {"due": duty.due, "weekday": Say(s.WEEKDAYS[duty.due.weekday()])})


def last_working_day(day: date) -> date:
    """The day itself, or the Friday before where it falls on a weekend: the safe day to act."""
    while day.weekday() > 4:
        day -= ONE_DAY
    return day
