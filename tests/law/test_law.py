"""The law: every file reads, every worked example comes out, no gaps in time, everything askable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import jsonschema
import pytest

from gameplan.core.entries import Clock, Match
from gameplan.core.faults import Fault
from gameplan.law.check import check
from gameplan.law.coverage import PATH, coverage
from gameplan.law.files import read_toml
from gameplan.law.library import HOME as LAW_HOME
from gameplan.law.library import federal, law_for, state_pack, states, vocabulary
from gameplan.law.schema import CLOCK, law_schema
from gameplan.web.likely import DERIVED

MONTHS = [date(year, month, 1) for year in range(2016, 2027) for month in range(1, 13)]
STEPS = ("request-response", "initial-evaluation", "iep-meeting", "meeting-notice")


def test_all_fifty_one_jurisdictions_are_there() -> None:
    assert len(states()) == 51


@pytest.mark.parametrize("pack", ["us", *states()])
def test_every_worked_example_comes_out(pack: str) -> None:
    assert [str(fault) for fault in check(pack)] == []


@pytest.mark.parametrize("state", states())
def test_every_state_has_a_running_evaluation_clock(state: str) -> None:
    running = [clock for clock in state_pack(state).clocks if clock.id == "initial-evaluation" and not clock.not_yet]
    assert running


@pytest.mark.parametrize("state", states())
def test_one_version_of_each_rule_applies_in_every_month_from_its_first(state: str) -> None:
    for clock_id in {clock.id for clock in state_pack(state).clocks}:
        versions = [c for c in state_pack(state).clocks if c.id == clock_id and not c.applies_if and not c.unless]
        first = min((c.in_force.first for c in versions if c.in_force.first), default=None)
        for month in MONTHS:
            running = [c for c in versions if c.in_force.covers(month)]
            assert len(running) <= 1
            if first and month >= first and max(c.in_force.first or month for c in versions) <= month and versions:
                last = max(versions, key=lambda c: c.in_force.first or date.min).in_force.last
                assert running or (last and last < month)


@pytest.mark.parametrize("step", PATH)
def test_each_step_of_the_path_runs_under_federal_law(step: str) -> None:
    assert not [clock.not_yet for clock in federal().clocks if clock.id == step and clock.not_yet]


def clocks() -> Iterator[Clock]:
    yield from federal().clocks
    for code in states():
        yield from state_pack(code).clocks


def matches(clock: Clock) -> Iterator[Match]:
    yield from clock.trigger + clock.also_from + clock.blocks + clock.done_when + clock.falls_away_when
    yield from (match for rule in clock.exceptions for match in (rule.when, rule.until) if match)
    yield from (m for c in clock.applies_if + clock.unless for m in (c.fact, c.no_fact) if m)


def test_every_fact_that_a_rule_reads_can_be_entered() -> None:
    asked = {kind for kind in vocabulary().kinds if kind not in DERIVED}
    derived = {"school-year-started", "age-reached", "proceedings-ended", "rights-transferred"}
    assert {match.event for clock in clocks() for match in matches(clock)} <= asked | derived


@pytest.mark.parametrize("clock", list(clocks()), ids=lambda clock: f"{clock.pack}-{clock.id}")
def test_what_a_parent_reads_is_there_and_sourced(clock: Clock) -> None:
    assert clock.plain
    assert clock.cite
    assert clock.source.startswith("http") or clock.confidence != "high"


def test_a_low_state_number_is_never_a_firm_date_beside_another_federal_one() -> None:
    for code in states():
        for clock in state_pack(code).clocks:
            if clock.confidence == "low" and clock.relation == "replaces" and clock.base == "initial-evaluation":
                assert law_for(code).clock("initial-evaluation", "us") is not None


def test_the_loader_names_file_entry_field_and_mend() -> None:
    faults: list[Fault] = []
    raw = {"id": "x", "lenght": 15, "kind": "dedline", "confidence": "high", "cite": [], "unit": "schoolday"}
    CLOCK.read(raw, "XX.toml: clock x", faults)
    said = [str(fault) for fault in faults]
    assert any("lenght" in one and 'Did you mean "length"?' in one for one in said)
    assert any("dedline" in one and "deadline" in one for one in said)
    assert any("schoolday" in one for one in said)
    assert any("clock x.name" in one and "missing" in one for one in said)
    assert all(one.startswith("XX.toml: clock x") for one in said)


@pytest.mark.parametrize("path", sorted(LAW_HOME.glob("states/*.toml")), ids=lambda path: path.stem)
def test_every_state_file_fits_the_published_schema(path: object) -> None:
    tables = read_toml(path)  # type: ignore[arg-type]
    jsonschema.validate(json.loads(json.dumps(tables, default=str)), law_schema())


def test_coverage_names_every_state_and_what_does_not_run() -> None:
    found = coverage()
    assert isinstance(found["states"], dict)
    assert found["states"]["CA"]["initial-evaluation"]["runs"] is True
    for rules in found["states"].values():
        assert all(row["runs"] or row["not_yet"] for row in rules.values())
