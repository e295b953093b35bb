"""Two plans side by side: nothing is overseen, nothing is made up, and a parent understands the sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.words import ENGLISH
from gameplan.plans.compare import Comparison, NotComparable, compare, comparison_json
from gameplan.plans.differences import rise, segments
from gameplan.plans.form_files import form, forms, read_forms
from gameplan.plans.plan_file import read_plan
from tests.plans.sample import GOAL, SERVICE, SPEECH, WHOLE, plan, whole
from tests.plans.test_forms import STATE


def told(before: Any, after: Any) -> list[tuple[str, str]]:
    return [(one.kind, ENGLISH.say(one.says)) for one in compare(before, after).changes]


def services(**content: Any) -> list[tuple[str, str]]:
    return told(plan(), plan(related_services=[{**SPEECH, **content}]))


def test_a_plan_is_like_itself() -> None:
    found = compare(plan(), plan())
    assert found.nothing
    assert found.changes == ()


@pytest.mark.parametrize(
    ("row", "kind", "says"),
    [
        ({"times": 1}, "reduced", "Speech and language therapy: less. 60 minutes a week before, 30 now."),
        ({"minutes": 45}, "increased", "Speech and language therapy: more. 60 minutes a week before, 90 now."),
        ({"minutes": 60, "times": 1}, "same-time-otherwise",
         "Speech and language therapy: the same time each week, given in another way. "
         "Before: 30 minutes, 2 times in each week. Now: 60 minutes, once in each week."),
        ({"per": None}, "amount",
         "Speech and language therapy: how much there is of it changed. "
         "Before: 30 minutes, 2 times in each week. Now: minutes: 30, times: 2, in each: not said."),
        ({"place": "regular-class"}, "moved",
         "Speech and language therapy: another place. Therapy room before, Regular class now."),
        ({"end": "2025-12-19"}, "dates",
         "Speech and language therapy: “Until” was May 22, 2026, now December 19, 2025."),
        ({"group": "alone"}, "filled", "Speech and language therapy: “Alone or in a group” is new: Alone."),
        ({"place": None}, "emptied", "Speech and language therapy: “Where” is empty now, was: Therapy room."),
    ],
)  # fmt: skip
def test_a_service_that_changed(row: dict[str, Any], kind: str, says: str) -> None:
    assert services(**row) == [(kind, says)]


def test_a_new_and_a_gone_service() -> None:
    other = {"id": "r9", "service": "counseling", "minutes": 20, "times": 1, "per": "week"}
    assert told(plan(), plan(related_services=[other])) == [
        ("added", "Counseling: new. 20 minutes a week."),
        ("removed", "Speech and language therapy: taken out. 60 minutes a week before."),
    ]


def test_a_row_with_another_id_is_found_by_its_name() -> None:
    assert services(id="new") == []
    assert services(id="new", minutes=15)[0][0] == "reduced"


def test_of_two_rows_with_one_name_each_finds_one_partner() -> None:
    two = [{**SPEECH, "group": "alone"}, {**SPEECH, "id": "r2"}]
    renamed = [{**one, "id": f"n{one['id']}"} for one in two]
    assert compare(plan(related_services=two), plan(related_services=renamed)).nothing
    found = told(plan(related_services=two), plan(related_services=renamed[:1]))
    assert [kind for kind, _ in found] == ["removed"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [("80 words a minute", "60 words a minute", "target-down"), ("80%", "90 %", "target-up"),
     ("3 of 5 times", "4 of 5 times", "target-up"), ("3 of 5 times", "4 of 6 times", "text"),
     ("80 words", "80 pages", "text"), ("1,200 steps", "900 steps", "target-down"), ("0.5 m", "0,75 m", "target-up")],
)  # fmt: skip
def test_a_target_goes_up_or_down_where_only_its_number_differs(before: str, after: str, kind: str) -> None:
    found = compare(plan(goals=[{**GOAL, "target": before}]), plan(goals=[{**GOAL, "target": after}]))
    assert [one.kind for one in found.changes] == [kind]


def test_prose_is_shown_word_by_word() -> None:
    (change,) = compare(plan(strengths="Ana is kind."), plan(strengths="Ana is very kind.")).changes
    assert change.kind == "text"
    assert [(one.kind, one.text) for one in change.segments] == [
        ("same", "Ana is "), ("added", "very "), ("same", "kind."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"behavior": True}, "“Does the child's behavior get in the way of learning?” was No, now Yes."),
        ({"esy": "yes"}, "“Does this child need services in the summer or other breaks?” was No, now Yes."),
        ({"week_minutes": 1700}, "“Minutes in the child's school week” was 1800, now 1700."),
        ({"disability_others": ["autism"]}, "“Other categories, if any” is new: Autism."),
        ({"needs": None}, "“What the child needs: in school work, in growing up, in daily life” is empty now."),
        ({"start": "2025-10-01"}, "“The plan starts on” was September 22, 2025, now October 1, 2025."),
    ],
)
def test_an_answer_that_changed(content: dict[str, Any], says: str) -> None:
    assert [one for _, one in told(plan(), plan(**content))] == [says]


def test_sections_stand_in_the_order_of_the_form() -> None:
    found = compare(plan(), plan(esy="yes", goals=[], strengths="x", related_services=[]))
    order = [one.id for one in form("iep").sections]
    ids = [one.id for one in found.sections]
    assert ids == sorted(ids, key=order.index) == ["voices", "goals", "services", "esy"]


def test_totals_before_and_now() -> None:
    found = compare(plan(), plan(related_services=[{**SPEECH, "times": 1}, {"id": "r2", "service": "counseling"}]))
    totals = {one["field"]: one for one in comparison_json(found, ENGLISH)["totals"]}
    speech = totals["related-services"]
    assert (speech["before"], speech["after"], speech["not_told"]["after"]) == (60, 30, ["r2"])
    assert set(totals) == {"special-education", "related-services"}


def test_a_step_belongs_to_the_same_goal_under_its_new_id() -> None:
    steps = [{"id": "b1", "goal": "g1", "step": "55 words"}]
    moved = [{"id": "b1", "goal": "g7", "step": "55 words"}]
    assert compare(plan(benchmarks=steps), plan(benchmarks=moved, goals=[{**GOAL, "id": "g7"}])).nothing
    two = [GOAL, {**GOAL, "id": "g2", "area": "Speech"}]
    other = [{"id": "b1", "goal": "g2", "step": "55 words"}]
    assert told(plan(benchmarks=steps, goals=two), plan(benchmarks=other, goals=two)) == [
        ("answer", "55 words: “Goal” was Reading, now Speech.")
    ]


def test_a_federal_and_a_state_plan_are_compared_by_field(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE)
    known = read_forms(tmp_path, forms())
    raw = {**whole(), "form": "iep-zz"}
    assert compare(plan(), read_plan(raw, known)).nothing
    raw["content"]["zz-chair"] = "Ms. Ruiz"
    state = read_plan(raw, known)
    assert told(plan(), state) == [("filled", "“Who leads the committee” is new: “Ms. Ruiz”.")]
    assert told(state, plan()) == [("emptied", "“Who leads the committee” is empty now, was: “Ms. Ruiz”.")]


def test_plans_of_two_kinds_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text(
        'id = "other"\nname = "Another plan"\nkind = "section-504"\n'
        '[[section]]\nid = "a"\ntitle = "A"\n[[section.field]]\nid = "b"\nlabel = "B"\ntype = "line"\n'
    )
    other = read_plan({"gameplan_plan": 1, "form": "other"}, read_forms(tmp_path, {}))
    with pytest.raises(NotComparable, match="of different kinds"):
        compare(plan(), other)


def test_a_form_with_another_type_of_field_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'id = "own"\nname = "A district\'s own"\nkind = "iep"\n'
        '[[section]]\nid = "goals"\ntitle = "Goals"\n[[section.field]]\nid = "goals"\nlabel = "Goals"\ntype = "prose"\n'
    )
    own = read_plan({"gameplan_plan": 1, "form": "own", "content": {"goals": "Read."}}, read_forms(tmp_path, {}))
    for one, other in ((plan(), own), (own, plan())):
        assert ("answer", "“Goals” is written in another way now.") in told(one, other)


def other_value(value: Any, options: list[str]) -> Any:
    """Another good value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if options:
        return next(one for one in options if one != value)
    return "2031-01-01" if len(value) == 10 and value[4] == "-" else value + " more"


