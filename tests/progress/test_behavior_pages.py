"""The pages of a behavior: what the team makes of it, the plan, and all of it on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases.models import Case
from gameplan.core.words import ENGLISH
from gameplan.progress.behavior_paper import Looked, sheet_of_behavior
from gameplan.progress.behavior_plans import behavior_plans_of, summaries_of, write_plan, write_summary
from gameplan.progress.incidents import incidents_of, note_incident
from gameplan.progress.models import Measure
from tests.progress.conftest import Begin, Opened
from tests.progress.test_behavior_plans import BEHAVIOR, DAY, FOUND, LEAVES, STEPS
from tests.progress.test_incidents import SEEN
from tests.shared import run_shared
from tests.sides import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaves(begin: Begin, planned: Case, settings: Settings, tmp_path: Path) -> Measure:
    """A behavior of a child with a plan in force, with six notes."""
    run_shared(settings, tmp_path)
    made = begin(what=BEHAVIOR, aim=LEAVES)
    for day in range(3, 9):
        note_incident(
            made, by=made.case.reader, seen=type(SEEN)(date(2025, 11, day), "Work was hard", "Ran", "A break")
        )
    return made


@pytest.fixture
def tess(leaves: Measure) -> Client:
    """The teacher's browser."""
    return browser_of(leaves.case.reader)


def at(name: str, measure: Measure) -> str:
    return reverse(f"web:{name}", args=(measure.case_id, measure.measure_id))


def test_the_assessment_keeps_what_the_notes_said_and_tells_the_timeline(tess: Client, leaves: Measure) -> None:
    page = tess.get(at("behavior-summary", leaves))
    start = page.context["form"].initial
    assert (start["looked_at"], start["since"]) == ("6 notes", date(2025, 11, 3))
    form = {
        "when": "work is hard", "does": "runs", "purpose": "away", "gets": "", "looked_at": "6 notes",
        "people": "Rosa and Tess", "since": "2025-11-03", "on": "2025-11-10", "note": "", "finished": "on",
        "form_key": str(start["form_key"]),
    }  # fmt: skip
    shown = tess.post(at("behavior-summary", leaves), form, follow=True).content.decode()
    assert "In order to: get away from something hard or unpleasant." in shown
    tess.post(at("behavior-summary", leaves), form)
    (row,) = summaries_of(leaves)
    assert row.because[1] == "6 of 6 times, this came before: Work was hard."
    rosa = browser_of(leaves.case.reader)
    child = rosa.get(reverse("web:child", args=(leaves.case_id,))).content.decode()
    assert "Functional behavioral assessment" in child


def test_the_plan_names_goals_and_measures(tess: Client, leaves: Measure, opened: Opened) -> None:
    form = {
        "teach": "Shows a card", "prevent": "Short tasks", "respond": "A break", "by_whom": "Tess", "safety": "",
        "goals": ["g1"], "measures": ["m1"], "on": "2025-11-10", "review_on": "2026-01-12",
    }  # fmt: skip
    assert tess.get(at("behavior-plan", leaves)).context["form"].initial["measures"] == ["m1"]
    shown = tess.post(at("behavior-plan", leaves), form, follow=True).content.decode()
    assert "Reading: Ana will read aloud." in shown
    assert "January 12, 2026" in shown
    assert [(one.goals, one.measure_ids) for one in behavior_plans_of(leaves)] == [(["g1"], ["m1"])]
    refused = tess.post(at("behavior-plan", leaves), form | {"goals": ["g9"], "review_on": "2025-11-01"})
    assert refused.status_code == 422
    rosa = browser_of(opened("rosa").reader)
    page = rosa.get(at("behavior", leaves)).content.decode()
    assert "Shows a card" in page
    assert at("behavior-plan", leaves) not in page


def test_an_aide_notes_and_does_not_write_the_plan(leaves: Measure, opened: Opened) -> None:
    ada = browser_of(opened("ada").reader)
    assert ada.get(at("note-incident", leaves)).status_code == 200
    for name in ("behavior-summary", "behavior-plan"):
        assert ada.get(at(name, leaves)).status_code == 403
        assert at(name, leaves) not in ada.get(at("behavior", leaves)).content.decode()


def test_all_of_it_is_a_paper(tess: Client, leaves: Measure) -> None:
    write_summary(leaves, by=leaves.case.reader, on=DAY, told=FOUND)
    write_plan(leaves, by=leaves.case.reader, on=DAY, told=STEPS)
    answer = tess.get(at("behavior-pdf", leaves))
    assert answer.content.startswith(b"%PDF-")
    looked = Looked(leaves, incidents_of(leaves), {"g1": "Reading: Ana will read aloud."})
    words = str(sheet_of_behavior(leaves.case, looked, DAY, ENGLISH))
    for expected in (FOUND.when, FOUND.does, "Reading: Ana will read aloud.", STEPS.teach, "A count is no verdict"):
        assert expected in words


def test_an_empty_paper_says_what_is_not_written(leaves: Measure) -> None:
    words = str(sheet_of_behavior(leaves.case, Looked(leaves, (), {}), DAY, ENGLISH))
    assert "Nobody has written down yet what it may be for." in words
    assert "There is no plan for it yet." in words


def test_the_record_leads_to_the_behavior(tess: Client, leaves: Measure) -> None:
    write_plan(leaves, by=leaves.case.reader, on=DAY, told=STEPS)
    page = tess.get(reverse("web:record", args=(leaves.case_id,))).content.decode()
    assert "Wrote a behavior plan." in page
    assert at("behavior", leaves) in page
