"""The sample families have a year of measurements and sessions, once."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.cases.people import HOME
from gameplan.cases.verifying import verdicts
from gameplan.measures.behaviour import patterns
from gameplan.measures.rules import look
from gameplan.measures.short import short
from gameplan.planning.samples import load_samples
from gameplan.progress.behavior_plans import behavior_plans_of, summaries_of
from gameplan.progress.doors import BEHAVIOR, measures_of, reports_of, series_of
from gameplan.progress.incidents import counted_of, incidents_of
from gameplan.progress.minutes import ledger_of
from gameplan.progress.models import Point
from gameplan.progress.reporting import sent_of
from gameplan.progress.samples import tell_progress

ON = date(2026, 11, 27)


def test_a_year_of_measurements_and_a_service_that_falls_short(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", ON.isoformat())
    cases = load_samples(HOME, ON)
    for _time in range(2):
        tell_progress(cases, ON)
    diego = cases[1]
    drops = measures_of(diego).get(about=BEHAVIOR)
    assert len(incidents_of(drops)) == 25
    assert patterns(counted_of(incidents_of(drops), "es")).antecedents[0].times > 10
    assert len(summaries_of(drops)) == len(behavior_plans_of(drops)) == 1
    found = series_of(list(measures_of(diego).exclude(about=BEHAVIOR)))
    assert {name: look(one, ON).status for name, one in found.items()} == {"m1": "on-track", "m2": "off-track"}
    assert all(len(one.points) > 35 for one in found.values())
    assert len(found["m1"].phases) == 1
    assert {one.service for one in short(ledger_of(diego, ON))} >= {"related-services/r1"}
    assert Point.objects.count() == sum(
        len(one.points) for case in cases[1:3] for one in series_of(list(measures_of(case))).values()
    )
    assert [one.findings for one in verdicts()] == [()] * 4
    assert [[(one.number, one.lang) for one in reports_of(case)] for case in cases] == [
        [], [(1, "es"), (2, "es")], [(1, "en")], [],
    ]  # fmt: skip
    assert all(sent_of(one).is_whole for one in reports_of(diego))
