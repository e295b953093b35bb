"""The sample family: a case under way, whatever today is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from gameplan.cases.doors import cases_of, facts_of
from gameplan.cases.people import HOME
from gameplan.cases.sample import make_sample
from gameplan.cases.today import today
from gameplan.core.facts import standing_facts

YEAR_ROUND = [date(2026, 1, 1) + timedelta(days=31 * number) for number in range(12)]


@pytest.mark.parametrize("now", [*YEAR_ROUND, date(2028, 2, 29)])
def test_the_sample_is_under_way_on_any_day(db: None, monkeypatch: pytest.MonkeyPatch, now: date) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", now.isoformat())
    told = facts_of(make_sample(HOME))
    days = [fact.on for fact in standing_facts(told.facts)]
    assert days == sorted(days)
    assert days[-1] < now
    assert all(day.weekday() < 5 for day in days)
    assert told.calendar().knows(now)
    assert told.calendar().knows(now + timedelta(days=90))
    assert {fact.account_of for fact in told.facts} == {None, "f5"}
    assert told.child.state == "TX"


def test_there_is_one_sample_however_often_it_is_opened(db: None) -> None:
    assert make_sample(HOME) == make_sample(HOME)
    assert [case.is_sample for case in cases_of(HOME)] == [True]


def test_today_is_the_familys_day_and_not_tomorrow_in_greenwich(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAMEPLAN_TODAY", raising=False)
    with time_machine.travel("2026-03-03T02:30:00Z"):
        assert today() == date(2026, 3, 2)
