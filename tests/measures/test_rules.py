"""The rules of practice: each just before, at and after the point where it speaks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.measures.lines import aim_line
from gameplan.measures.rules import STATUSES, SUGGESTIONS, Look, look
from gameplan.measures.series import Series, day_values
from tests.measures.made import day, mirrored, reading

NUMBERS = st.fractions(min_value=0, max_value=120, max_denominator=12)
SCATTER = st.dictionaries(st.integers(min_value=0, max_value=230), NUMBERS, max_size=20)
STATUSES_BY_RULE = {
    "four-below": "off-track", "trend-below": "off-track", "day-passed": "off-track", "four-above": "ahead",
    "three-at-target": "met", "stale": "too-few", "too-few": "too-few", "near-line": "on-track", "no-aim": "no-aim",
}  # fmt: skip


def answer(found: Look) -> tuple[str, str, str]:
    return found.status, found.suggests, found.rule


def words(found: Look) -> str:
    return found.says(ENGLISH)


# The aim line of `reading` stands at 41, 42, 43, 44 and 45 on the days 5, 10, 15, 20 and 25.
FOUR_BELOW = {5: 40, 10: 41, 15: 42, 20: 43}


def test_three_below_are_too_few() -> None:
    found = look(reading({5: 40, 10: 41, 15: 42}), day(16))
    assert answer(found) == ("too-few", "more-data", "too-few")
    assert "Days with points so far: 3. The rules need 4." in words(found)


def test_four_below_ask_for_a_review_and_name_the_points() -> None:
    found = look(reading(FOUR_BELOW), day(20))
    assert answer(found) == ("off-track", "review", "four-below")
    assert "September 6, 2025: 40 (line: 41)" in words(found)
    assert "rule of practice, not law" in words(found)
    assert found.points == ("p000", "p001", "p002", "p003")


def test_the_fourth_point_counts_from_its_day_on() -> None:
    assert look(reading(FOUR_BELOW), day(19)).rule == "too-few"


@pytest.mark.parametrize("place", list(FOUR_BELOW))
def test_one_of_the_four_on_the_line_is_not_below(place: int) -> None:
    values = {**FOUR_BELOW, place: 40 + Fraction(place, 5)}
    assert look(reading(values), day(20)).rule == "near-line"


def test_an_older_point_above_changes_nothing_and_a_newer_one_does() -> None:
    assert look(reading({2: 70, **FOUR_BELOW}), day(25)).rule == "four-below"
    assert look(reading({**FOUR_BELOW, 25: 46}), day(25)).rule == "near-line"


def test_four_above_speak_for_a_higher_goal() -> None:
    values = {5: 42, 10: 43, 15: 44, 20: 45}
    assert answer(look(reading(values), day(20))) == ("ahead", "raise-goal", "four-above")
    assert look(reading({**values, 20: 44}), day(20)).rule == "near-line"


def test_the_median_of_a_day_is_what_counts() -> None:
    series = reading([(5, 40), (10, 41), (15, 42), (20, 43), (20, 60), (20, 43)])
    assert look(series, day(20)).rule == "four-below"
    assert len(look(series, day(20)).points) == 6
    assert look(reading([(5, 40), (5, 39), (10, 41), (10, 38)]), day(20)).rule == "too-few"


def flat(days: int, step: int = 4) -> dict[int, Fraction]:
    """Flatter than the aim line, and yet the last points are around it."""
    return {number * step: Fraction(43 + number % 2) for number in range(days)}


def test_seven_days_with_points_do_not_let_the_trend_speak() -> None:
    assert look(reading(flat(7)), day(28)).rule != "trend-below"


def test_eight_days_over_three_weeks_do() -> None:
    found = look(reading(flat(8, 3)), day(21))
    assert answer(found) == ("off-track", "review", "trend-below")
    assert "The aim line changes by 1.4." in words(found)
    assert "The target is 80." in words(found)
    assert len(found.points) == 8


def test_eight_days_within_less_than_three_weeks_do_not() -> None:
    values = {**flat(7, 3), 20: Fraction(44)}
    assert look(reading(values), day(20)).rule == "near-line"
    assert look(reading({**flat(7, 3), 21: Fraction(44)}), day(21)).rule == "trend-below"


def test_a_flatter_trend_that_still_reaches_the_target_is_let_be() -> None:
    values = {number * 5: Fraction(60) + Fraction(number * 5, 10) for number in range(8)}
    assert look(reading(values), day(35)).rule == "four-above"


def test_a_trend_that_reaches_the_target_exactly_is_let_be() -> None:
    line = {number * 5: Fraction(40) + Fraction(number, 1) for number in range(8)}
    assert answer(look(reading(line), day(35))) == ("on-track", "keep-going", "near-line")


def test_three_days_in_a_row_at_the_target_meet_it() -> None:
    assert answer(look(reading({5: 80, 10: 80, 15: 81}), day(15))) == ("met", "raise-goal", "three-at-target")
    assert look(reading({10: 80, 15: 81}), day(15)).rule == "too-few"
    assert look(reading({5: 80, 10: 79, 15: 81}), day(15)).rule == "too-few"


def test_a_passed_day_of_the_target_asks_for_a_review() -> None:
    values = {170: 75, 180: 77, 190: 79, 199: 79}
    assert look(reading(values), day(200)).rule == "near-line"
    assert answer(look(reading(values), day(201))) == ("off-track", "review", "day-passed")
    assert look(reading({**values, 199: 80}), day(201)).rule == "four-above"


def test_nothing_is_on_track_after_four_weeks_without_a_point() -> None:
    values = {5: 41, 10: 42, 15: 43, 20: 44}
    assert look(reading(values), day(48)).rule == "near-line"
    found = look(reading(values), day(49))
    assert answer(found) == ("too-few", "more-data", "stale")
    assert "There is no data since September 21, 2025" in words(found)


def test_a_goal_met_long_ago_is_stale_too() -> None:
    assert look(reading({5: 80, 10: 80, 15: 80}), day(44)).rule == "stale"


def test_a_review_is_still_asked_for_on_old_data_and_the_gap_is_said() -> None:
    found = look(reading(FOUR_BELOW), day(60))
    assert answer(found) == ("off-track", "review", "four-below")
    assert "There is no data since" in words(found)


def test_a_change_of_teaching_starts_afresh_and_says_so() -> None:
    found = look(reading(FOUR_BELOW, 11), day(20))
    assert found.rule == "too-few"
    assert "Teaching changed on September 12, 2025 (small group)." in words(found)
    assert found.points == ("p002", "p003")


def test_a_point_on_the_day_of_the_change_counts() -> None:
    assert look(reading(FOUR_BELOW, 5), day(20)).rule == "four-below"
    assert look(reading(FOUR_BELOW, 6), day(20)).rule == "too-few"


def test_a_change_still_to_come_does_not_count() -> None:
    assert look(reading(FOUR_BELOW, 21), day(20)).rule == "four-below"


def test_points_before_the_baseline_do_not_count() -> None:
    assert look(reading({-4: 10, 5: 40, 10: 41, 15: 42}), day(16)).rule == "too-few"


def test_without_an_aim_line_it_says_what_is_missing() -> None:
    found = look(reading(FOUR_BELOW, target=None), day(20))
    assert answer(found) == ("no-aim", "more-data", "no-aim")
    assert "The target is missing." in words(found)


def test_where_less_is_better_the_words_turn_round() -> None:
    found = look(mirrored(reading(FOUR_BELOW)), day(20))
    assert answer(found) == ("off-track", "review", "four-below")
    assert "all above the aim line, and less is better" in words(found)


@settings(max_examples=20)
@given(SCATTER, st.integers(min_value=0, max_value=260))
def test_mirrored_series_have_the_same_answer(scatter: dict[int, Fraction], on: int) -> None:
    series = reading(scatter)
    found, other = look(series, day(on)), look(mirrored(series), day(on))
    assert answer(found) == answer(other)
    assert found.points == other.points


def latest(series: Series, on: int) -> list[bool]:
    """For each of the four latest days: is it worse than the aim line?"""
    line = aim_line(series)
    assert line is not None
    return [one.value < line.at(one.on) for one in day_values(series.points, day(0), day(on))[-4:]]


@settings(max_examples=20)
@given(SCATTER, st.integers(min_value=0, max_value=260))
def test_four_below_speaks_if_and_only_if_all_four_are_below(scatter: dict[int, Fraction], on: int) -> None:
    series = reading(scatter)
    below = latest(series, on)
    assert (look(series, day(on)).rule == "four-below") == (len(below) == 4 and all(below))


@settings(max_examples=20)
@given(SCATTER, st.integers(min_value=0, max_value=260))
def test_every_answer_is_whole(scatter: dict[int, Fraction], on: int) -> None:
    found = look(reading(scatter), day(on))
    assert STATUSES_BY_RULE[found.rule] == found.status
    assert found.suggests in SUGGESTIONS
    assert found.status in STATUSES
    assert found.because
    assert "{" not in words(found)
