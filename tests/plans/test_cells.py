"""Small pieces of a plan: paths, what a form sent, and two hands' changes put together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gameplan.plans.cells import NoSuchPlace, WrongValue, content_of, merged, place_of, typed
from gameplan.plans.form_files import form
from gameplan.plans.plan import cells
from gameplan.plans.plan_file import read_plan
from tests.plans.test_plan_file import ANA

IEP = form("iep")
LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6)


def test_a_plan_comes_back_whole_from_its_cells() -> None:
    plan = read_plan(ANA)
    assert content_of(plan.form, dict(cells(plan))) == plan.content


@pytest.mark.parametrize("path", ["nowhere", "strengths/x/y", "goals/g1", "goals//area", "goals/g1/nowhere"])
def test_a_path_that_the_form_does_not_have_is_refused(path: str) -> None:
    with pytest.raises(NoSuchPlace):
        place_of(IEP, path)


def test_a_path_leads_to_a_field_or_a_column() -> None:
    assert place_of(IEP, "strengths").asks.type == "prose"
    assert place_of(IEP, "goals/g1/by").asks.type == "date"


@pytest.mark.parametrize(
    ("field_id", "raw", "value"),
    [
        ("strengths", ["a\r\nb "], "a\nb "),
        ("iep-manager", [" Ms.\n Hill "], "Ms. Hill"),
        ("start", ["2025-09-22"], "2025-09-22"),
        ("interpreter", ["yes"], True),
        ("interpreter", [""], None),
        ("week-minutes", ["1800"], 1800),
        ("week-minutes", ["22,5"], 22.5),
        ("esy", ["", "no"], "no"),
        ("progress-schedule", ["every  second Friday"], "every second Friday"),
        ("disability-others", ["autism", "", "autism"], ["autism"]),
        ("disability-others", [], None),
    ],
)
def test_what_a_form_sent_becomes_what_the_plan_keeps(field_id: str, raw: list[str], value: object) -> None:
    assert typed(IEP.field(field_id), raw) == value


@pytest.mark.parametrize(
    ("field_id", "word"),
    [
        ("start", "soon"), ("interpreter", "maybe"), ("week-minutes", "many"), ("week-minutes", "-1"),
        ("week-minutes", "nan"), ("esy", "perhaps"), ("strengths", "x" * 100_001),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_field_is_refused(field_id: str, word: str) -> None:
    with pytest.raises(WrongValue):
        typed(IEP.field(field_id), [word])


@pytest.mark.parametrize(
    ("was", "theirs", "mine", "value", "clean"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", True),
        ("a\nb", "a\nb\nc", "a\nb", "a\nb\nc", True),
        ("a\nb", "a\nb", "x\nb", "x\nb", True),
        ("a", "b", "b", "b", True),
        ("a", "b", "c", "b", False),
        ("", "x", "y", "x", False),
        (None, "x", "y", "x", False),
        ("a\nb", "a\nb\nc", "a\nb\nd", "a\nb\nc", False),
        (["1", "2"], ["1", "2", "3"], ["2", "4"], ["2", "4", "3"], True),
        (True, False, True, False, True),
        (None, 3, 4, 3, False),
    ],
)
def test_two_hands(was: Any, theirs: Any, mine: Any, value: Any, clean: bool) -> None:
    both = merged(was, theirs, mine)
    assert (both.value, both.clean) == (value, clean)


@given(LINES, LINES, LINES)
def test_no_added_line_is_ever_lost_without_saying_so(was: list[str], theirs: list[str], mine: list[str]) -> None:
    both = merged("\n".join(was), "\n".join(theirs), "\n".join(mine))
    if both.clean:
        kept = both.value.split("\n")
        for side in (theirs, mine):
            assert all(line in kept or line in was for line in side if line)


@given(LINES, LINES)
def test_a_change_of_one_side_alone_is_taken(was: list[str], new: list[str]) -> None:
    old, mine = "\n".join(was), "\n".join(new)
    assert merged(old, old, mine).value == mine
    assert merged(old, mine, old).value == mine
