"""A plan is read strictly, written whole, and read back the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gameplan.plans.plan import cells, plan_json
from gameplan.plans.plan_file import PlanFileError, plan_from_text, read_plan
from gameplan.plans.rich import blocks, plain

ANA: dict[str, Any] = {
    "gameplan_plan": 1,
    "form": "iep",
    "language": "en",
    "child": {"name": "Ana López", "born": "2016-05-02", "state": "TX", "grade": "3"},
    "content": {
        "start": "2025-09-22",
        "disability-others": ["autism"],
        "interpreter": False,
        "strengths": "Curious.\n\n- loves animals",
        "goals": [{"id": "g1", "area": "Reading", "goal": "Ana reads.", "target": "80 words"}],
        "benchmarks": [{"id": "b1", "goal": "g1", "step": "55 words"}],
        "related-services": [{"id": "r1", "service": "speech-language", "minutes": 30, "times": 2, "per": "week"}],
        "modifications-none": True,
    },
}


def test_a_plan_is_read_and_written_the_same() -> None:
    plan = read_plan(ANA)
    assert plan.child.born == date(2016, 5, 2)
    assert plan.day("start") == date(2025, 9, 22)
    assert [row["id"] for row in plan.rows("goals")] == ["g1"]
    assert json.dumps(plan_json(plan)) == json.dumps(plan_json(read_plan(plan_json(plan))))
    assert plan_json(plan)["content"] == ANA["content"]


def test_a_no_is_an_answer_and_stays() -> None:
    assert plan_json(read_plan(ANA))["content"]["interpreter"] is False


def test_every_cell_has_a_path() -> None:
    found = dict(cells(read_plan(ANA)))
    assert found["goals"] == ["g1"]
    assert found["goals/g1/target"] == "80 words"
    assert found["interpreter"] is False


def test_all_faults_are_told_at_once_with_where_and_how_to_mend() -> None:
    wrong = json.loads(json.dumps(ANA))
    wrong["child"]["born"] = "soon"
    wrong["content"] |= {"esy": "maybe", "start": 3, "interpreter": "no", "strenghts": "x"}
    wrong["content"]["goals"] = [{"id": "g1", "gaol": "x"}, {"id": "g1"}]
    wrong["content"]["benchmarks"] = [{"id": "b1", "goal": "g9"}]
    with pytest.raises(PlanFileError) as told:
        read_plan(wrong)
    where = [one.where for one in told.value.faults]
    assert set(where) == {
        "child.born", "content.strenghts", "content.start", "content.interpreter", "content.goals[0].gaol",
        "content.goals[1].id", "content.benchmarks[0].goal", "content.esy",
    }  # fmt: skip
    assert 'Did you mean "strengths"' in str(told.value)


@pytest.mark.parametrize("raw", [[], None, {}, {"gameplan_plan": 2, "form": "iep"}, {"gameplan_plan": 1, "form": "x"}])
def test_what_is_no_plan_is_refused(raw: object) -> None:
    with pytest.raises(PlanFileError):
        read_plan(raw)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1"])
def test_a_number_is_one_that_can_be_counted(number: str) -> None:
    text = '{"gameplan_plan": 1, "form": "iep", "content": {"week-minutes": NUMBER}}'.replace("NUMBER", number)
    with pytest.raises(PlanFileError, match=r"content\.week-minutes: expected a number of 0 or more"):
        plan_from_text(text)


def test_a_text_that_is_no_json_says_where() -> None:
    with pytest.raises(PlanFileError, match="line 1, column 2"):
        plan_from_text("{oops}")


def test_rich_text_has_paragraphs_and_lists_and_no_html() -> None:
    found = blocks("Reads **very** *well*.\nNew line <b>x</b>\n\n1. one\n   - in it\n\n     more\n2. two")
    assert [(one.kind, one.depth, one.number, one.follows) for one in found] == [
        ("paragraph", 0, 0, False), ("number", 0, 1, False), ("bullet", 1, 0, False), ("bullet", 1, 0, True),
        ("number", 0, 2, False),
    ]  # fmt: skip
    assert [run.text for run in found[0].runs if run.bold] == ["very"]
    assert "<b>x</b>" in found[0].text
    assert plain("a *b*\n\n- c") == "a b\nc"
