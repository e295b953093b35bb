"""The timeline: nothing is lost, and what no longer counts says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gameplan.core.facts import Fact
from gameplan.core.words import ENGLISH
from gameplan.web.gallery_samples import timeline_case
from gameplan.web.pictures.timeline import Row, timeline, timeline_rows
from tests.web.pictures.moments import case, duty, standing

NAMES = {"evaluation-requested": "You asked for an evaluation"}


def rows() -> tuple[Row, ...]:
    late = duty("late", due=date(2025, 9, 9))
    soon = duty("running", due=date(2025, 9, 24))
    open_day = replace(duty("cannot-tell"), due_earliest=date(2025, 9, 30))
    done = replace(duty("cannot-tell"), due_earliest=date(2025, 9, 30), done=date(2025, 9, 10))
    return timeline_rows(timeline_case(), standing("request", late, soon, open_day, done), ENGLISH, names=NAMES)


def row(fact_id: str) -> Row:
    return next(one for one in rows() if one.fact and one.fact.id == fact_id)


def test_it_is_in_the_order_of_the_days_with_today_between() -> None:
    days = [one.on for one in rows()]
    assert days == sorted(days)
    assert [one.shape for one in rows()].count("now") == 1


def test_a_corrected_fact_stays_visible_with_what_it_now_says() -> None:
    assert row("t2").shape == "gone"
    assert row("t2").remark == "Corrected. It now says September 3, 2025."


def test_a_fact_that_was_taken_back_stays_visible_once() -> None:
    assert row("t5").remark == "Taken back. It no longer counts."
    assert [one.fact.id for one in rows() if one.fact].count("t6") == 0


def test_two_accounts_stand_side_by_side_in_one_row() -> None:
    assert [(one.fact.id, one.said) for one in row("t3").accounts] == [
        ("t3", "The family says"),
        ("t4", "The school says"),
    ]


def test_a_plan_and_a_day_to_come_lie_ahead() -> None:
    assert row("t7").shape == "planned"
    assert row("t7").ahead
    assert [one.remark for one in rows() if one.duty] == [
        "This day has passed",
        "Last day",
        "The earliest that this day can be",
    ]


def test_a_kind_without_a_name_is_named_by_its_id() -> None:
    fact = Fact("f1", "meeting-held", date(2025, 9, 1))
    (first, _today) = timeline_rows(case(fact), standing(), ENGLISH, names={})
    assert first.name == "Meeting held"


def test_on_the_page_what_is_gone_is_struck_and_cannot_be_corrected_again() -> None:
    page = timeline(timeline_case(), standing(), ENGLISH, names=NAMES, fact_url=lambda fact: f"/fact/{fact.id}/")
    assert "<del>You asked for an evaluation</del>" in page
    assert "/fact/t3/" in page
    assert "/fact/t2/" not in page
    assert 'aria-current="date"' in page


def test_what_people_write_is_escaped() -> None:
    fact = Fact("f1", "meeting-held", date(2025, 9, 1), note="<b>loud</b>")
    assert "<b>" not in timeline(case(fact), standing(), ENGLISH, names={})
