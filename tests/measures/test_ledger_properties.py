"""The ledger adds up: on every day, for every week and service, after every correction, amendment and holiday."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.calendars import SchoolCalendar, days_between
from gameplan.measures.ledger import Ledger, Sums, ledger
from gameplan.measures.log import DELIVERED, FAMILY, SCHOOL, LogEntry, roots, standing
from gameplan.measures.promised import Spell, promises
from gameplan.measures.said import said
from gameplan.measures.short import short
from gameplan.measures.weeks import SchoolDays
from tests.measures.made_logs import AMOUNTS, SPEECH, World, calendars, days, lives, logs, row, worlds

UNTIL = date(2026, 6, 30)


def made(world: World, on: date, **more: str) -> Ledger:
    return ledger(world.spells, world.calendar, world.entries, on, until=UNTIL, **more)


def adds_up(sums: Sums) -> bool:
    parts = (
        sums.promised, sums.delivered, sums.upcoming, sums.extra, sums.given_to_make_up, sums.apart, sums.made_up,
        *sums.missed_by.values(), *sums.owed_by.values(),
    )  # fmt: skip
    whole = sums.promised == sums.delivered + sums.missed + sums.upcoming
    return whole and sums.missed == sums.made_up + sums.owed and all(one >= 0 for one in parts)


@settings(max_examples=60, deadline=None)
@given(worlds, days)
def test_promised_is_delivered_and_missed_and_upcoming(world: World, on: date) -> None:
    found = made(world, on)
    assert all(adds_up(one.sums) for one in found.cells)
    assert all(adds_up(one.sums) for one in found.periods)
    assert adds_up(found.total())
    assert adds_up(found.this_month())
    assert all(adds_up(found.total(service.id)) for service in found.services)
    of_all = sum((found.total(one.id).promised for one in found.services), Fraction(0))
    assert of_all == found.total().promised


@settings(max_examples=60, deadline=None)
@given(worlds, days)
def test_every_minute_that_was_given_is_somewhere_once(world: World, on: date) -> None:
    found = ledger(world.spells, world.calendar, world.entries, on, until=date(2026, 12, 31))
    stands = [one.entry for one in standing(world.entries) if one.entry.on <= on]
    by_week: dict[tuple[str, date], int] = defaultdict(int)
    for one in stands:
        if one.what == DELIVERED:
            by_week[one.service, one.on - timedelta(one.on.weekday())] += one.minutes
    assert found.total().given == sum(by_week.values())
    total = found.total()
    assert total.given_to_make_up == total.made_up == sum(one.made_up for one in found.owed)
    assert all(0 <= one.made_up <= one.missed <= one.entry.minutes for one in found.owed)
    beside = {(one.service, one.week): one.sums.extra + one.sums.given_to_make_up for one in found.cells}
    assert all(minutes <= by_week.get(key, 0) for key, minutes in beside.items())


@settings(max_examples=35, deadline=None)
@given(worlds, days, st.integers(1, 40))
def test_time_moves_minutes_from_upcoming_to_delivered_or_missed_only(world: World, on: date, later: int) -> None:
    before, after = made(world, on), made(world, on + timedelta(later))
    old = {(one.service, one.week): one.sums for one in before.cells}
    new = {(one.service, one.week): one.sums for one in after.cells}
    assert old.keys() <= new.keys()
    for key, sums in old.items():
        assert new[key].promised == sums.promised
        assert new[key].upcoming <= sums.upcoming
        assert new[key].delivered >= sums.delivered
        assert all(new[key].missed_by[reason] >= minutes for reason, minutes in sums.missed_by.items())


@settings(max_examples=35, deadline=None)
@given(worlds, days)
def test_a_chain_of_corrections_equals_writing_the_last_entry_alone(world: World, on: date) -> None:
    first = roots(world.entries)
    last = [
        replace(
            one.entry, id=one.root, corrects=None, makes_up=first[one.entry.makes_up] if one.entry.makes_up else None
        )
        for one in standing(world.entries)
    ]
    # A make-up of what is no missed entry any more cannot be written: it counts like one for nothing.
    missed = {one.id for one in last if one.what != DELIVERED}
    if all(one.makes_up is None or one.makes_up in missed for one in last):
        alone = made(replace(world, entries=tuple(last)), on)
        assert (alone.cells, alone.periods) == (made(world, on).cells, made(world, on).periods)


@settings(max_examples=35, deadline=None)
@given(worlds, days, st.randoms(use_true_random=False))
def test_the_order_of_writing_changes_no_number(world: World, on: date, rng: object) -> None:
    loose = [one for one in world.entries if not one.corrects and not one.makes_up]
    mixed = list(loose)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = (made(replace(world, entries=tuple(each)), on) for each in (loose, mixed))
    assert (one.cells, one.periods, one.total()) == (other.cells, other.periods, other.total())


@settings(max_examples=35, deadline=None)
@given(worlds, logs(), days)
def test_what_the_family_wrote_stands_beside_and_changes_no_number(
    world: World, other: tuple[LogEntry, ...], on: date
) -> None:
    names = {one.id: f"family-{one.id}" for one in other}
    theirs = [
        replace(
            one,
            id=names[one.id],
            side=FAMILY,
            corrects=names.get(one.corrects or ""),
            makes_up=names.get(one.makes_up or ""),
        )
        for one in other
    ]
    both = replace(world, entries=(*world.entries, *theirs))
    alone, together = made(world, on), made(both, on)
    assert together.cells == alone.cells
    assert together.owed == alone.owed
    assert short(together) == short(alone)
    stands = [one.entry for one in standing(theirs, FAMILY) if one.entry.on <= on]
    assert {one.entry.id for one in together.differs} <= {one.id for one in stands}
    # In a case that the family holds alone, the same entries make the same numbers.
    assert (
        made(replace(world, entries=tuple(theirs)), on, counts=FAMILY).cells
        == made(replace(world, entries=other), on).cells
    )


@settings(max_examples=25, deadline=None)
@given(worlds, days)
def test_what_both_wrote_alike_is_no_difference(world: World, on: date) -> None:
    stands = [one.entry for one in standing(world.entries)]
    plain = [replace(one, makes_up=None, corrects=None) for one in stands]
    copy = [replace(one, id=f"family-{one.id}", side=FAMILY) for one in plain]
    assert made(replace(world, entries=(*plain, *copy)), on).differs == ()


@settings(max_examples=35, deadline=None)
@given(calendars(), st.sampled_from(AMOUNTS), st.sampled_from(("week", "month", "quarter", "year")))
def test_a_full_term_comes_to_exactly_what_the_plan_says(calendar: SchoolCalendar, minutes: Fraction, per: str) -> None:
    year = calendar.years[0]
    plan = (Spell(year.first_day - timedelta(60), None, (row(minutes, per),)),)
    found = ledger(plan, calendar, (), year.first_day, until=year.last_day)
    for one in found.periods:
        if year.first_day <= one.term.first and one.term.last <= year.last_day:
            assert one.sums.promised == minutes
        else:
            assert 0 < one.sums.promised <= minutes
        assert one.sums.promised % Fraction(1, minutes.denominator) == 0
    if per == "quarter":
        assert found.total().promised == 4 * minutes


@settings(max_examples=35, deadline=None)
@given(calendars(), st.sampled_from(AMOUNTS), st.sampled_from(("day", "week", "month", "quarter", "year")), days)
def test_an_amendment_that_changes_nothing_changes_no_minute(
    calendar: SchoolCalendar, minutes: Fraction, per: str, cut: date
) -> None:
    since = min(cut - timedelta(1), calendar.years[0].first_day)
    one = (Spell(since, None, (row(minutes, per),)),)
    two = (Spell(since, cut - timedelta(1), (row(minutes, per),)), Spell(cut, None, (row(minutes, per),)))
    assert promises(one, calendar, UNTIL).slots == promises(two, calendar, UNTIL).slots


@settings(max_examples=25, deadline=None)
@given(lives(), calendars(), st.sampled_from((date(2025, 10, 31), date(2025, 12, 8), date(2026, 1, 31))))
def test_the_window_hangs_on_nothing(spells: tuple[Spell, ...], calendar: SchoolCalendar, until: date) -> None:
    near, far = (ledger(spells, calendar, (), date(2025, 10, 1), until=one) for one in (until, UNTIL))
    assert near.cells == tuple(one for one in far.cells if one.week <= until)


@settings(max_examples=25, deadline=None)
@given(lives(), calendars())
def test_only_school_days_in_force_promise_anything(spells: tuple[Spell, ...], calendar: SchoolCalendar) -> None:
    school = SchoolDays(calendar)
    for slot in promises(spells, calendar, UNTIL).slots:
        week = days_between(slot.week, slot.week + timedelta(6))
        assert any(school.holds(day) and any(one.holds(day) for one in spells) for day in week)
        assert slot.closes >= slot.week


@settings(max_examples=20, deadline=None)
@given(worlds, days)
def test_a_shortfall_is_in_what_was_owed(world: World, on: date) -> None:
    found = made(world, on)
    assert said(found)
    for one in short(found):
        weeks = [cell.sums for cell in found.weeks(one.service) if one.first <= cell.week <= one.last]
        assert 0 <= one.given <= one.due <= sum(each.promised for each in weeks)
        assert one.because
        assert one.asks


def test_a_session_that_both_sides_know_has_one_ledger() -> None:
    entries = (LogEntry("e1", SPEECH, date(2025, 9, 9), 30, DELIVERED, side=SCHOOL),)
    world = World((Spell(date(2025, 9, 3), None, (row(60),)),), SchoolCalendar(()), entries)
    assert made(world, date(2025, 9, 12)) == made(world, date(2025, 9, 12))
