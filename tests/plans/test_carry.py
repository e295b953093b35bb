"""Last year's plan as a beginning, and what changed since."""

from __future__ import annotations

from typing import Any

from gameplan.plans.carry import carried, marks, touched
from gameplan.plans.plan import plan_json
from gameplan.plans.plan_file import read_plan
from tests.plans.lives import FIRST, SECOND, plan

WHOLE: dict[str, Any] = FIRST | {
    "occasion": "first",
    "meeting-date": "2025-09-12",
    "reevaluation-by": "2028-09-01",
    "disability": "autism",
    "team-members": [{"id": "t1", "name": "Kim", "role": "special-teacher", "took-part": "there"}],
    "parent-concerns": "Friends.",
    "goals": [{"id": "g1", "goal": "Ana reads.", "baseline": "42", "target": "80", "by": "2026-06-01"}],
    "benchmarks": [{"id": "b1", "goal": "g1", "step": "55", "by": "2026-01-15"}],
    "special-education": [{"id": "s1", "service": "Reading", "minutes": 30, "start": "2025-09-22"}],
    "informed": [{"id": "i1", "name": "Kim", "on": "2025-09-22"}],
    "interpreter": False,
}


def test_rows_and_words_stay_and_what_was_of_its_year_goes() -> None:
    draft = carried(plan(WHOLE))
    read_plan(plan_json(draft))
    assert draft.content["goals"] == [{"id": "g1", "goal": "Ana reads.", "target": "80"}]
    assert draft.content["benchmarks"] == [{"id": "b1", "goal": "g1", "step": "55"}]
    assert draft.content["special-education"] == [{"id": "s1", "service": "Reading", "minutes": 30}]
    assert draft.content["team-members"] == [{"id": "t1", "name": "Kim", "role": "special-teacher"}]
    assert draft.content["occasion"] == "annual"
    for name in ("strengths", "disability", "reevaluation-by", "modifications-none", "interpreter"):
        assert draft.content[name] == WHOLE[name]
    for name in ("start", "meeting-date", "parent-concerns", "esy", "informed"):
        assert name not in draft.content


def test_what_is_carried_twice_is_the_same() -> None:
    once = carried(plan(WHOLE))
    assert carried(once) == once


def test_what_changed_is_marked_by_path() -> None:
    found = marks(plan(FIRST), plan(SECOND))
    assert found["goals/g1"] == "changed"
    assert found["goals/g1/target"] == "changed"
    assert found["goals/g1/goal"] == "kept"
    assert found["goals/g2"] == "gone"
    assert found["goals/g3/area"] == "new"
    assert found["goals"] == "changed"
    assert found["related-services"] == "gone"
    assert found["modifications"] == "new"
    assert found["esy"] == "kept"
    assert found["strengths"] == "changed"
    assert set(marks(plan(FIRST), plan(FIRST)).values()) == {"kept"}


def test_an_amendment_names_what_it_changes() -> None:
    assert touched(plan(FIRST), plan(FIRST)) == ()
    changed = FIRST | {
        "esy": "yes",
        "strengths": "Brave.",
        "goals": FIRST["goals"][:1],
        "benchmarks": FIRST["benchmarks"][:1],
    }
    assert touched(plan(FIRST), plan(changed)) == ("goals/g2", "esy", "strengths")
