"""When one clock, started by one fact, is due: the count, what lengthens or moves it, and each reason on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gameplan.core import sentences as s
from gameplan.core.calendars import ONE_DAY
from gameplan.core.days import Counter, DayMark, Span, add_months, calendar_missing, joined
from gameplan.core.entries import Clock, Exemption, Holidays, NearYearEnd, SummerDue
from gameplan.core.facts import Fact
from gameplan.core.guesses import year_end_range, year_start_range
from gameplan.core.matching import World
from gameplan.core.words import Say

# The longest time that usually lies between asking for an evaluation and permission for it.
REQUEST_TO_CONSENT = 150
# An agreement about one meeting is made at most this long before it.
AGREED_AHEAD = timedelta(days=120)


@dataclass
class Due:
    """The due day of one duty as it is worked out, with its reasons; `span` is None where the law gives no number."""

    span: Span | None
    because: list[Say] = field(default_factory=list)
    would_settle: tuple[Say, ...] = ()
    excused: str = ""
    excused_on: date | None = None
    paused: bool = False
    counter: Counter | None = None


def number_words(length: int, unit: str) -> dict[str, object]:
    """The values for a sentence that says a length: the number and its unit, one or many."""
    words = s.ONE_UNIT.get(unit, unit) if length == 1 else s.UNITS.get(unit, unit)
    return {"length": length, "unit": Say(words)}


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
        absent: frozenset[date] = frozenset()
        if any(rule.what == "absence" for rule in clock.leaves_out):
            absent = frozenset(day for day in self.absences() if day > start)
        pauses = tuple(
            pair
            for rule in clock.leaves_out
            if rule.what == "waiting-for-consent"
            for pair in self._waits(rule.consent, start)
        )
        rules = tuple(rule for rule in clock.leaves_out if rule.what != "waiting-for-consent")
        return Counter(unit or clock.unit, self.world.calendar, self.holidays, rules, absent, pauses)

    def absences(self) -> tuple[date, ...]:
        """The school days on which the child was absent, as recorded."""
        found: set[date] = set()
        for fact in self.world.by_kind.get("child-absent", ()):
            days = fact.data.get("days")
            found |= {d for d in days if isinstance(d, date)} if isinstance(days, tuple | list) else {fact.on}
        return tuple(sorted(day for day in found if self.world.calendar.is_school_day(day) is not False))

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

    def after(self, clock: Clock, start: date, length: int, unit: str) -> Span:
        """When the clock's count ends, its own unit or another reading's."""
        return self.counter(clock, start, unit).after(start, length, first_day=clock.first_day)

    def find(self, clock: Clock, start: date, fact: Fact | None) -> Due:
        """The due day of the clock that starts on `start`, by the order of the rules: count, year's end, absences,
        pauses, summer, agreements, outer limits."""
        if clock.length is None:
            return Due(None, [_no_number(clock)] if clock.standard else [])
        due = Due(
            None,
            [Say(s.RULE_NUMBER, {**number_words(clock.length, clock.unit), "cite": ", ".join(clock.cite)})],
        )
        due.counter = self.counter(clock, start)
        if clock.direction == "during":
            due.span = self._end_of_school_year(start)
        elif clock.direction == "before":
            due.span = due.counter.before(start, clock.length)
            due.because.append(self._counted(clock, start, due))
        else:
            self._pauses(clock, start, due)
            due.span = due.counter.after(start, clock.length, first_day=clock.first_day)
            self._absences_added(clock, start, due)
            due.because.append(self._counted(clock, start, due))
            self._near_year_end(clock, start, due)
            self._summer(clock, due)
            self._readings(clock, start, due)
        self._exceptions(clock, start, fact, due)
        self._outer_limits(clock, start, due)
        return due

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
        for rule in clock.adds:
            if any(self.world.holds(condition, start) for condition in rule.unless):
                continue
            if due.span is None or due.counter is None:
                return
            number, before = 0, -1
            while number != before:
                before = number
                number = sum(1 for day in self.absences() if start < day <= due.span.earliest)
                if number < rule.at_least:
                    number = 0
                due.span = due.counter.after(start, (clock.length or 0) + number, first_day=clock.first_day)
            if number:
                cite = ", ".join(rule.cite or clock.cite)
                due.because.append(Say(s.ABSENCES_ADDED, {"number": number, "cite": cite}))

    def _pauses(self, clock: Clock, start: date, due: Due) -> None:
        for rule in clock.exceptions:
            if rule.effect != "suspends" or rule.when is None:
                continue
            for fact, match, answer in self.world.matching([rule.when]):
                first = self.world.day(fact, match.on)
                if answer is not True or first < start or not self.world.happened(fact, match.on):
                    continue
                last = self._pause_end(rule, fact, first)
                due.paused = due.paused or last is None
                stop = last or self.world.on
                assert due.counter is not None  # noqa: S101
                due.counter = replace(due.counter, pauses=(*due.counter.pauses, (first, stop - ONE_DAY)))
                text = s.PAUSED if last is None else s.PAUSE_DAYS
                due.because.append(Say(text, {"day": first, "number": (stop - first).days, "text": Say(rule.text)}))

    def _pause_end(self, rule: Exemption, fact: Fact, first: date) -> date | None:
        until = fact.data.get("to") or fact.data.get("until")
        if isinstance(until, date):
            return until if until <= self.world.on else None
        if rule.until:
            ends = [
                self.world.day(f, m.on)
                for f, m, answer in self.world.matching([rule.until])
                if answer and self.world.day(f, m.on) >= first and self.world.happened(f, m.on)
            ]
            return min(ends) if ends else None
        return None

    def _near_year_end(self, clock: Clock, start: date, due: Due) -> None:
        for rule in clock.near_year_end:
            told = self._since(rule, start)
            since = told or start
            applies, left = self._near(rule, since)
            if told is None:
                applies = None if applies or self.world.calendar.in_summer(start) else applies
                self._say_request_matters(rule, start, applies, due)
            if applies is False or due.span is None:
                continue
            moved = self._year_end_due(rule, since, due)
            if applies is None:
                asks = calendar_missing(since) if told else Say(s.ASKED_ON)
                due.span = due.span.either(moved, asks)
                continue
            due.span = moved
            words = number_words(left, rule.unit)
            text = Say("{length} {unit}", words)
            due.because.append(Say(s.NEAR_YEAR_END, {"left": text, "text": Say(rule.text)}))

    def _since(self, rule: NearYearEnd, start: date) -> date | None:
        """The day from which the days left are counted; None where the rule looks at a fact that the file lacks."""
        if rule.since is None:
            return start
        days = [self.world.day(f, m.on) for f, m, answer in self.world.matching([rule.since]) if answer]
        before = [day for day in days if day <= start]
        return max(before) if before else None

    def _say_request_matters(self, rule: NearYearEnd, start: date, applies: bool | None, due: Due) -> None:
        """Where the request is not in the file and may have come late last school year: say what that would change."""
        before = self.world.calendar.year_before(start)
        if applies is False and before and (start - before.last_day).days <= REQUEST_TO_CONSENT:
            due.because.append(Say(s.IF_ASKED_LATE, {"text": Say(rule.text)}))

    def _near(self, rule: NearYearEnd, since: date) -> tuple[bool | None, int]:
        """Does the year end soon enough after `since` for the rule, and how many units are left."""
        calendar = self.world.calendar
        year = calendar.year_of(since)
        if year is None:
            summer = calendar.in_summer(since)
            if summer is not None:
                return summer and rule.includes_summer, 0
            earliest, latest = year_end_range(since)
            if (earliest - since).days > rule.under * 2:
                return False, 0
            return (None, 0) if since <= latest or rule.includes_summer else (False, 0)
        left = Counter(rule.unit, calendar, self.holidays).between(since, year.last_day)
        if left is None:
            return None, 0
        absent = sum(1 for day in self.absences() if since < day <= year.last_day)
        if rule.unless_absent and absent >= rule.unless_absent:
            return False, left
        return rule.at_least <= left < rule.under, left

    def _year_end_due(self, rule: NearYearEnd, since: date, due: Due) -> Span:
        calendar = self.world.calendar
        year = calendar.year_of(since)
        if rule.fixed:
            month, day = (int(part) for part in rule.fixed.split("-"))
            end = year.last_day if year else year_end_range(since)[1]
            return Span.at(date(end.year, month, day))
        if rule.anchor == "year-end":
            first, last = (year.last_day, year.last_day) if year else year_end_range(since)
        else:
            following = calendar.year_after(since)
            end = year.last_day if year else since
            first, last = (following.first_day,) * 2 if following else year_start_range(end)
        missing = () if first == last else (calendar_missing(last),)
        return self._from_anchor(rule, first, last, missing, due.counter.pauses if due.counter else ())

    def _from_anchor(
        self,
        rule: NearYearEnd,
        first: date,
        last: date,
        missing: tuple[Say, ...],
        pauses: tuple[tuple[date, date], ...],
    ) -> Span:
        counter = Counter(rule.count, self.world.calendar, self.holidays, pauses=pauses)
        if rule.direction == "before":
            return Span(counter.before(first, rule.length).earliest, counter.before(last, rule.length).latest, missing)
        step = ONE_DAY if rule.count != "calendar-day" and rule.anchor == "next-year-start" else timedelta()
        soonest = counter.after(first - step, rule.length)
        longest = soonest if first == last else counter.after(last - step, rule.length)
        return Span(soonest.earliest, longest.latest, joined(missing, soonest.missing))

    def _summer(self, clock: Clock, due: Due) -> None:
        rule, span = clock.summer, due.span
        if rule is None or span is None:
            return
        if any(answer for match in rule.unless for _, _, answer in self.world.matching([match])):
            return
        inside = self._in_summer(span.earliest) if span.certain else None
        if inside is False:
            return
        moved = self._next_year_day(rule, span.latest)
        due.span = moved if inside else span.either(moved, calendar_missing(span.latest))
        if inside:
            due.because.append(Say(s.SUMMER_MOVED, {"text": Say(rule.text)}))

    def _in_summer(self, day: date) -> bool | None:
        calendar = self.world.calendar
        if calendar.knows(day):
            return calendar.year_of(day) is None
        before = calendar.year_before(day)
        if before and day < date(before.last_day.year, 7, 5):
            return True
        return None if 5 <= day.month <= 9 else False

    def _next_year_day(self, rule: SummerDue, day: date) -> Span:
        following = self.world.calendar.year_after(day)
        if following:
            counter = Counter(rule.count, self.world.calendar, self.holidays)
            return counter.after(following.first_day - ONE_DAY, rule.length)
        first, last = year_start_range(day)
        return Span(first, last + timedelta(days=rule.length * 3), (calendar_missing(last),))

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
            for fact, match, answer in self.world.matching([rule.when]):
                day = self.world.day(fact, match.on)
                late_enough = start - AGREED_AHEAD <= day <= start if clock.direction == "before" else day >= start
                if answer is not True or not late_enough or not self.world.happened(fact, match.on):
                    continue
                if started_by and fact.id == started_by.id and rule.effect not in ("shorter-notice",):
                    continue
                self._apply(start, rule, fact, day, due)

    def _apply(self, start: date, rule: Exemption, fact: Fact, day: date, due: Due) -> None:
        if rule.effect in ("does-not-apply", "not-needed", "waived", "ends-early"):
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
        if span.certain and day > span.latest:
            due.because.append(Say(s.EXTENSION_TOO_LATE, {"day": day, "due": span.latest}))
            return
        until, days = fact.data.get("until"), fact.data.get("days")
        if not isinstance(until, date) and isinstance(days, int | float):
            until = Counter(rule.cap_unit, self.world.calendar, self.holidays).after(span.latest, int(days)).latest
        if not isinstance(until, date):
            settle = Say("The new date that was agreed")
            due.because.append(Say(s.EXTENSION_NO_DATE))
            due.span = Span(span.earliest, span.latest + timedelta(days=365), joined(span.missing, (settle,)))
            return
        if rule.cap:
            cap = Counter(rule.cap_unit, self.world.calendar, self.holidays).after(span.latest, rule.cap).latest
            if until > cap:
                until = cap
                due.because.append(Say(s.EXTENSION_CAPPED, {"due": cap}))
        due.span = Span.at(until)
        due.because.append(Say(s.EXTENDED, {"text": Say(rule.text), "due": until}))

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


def _no_number(clock: Clock) -> Say:
    words = s.STANDARDS.get(clock.standard, clock.standard.replace("-", " "))
    return Say(s.RULE_NO_NUMBER, {"standard": Say(words), "cite": ", ".join(clock.cite)})


def day_marks(clock: Clock, start: date, due: Due) -> tuple[DayMark, ...]:
    """Each day of the count with its number or the reason it is skipped; empty where years or no days are counted."""
    if due.counter is None or due.span is None:
        return ()
    return tuple(due.counter.marks(start, due.span.latest, first_day=clock.first_day))
