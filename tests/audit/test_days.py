"""The compiled day arithmetic says exactly what the explaining engine says, on calendars made up at random."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pytest

from gameplan.audit import days, year_end
from gameplan.audit.calendar_tables import calendars_of
from gameplan.audit.calendars import open_calendar
from gameplan.audit.compiled import compiled, entry
from gameplan.audit.days import LEFT_OUT, UNITS, left_out_rows
from gameplan.audit.evaluate import Books
from gameplan.audit.holidays import holiday_table, open_holidays
from gameplan.audit.layout import CALENDARS
from gameplan.audit.school_years import row_of
from gameplan.audit.shapes import WORLD
from gameplan.audit.tables import number_of
from gameplan.audit.year_end import NEAR as NEAR_ROW
from gameplan.audit.year_end import SUMMER as SUMMER_ROW
from gameplan.audit.year_end import near_rows, summer_rows
from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import Counter, Span
from gameplan.core.entries import Holidays, LeftOut
from gameplan.core.year_end import YearEnd
from gameplan.law.library import holidays
from tests.audit.made_calendars import NEAR, RULES, SUMMER, absent_days, calendars, pauses, some_day

MADE = calendars(Random(1), 150)
LISTS = [holidays("TX"), holidays(None), Holidays({date(2022, 7, 4): "July 4", date(2023, 7, 4): "July 4"}, 2022, 2023)]
# Of the law, what a count looks at.
LAW = np.dtype([("left", LEFT_OUT, (8,)), ("near", NEAR_ROW, (16,)), ("summer", SUMMER_ROW, (8,))], align=True)
AFTER, BEFORE, BETWEEN, JUDGE = range(4)
NEAR_APPLIES, NEAR_DUE, SUMMER_MOVE = range(3)


@compiled
def _open(case: Any, b: Books, which: int) -> None:
    case.calendar = -1
    open_calendar(case, b.calendars, which)
    open_holidays(case, b.holidays)


@entry
def count(
    t: Any, w: Any, b: Books, which: int, what: int, lefts: int, absent: int, stops: int, start: int, length: int,
    unit: int,
    first_is_trigger: bool,
) -> tuple[int, int]:  # fmt: skip
    """One count; `length` is the last day for `between`."""
    _open(w[0], b, which)
    if what == AFTER:
        return days.after(t[0], w[0], 0, lefts, absent, stops, start, length, unit, first_is_trigger)
    if what == BEFORE:
        return days.before(t[0], w[0], 0, lefts, absent, stops, start, length, unit)
    if what == BETWEEN:
        return days.between(t[0], w[0], 0, lefts, absent, stops, start, length, unit), 0
    return days.judge(t[0], w[0], 0, lefts, absent, stops, start, unit), 0


@entry
def by_year(t: Any, w: Any, b: Books, which: int, what: int, rule: int, first: int, last: int) -> tuple[int, int]:
    """What the end of a school year does to a day."""
    _open(w[0], b, which)
    if what == NEAR_APPLIES:
        return year_end.near_applies(t[0], w[0], rule, first), 0
    if what == NEAR_DUE:
        return year_end.near_due(t[0], w[0], rule, first)
    return year_end.summer_move(t[0], w[0], rule, first, last)


class Told:
    """The tables of the audit for one test: calendars, holidays, and one world that counts ask of."""

    def __init__(self) -> None:
        rows = [row_of(number, year) for number, one in enumerate(MADE) for year in one.years]
        tables, places = calendars_of(pa.Table.from_pylist(rows, schema=CALENDARS))
        self.places = {number: places.get(number, 0) for number in range(len(MADE))}
        self.books = [Books(tables, holiday_table(one)) for one in LISTS]
        self.which = 0
        self.law, self.world = np.zeros(1, LAW), np.zeros(1, WORLD)
        self.world["walks"]["where"] = -1
        self.law["near"][0, : len(NEAR)] = near_rows(NEAR)
        self.law["summer"][0, : len(SUMMER)] = summer_rows(SUMMER)

    def set(self, which: int, list_at: int, absent: Iterable[date], stops: Iterable[tuple[date, date]]) -> None:
        """The calendar, the holidays and the days that do not count, for what is asked next."""
        world = self.world[0]
        self.which, world["law"] = self.places[which], list_at
        numbers = sorted(number_of(day) for day in absent)
        world["absent_n"] = len(numbers)
        for name in ("absent", "counted_absent"):
            world[name][: len(numbers)] = numbers
        found = [(number_of(first), number_of(last)) for first, last in stops]
        world["pauses_n"] = len(found)
        for place, pair in enumerate(found):
            world["pauses"][place] = pair


@pytest.fixture(scope="module")
def told() -> Told:
    return Told()


def ends(span: Span) -> tuple[int, int]:
    return number_of(span.earliest), number_of(span.latest)


class Count:
    """One count, made up at random, on both engines."""

    def __init__(self, told: Told, rng: Random, units: tuple[str, ...]) -> None:
        self.which, self.list = rng.randrange(len(MADE)), rng.randrange(len(LISTS))
        self.start, self.unit = some_day(rng), rng.choice(units)
        rules: tuple[LeftOut, ...] = ()
        if rng.random() < (0.7 if self.unit == "calendar-day" else 0.2):
            rules = rng.choice(RULES)
        stops = pauses(rng, self.start)
        absent = frozenset(day for day in absent_days(rng, self.start) if day > self.start)
        self.core = Counter(self.unit, MADE[self.which], LISTS[self.list], rules, absent, stops)
        told.set(self.which, self.list, absent, stops)
        told.law["left"][0, : len(rules)] = left_out_rows(rules)
        # Walks are remembered by the place of their rules, which here are others each time.
        if rules:
            told.world["walks"]["where"] = -1
        self.told, self.counts = told, (len(rules), len(absent), len(stops))
        self.length = rng.choice((0, 1, 2, 5, 10, 15, 30, 45, 60, 90))
        if self.unit.endswith("day") and rng.random() < 0.01:
            self.length = 1600  # more than the longest walk

    def __repr__(self) -> str:
        return f"calendar {self.which}, {self.start}, {self.length} {self.unit}, {self.core.leaves_out}"

    def asked(self, what: int, day: date, length: int = 0, *, trigger: bool = False) -> tuple[int, int]:
        """What the compiled code says."""
        told, unit = self.told, UNITS.index(self.unit)
        found: tuple[int, int] = count(
            told.law,
            told.world,
            told.books[self.list],
            told.which,
            what,
            *self.counts,
            number_of(day),
            length,
            unit,
            trigger,
        )
        return found

    def same_after(self, first_day: str) -> None:
        found = self.asked(AFTER, self.start, self.length, trigger=first_day == "trigger")
        assert found == ends(self.core.after(self.start, self.length, first_day=first_day)), self

    def same_before(self) -> None:
        assert self.asked(BEFORE, self.start, self.length) == ends(self.core.before(self.start, self.length)), self

    def same_between(self) -> None:
        last = self.start + timedelta(days=self.length * 2)
        number = self.core.between(self.start, last)
        assert self.asked(BETWEEN, self.start, number_of(last))[0] == (-1 if number is None else number), self


# Why nobody can be sure of a school day decides most, so that half of all counts are of school days.
OFTEN = (*("school-day",) * 6, *("calendar-day",) * 6, *("business-day",) * 2, *(unit for unit in UNITS if unit))
TRI = {True: 1, False: 0, None: -1}


@pytest.mark.parametrize("seed", range(8))
def test_every_count_ends_on_the_same_days(seed: int, told: Told) -> None:
    rng = Random(seed)
    for _ in range(300):
        one = Count(told, rng, tuple(unit for unit in OFTEN if unit != "count"))
        one.same_after(rng.choice(("day-after", "trigger")))
        one.same_before()
        one.same_between()
        one.same_after("day-after")  # again: the walk is remembered now


def test_every_day_is_judged_the_same(told: Told) -> None:
    rng = Random(3)
    for _ in range(60):
        one = Count(told, rng, ("calendar-day", "school-day", "business-day", "business-day-incl-holidays"))
        for day in (one.start + timedelta(days=step) for step in range(120)):
            answer, _ = one.core.judge(day)
            assert one.asked(JUDGE, day)[0] == TRI[answer], (one, day)


def core_year_end(calendar: SchoolCalendar, list_of: Holidays, absent: Iterable[date]) -> YearEnd:
    facts = [SimpleNamespace(data={"days": list(absent)})]
    world = SimpleNamespace(calendar=calendar, by_kind={"child-absent": facts}, matching=lambda _: ())
    return YearEnd(cast(Any, world), list_of)


@pytest.mark.parametrize("number", range(len(NEAR)))
def test_the_rules_near_the_years_end_say_the_same(number: int, told: Told) -> None:
    rng, rule = Random(number), NEAR[number]
    for _ in range(150):
        which, list_at, since = rng.randrange(len(MADE)), rng.randrange(len(LISTS)), some_day(rng)
        if MADE[which].years and rng.random() < 0.5:
            since = rng.choice(MADE[which].years).last_day - timedelta(days=rng.randrange(90))
        stops = pauses(rng, since)
        absent = {day for day in absent_days(rng, since) if MADE[which].is_school_day(day) is not False}
        core = core_year_end(MADE[which], LISTS[list_at], absent)
        due = SimpleNamespace(counter=SimpleNamespace(pauses=stops))
        told.set(which, list_at, absent, stops)
        asked = (told.law, told.world, told.books[list_at], told.which)
        assert by_year(*asked, NEAR_APPLIES, number, number_of(since), 0)[0] == TRI[core._applies(rule, since)[0]]
        found = by_year(*asked, NEAR_DUE, number, number_of(since), 0)
        assert found == ends(core._year_end_due(rule, since, cast(Any, due))), (which, since)


@pytest.mark.parametrize("number", range(len(SUMMER)))
def test_a_due_day_in_summer_moves_the_same(number: int, told: Told) -> None:
    rng, rule = Random(number), SUMMER[number]
    for _ in range(300):
        which, list_at, first = rng.randrange(len(MADE)), rng.randrange(len(LISTS)), some_day(rng)
        if MADE[which].years and rng.random() < 0.5:
            first = rng.choice(MADE[which].years).last_day + timedelta(days=rng.randrange(90))
        last = first + timedelta(days=rng.choice((0, 0, 0, 7, 60)))
        core = core_year_end(MADE[which], LISTS[list_at], ())
        due = SimpleNamespace(span=Span(first, last), because=[])
        core.summer(cast(Any, SimpleNamespace(summer=rule)), cast(Any, due))
        told.set(which, list_at, (), ())
        asked = (told.law, told.world, told.books[list_at], told.which)
        assert by_year(*asked, SUMMER_MOVE, number, number_of(first), number_of(last)) == ends(due.span)
