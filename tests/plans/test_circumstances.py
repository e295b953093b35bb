"""What the fields, the child's age and the State's law settle; everything else stays open."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.law.contents import contents
from gameplan.law.library import state_pack, states
from gameplan.plans.ages import EARLIEST_TRANSITION, LOWEST_MAJORITY, grade_level
from gameplan.plans.circumstances import circumstances_of, grounds_of
from tests.plans.sample import OLDER, ON, plan


def test_every_circumstance_of_the_lists_is_answered_or_open() -> None:
    found = circumstances_of(plan(), ON)
    assert found.keys() == contents().circumstances.keys()
    assert found["homeless"] is None


@pytest.mark.parametrize(
    ("occasion", "holds"), [("first", False), ("annual", True), ("change", True), ("transfer", False), (None, None)]
)
def test_a_field_tells_a_circumstance(occasion: str | None, holds: bool | None) -> None:
    assert circumstances_of(plan(occasion=occasion), ON)["at-review"] is holds


@pytest.mark.parametrize(
    ("part", "standards", "expected"),
    [
        ("alternate", True, (True, True)),
        ("alternate", None, (True, None)),
        ("regular", None, (False, False)),
        (None, None, (None, None)),
        (None, True, (True, True)),
    ],
)
def test_other_standards_belong_to_an_alternate_test(
    part: str | None, standards: bool | None, expected: tuple[bool | None, ...]
) -> None:
    found = circumstances_of(plan(assessment_part=part, alternate_standards=standards), ON)
    assert (found["alternate-assessment"], found["alternate-standards"]) == expected


@pytest.mark.parametrize(
    ("born", "grade", "preschool", "school"),
    [
        ("2021-01-10", "", True, False),
        ("2021-01-10", "K", False, True),
        ("2020-01-10", "", None, None),
        ("2020-01-10", "Pre-K", True, False),
        ("2020-01-10", "kindergarten", False, True),
        ("2019-09-22", "", False, True),
        ("2019-09-22", "preschool", False, True),
        ("2019-09-23", "preschool", True, False),
        ("", "", None, None),
        ("", "5", False, True),
        ("2020-01-10", "ungraded", None, None),
    ],
)
def test_preschool_is_before_kindergarten(born: str, grade: str, preschool: bool | None, school: bool | None) -> None:
    found = circumstances_of(plan({"born": born, "grade": grade}), ON)
    assert (found["preschool"], found["school-age"]) == (preschool, school)


@pytest.mark.parametrize(
    ("grade", "level"),
    [("PK", "preschool"), ("Prekindergarten", "preschool"), ("Preescolar", "preschool"), ("4K", "preschool"),
     ("kínder", "school"), ("3rd", "school"), ("Grade 11", "school"), ("3.er grado", "school"), ("12", "school"),
     ("TK", ""), ("Transitional kindergarten", ""), ("blue group", ""), ("", "")],
)  # fmt: skip
def test_a_grade_is_read_as_people_write_it(grade: str, level: str) -> None:
    assert grade_level(grade) == level


@pytest.mark.parametrize(
    ("born", "state", "holds"),
    [
        ("2010-09-14", "", True),  # 16 on the last day of the plan
        ("2010-09-15", "MO", False),  # one day later, in a State that follows the federal 16
        ("2010-09-15", "", None),  # some States start sooner
        ("2012-09-14", "TX", True),  # Texas starts at 14
        ("2012-09-15", "TX", False),
        ("2012-09-15", "", False),  # no State starts before 14
        ("2011-09-14", "NY", None),  # 15, but nobody read the rule
        ("2012-09-14", "NC", None),  # planning at 14, goals at 16
        ("2011-03-14", "IL", True),
        ("2011-03-15", "IL", True),
        ("2012-03-15", "IL", False),
        ("2011-09-14", "CO", True),
        ("2011-09-15", "CO", False),
        ("", "TX", None),
    ],
)
def test_life_after_school_is_planned_for_by_age_and_state(born: str, state: str, holds: bool | None) -> None:
    assert circumstances_of(plan({"born": born, "state": state}), ON)["age-16"] is holds


def test_a_team_that_began_sooner_chose_to() -> None:
    assert circumstances_of(plan({"state": ""}, **{"after-work": OLDER["after-work"]}), ON)["age-16"] is True


def test_the_rule_of_the_state_comes_with_its_citation() -> None:
    ground = grounds_of(plan({"born": "2012-03-10"}), ON)["age-16"]
    assert (ground.cite, ground.confidence) == (("TEC 29.0111",), "medium")


@pytest.mark.parametrize(
    ("born", "state", "holds"),
    [
        ("2009-09-14", "TX", True),  # 17 on the last day
        ("2009-09-15", "TX", False),
        ("2007-01-01", "TX", True),
        ("2008-09-14", "AL", True),  # 19 there
        ("2008-09-15", "AL", False),
        ("2008-01-01", "NY", None),  # perhaps the rights stay with the parent
        ("2008-01-01", "MD", None),
        ("2008-01-01", "", None),
        ("2009-09-15", "", False),
        ("", "TX", None),
    ],
)
def test_coming_of_age_is_the_states(born: str, state: str, holds: bool | None) -> None:
    assert circumstances_of(plan({"born": born, "state": state}), ON)["near-majority"] is holds


def test_without_days_in_the_plan_what_is_near_stays_open() -> None:
    for born, holds in (("2009-09-30", True), ("2010-06-01", None), ("2016-05-02", False)):
        undated = plan({"born": born, "state": "MO"}, start=None, meeting_date=None, review_by=None)
        assert circumstances_of(undated, ON)["age-16"] is holds


def test_a_wrong_year_is_no_reason_to_stop() -> None:
    circumstances_of(plan({"born": "9998-01-01"}, start="9999-12-31", review_by=None), date(2025, 1, 1))
    circumstances_of(plan({"born": "0001-01-01"}, start=None, meeting_date=None, review_by="0001-01-01"), ON)


@pytest.mark.parametrize(
    ("apart", "chosen", "holds"), [(285, True, True), (285, None, True), (1800, None, False), (None, None, None)]
)
def test_regular_classes_are_told_by_placement_and_hours(
    apart: int | None, chosen: bool | None, holds: bool | None
) -> None:
    rows = [{"id": "p1", "option": "regular-class", **({"chosen": chosen} if chosen else {})}]
    found = circumstances_of(plan(apart_minutes=apart, placements_considered=rows), ON)
    assert found["regular-education"] is holds


def test_no_state_starts_sooner_than_these_ages() -> None:
    facts = [state_pack(code).facts for code in states()]
    assert min(age for one in facts if isinstance(age := one.get("age_of_majority"), int)) >= LOWEST_MAJORITY
    assert min(age for one in facts if isinstance(age := one.get("transition_age"), int | float)) >= EARLIEST_TRANSITION
