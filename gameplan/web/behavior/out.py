"""Days out of school as a page shows them: each removal, how its days count, the two tests of the law, what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from gameplan.core.days import joined
from gameplan.core.entries import Clock, Law
from gameplan.core.facts import Fact
from gameplan.core.removal_years import Removal, YearOut, years_out
from gameplan.core.standing import Duty, OptionView
from gameplan.core.words import Say, Tongue
from gameplan.measures.behaviour import Bars
from gameplan.measures.days_out import Out, said_of, scale_picture, year_picture
from gameplan.web.asking import answer
from gameplan.web.sides import Reading
from gameplan.web.standings import Viewed

COUNTER, PATTERN, IN_A_ROW = "services-from-day-11", "change-of-placement-test", "removal-10-consecutive"
OF_504: Final = "section-504-before-change"
RULES: Final = (IN_A_ROW, COUNTER, PATTERN, OF_504)
AREA: Final = "discipline"
YES, NO, OPEN = Say("Yes"), Say("No"), Say("Cannot tell yet")


@dataclass(frozen=True)
class RemovalLine:
    """One removal in words: from when, what kind, how its days count, and what nobody has said about it."""

    fact: Fact
    since: date
    kind: str
    counts: str
    asks: Sequence[str]
    is_unlogged: bool


@dataclass(frozen=True)
class Test:
    """One part of a test of the law: what is asked, the answer, and what is known about it."""

    asks: str
    says: Say
    known: Sequence[str]


@dataclass(frozen=True)
class YearShown:
    """One school year, under one account of the case."""

    side: str
    year: YearOut
    limit: int
    viewed: Viewed
    tongue: Tongue

    @property
    def key(self) -> str:
        """A name for this part of the page."""
        return f"{self.year.name}-{self.side}" if self.side else self.year.name

    @property
    def total(self) -> str:
        """How many days, or between how many."""
        return self.tongue.say(said_of(self.year.passed.least, self.year.passed.most))

    @property
    def scale(self) -> Bars:
        """How near the days come to the number of the law."""
        passed = self.year.passed
        return scale_picture(f"scale-{self.key}", passed.least, passed.most, self.limit, self.tongue)

    @property
    def picture(self) -> Bars:
        """The year with each day out that somebody can name."""
        days = [Out(day.when.earliest, day.least, day.most) for day in self.year.days if day.when.certain]
        calendar = self.viewed.told.calendar()
        return year_picture(f"year-{self.key}", self._span(), days, calendar.is_school_day, self.tongue)

    @property
    def nameless(self) -> int:
        """How many days out nobody can name."""
        return sum(not day.when.certain for day in self.year.days)

    @property
    def to_come(self) -> int:
        """How many of the days that were ordered are still to come."""
        return sum(day.when.earliest > self.viewed.standing.on for day in self.year.days)

    @property
    def removals(self) -> list[RemovalLine]:
        """Each removal, the earliest first."""
        return [_line(one, self.tongue) for one in self.year.removals]

    @property
    def row_test(self) -> Test:
        """Is one removal alone longer than the law's number of school days?"""
        longest = max(one.most for one in self.year.removals)
        says = YES if self.year.passed.alone else OPEN if longest > self.limit else NO
        asks = _("More than %(limit)d school days in a row?") % {"limit": self.limit}
        return Test(asks, says, [_("The longest removal: %(days)s") % {"days": _days(longest)}])

    @property
    def pattern_tests(self) -> list[Test]:
        """The three parts of a pattern; all of them are needed, and people judge them, not this program."""
        least, most = self.year.passed.least, self.year.passed.most
        more = YES if least > self.limit else OPEN if most > self.limit else NO
        similar = {True: YES, False: NO, None: OPEN}[self.year.similar]
        return [
            Test(_("More than %(limit)d school days together?") % {"limit": self.limit}, more, [self.total]),
            Test(_("Was the behavior much the same each time?"), similar, list(self._compared())),
            Test(_("How long, how much together, how close to each other?"), OPEN, list(self._closeness())),
        ]

    def _compared(self) -> Iterator[str]:
        reading = Reading(self.viewed.case)
        for fact in self.year.compared:
            said = _("much the same") if fact.data.get("similar") else _("not the same")
            values = {"who": reading.speaker(fact.said_by), "day": self.tongue.date(fact.on), "what": said}
            yield _("%(who)s, %(day)s: %(what)s") % values
        if not self.year.compared:
            yield _("Nobody has written down yet that they compared it.")

    def _closeness(self) -> Iterator[str]:
        lengths = ", ".join(f"{one.most:g}" for one in self.year.removals)
        yield _("School days of each removal: %(lengths)s") % {"lengths": lengths}
        days = self.year.days
        first, last = days[0].when.earliest, days[-1].when.latest
        yield _("From the first day out to the last: %(number)d days") % {"number": (last - first).days + 1}
        yield _("The school judges this, case by case. The family can fight it in a faster hearing.")

    def _span(self) -> tuple[date, date]:
        """The school year as the calendar has it; else the months from the first day out to today."""
        days = [day.when for day in self.year.days]
        known = self.viewed.told.calendar().year_of(days[0].earliest)
        if known:
            return known.first_day, known.last_day
        return days[0].earliest.replace(day=1), max(day.latest for day in days)


def years_shown(viewed: Viewed, tongue: Tongue) -> list[YearShown]:
    """The school years with removals, the newest first; where two accounts differ, the year under each of them."""
    on, limit = viewed.standing.on, limit_of(viewed.law)
    by_side = years_out(viewed.told, viewed.law, on=on, limit=limit)
    if len({tuple((one.name, one.passed.least, one.passed.most) for one in years) for years in by_side.values()}) == 1:
        by_side = {"": next(iter(by_side.values()))}
    found = [YearShown(side, one, limit, viewed, tongue) for side, years in by_side.items() for one in years]
    return sorted(found, key=lambda one: one.year.name, reverse=True)


def limit_of(law: Law) -> int:
    """The number of school days that the law names."""
    return clock_of(law, COUNTER).length or 0


def clock_of(law: Law, name: str) -> Clock:
    """A rule of discipline by its id."""
    return law.by_id[name][0]


def duties_of_discipline(viewed: Viewed) -> list[Duty]:
    """What is or was owed after removals, the most pressing first."""
    found = {clock.id for clock in viewed.law.clocks if clock.area == AREA} | {OF_504}
    return [one for one in viewed.standing.duties if one.clock in found]


def options_of_discipline(viewed: Viewed) -> list[OptionView]:
    """What the reader's side may do now after removals."""
    does = Reading(viewed.case).does
    return [one for one in viewed.standing.options if one.at == AREA and one.who in does and not one.closed]


def _line(one: Removal, tongue: Tongue) -> RemovalLine:
    data, most, least = one.fact.data, one.most, one.least
    counts = _days(most) if least == most else _("between %(least)s and %(most)s") % {
        "least": f"{least:g}", "most": _days(most),
    }  # fmt: skip
    since = data.get("from")
    asks = joined(*(day.asks for day in one.days))
    return RemovalLine(
        one.fact, since if isinstance(since, date) else one.fact.on, str(answer(str(data.get("kind", "")))), counts,
        [tongue.say(ask) for ask in asks], bool(data.get("unlogged")),
    )  # fmt: skip


def _days(number: float) -> str:
    return _("1 school day") if number == 1 else _("%(number)s school days") % {"number": f"{number:g}"}
