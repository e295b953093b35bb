"""Counting days: what counts, what does not, what nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.core.days import Counter, Span, add_months
from gameplan.core.entries import Holidays, LeftOut
from gameplan.law.library import holidays
from tests.core.cast import NEXT_YEAR, YEAR

NONE = SchoolCalendar()
ONE = SchoolCalendar((YEAR,))
TWO = SchoolCalendar((YEAR, NEXT_YEAR))
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


def counter(unit: str, calendar: SchoolCalendar = ONE, *rules: LeftOut) -> Counter:
    return Counter(unit, calendar, holidays("TX"), rules)


def test_the_day_that_starts_a_count_is_not_counted() -> None:
    assert counter("calendar-day").after(date(2025, 9, 15), 60) == Span.at(date(2025, 11, 14))


def test_the_trigger_day_can_be_day_one() -> None:
    assert counter("calendar-day").after(date(2025, 9, 15), 14, first_day="trigger") == Span.at(date(2025, 9, 28))


def test_a_last_day_on_a_weekend_does_not_move() -> None:
    assert counter("calendar-day").after(date(2025, 9, 16), 60).latest.weekday() == 5


def test_school_days_skip_weekends_breaks_and_holidays() -> None:
    assert counter("school-day").after(date(2025, 11, 20), 3) == Span.at(date(2025, 12, 2))


def test_school_days_run_over_a_known_summer() -> None:
    assert counter("school-day", TWO).after(date(2026, 5, 20), 2) == Span.at(date(2026, 8, 12))


def test_a_four_day_week_counts_four_days_a_week() -> None:
    four = SchoolYear("2025-26", date(2025, 8, 4), date(2026, 5, 28), weekdays=frozenset({0, 1, 2, 3}))
    assert counter("school-day", SchoolCalendar((four,))).after(date(2025, 8, 7), 1) == Span.at(date(2025, 8, 11))


def test_business_days_skip_federal_holidays() -> None:
    federal = Counter("business-day", ONE, holidays(None))
    assert federal.after(date(2025, 11, 26), 1) == Span.at(date(2025, 11, 28))


def test_business_days_skip_a_states_own_holidays() -> None:
    assert counter("business-day").after(date(2025, 11, 26), 1) == Span.at(date(2025, 12, 1))


def test_the_private_placement_notice_counts_holidays_in() -> None:
    assert counter("business-day-incl-holidays").after(date(2025, 11, 26), 1) == Span.at(date(2025, 11, 27))


def test_hours_count_back_to_the_day() -> None:
    assert counter("hour").before(date(2025, 10, 10), 48) == Span.at(date(2025, 10, 8))


def test_counting_back_ends_on_the_last_lawful_day() -> None:
    assert counter("school-day").before(date(2025, 12, 3), 5) == Span.at(date(2025, 11, 19))


def test_february_29_becomes_february_28() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_without_a_calendar_there_is_a_range_and_the_missing_fact() -> None:
    span = counter("school-day", NONE).after(date(2025, 9, 15), 45)
    assert not span.certain
    assert span.missing


def test_a_break_long_enough_is_left_out_with_its_weekends() -> None:
    rule = LeftOut("break", at_least=5)
    # Thanksgiving week and both weekends at its edges: Nov 22 to Nov 30 are not counted.
    assert counter("calendar-day", ONE, rule).after(date(2025, 11, 20), 3) == Span.at(date(2025, 12, 2))


def test_a_break_exactly_at_the_limit_is_not_over_it() -> None:
    rule = LeftOut("break", over=5)
    assert counter("calendar-day", ONE, rule).after(date(2025, 11, 20), 3) == Span.at(date(2025, 11, 23))


def test_only_absences_beyond_the_limit_are_left_out() -> None:
    days = frozenset(date(2025, 9, day) for day in (16, 17, 18))
    plain = Counter("calendar-day", ONE, Holidays(), (LeftOut("absence", over=2),), days)
    assert plain.after(date(2025, 9, 15), 10) == Span.at(date(2025, 9, 26))


@given(DAYS, st.integers(1, 120))
def test_each_counted_day_is_numbered_once(start: date, length: int) -> None:
    count = counter("calendar-day")
    due = count.after(start, length).latest
    numbers = [mark.number for mark in count.marks(start, due) if mark.number]
    assert numbers == list(range(1, length + 1))


@given(st.dates(date(2025, 8, 13), date(2026, 4, 1)), st.integers(1, 60))
def test_the_quick_way_and_the_walk_agree(start: date, length: int) -> None:
    count = counter("school-day", TWO)
    quick = count.after(start, length)
    assert quick == count._walk(start, length, 1)
    assert sum(1 for mark in count.marks(start, quick.latest) if mark.number) == length


def some_school_year(start: int, closed: list[int], first: int, last: int) -> SchoolYear:
    """A school year that could be: it begins in August or early September and ends in May or June."""
    begin = date(start, 8, 1) + timedelta(days=first)
    days = tuple(Closure(d, d) for d in (begin + timedelta(days=n) for n in sorted(set(closed))))
    breaks = (Closure(date(start, 11, 26), date(start, 11, 28)), Closure(date(start, 12, 22), date(start + 1, 1, 2)))
    return SchoolYear(str(start), begin, date(start + 1, 5, 15) + timedelta(days=last), days + breaks)


@given(
    st.dates(date(2025, 8, 20), date(2026, 7, 20)), st.sampled_from([5, 10, 15, 30, 45, 60]),
    st.lists(st.integers(0, 250), max_size=8), st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip
def test_the_range_without_a_calendar_holds_the_true_day(
    start: date, length: int, closed: list[int], first: int, last: int
) -> None:
    years = tuple(some_school_year(year, closed, first, last) for year in (2024, 2025, 2026, 2027))
    truth = counter("school-day", SchoolCalendar(years)).after(start, length)
    guess = counter("school-day", NONE).after(start, length)
    assert truth.certain
    assert guess.earliest <= truth.earliest <= guess.latest


@pytest.mark.parametrize("rule", [LeftOut("break", at_least=5), LeftOut("break", over=5), LeftOut("summer")])
@given(st.dates(date(2025, 8, 20), date(2026, 6, 20)), st.sampled_from([15, 30, 60]))
def test_the_range_of_left_out_breaks_holds_the_true_day(rule: LeftOut, start: date, length: int) -> None:
    years = tuple(some_school_year(year, [], 12, 10) for year in (2024, 2025, 2026, 2027))
    truth = counter("calendar-day", SchoolCalendar(years), rule, LeftOut("summer")).after(start, length)
    guess = counter("calendar-day", NONE, rule, LeftOut("summer")).after(start, length)
    assert guess.earliest <= truth.earliest <= guess.latest
