"""A child moves: the case goes along, the old school keeps a frozen copy, its people are out, the facts are told."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, cases_of, facts_of
from gameplan.cases.joining import ask, asking_for, begin_for_school
from gameplan.cases.models import Access, Case
from gameplan.cases.models_joint import KeptCopy
from gameplan.cases.moving import copies_for, copies_of, read_copy
from gameplan.cases.people import Person
from gameplan.core.facts import Child
from gameplan.exchange.case_zip import read_zip
from gameplan.law import vocabulary
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.together.joining import accept
from gameplan.together.moving import Move, has_iep, move_away
from tests.sides import Sides, alone, join, make_sides

DAY = date(2025, 9, 3)
MOVE = Move(date(2025, 10, 1), had_iep=True, same_school_year=True).told()


@pytest.fixture
def sides(db: None) -> Sides:
    return make_sides()


@pytest.fixture
def rosa(sides: Sides) -> Person:
    return sides.family("rosa")


@pytest.fixture
def kim(sides: Sides) -> Person:
    """Leads cases at Oak."""
    return sides.staff("kim", "iep-manager", sides.oak)


@pytest.fixture
def case(sides: Sides, rosa: Person, kim: Person) -> Case:
    """Ana's case at Oak: f1 of the family is shown, f2 is not; f3 is the school's."""
    case = alone(rosa)
    for about in ("reading", "at home"):
        verbs.record_fact(case, by=rosa, kind="concern-raised", on=DAY, data={"about": about, "by": "parent"})
    joined = join(case, sides.oak, kim, ["fact:f1"], rosa)
    verbs.record_fact(joined, by=joined.reader, kind="iep-adopted", on=DAY, data={"date": DAY})
    return joined


def moved(case: Case, to: Organisation, by: Person, lead: Person, chosen: list[str] | None) -> Case:
    asked = ask(case, by=by, school=to, chosen=chosen, move=MOVE)
    asking, person = asking_for(lead, asked.pk)
    return accept(asking, by=person)


def kinds(case: Case) -> list[str]:
    return [one.kind for one in facts_of(case).facts][2:]


def test_to_another_district_case_and_facts_go_along(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    lee = sides.staff("lee", "iep-manager", sides.elm)
    moved(case, sides.elm, rosa, lee, ["fact:f1"])
    seen = case_for(lee, case.pk)
    told = facts_of(seen).facts
    assert [one.kind for one in told] == [
        "concern-raised", "iep-adopted", "enrolled", "transfer-records-asked", "transfer-records-sent",
    ]  # fmt: skip
    assert [one.said_by for one in told][2:] == ["school", "new-school", "old-school"]
    enrolled = told[2].data
    assert (enrolled["agency"], enrolled["previous_agency"]) == ("Lake District", "Hill District")
    assert (enrolled["state"], enrolled["previous_state"], enrolled["had_iep"]) == ("TX", "TX", True)
    assert (seen.child_school, seen.child_district) == ("Elm School", "Lake District")
    with pytest.raises(Http404):
        case_for(kim, case.pk)
    assert not cases_of(kim).exists()


def test_within_one_district_nothing_is_transferred(case: Case, rosa: Person, sides: Sides) -> None:
    lee = sides.staff("lee", "iep-manager", sides.pine)
    moved(case, sides.pine, rosa, lee, ["fact:f1"])
    assert kinds(case_for(rosa, case.pk)) == ["iep-adopted"]
    assert KeptCopy.objects.get().organisation == sides.oak


def test_the_old_school_keeps_what_it_saw_that_day(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    lee = sides.staff("lee", "iep-manager", sides.elm)
    moved(case, sides.elm, rosa, lee, [])
    (kept,) = copies_for(kim)
    copy = read_copy(kim, kept.pk)
    read = read_zip(bytes(copy.content), vocabulary())
    assert [one.kind for one in read.case.facts] == ["concern-raised", "iep-adopted"]
    looked = Access.objects.filter(case_id=case.pk, about=f"copy:{kept.pk}").order_by("number")
    assert [(one.action, one.role) for one in looked] == [("keep-copy", "iep-manager"), ("share", "iep-manager")]
    assert looked[0].digest == kept.sha256
    assert [one.pk for one in copies_of(case_for(rosa, case.pk))] == [kept.pk]
    assert read_copy(rosa, kept.pk).sha256 == kept.sha256


@pytest.mark.parametrize("who", ["teacher", "new school", "stranger"])
def test_nobody_else_reads_the_copy(case: Case, rosa: Person, sides: Sides, who: str) -> None:
    lee = sides.staff("lee", "iep-manager", sides.elm)
    moved(case, sides.elm, rosa, lee, [])
    others = {
        "teacher": sides.staff("pat", "special-teacher", sides.oak),
        "new school": lee,
        "stranger": sides.family("eve"),
    }
    with pytest.raises(Http404):
        read_copy(others[who], KeptCopy.objects.get().pk)


def test_the_new_school_sees_of_the_familys_own_what_it_chose(case: Case, rosa: Person, sides: Sides) -> None:
    lee = sides.staff("lee", "iep-manager", sides.elm)
    moved(case, sides.elm, rosa, lee, ["fact:f2"])
    assert [one.id for one in facts_of(case_for(lee, case.pk)).facts][:2] == ["f2", "f3"]


def test_a_school_sends_the_records_without_permission(case: Case, rosa: Person, sides: Sides) -> None:
    lee = sides.staff("lee", "iep-manager", sides.elm)
    moved(case, sides.elm, case.reader, lee, None)
    assert [one.id for one in facts_of(case_for(lee, case.pk)).facts][:2] == ["f1", "f3"]
    actions = Access.objects.filter(case_id=case.pk).values_list("action", flat=True)
    assert {"ask-school", "keep-copy", "take-on-case"} <= set(actions)


def test_who_leads_at_both_schools_stays_as_the_new_lead(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    both = sides.staff("kim", "iep-manager", sides.pine)
    moved(case, sides.pine, rosa, both, [])
    assert case_for(both, case.pk).reader.role == "iep-manager"


def test_away_the_family_is_alone_again(case: Case, rosa: Person, kim: Person, sides: Sides) -> None:
    alone_again = move_away(case_for(rosa, case.pk), by=rosa, on=DAY, to_state="OK")
    assert alone_again.school is None
    with pytest.raises(Http404):
        case_for(kim, case.pk)
    told = facts_of(case_for(rosa, case.pk)).facts[-1]
    assert (told.kind, told.data["to_state"]) == ("child-moved", "OK")
    (kept,) = copies_for(kim)
    assert [one.kind for one in read_zip(bytes(read_copy(kim, kept.pk).content), vocabulary()).case.facts] == [
        "concern-raised", "iep-adopted",
    ]  # fmt: skip


def test_a_case_without_a_family_does_not_go_away(sides: Sides, kim: Person) -> None:
    case = begin_for_school(kim, school=sides.oak, child=Child(name="Ben", state="TX"))
    with pytest.raises(Refused):
        move_away(case, by=case.reader, on=DAY)
    assert not KeptCopy.objects.exists()


def test_an_iep_that_ended_is_none(case: Case, rosa: Person) -> None:
    assert has_iep(case)
    ended = {"date": date(2025, 9, 9), "reason": "revoked"}
    verbs.record_fact(case, by=case.reader, kind="services-stopped", on=date(2025, 9, 9), data=ended)
    assert not has_iep(case_for(rosa, case.pk))
