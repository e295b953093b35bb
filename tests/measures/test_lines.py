"""Lines through points, by numbers worked out by hand, and by what must hold for any points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.measures.lines import aim_lacks, aim_line, expected, spread, trend
from tests.measures.made import day, mirrored, points, reading

NUMBERS = st.fractions(min_value=-500, max_value=500, max_denominator=60)
DAYS = st.integers(min_value=0, max_value=900)
SCATTER = st.dictionaries(DAYS, NUMBERS, min_size=3, max_size=20)


def test_the_aim_line_gains_a_word_in_five_days() -> None:
    line = aim_line(reading({}))
    assert line is not None
    assert [line.at(day(number)) for number in (0, 5, 100, 200)] == [40, 41, 60, 80]
    assert line.weekly == Fraction(7, 5)


def test_the_aim_line_is_level_outside_its_ends() -> None:
    line = aim_line(reading({}))
    assert line is not None
    assert line.at(day(-30)) == 40
    assert line.at(day(260)) == 80


@pytest.mark.parametrize(
    ("lacking", "word"),
    [
        ({"baseline": None}, "The baseline is missing"),
        ({"baseline_on": None}, "The day of the baseline is missing"),
        ({"target": None}, "The target is missing"),
        ({"target_on": None}, "The day of the target is missing"),
        ({"target_on": day(0)}, "must come after"),
        ({"target": Fraction(39)}, "worse than the baseline"),
        ({"rises": False}, "worse than the baseline"),
    ],
)
def test_what_an_aim_line_lacks_is_said(lacking: dict[str, object], word: str) -> None:
    series = reading({}, **lacking)
    assert aim_line(series) is None
    assert word in aim_lacks(series)[0].text


def test_all_that_is_missing_is_said_at_once() -> None:
    series = reading({}, baseline=None, baseline_on=None, target=None, target_on=None)
    assert len(aim_lacks(series)) == 4


def test_a_level_aim_line_is_one() -> None:
    line = aim_line(reading({}, target=Fraction(40)))
    assert line is not None
    assert line.slope == 0


def test_the_trend_by_hand() -> None:
    # Pairs: 2, 3/2, 7/3, 1, 5/2, 4; in order 1, 3/2, 2, 7/3, 5/2, 4: the middle is (2 + 7/3) / 2 = 13/6.
    # Rests y - 13/6 x: 10, 59/6, 52/6, 63/6; in order 52/6, 59/6, 60/6, 63/6: the middle is 119/12.
    found = trend(reading({0: 10, 1: 12, 2: 13, 3: 17}))
    assert found is not None
    assert (found.slope, found.value, found.weekly) == (Fraction(13, 6), Fraction(119, 12), Fraction(91, 6))
    assert (found.start, found.end, found.days) == (day(0), day(3), 4)


def test_two_days_have_no_trend_and_three_have_one() -> None:
    assert trend(reading([(0, 40), (0, 41), (7, 42)])) is None
    assert spread(reading({0: 40, 7: 42})) is None
    assert trend(reading({0: 40, 7: 42, 14: 44})) is not None


def test_one_bad_day_does_not_turn_the_trend_round() -> None:
    values = {7 * week: 40 + week for week in range(9)}
    found = trend(reading({**values, 56: 10}))
    assert found is not None
    assert found.weekly == 1


def test_several_points_on_a_day_count_as_their_median() -> None:
    one = trend(reading([(0, 40), (7, 42), (14, 44)]))
    assert trend(reading([(0, 40), (7, 42), (14, 44), (14, 90), (14, 1)])) == one


def test_since_and_until_are_both_counted() -> None:
    series = reading({0: 90, 7: 40, 14: 41, 21: 42, 28: 90})
    found = trend(series, day(7), day(21))
    assert found is not None
    assert found.weekly == 1
    assert found.days == 3


def test_the_spread_by_hand() -> None:
    steady = spread(reading({0: 40, 1: 41, 2: 42, 3: 43, 4: 44}))
    assert steady is not None
    assert steady.amount == 0
    assert steady.word.text == "steady"
    # Pairs: -24, 0, 0, 8, 24, 24: the slope is 4. Rests 40, 60, 32, 52: the level is 46. Off it: 6, 14, 14, 6.
    uneven = spread(reading({0: 40, 1: 64, 2: 40, 3: 64}))
    assert uneven is not None
    assert uneven.amount == 10


@pytest.mark.parametrize(("off", "word"), [(4, "steady"), (5, "with ups and downs"), (11, "with large ups and downs")])
def test_the_word_of_the_spread_is_held_against_the_way_to_go(off: int, word: str) -> None:
    values = {0: 50 - off, 1: 50 + off, 2: 50 + off, 3: 50 - off}
    found = spread(reading(values))
    assert found is not None
    assert found.amount == off
    assert found.word.text == word


def test_when_the_trend_meets_the_target() -> None:
    series = reading({0: 40, 7: 45, 14: 50})
    # 5 a week from 40: at 80 after 8 weeks, on day 56.
    assert expected(series, day(20)) == day(56)
    assert expected(series, day(56)) == day(56)
    assert expected(series, day(70)) == day(70)


def test_a_day_in_the_middle_is_rounded_up() -> None:
    assert expected(reading({0: 40, 1: 43, 2: 46}), day(3)) == day(14)


@pytest.mark.parametrize("values", [{0: 40, 7: 40, 14: 40}, {0: 40, 7: 39, 14: 38}, {0: 40, 7: 41}])
def test_a_trend_that_does_not_go_there_foretells_nothing(values: dict[int, int]) -> None:
    assert expected(reading(values), day(20)) is None


def test_no_day_is_foretold_beyond_ten_years() -> None:
    assert expected(reading({0: 40, 100: 41, 200: 42}), day(200)) is None


def test_after_a_change_of_teaching_only_the_new_points_foretell() -> None:
    assert expected(reading({0: 40, 7: 45, 14: 50, 21: 50, 28: 51}, 15), day(28)) is None


@settings(max_examples=20)
@given(NUMBERS, NUMBERS, DAYS, st.integers(min_value=1, max_value=900))
def test_the_aim_line_is_right_at_its_ends(first: Fraction, last: Fraction, start: int, length: int) -> None:
    series = reading(
        {}, baseline=first, target=last, baseline_on=day(start), target_on=day(start + length), rises=last >= first
    )
    line = aim_line(series)
    assert line is not None
    assert (line.at(day(start)), line.at(day(start + length))) == (first, last)


@settings(max_examples=20)
@given(NUMBERS, NUMBERS, st.sets(DAYS, min_size=3, max_size=40))
def test_the_trend_of_points_on_a_line_is_that_line(value: Fraction, slope: Fraction, days: set[int]) -> None:
    found = trend(reading({number: value + slope * number for number in days}))
    assert found is not None
    assert found.slope == slope
    assert found.at(day(0)) == value


@settings(max_examples=10)
@given(NUMBERS, NUMBERS, st.integers(min_value=121, max_value=400))
def test_many_days_on_a_line_are_that_line_too(value: Fraction, slope: Fraction, days: int) -> None:
    found = trend(reading({number: value + slope * number for number in range(days)}))
    assert found is not None
    assert (found.value, found.slope) == (value, slope)


@settings(max_examples=20)
@given(SCATTER, NUMBERS, NUMBERS)
def test_the_trend_moves_with_its_points(scatter: dict[int, Fraction], up: Fraction, tilt: Fraction) -> None:
    plain, moved = trend(reading(scatter)), trend(reading({n: y + up + tilt * n for n, y in scatter.items()}))
    assert plain is not None
    assert moved is not None
    assert moved.slope == plain.slope + tilt
    assert moved.at(day(0)) == plain.at(day(0)) + up


@settings(max_examples=20)
@given(SCATTER)
def test_mirrored_points_have_the_mirrored_trend_and_the_same_spread(scatter: dict[int, Fraction]) -> None:
    series = reading(scatter)
    found, other = trend(series), trend(mirrored(series))
    assert found is not None
    assert other is not None
    assert (found.slope, found.value) == (-other.slope, -other.value)
    assert spread(series) == spread(mirrored(series))


@settings(max_examples=20)
@given(SCATTER)
def test_a_foretold_day_is_the_first_at_the_target(scatter: dict[int, Fraction]) -> None:
    series, on = reading(scatter), day(900)
    found, when = trend(series), expected(series, on)
    assert found is not None
    if when is not None:
        assert found.at(when) >= 80
        assert when == on or found.at(date.fromordinal(when.toordinal() - 1)) < 80


def test_points_come_in_any_order() -> None:
    series = reading({14: 44, 0: 40, 7: 42})
    assert [point.on for point in series.points] == [day(0), day(7), day(14)]
    assert replace(series, points=points({7: 1, 0: 2})).points[0].on == day(0)
