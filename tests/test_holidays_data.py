"""The holidays are data: made by a script, the same every time."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from scripts.make_holidays import FILE, STATES, YEARS, holidays_toml


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, object]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_the_file_is_what_the_script_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == holidays_toml(), "Run: make holidays"


def test_the_script_makes_the_same_twice() -> None:
    assert holidays_toml() == holidays_toml()


def test_all_fifty_states_and_dc_are_looked_at() -> None:
    assert len(STATES) == 51
    assert "DC" in STATES


def test_every_year_has_the_federal_holidays(tables: dict[str, dict[str, object]]) -> None:
    years = [date.fromisoformat(day).year for day in tables["federal"]]
    assert sorted(set(years)) == list(YEARS)
    assert min(years.count(year) for year in YEARS) >= 10


def test_a_holiday_on_a_saturday_is_observed_on_the_friday(tables: dict[str, dict[str, object]]) -> None:
    assert tables["federal"]["2026-07-03"] == "Independence Day (observed)"


def test_a_state_drops_only_federal_days_and_adds_only_others(tables: dict[str, dict[str, object]]) -> None:
    federal = set(tables["federal"])
    dropped = {day for days in tables["dropped"].values() if isinstance(days, list) for day in days}
    own = {day for days in tables["state"].values() if isinstance(days, dict) for day in days}
    assert dropped <= federal
    assert own.isdisjoint(federal)
