"""What a team makes of a behavior, and its plan: versions that only grow, and the fact that the team has finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Case
from gameplan.cases.verbs import record_fact
from gameplan.cases.verifying import verdicts
from gameplan.core.assess import assess
from gameplan.law import law_for
from gameplan.people.refusals import Refused
from gameplan.progress.behavior_plans import (
    PlanTold,
    Summary,
    behavior_plans_of,
    may_finish,
    summaries_of,
    write_plan,
    write_summary,
)
from gameplan.progress.measuring import Aim, What
from gameplan.progress.models import Measure
from tests.progress.conftest import Begin, Opened

pytestmark = pytest.mark.django_db
BEHAVIOR = What("behavior", "count")
LEAVES = Aim("Leaves the seat", rises=False)
DAY = date(2025, 11, 10)
FOUND = Summary(
    "writing starts", "runs to the door", "away", "25 notes and a talk with Rosa", "Rosa, Kim, Tess", "a hard task",
    because=["5 of 5 times, this came before: Work was hard."],
)  # fmt: skip
STEPS = PlanTold(
    "Asks for a break with a card", "Shorter tasks", "Give the break at once", "Tess and Ada",
    "Ada walks beside", date(2026, 1, 12), ["g1"], ["m1"],
)  # fmt: skip


@pytest.fixture
def leaves(begin: Begin) -> Measure:
    """A behavior that the school notes."""
    return begin(what=BEHAVIOR, aim=LEAVES)


def test_versions_only_grow_and_each_is_in_the_trail(leaves: Measure, opened: Opened) -> None:
    tess, key = opened("tess"), uuid4()
    for _time in range(2):
        write_summary(leaves, by=tess.reader, on=DAY, told=FOUND, form_key=key)
        write_plan(leaves, by=tess.reader, on=DAY, told=STEPS, form_key=key)
    write_plan(leaves, by=tess.reader, on=date(2025, 11, 13), told=replace(STEPS, teach=" Raises a hand "))
    assert [(one.number, one.purpose, one.because) for one in summaries_of(leaves)] == [(1, "away", FOUND.because)]
    assert [(one.number, one.teach, one.goals) for one in behavior_plans_of(leaves)] == [
        (1, STEPS.teach, ["g1"]), (2, "Raises a hand", ["g1"]),
    ]  # fmt: skip
    assert behaviors_in_trail(leaves) == ["behavior-summary:m1/1", "behavior-plan:m1/1", "behavior-plan:m1/2"]
    (verdict,) = verdicts(leaves.case_id)
    assert verdict.findings == ()


def test_the_other_side_reads_and_does_not_write(leaves: Measure, opened: Opened) -> None:
    rosa = opened("rosa")
    with pytest.raises(PermissionDenied):
        write_summary(leaves, by=rosa.reader, on=DAY, told=FOUND)
    with pytest.raises(PermissionDenied):
        write_plan(leaves, by=rosa.reader, on=DAY, told=STEPS)


def test_all_that_is_wrong_is_said_at_once(leaves: Measure, opened: Opened) -> None:
    tess, later = opened("tess"), date(2025, 11, 15)
    with pytest.raises(Refused) as summary:
        write_summary(leaves, by=tess.reader, on=later, told=Summary("", " ", "spite", "x" * 2001, ""))
    assert [one.where for one in summary.value.faults] == ["on", "when", "does", "people", "looked_at", "purpose"]
    with pytest.raises(Refused) as plan:
        write_plan(leaves, by=tess.reader, on=DAY, told=PlanTold("", "", "", "", review_on=DAY, measure_ids=["m9"]))
    assert [one.where for one in plan.value.faults] == [
        "teach", "prevent", "respond", "by_whom", "review_on", "measures",
    ]  # fmt: skip
    assert [*summaries_of(leaves), *behavior_plans_of(leaves)] == []


def test_only_a_behavior_has_them(begin: Begin) -> None:
    words = begin()
    with pytest.raises(Http404):
        write_plan(words, by=words.case.reader, on=DAY, told=STEPS)


def test_finished_stands_on_the_timeline_and_ends_the_clock(leaves: Measure, opened: Opened) -> None:
    kim = opened("kim")
    decided = date(2025, 11, 3)
    record_fact(
        kim, by=kim.reader, kind="manifestation-decided", on=decided, said_by="school",
        data={"date": decided, "is_manifestation": True},
    )  # fmt: skip
    assert owed(kim) == ["running"]
    write_summary(leaves, by=kim.reader, on=DAY, told=FOUND, finished=True)
    write_plan(leaves, by=kim.reader, on=DAY, told=STEPS, finished=True)
    write_plan(leaves, by=kim.reader, on=date(2025, 11, 12), told=STEPS, finished=True)
    found = [one.data["what"] for one in facts_of(opened("rosa")).facts if one.kind == "behavior-plan-done"]
    assert found == ["fba", "bip-new", "bip-reviewed"]
    assert owed(kim) == ["running"]
    back = date(2025, 11, 13)
    record_fact(kim, by=kim.reader, kind="child-returned", on=back, said_by="school", data={"date": back})
    assert owed(kim) == ["met"]


def test_what_the_family_writes_of_its_own_is_not_what_the_team_finished(begin: Begin, opened: Opened) -> None:
    home = begin("rosa", BEHAVIOR, LEAVES, shown=False)
    rosa = home.case
    assert not may_finish(rosa)
    assert may_finish(opened("tess"))
    with pytest.raises(PermissionDenied):
        write_summary(home, by=rosa.reader, on=DAY, told=FOUND, finished=True)
    assert summaries_of(home) == []
    write_summary(home, by=rosa.reader, on=DAY, told=FOUND)
    assert len(summaries_of(home)) == 1


def owed(case: Case) -> list[str]:
    told = facts_of(case)
    standing = assess(told, law_for("TX"), on=date(2025, 11, 14))
    return [duty.status for duty in standing.duties if duty.clock == "after-manifestation"]


def behaviors_in_trail(measure: Measure) -> list[str]:
    found = Access.objects.filter(case_id=measure.case_id, about__startswith="behavior-").order_by("id")
    return [one.about for one in found]
