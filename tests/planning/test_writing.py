"""What is typed is kept; two hands in one field both keep their words; rows come and go and come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from gameplan.cases.models import Access, Case
from gameplan.cases.people import Person
from gameplan.people.refusals import Refused
from gameplan.planning import writing
from gameplan.planning.doors import beside_of, earlier_of, plan_of, plans_of, standing_of
from gameplan.planning.models import Beside, Written
from gameplan.plans.plan import plan_json
from gameplan.plans.plan_file import read_plan

Type = Callable[..., writing.Outcome]


def test_what_was_typed_stands_in_the_plan(plan: Written, types: Type) -> None:
    assert types("strengths", "Curious.\r\n\r\n- kind").state == "saved"
    types("start", "2025-09-22")
    types("interpreter", "no")
    types("disability-others", "autism", "deafness")
    standing = standing_of(plan)
    assert standing.plan.content == {
        "strengths": "Curious.\n\n- kind", "start": "2025-09-22", "interpreter": False,
        "disability-others": ["autism", "deafness"],
    }  # fmt: skip
    assert plan_json(read_plan(plan_json(standing.plan))) == plan_json(standing.plan)


def test_the_plan_knows_the_child(plan: Written) -> None:
    assert standing_of(plan).plan.child.name == "Ana"
    assert standing_of(plan).plan.child.state == "TX"


def test_typing_on_gives_the_next_revision_and_the_same_words_do_not(types: Type) -> None:
    assert types("strengths", "Curious").revision == 1
    assert types("strengths", "Curious and kind", base=1).revision == 2
    assert types("strengths", "Curious and kind", base=2).revision == 2


def test_a_field_can_be_emptied_again(plan: Written, types: Type) -> None:
    types("strengths", "Curious")
    types("strengths", "", base=1)
    assert standing_of(plan).plan.content == {}


def test_a_field_that_cannot_be_kept_does_not_stop_the_others(plan: Written, mother: Person) -> None:
    changes = [
        writing.Change("start", ["soon"]),
        writing.Change("strengths", ["Curious"]),
        writing.Change("esy", ["maybe"]),
        writing.Change("nowhere", ["x"]),
        writing.Change("goals", ["x"]),
        writing.Change("apart-minutes", ["-3"]),
        writing.Change("needs", ["broken \ud800"]),
    ]
    outcomes = writing.save(plan, by=mother, desk="d", changes=changes)
    assert [one.state for one in outcomes] == ["wrong", "saved", *["wrong"] * 5]
    assert all(one.say for one in outcomes if one.state == "wrong")
    assert standing_of(plan).plan.content == {"strengths": "Curious"}


def test_two_hands_in_two_paragraphs_are_put_together(plan: Written, types: Type, father: Person) -> None:
    first = "Reads well.\n\nLikes math."
    types("strengths", first)
    types("strengths", "Reads very well.\n\nLikes math.", base=1, was=[first])
    both = types("strengths", "Reads well.\n\nLikes math and art.", base=1, was=[first], by=father)
    assert both.state == "merged"
    assert both.value == "Reads very well.\n\nLikes math and art."
    assert standing_of(plan).plan.content["strengths"] == both.value


def test_two_hands_in_one_paragraph_both_keep_their_words_and_see_it(
    plan: Written, types: Type, father: Person
) -> None:
    types("strengths", "Reads well.")
    types("strengths", "Reads very well.", base=1, was=["Reads well."])
    his = types("strengths", "Reads well, and quickly.", base=1, was=["Reads well."], by=father)

    assert (his.state, his.value) == ("beside", "Reads very well.")
    assert standing_of(plan).plan.content["strengths"] == "Reads very well."
    assert [one.value for one in beside_of(plan)] == ["Reads well, and quickly."]


def test_who_types_on_beside_keeps_one_text_not_many(plan: Written, types: Type, father: Person) -> None:
    types("strengths", "a")
    for words in ("b", "bc", "bcd"):
        types("strengths", words, by=father)
    assert [one.value for one in beside_of(plan)] == ["bcd"]


def test_two_desks_of_one_person_are_two_hands(plan: Written, types: Type) -> None:
    types("strengths", "typed at home", desk="phone")
    assert types("strengths", "typed at work", desk="laptop").state == "beside"


@pytest.mark.parametrize(
    ("take", "stands", "left"),
    [
        ("beside", "his", {"hers"}),
        ("field", "hers", {"his"}),
        ("both", "hers\n\nhis", {"hers", "his"}),
    ],
)
def test_settling_takes_one_or_both_and_loses_neither(
    plan: Written, types: Type, mother: Person, father: Person, take: str, stands: str, left: set[str]
) -> None:
    types("strengths", "hers")
    types("strengths", "his", by=father)
    path = writing.settle(plan, by=mother, number=Beside.objects.get().pk, take=take)

    assert path == "strengths"
    assert standing_of(plan).plan.content["strengths"] == stands
    assert {one.value for one in earlier_of(plan, path)} == left
    assert not beside_of(plan).exists()


def test_what_is_settled_cannot_be_settled_again(plan: Written, mother: Person) -> None:
    with pytest.raises(Http404):
        writing.settle(plan, by=mother, number=1, take="both")


def test_an_older_text_is_kept_when_another_person_or_day_changes_it(
    plan: Written, types: Type, father: Person
) -> None:
    types("strengths", "one")
    types("strengths", "two", base=1)
    assert not earlier_of(plan, "strengths").exists()
    types("strengths", "three", base=2, by=father)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        types("strengths", "four", base=3, by=father)
    assert [one.value for one in earlier_of(plan, "strengths")] == ["three", "two"]


def test_rows_are_added_moved_taken_out_and_brought_back(plan: Written, mother: Person, types: Type) -> None:
    one = writing.add_row(plan, by=mother, field_id="goals", values={"area": "Reading", "nowhere": "x"})
    two = writing.add_row(plan, by=mother, field_id="goals")
    types(f"goals/{two}/area", "Math")

    def areas() -> list[str]:
        return [row["area"] for row in standing_of(plan).plan.rows("goals")]

    assert areas() == ["Reading", "Math"]
    writing.move_row(plan, by=mother, field_id="goals", row=two, up=True)
    assert areas() == ["Math", "Reading"]
    writing.move_row(plan, by=mother, field_id="goals", row=two, up=True)
    assert areas() == ["Math", "Reading"]
    writing.move_row(plan, by=mother, field_id="goals", row=two, up=False)
    writing.remove_row(plan, by=mother, field_id="goals", row=one)
    assert areas() == ["Math"]
    writing.restore_row(plan, by=mother, field_id="goals", row=one)
    assert areas() == ["Math", "Reading"]


def test_a_row_that_never_was_cannot_come_back(plan: Written, mother: Person) -> None:
    with pytest.raises(Http404):
        writing.restore_row(plan, by=mother, field_id="goals", row="x")


@pytest.mark.parametrize("field_id", ["strengths", "nowhere"])
def test_only_lists_have_rows(plan: Written, mother: Person, field_id: str) -> None:
    with pytest.raises(Http404):
        writing.add_row(plan, by=mother, field_id=field_id)


def test_a_list_has_an_end(plan: Written, mother: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_ROWS", 1)
    writing.add_row(plan, by=mother, field_id="goals")
    with pytest.raises(Refused):
        writing.add_row(plan, by=mother, field_id="goals")


def test_a_plan_can_begin_with_what_stood_in_another(case: Case, plan: Written, mother: Person, types: Type) -> None:
    types("strengths", "Curious")
    writing.add_row(plan, by=mother, field_id="goals", values={"area": "Reading"})
    start = standing_of(plan).plan
    new = writing.begin(case, by=mother, form_id="iep", follows=plan.plan_id, start=start)
    assert standing_of(new).plan.content == start.content
    assert [one.plan_id for one in plans_of(case)] == ["p2", "p1"]


def test_the_same_form_sent_twice_begins_one_plan(case: Case, mother: Person) -> None:
    key = uuid4()
    made = {writing.begin(case, by=mother, form_id="iep", form_key=key).plan_id for _ in range(2)}
    assert len(made) == 1


def test_a_form_or_plan_that_is_not_there_is_not_found(case: Case, mother: Person) -> None:
    with pytest.raises(Http404):
        writing.begin(case, by=mother, form_id="nowhere")
    with pytest.raises(Http404):
        plan_of(case, "p9")


def test_writing_is_in_the_record_of_access_once_an_hour(plan: Written, types: Type) -> None:
    writing._noted.clear()
    for words in ("a", "ab", "abc"):
        types("strengths", words)
    assert 1 <= Access.objects.filter(case_id=plan.case_id, action="write-plan").count() <= 3
