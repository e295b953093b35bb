"""When one clock, started by one fact, is due: the count, what lengthens or moves it, and each reason on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from gameplan.core import sentences as s
from gameplan.core.absences import absences
from gameplan.core.calendars import ONE_DAY
from gameplan.core.days import Counter, Span, add_months, joined
from gameplan.core.due import Due, number_words
from gameplan.core.entries import Added, Clock, Exemption, Holidays, Match
from gameplan.core.facts import Fact
from gameplan.core.matching import World
from gameplan.core.starts import data_question
from gameplan.core.words import Say, plainly
from gameplan.core.year_end import YearEnd

# An agreement about one meeting is made at most this long before it.
AGREED_AHEAD = timedelta(days=120)
FRIDAY = 4
# How far a stop may move a day when nobody knows if it stops the time, nor for how long.
OPEN_STOP = timedelta(days=365)


@dataclass(frozen=True)
class DueFinder:
    """Works out due days for one world (one account of the case) under one law's holidays.

    `other_due` answers when another clock of the same case is due, for rules that may not outlast it.
    """

    world: World
    holidays: Holidays
    other_due: Callable[[str, str | None, date], tuple[Span, str] | None]

    def counter(self, clock: Clock, start: date, unit: str | None = None) -> Counter:
        """The counter for this clock: its unit, what it leaves out, the child's absences."""
        if not clock.leaves_out:
            return Counter(unit or clock.unit, self.world.calendar, self.holidays)
        absent: frozenset[date] = frozenset()
        if any(rule.what == "absence" for rule in clock.leaves_out):
            absent = frozenset(day for day in absences(self.world) if day > start)
        pauses = tuple(
            pair
            for rule in clock.leaves_out
            if rule.what == "waiting-for-consent"
            for pair in self._waits(rule.consent, start)
        )
        rules = tuple(rule for rule in clock.leaves_out if rule.what != "waiting-for-consent")
        return Counter(unit or clock.unit, self.world.calendar, self.holidays, rules, absent, pauses)

    def _waits(self, consent: str, start: date) -> list[tuple[date, date]]:
        """The stretches in which the school waited for this consent: asked, until given or today."""
        waits = []
        for asked in self.world.by_kind.get("consent-requested", ()):
            first = self.world.day(asked)
            if asked.data.get("for") != consent or first < start or not self.world.happened(asked):
                continue
            given = [
                self.world.day(fact)
                for fact in self.world.by_kind.get("consent-given", ())
                if fact.data.get("for") == consent and self.world.day(fact) >= first
            ]
            waits.append((first + ONE_DAY, min(given) if given else self.world.on))
        return waits

    def _still_waits(self, clock: Clock, start: date) -> bool:
        """True while the school waits for a consent whose waiting time is left out of the count."""
        asked = [rule.consent for rule in clock.leaves_out if rule.what == "waiting-for-consent"]
        given = self.world.by_kind.get("consent-given", ())
        return any(
            fact.data.get("for") == consent
            and self.world.happened(fact)
            and start <= self.world.day(fact)
            and not any(g.data.get("for") == consent and self.world.day(g) >= self.world.day(fact) for g in given)
            for consent in asked
            for fact in self.world.by_kind.get("consent-requested", ())
        )

    def after(self, clock: Clock, start: date, length: int, unit: str) -> Span:
        """When the clock's count ends, its own unit or another reading's."""
        return self.counter(clock, start, unit).after(start, length, first_day=clock.first_day)

    def find(self, clock: Clock, start: date, fact: Fact | None) -> Due:
        """The due day of the clock that starts on `start`, by the order of the rules: count, year's end, absences,
        pauses, summer, agreements, outer limits."""
        if clock.length is None:
            due = Due(None, [_no_number(clock.standard, clock.cite)] if clock.standard else [])
            self._exceptions(clock, start, fact, due)
            return due
        due = Due(None, [rule_number(clock.length, clock.unit, clock.cite)])
        due.counter = self.counter(clock, start)
        due.paused = bool(clock.leaves_out) and self._still_waits(clock, start)
        if clock.direction == "during":
            due.span = self._end_of_school_year(start)
        elif clock.direction == "before":
            due.span = due.counter.before(start, clock.length)
            due.because.append(self._counted(clock, start, due))
        else:
            self._pauses(clock, start, fact, due)
            due.span = due.counter.after(start, clock.length, first_day=clock.first_day)
            self._absences_added(clock, start, due)
            due.because.append(self._counted(clock, start, due))
            self._last_day(clock, due)
            if clock.near_year_end or clock.summer:
                YearEnd(self.world, self.holidays).near(clock, start, due)
                YearEnd(self.world, self.holidays).summer(clock, due)
            self._readings(clock, start, due)
        if due.perhaps_longer and due.span is not None:
            due.span = Span(due.span.earliest, due.span.latest + timedelta(days=365), due.span.missing)
        self._exceptions(clock, start, fact, due)
        self._printed_end(clock, fact, due)
        self._outer_limits(clock, start, due)
        return due

    def _last_day(self, clock: Clock, due: Due) -> None:
        """A year that ends the day before its anniversary, or a last day that is counted in two ways."""
        if not clock.last_day or due.span is None:
            return
        if clock.last_day == "weekend":
            self._working_day_before(due)
            return
        before = Span(due.span.earliest - ONE_DAY, due.span.latest - ONE_DAY, due.span.missing)
        if clock.last_day == "day-before":
            due.span = before
            due.because.append(Say(s.DAY_BEFORE, {"due": before.earliest}))
        else:
            due.because.append(Say(s.LAST_DAY_TWO_WAYS, {"before": before.earliest, "due": due.span.latest}))
            due.span = before.either(due.span, Say(s.WHICH_LAST_DAY))

    def _working_day_before(self, due: Due) -> None:
        """A last day on a weekend or holiday stands; some set the working day before it. It never moves later."""
        if due.span is None or not due.span.certain:
            return
        day = due.span.earliest
        while day.weekday() > FRIDAY or self.holidays.name_of(day):
            day -= ONE_DAY
        if day != due.span.earliest:
            due.because.append(Say(s.WORKING_DAY_BEFORE, {"due": due.span.earliest, "before": day}))
            due.span = due.span.either(Span.at(day), Say(s.WHICH_LAST_DAY))

    def _printed_end(self, clock: Clock, fact: Fact | None, due: Due) -> None:
        """An earlier end that the paper itself names, such as the review date printed on an IEP."""
        for name in clock.capped_by:
            day = fact.data.get(name) if fact else None
            if isinstance(day, date) and due.span and day < due.span.latest:
                due.span = due.span.earlier_of(Span.at(day))
                due.because.append(Say(s.CAPPED_BY, {"due": day}))

    def _end_of_school_year(self, start: date) -> Span:
        year = self.world.calendar.year_of(start)
        return Span.at(year.last_day if year else add_months(start, 12) - ONE_DAY)

    def _counted(self, clock: Clock, start: date, due: Due) -> Say:
        span = due.span
        assert span is not None  # noqa: S101 - set by the caller
        if not span.certain:
            return Say(s.COUNT_RANGE, {"earliest": span.earliest, "latest": span.latest})
        text = s.COUNT_BACK if clock.direction == "before" else s.COUNT_TO
        return Say(text, {**number_words(clock.length or 0, clock.unit), "start": start, "due": span.earliest})

    def _absences_added(self, clock: Clock, start: date, due: Due) -> None:
        """The count lengthened by the child's absences: the surely counted ones at least, every weekday at most."""
        for rule in clock.adds:
            if due.span is None or due.counter is None or any(self.world.holds(one, start) for one in rule.unless):
                continue
            known = self.world.calendar.is_school_day
            sure = [day for day in absences(self.world) if known(day)]
            likely = [day for day in absences(self.world) if day.weekday() < 5]
            first, number = self._longer(clock, start, due.counter, rule, sure, latest=False)
            last, most = self._longer(clock, start, due.counter, rule, likely, latest=True)
            due.span = Span(min(first, last), max(first, last), due.span.missing) if first != last else Span.at(first)
            if number or most:
                cite = ", ".join(rule.cite or clock.cite)
                due.because.append(Say(s.ABSENCES_ADDED, {"number": most if number != most else number, "cite": cite}))

    def _longer(
        self, clock: Clock, start: date, counter: Counter, rule: Added, absent: list[date], *, latest: bool
    ) -> tuple[date, int]:
        """The end of the count when these absences lengthen it, and how many of them do."""
        number, before = 0, -1
        end = start
        while number != before:
            before = number
            span = counter.after(start, (clock.length or 0) + number, first_day=clock.first_day)
            end = span.latest if latest else span.earliest
            number = sum(1 for day in absent if start < day <= end)
            number = number if number >= rule.at_least else 0
            if number < before:
                break
        return end, before

    @staticmethod
    def _only_in_part(started_by: Fact | None, pause: Fact) -> bool | None:
        """True where a pause names only some of the points, for the time goes on for the others; None if not known."""
        points = [fact.data.get("issues") if fact else None for fact in (started_by, pause)]
        whole, part = (set(one) if isinstance(one, tuple | list) else set() for one in points)
        if not part:
            return False
        return bool(whole - part) if whole else None

    def _pauses(self, clock: Clock, start: date, started_by: Fact | None, due: Due) -> None:
        for rule in clock.exceptions:
            if rule.effect != "suspends" or rule.when is None:
                continue
            for fact, match, answer in self.world.hits(rule.when):
                first = self.world.day(fact, match.on)
                if answer is not True or first < start or not self.world.happened(fact, match.on):
                    continue
                part = self._only_in_part(started_by, fact)
                if part is not False:
                    due.because.append(Say(s.PART_PAUSED, {"day": first, "text": Say(rule.text)}))
                    if part is None:
                        due.would_settle = joined(due.would_settle, (Say(s.WHICH_POINTS),))
                        due.perhaps_longer = True
                    continue
                last = self._pause_end(rule, fact, first)
                due.paused = due.paused or last is None
                stop = last or self.world.on
                assert due.counter is not None  # noqa: S101
                due.counter = replace(due.counter, pauses=(*due.counter.pauses, (first, stop - ONE_DAY)))
                text = s.PAUSED if last is None else s.PAUSE_DAYS
                due.because.append(Say(text, {"day": first, "number": (stop - first).days, "text": Say(rule.text)}))

    def _pause_end(self, rule: Exemption, fact: Fact, first: date) -> date | None:
        for until in (fact.data.get("to"), fact.data.get("until")):
            if isinstance(until, date):
                return until if until <= self.world.on else None
        if rule.until:
            ends = [
                self.world.day(f, m.on)
                for f, m, answer in self.world.hits(rule.until)
                if answer and self.world.day(f, m.on) >= first and self.world.happened(f, m.on)
            ]
            return min(ends) if ends else None
        return None

    def _readings(self, clock: Clock, start: date, due: Due) -> None:
        for reading in clock.readings:
            other = self.after(clock, start, reading.length, reading.unit)
            if due.span and other != due.span:
                ask = Say(s.CHECK_WITH, {"source": clock.source or ", ".join(clock.cite)})
                due.because.append(Say(s.READING, {"text": Say(reading.text), "due": other.earliest}))
                due.span = due.span.either(other, ask)

    def _exceptions(self, clock: Clock, start: date, started_by: Fact | None, due: Due) -> None:
        for rule in clock.exceptions:
            if rule.when is None or rule.effect in ("suspends", "restarts"):
                continue
            for fact, match, answer in self.world.hits(rule.when):
                day = self.world.day(fact, match.on or _asked(rule, fact))
                if not _in_its_time(clock, start, day) or not self.world.happened(fact, match.on):
                    continue
                if started_by and fact.id == started_by.id and rule.effect not in ("shorter-notice",):
                    continue
                if answer:
                    self._apply(clock, start, rule, fact, day, due)
                elif rule.effect == "extends":
                    self._perhaps_extended(rule, fact, match, day, due)
                elif rule.effect in ("does-not-apply", "not-needed", "waived", "ends-early"):
                    due.perhaps_ended = joined(due.perhaps_ended, (data_question(self.world, fact, match),))

    def _perhaps_extended(self, rule: Exemption, fact: Fact, match: Match, day: date, due: Due) -> None:
        """The file leaves open whether this agreement counts: the old day or the new one."""
        before = due.span
        if before is None:
            return
        self._extend(rule, fact, day, due)
        if due.span and due.span != before:
            due.span = before.either(due.span, data_question(self.world, fact, match))

    def _apply(self, clock: Clock, start: date, rule: Exemption, fact: Fact, day: date, due: Due) -> None:
        if rule.effect == "changes-nothing":
            due.because.append(Say(s.CHANGES_NOTHING, {"day": day, "text": Say(rule.text)}))
        elif rule.effect == "may-stop" and due.span:
            due.because.append(Say(s.MAY_STOP, {"day": day, "text": Say(rule.text)}))
            due.span = due.span.either(Span.at(due.span.latest + OPEN_STOP), Say(s.IF_IT_STOPS))
        elif rule.effect == "ends-early":
            if due.span and day < due.span.latest:
                due.span = Span.at(day)
                due.because.append(Say(s.ENDED_EARLY, {"day": day, "text": Say(rule.text)}))
        elif rule.effect in ("does-not-apply", "not-needed", "waived"):
            if due.span and day > due.span.latest and clock.direction == "after" and not clock.repeats:
                due.because.append(Say(s.LATE_BEFORE, {"event": Say(rule.text), "day": day}))
                return
            due.excused, due.excused_on = rule.text, day
        elif rule.effect == "shorter-notice" and due.span:
            if rule.length:
                due.span = Counter(rule.unit, self.world.calendar, self.holidays).before(start, rule.length)
            else:
                due.excused, due.excused_on = rule.text, day
        elif rule.effect == "extends" and due.span:
            self._extend(rule, fact, day, due)

    def _extend(self, rule: Exemption, fact: Fact, day: date, due: Due) -> None:
        span = due.span
        assert span is not None  # noqa: S101 - checked by the caller
        if day > span.latest:
            due.because.append(Say(s.EXTENSION_TOO_LATE, {"day": day, "due": span.latest}))
            if not self._asked_unknown(fact):
                return
        until = self._agreed_day(rule, fact, span) or self._open_end(rule, day)
        if until is None and rule.until:
            due.paused = True
            due.because.append(Say(s.OPEN_EXTENSION, {"text": Say(rule.text)}))
            return
        if until is None:
            due.because.append(Say(s.EXTENSION_NO_DATE))
            settle = Say(s.NEW_DATE)
            due.span = Span(span.earliest, span.latest + timedelta(days=365), joined(span.missing, (settle,)))
            return
        if rule.cap:
            cap = Counter(rule.cap_unit, self.world.calendar, self.holidays).after(span.latest, rule.cap).latest
            if until > cap:
                until = cap
                due.because.append(Say(s.EXTENSION_CAPPED, {"due": cap}))
        new = (
            Span(max(until, span.earliest), max(until, span.latest), span.missing)
            if until < span.latest
            else Span.at(until)
        )
        if day > span.latest:
            due.span = span.either(new, Say(s.WHEN_ASKED))
            return
        due.span = new if day <= span.earliest else span.either(new)
        if new.certain:
            due.because.append(Say(s.EXTENDED, {"text": Say(rule.text), "due": new.latest}))

    def _asked_unknown(self, fact: Fact) -> bool:
        """True for more time that an official gave, where the file leaves open when somebody asked for it."""
        kind = self.world.vocabulary.kinds.get(fact.kind)
        official = kind is not None and not {"parent", "school"} & set(kind.recorded_by)
        return official and not isinstance(fact.data.get("asked"), date)

    def _agreed_day(self, rule: Exemption, fact: Fact, span: Span) -> date | None:
        """The new day that was agreed, or the day that follows from the number of days agreed on."""
        until, days, old = fact.data.get("until"), fact.data.get("days"), fact.data.get("from_date")
        if isinstance(until, date):
            return until
        if isinstance(days, int | float):
            begin = old if isinstance(old, date) else span.latest
            return Counter(rule.cap_unit, self.world.calendar, self.holidays).after(begin, int(days)).latest
        return None

    def _open_end(self, rule: Exemption, day: date) -> date | None:
        """The day of the fact that ends an extension without a fixed end, or None while it goes on."""
        ends = [
            self.world.day(fact, match.on)
            for fact, match, answer in (self.world.hits(rule.until) if rule.until else ())
            if answer and self.world.happened(fact, match.on)
        ]
        return next((one for one in sorted(ends) if one >= day), None)

    def _outer_limits(self, clock: Clock, start: date, due: Due) -> None:
        for name in clock.within:
            pack, _, other_id = name.rpartition("/")
            found = self.other_due(other_id, pack or None, start)
            if found is None or due.span is None:
                continue
            other, title = found
            if other.earliest < due.span.latest:
                due.because.append(Say(s.WITHIN, {"other": Say(title), "due": other.earliest}))
            due.span = due.span.earlier_of(other)


def _in_its_time(clock: Clock, start: date, day: date) -> bool:
    """True if what changes a clock came when it could: after the start, or shortly before what is counted back from."""
    if clock.kind == "gate" and clock.trigger:
        return day >= start - AGREED_AHEAD
    return start - AGREED_AHEAD <= day <= start if clock.direction == "before" else day >= start


def _asked(rule: Exemption, fact: Fact) -> str | None:
    """More time counts from the day it was asked for, where the file says that day."""
    return "asked" if rule.effect == "extends" and isinstance(fact.data.get("asked"), date) else None


@lru_cache(maxsize=4096)
def rule_number(length: int, unit: str, cite: tuple[str, ...]) -> Say:
    """The sentence that says a rule's number; the same one for the same rule."""
    return Say(s.RULE_NUMBER, {**number_words(length, unit), "cite": ", ".join(cite)})


@lru_cache(maxsize=4096)
def _no_number(standard: str, cite: tuple[str, ...]) -> Say:
    words = s.STANDARDS.get(standard, standard.replace("-", " "))
    return Say(s.RULE_NO_NUMBER, {"standard": plainly(words), "cite": ", ".join(cite)})
