"""How one duty stands on the day: not due yet, due soon, late, met, excused, paused, or not to be told yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from gameplan.core import sentences as s
from gameplan.core.days import DayMark, joined
from gameplan.core.done import LOOK_BACK, Done, earliest_act
from gameplan.core.due import Due, day_marks, number_words
from gameplan.core.entries import Clock
from gameplan.core.facts import Fact
from gameplan.core.matching import World
from gameplan.core.removals import back_in_time
from gameplan.core.standing import Duty
from gameplan.core.starts import Start, data_question
from gameplan.core.words import Say, plainly

SOON = 7
# The most days by which two ways of counting a last day differ: a long weekend.
LONG_WEEKEND = 4


class Verdict:
    """Gathers what is known of one duty, and says how it stands. Used once, for one clock and one start."""

    def __init__(self, world: World, clock: Clock, start: Start) -> None:
        self.world = world
        self.clock = clock
        self.start = start
        self.status = "running"
        self.due: date | None = None
        self.first: date | None = None
        self.last: date | None = None
        self.done: date | None = None
        self.done_by = ""
        self.days_left: int | None = None
        self.days_late: int | None = None
        self.because: list[Say] = []
        self.would_settle: tuple[Say, ...] = start.asks
        self.count: partial[tuple[DayMark, ...]] | None = None
        self.counts: tuple[Say, ...] = ()
        self.reason = ""

    def reached(self, due: Due, met: Done) -> Duty:
        """The duty as it stands, once its due day and what met it are known."""
        self.because = [*self._opening(), *self.counts, *due.because]
        if due.span:
            self.first, self.last = due.span.earliest, due.span.latest
            self.due = self.first if due.span.certain and self.start.sure else None
            self.would_settle = joined(due.span.missing, due.would_settle, self.start.asks)
            self.count = partial(day_marks, self.clock, self.start.day, due)
            self._say_weekend()
        fallen = self._fell_away(met.day)
        if fallen and self._revived(fallen):
            self.because.append(Say(s.REVIVED, {"event": self._event(fallen), "day": self.world.day(fallen)}))
            self.would_settle, self.start = (
                joined(self.would_settle, (Say(s.WHICH_REQUEST),)),
                replace(self.start, sure=False),
            )
            fallen, self.due = None, None
        if due.excused:
            values = {"text": Say(due.excused), "day": due.excused_on or self.start.day}
            self._excuse("exception", Say(s.EXCUSED, values))
        elif fallen:
            self._excuse("fell-away", Say(s.FELL_AWAY, {"day": self.world.day(fallen), "event": self._event(fallen)}))
        elif met.day:
            self._meet(met, met.day)
        else:
            if due.perhaps_ended:
                self.would_settle = joined(self.would_settle, due.perhaps_ended)
                self.start = replace(self.start, sure=False)
            self._stand_open(due, met)
        return self._duty()

    def before_move(self, state_name: str) -> Duty:
        """No firm date: it began before the child came to this State, so the rules of another State counted."""
        self.status, self.reason = "cannot-tell", "before-move"
        self.because = [*self._opening(), Say(s.BEFORE_MOVE, {"state": state_name})]
        self.would_settle = (Say(s.OLD_STATE),)
        return self._duty()

    def elsewhere(self, state_name: str, own: Clock) -> Duty:
        """The federal duty where the State's own takes its place, but what starts that one is not in the file."""
        match = own.trigger[0] if own.trigger else None
        kind = self.world.vocabulary.kinds.get(match.event) if match else None
        event = Say(kind.name if kind else own.name)
        self.status, self.reason = "cannot-tell", "starts-elsewhere"
        self.because = [*self._opening(), Say(s.STARTS_ELSEWHERE, {"state": state_name, "event": event})]
        self.would_settle = (Say(s.STARTS_WITH, {"event": event}),)
        return self._duty()

    def unknown_state(self, due: Due, met: Done, state_name: str) -> Duty:
        """No firm date: whether the State sets a number of its own, which would govern, is not known."""
        clock = self.clock
        values = {
            **number_words(clock.length or 0, clock.unit), "cite": ", ".join(clock.cite), "state": state_name,
            "due": due.span.earliest if due.span else self.start.day,
        }  # fmt: skip
        self.status, self.reason = "cannot-tell", "ask-state"
        self.because = [*self._opening(), Say(s.ASK_STATE, values)]
        self.would_settle = joined(self.start.asks, (Say(clock.ask_state),))
        if met.day and met.fact:
            self.done, self.done_by = met.day, met.fact.id
            self.because.append(Say(s.DONE, {"day": met.day, "event": self._event(met.fact)}))
        return self._duty()

    def counted(self, sentences: Iterable[Say]) -> None:
        """What a counter has added up, to be told with the reasons."""
        self.counts = tuple(sentences)

    def not_reached(self) -> Duty:
        """The number of a counter has not been reached: nothing has started."""
        self.status, self.because = "not-started", list(self.counts)
        return self._duty()

    def limit(self, number: int | None) -> Duty:
        """A number of times: within what the law gives, over it, or not to be told."""
        length = self.clock.length or 0
        values = {"number": number, "length": length}
        if number is None:
            self.status, self.reason, self.because = "cannot-tell", "open-start", [*self._opening()]
            self.would_settle = (Say(s.WHICH_EVALUATION),)
        elif number <= length:
            self.status, self.done = "met", self.start.day
            self.because = [*self._opening(), Say(s.USED_UP, values)]
        else:
            self.because = [*self._opening()]
            self._excuse("over-the-limit", Say(s.OVER_THE_LIMIT, values))
        return self._duty()

    def without_rule(self, text: str) -> Duty:
        """The duty when the rule of that time is not here: no firm date, and whom to ask."""
        clock = self.clock
        self.status, self.reason = "cannot-tell", "no-rule"
        self.because = [Say(text, {"title": Say(clock.name), "year": self.start.day.year})]
        self.would_settle = (Say(s.CHECK_WITH, {"source": clock.source or ", ".join(clock.cite)}),)
        return self._duty()

    def _duty(self) -> Duty:
        clock, start = self.clock, self.start
        return Duty.made(
            clock=clock.id, pack=clock.pack, kind=clock.kind, title=plainly(clock.name), plain=plainly(clock.plain),
            owed_by=clock.owes, owed_to=clock.owed_to, status=self.status,
            started=None if self.status == "not-started" else start.day,
            started_by=start.fact.id if start.fact else "", due=self.due, due_earliest=self.first,
            due_latest=self.last, done=self.done, done_by=self.done_by, days_left=self.days_left,
            days_late=self.days_late, cite=clock.cite, source=clock.source, confidence=clock.confidence,
            because=tuple(self.because), would_settle=self.would_settle, check_with=self._check(),
            would_change=tuple([plainly(rule.text) for rule in clock.exceptions]), base=clock.base,
            direction=clock.direction, reason=self.reason, count=self.count or tuple,
        )  # fmt: skip

    def _check(self) -> Say | None:
        clock = self.clock
        if clock.confidence == "high" and not clock.doubts:
            return None
        text = {"medium": s.CHECK_MEDIUM, "low": s.CHECK_LOW}.get(clock.confidence, s.CHECK_WITH)
        return Say(text, {"source": clock.source or ", ".join(clock.cite)})

    def _event(self, fact: Fact) -> Say:
        kind = self.world.vocabulary.kinds.get(fact.kind)
        return plainly(kind.name if kind else fact.kind)

    def _opening(self) -> Iterator[Say]:
        fact, start = self.start.fact, self.start
        if fact and fact.kind == "school-year-started":
            yield Say(s.STARTED_SCHOOL_YEAR, {"day": start.day})
        elif fact:
            text = s.ANCHORED if self.clock.direction == "before" else s.STARTED
            yield Say(text, {"day": start.day, "event": self._event(fact)})
            by_receipt = bool(start.match and start.match.on in (None, "received"))
            if fact.kind == "consent-given" and by_receipt and not self.world.says_date(fact, "received"):
                yield Say(s.RECEIVED_NOT_SAID, {"day": start.day})
        yield from map(plainly, self.clock.doubts)

    def _say_weekend(self) -> None:
        if self.due and self.due.weekday() > 4:
            values = {"due": self.due, "weekday": Say(s.WEEKDAYS[self.due.weekday()])}
            self.because.append(Say(s.LAST_DAY_STANDS, values))

    def _excuse(self, reason: str, why: Say) -> None:
        self.because.append(why)
        self.status, self.reason, self.would_settle = "excused", reason, ()

    def _fell_away(self, done: date | None) -> Fact | None:
        for fact, match, answer in self.world.matching(self.clock.falls_away_when):
            day = self.world.day(fact, match.on)
            in_time = day >= earliest_act(self.clock, self.start) and (done is None or day < done)
            if in_time and answer and self._was_late(day) and self.world.happened(fact, match.on):
                self.because.append(Say(s.LATE_BEFORE, {"event": self._event(fact), "day": day}))
                continue
            if answer and in_time and self.world.happened(fact, match.on):
                return fact
        return None

    def _was_late(self, day: date) -> bool:
        """True if the time had surely run out before that day: what came later does not undo it."""
        return self.last is not None and day > self.last and self.clock.direction == "after" and not self.clock.repeats

    def _revived(self, fallen: Fact) -> bool:
        """True if permission to evaluate came after the refusal that ended the clock: somebody changed their mind."""
        later = self.world.by_kind.get("consent-given", ())
        return fallen.kind == "pwn-sent" and any(
            fact.data.get("for") == "initial-evaluation" and self.world.day(fact) > self.world.day(fallen)
            for fact in later
            if self.world.happened(fact)
        )

    def _meet(self, met: Done, day: date) -> None:
        """Something in the file shows that it was done, or done by then at the latest."""
        if self.clock.kind == "hold":
            self._end(met, day)
            return
        first, last = self.first, self.last
        late = self._days_late(day)
        event = self._event(met.fact) if met.fact else Say(self.clock.name)
        text = s.DONE_BY_THEN if met.by_then else (s.DONE_LATE if late else s.DONE)
        self.because.append(Say(text, {"day": day, "event": event, "days": late}))
        in_range = bool(first and last and first < day <= last and first != last)
        unsure = in_range or not self.start.sure or (met.by_then and late > 0)
        if not unsure:
            self.would_settle = ()
        elif met.by_then and late:
            self.would_settle = joined(self.would_settle, (Say(s.WHEN_DONE, {"title": Say(self.clock.name)}),))
        self.status = "cannot-tell" if unsure else ("met-late" if late else "met")
        if unsure:
            self.reason = "open-start" if not self.start.sure else ("open-due" if in_range else "shown-later")
        self.done = None if met.by_then and unsure else day
        self.done_by = met.fact.id if met.fact else ""
        self.days_late = late if self.status == "met-late" and first == last else None

    def _days_late(self, day: date) -> int:
        if self.last is None or day <= self.last:
            return 0
        if self.clock.kind == "cap":
            return 0 if back_in_time(self.world, self.last, day) else (day - self.last).days - 1
        return (day - self.last).days

    def _end(self, met: Done, day: date) -> None:
        """A status that lasts has ended: nobody is late, and nothing is owed any more."""
        if met.fact:
            self.because.append(Say(s.HOLD_ENDED, {"day": day, "event": self._event(met.fact)}))
        self.status, self.done, self.would_settle = "met", day, ()
        self.done_by = met.fact.id if met.fact else ""

    def _stand_open(self, due: Due, met: Done) -> None:
        on, before = self.world.on, self.clock.direction == "before"
        if self.clock.kind == "hold":
            self.because.append(Say(s.HOLDS))
            self.status, self.reason = ("running", "") if self.start.sure else ("cannot-tell", "open-start")
            return
        if met.maybe and met.open_match:
            values = {"event": self._event(met.maybe), "day": self.world.day(met.maybe)}
            self.because.append(Say(s.MAYBE_DONE, values))
            self.would_settle = joined(self.would_settle, (data_question(self.world, met.maybe, met.open_match),))
        elif (not before or self.start.day <= on) and self.clock.kind not in ("period", "floor"):
            self.because.append(plainly(s.NOT_DONE))
        if self.start.day > on and not before:
            self._begin_later(on)
        elif not self.start.sure or met.maybe:
            self.status, self.due = "cannot-tell", None
            self.reason = "open-done" if self.start.sure else "open-start"
        elif self.first is None and before and self.clock.kind != "gate" and on > self.start.day:
            self.status = "late"
        elif due.paused:
            self.status, self.due = "paused", None
        elif self.first and self.last:
            self._by_day(on, self.first, self.last)

    def _begin_later(self, on: date) -> None:
        """What starts this time lies ahead: the day is shown, and nothing runs yet."""
        self.status = "not-started"
        self.because.append(Say(s.NOT_YET_BEGUN, {"day": self.start.day}))
        self.days_left = (self.due - on).days if self.due else None

    def _floor(self, on: date, first: date) -> None:
        """Not sooner than a day: what had to wait and did not is said."""
        self.because.append(Say(s.FLOOR, {"due": first}))
        for fact, match, answer in self.world.matching(self.clock.blocks):
            day = self.world.day(fact, match.on)
            since = self.start.day if self.clock.direction == "after" else first - LOOK_BACK
            same = self.start.fact is not None and fact.id == self.start.fact.id
            if answer and not same and self.world.happened(fact, match.on) and since <= day < first:
                self.because.append(Say(s.TOO_EARLY, {"day": day, "event": self._event(fact)}))
                self.status = "late"
                return
        self.status = "running" if on < first else "met"

    def _by_day(self, on: date, first: date, last: date) -> None:
        """By where the day lies, before or after the due day."""
        if self.clock.kind == "floor":
            self._floor(on, first)
        elif on > last and self.clock.kind == "period":
            self.status, self.done = "met", last if first == last else None
            self.because.append(Say(s.PERIOD_OVER, {"due": last}))
        elif on > last:
            self.status, self.days_late = "late", (on - last).days if first == last else None
        elif first != last and not (self.clock.last_day and (last - first).days <= LONG_WEEKEND and on <= first):
            self.status, self.reason, self.days_left = "cannot-tell", "open-due", max((first - on).days, 0)
        else:
            self.days_left = (first - on).days
            self.status = "due-soon" if self.days_left <= SOON else "running"