CELLS = [
    (field.id, row, column.id if column else "")
    for field in form("iep").fields()
    if field.id in WHOLE["content"]
    for row, column in (
        [(row, one) for row in range(len(WHOLE["content"][field.id])) for one in field.columns
         if one.id in WHOLE["content"][field.id][row]] if field.columns else [(0, None)]
    )
]  # fmt: skip


@pytest.mark.parametrize(("field", "row", "column"), CELLS)
def test_every_changed_cell_is_seen_and_only_that(field: str, row: int, column: str) -> None:
    raw = whole()
    one = form("iep").field(field)
    if column:
        cells, name, about = raw["content"][field][row], column, one.column(column)
    else:
        cells, name, about = raw["content"], field, one
    assert about
    cells[name] = other_value(cells[name], [each.id for each in about.choices])
    (change,) = compare(plan(), read_plan(raw)).changes
    assert (change.field, column in change.columns) == (field, bool(column))
    (back,) = compare(read_plan(raw), plan()).changes
    assert (back.before, back.after) == (change.after, change.before)


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(WHOLE["content"]))), st.sets(st.sampled_from(sorted(WHOLE["content"]))))
def test_what_is_compared_is_what_differs(gone_before: set[str], gone_after: set[str]) -> None:
    before, after = plan(**dict.fromkeys(gone_before)), plan(**dict.fromkeys(gone_after))
    found: Comparison = compare(before, after)
    assert {one.field for one in found.changes} == gone_before ^ gone_after
    json.dumps(comparison_json(found, ENGLISH))


WORDS = st.text("ab \n.é", max_size=30)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_segments_give_both_texts_back(before: str, after: str) -> None:
    found = segments(before, after)
    assert "".join(one.text for one in found if one.kind != "added") == before
    assert "".join(one.text for one in found if one.kind != "removed") == after
    assert segments(before, before) == found or before != after


def test_very_long_texts_are_compared_line_by_line() -> None:
    before = "\n".join(f"line {number} of many words" for number in range(400))
    found = segments(before, before.replace("line 7 of", "line 7 out of"))
    assert [one.kind for one in found] == ["same", "removed", "added", "same"]


def test_rise_needs_the_same_words() -> None:
    assert rise("3 of 5", "3 of 5") is None
    assert rise("three times", "4 times") is None


def test_a_new_service_of_the_same_name_is_numbered() -> None:
    twice = [SERVICE, {**SERVICE, "id": "e2", "times": 2}]
    (change,) = compare(plan(), plan(special_education=twice)).changes
    assert ENGLISH.say(change.says) == "Reading lessons (2): new. 450 minutes a week."
