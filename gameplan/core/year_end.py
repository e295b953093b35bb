"""What the end of a school year does to a due day: a clock that starts shortly before it, a day in summer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gameplan.core import sentences as s
from gameplan.core.absences import absences
from gameplan.core.calendars import ONE_DAY
from gameplan.core.days import Counter, Span, calendar_missing, joined
from gameplan.core.due import Due, number_words
from gameplan.core.entries import Clock, Holidays, NearYearEnd, SummerDue
from gameplan.core.guesses import year_end_range, year_start_range
from gameplan.core.matching import World
from gameplan.core.words import Say

# The longest time that usually lies between asking for an evaluation and permission for it.
REQUEST_TO_CONSENT = 150


@dataclass(frozen=True)
class YearEnd:
    """Moves due days around the end of a school year, in one world."""

    world: World
    holidays: Holidays

    def near(self, clock: Clock, start: date, due: Due) -> None:
        """Move the due day of a clock that started so near the year's end that another rule sets it."""
        for rule in clock.near_year_end:
            told = self._since(rule, start)
            since = told or start
            applies, left = self._applies(rule, since)
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
            due.span = moved if moved.latest >= start else due.span.either(moved, Say(s.ASKED_ON))
            words = number_words(left, rule.unit)
            text = Say("{length} {unit}", words)
            due.because.append(Say(s.NEAR_YEAR_END, {"left": text, "text": Say(rule.text)}))

    def _since(self, rule: NearYearEnd, start: date) -> date | None:
        """The day from which the days left are counted; None where the rule looks at a fact that the file lacks."""
        if rule.since is None:
            return start
        days = [self.world.day(f, m.on) for f, m, answer in self.world.matching([rule.since]) if answer]
        near = [day for day in days if day <= start <= day + timedelta(days=REQUEST_TO_CONSENT)]
        return max(near) if near and not self._refused_between(max(near), start) else None

    def _refused_between(self, first: date, last: date) -> bool:
        """True if a request was refused or taken back in between, so that it is not the one that led here."""
        ended = [
            *self.world.by_kind.get("request-withdrawn", ()),
            *(f for f in self.world.by_kind.get("pwn-sent", ()) if f.data.get("decision") == "refuse"),
        ]
        return any(first <= self.world.day(fact) <= last for fact in ended)

    def _say_request_matters(self, rule: NearYearEnd, start: date, applies: bool | None, due: Due) -> None:
        """Where the request is not in the file and may have come late last school year: say what that would change."""
        before = self.world.calendar.year_before(start)
        if applies is False and before and (start - before.last_day).days <= REQUEST_TO_CONSENT:
            due.because.append(Say(s.IF_ASKED_LATE, {"text": Say(rule.text)}))

    def _applies(self, rule: NearYearEnd, since: date) -> tuple[bool | None, int]:
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
        absent = sum(1 for day in absences(self.world) if since < day <= year.last_day)
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

    def summer(self, clock: Clock, due: Due) -> None:
        """Move a due day that falls in summer to the next school year, where the rule says so."""
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
