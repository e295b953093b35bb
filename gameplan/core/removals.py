"""Days of removal from school, added up over a school year: on which day the number is passed.

34 CFR 300.530(b)(2), (d) and 300.536. A day that nobody can name, part of a day, or a suspension inside the school
makes a range: the earliest and the latest day on which the number can have been passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from gameplan.core import sentences as s
from gameplan.core.days import Counter, Span, joined
from gameplan.core.entries import Holidays
from gameplan.core.facts import Fact
from gameplan.core.guesses import year_end_range
from gameplan.core.matching import World
from gameplan.core.words import Say

PART_DAYS = {"whole": 1.0, "half": 0.5, "none": 0.0}
NO_HOLIDAYS = Holidays()


@dataclass(frozen=True, slots=True)
class DayOut:
    """One day of removal: when it was, and how much of a day it counts at least and at most."""

    fact: Fact
    when: Span
    least: float = 1.0
    most: float = 1.0
    asks: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """One school year's removals: how many days, and when the number was passed (None: not, or not surely)."""

    first: Fact
    least: float
    most: float
    earliest: date | None = None
    latest: date | None = None
    crossing: Fact | None = None
    alone: bool = False
    asks: tuple[Say, ...] = ()


def days_out(world: World, fact: Fact) -> list[DayOut]:
    """The days of one removal, in order: as served, else as many school days as were ordered, from its first day."""
    served = fact.data.get("served_days")
    if isinstance(served, tuple | list) and served:
        days = sorted({day for day in served if isinstance(day, date)})
        return [_weighed(fact, Span.at(day)) for day in days]
    number = fact.data.get("school_days")
    if not isinstance(number, int | float) or number <= 0:
        return []
    first = world.day(fact, "from")
    nameless = served is not None
    found = []
    for index in range(1, ceil(number) + 1):
        share = min(1.0, number - index + 1)
        when = _somewhere(world, first, index) if nameless else _nth(world, first, index)
        asks = (Say(s.WHICH_DAYS_OUT, {"day": first}),) if nameless else ()
        found.append(_weighed(fact, when, share, asks))
    back = _back(world, first)
    return [one for one in found if back is None or one.when.earliest < back]


def _nth(world: World, first: date, number: int) -> Span:
    return Counter("school-day", world.calendar, NO_HOLIDAYS).after(first, number, first_day="trigger")


def _somewhere(world: World, first: date, number: int) -> Span:
    """A day nobody can name: at the earliest as if the days followed each other, at the latest at the year's end."""
    year = world.calendar.year_of(first)
    return Span(_nth(world, first, number).earliest, year.last_day if year else year_end_range(first)[1])


def _back(world: World, first: date) -> date | None:
    days = (world.day(fact) for fact in world.by_kind.get("child-returned", ()) if world.happened(fact))
    return next((day for day in days if day > first), None)


def _weighed(fact: Fact, when: Span, share: float = 1.0, asks: tuple[Say, ...] = ()) -> DayOut:
    least = most = share
    parts = fact.data.get("part_days")
    if isinstance(parts, tuple | list) and when.certain and when.earliest in parts:
        counts = fact.data.get("part_day_counts")
        if counts in PART_DAYS:
            least = most = PART_DAYS[str(counts)]
        else:
            least, asks = 0.0, (*asks, Say(s.PART_DAY_COUNTS, {"day": when.earliest}))
    if fact.data.get("kind") == "in-school-suspension":
        kept = fact.data.get("kept_learning")
        if kept is True:
            least = most = 0.0
        elif kept is not False:
            least, asks = 0.0, (*asks, Say(s.KEPT_LEARNING, {"day": when.earliest}))
    return DayOut(fact, when, least, most, (*asks, *when.missing))


def ordered_end(world: World, fact: Fact) -> Span | None:
    """The last day of one removal as it was ordered or served, or None if the file does not say how long it was."""
    days = days_out(world, fact)
    return days[-1].when if days else None


def passed(world: World, removals: Iterable[Fact], limit: int) -> Iterator[Passed]:
    """For each school year with removals, in order: whether and when more than `limit` days had come together."""
    for days in by_year(world, removals).values():
        yield passed_in(days, limit)


def by_year(world: World, removals: Iterable[Fact]) -> dict[str, list[DayOut]]:
    """The days of removals by the name of their school year, in order. Two removals that name one day take it once."""
    days = [day for fact in removals for day in days_out(world, fact)]
    # By their days, not by the names of the years: a family may call a year what it likes.
    years: dict[str, list[DayOut]] = {}
    for day in sorted(days, key=lambda day: (day.when.earliest, day.when.latest)):
        years.setdefault(world.calendar.name_of_year(day.when.earliest), []).append(day)
    return {name: _each_day_once(rows) for name, rows in years.items()}


def _each_day_once(days: Iterable[DayOut]) -> list[DayOut]:
    """Two removals that name the same day take it once."""
    found: list[DayOut] = []
    for day in days:
        when = day.when
        if when.certain and any(one.when.certain and one.when.earliest == when.earliest for one in found):
            continue
        found.append(day)
    return found


def passed_in(days: list[DayOut], limit: int) -> Passed:
    """Whether and when more than `limit` of these days, all of one school year, had come together."""
    soonest = _when_over(sorted(days, key=lambda day: day.when.earliest), limit, latest=False)
    surely = _when_over(sorted(days, key=lambda day: day.when.latest), limit, latest=True)
    sizes = [sum(day.least for day in days if day.fact.id == fact_id) for fact_id in {day.fact.id for day in days}]
    earliest = soonest.when.earliest if soonest else None
    latest = surely.when.latest if surely else None
    return Passed(
        first=days[0].fact,
        least=sum(day.least for day in days),
        most=sum(day.most for day in days),
        earliest=earliest,
        latest=latest,
        crossing=(soonest or days[0]).fact,
        alone=any(size > limit for size in sizes),
        asks=joined(*(day.asks for day in days)) if earliest != latest else (),
    )


def _when_over(days: list[DayOut], limit: int, *, latest: bool) -> DayOut | None:
    total = 0.0
    for day in days:
        total += day.least if latest else day.most
        if total > limit:
            return day
    return None


def back_in_time(world: World, due: date, back: date) -> bool:
    """True if no school day lies between the last lawful day of a removal and the day the child was back."""
    day = due + timedelta(days=1)
    while day < back:
        if day.weekday() < 5 and world.calendar.is_school_day(day) is not False:
            return False
        day += timedelta(days=1)
    return True
