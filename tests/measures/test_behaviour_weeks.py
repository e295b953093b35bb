"""How often a behavior was written down, week by week."""

from __future__ import annotations

from datetime import date, timedelta

from gameplan.core.words import ENGLISH
from gameplan.measures.behaviour_weeks import MOST_WEEKS, Phase, weekly

FIRST = date(2025, 9, 1)


def test_each_week_has_its_count_also_those_without_a_note() -> None:
    drawn = weekly("x", [FIRST, FIRST + timedelta(days=4), FIRST + timedelta(days=20)], date(2025, 9, 24), ENGLISH)
    assert [row[1] for row in drawn.rows] == ["2", "0", "1", "0"]
    assert drawn.rows[0][0] == "September 1, 2025"
    assert "Times written down in 4 weeks: 3." in drawn.words
    assert "maybe nobody wrote" in drawn.words
    assert drawn.svg.count("<rect") == drawn.narrow.count("<rect") == 2


def test_what_comes_after_the_last_day_and_long_before_it_is_left_out() -> None:
    days = [FIRST - timedelta(weeks=MOST_WEEKS), FIRST, FIRST + timedelta(days=7)]
    drawn = weekly("x", days, FIRST, ENGLISH)
    assert len(drawn.rows) == MOST_WEEKS
    assert sum(int(row[1]) for row in drawn.rows) == 1


def test_a_change_in_teaching_is_a_line_and_a_sentence() -> None:
    drawn = weekly("x", [FIRST], date(2025, 9, 14), ENGLISH, [Phase(date(2025, 9, 10), "Picture <card>")])
    assert "Line on September 10, 2025: Picture <card>." in drawn.words
    assert "stroke-dasharray" in drawn.svg
    assert "<card>" not in drawn.svg


def test_nothing_says_so() -> None:
    assert "Nothing is written down yet." in weekly("x", [], FIRST, ENGLISH).svg
