"""Organisations: who gets in, who runs them, what may be made and given."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.districts import staff
from gameplan.districts.doors import Act, organisation_for, parts_of, places_of, staff_of
from gameplan.districts.places import add_place, close_place
from gameplan.people.doors import posts_held
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from tests.districts.conftest import TODAY, Hire, as_person

SEES, RUNS, NOTHING = "sees", "runs", "nothing"
TABLE = {
    "director": {"texas": SEES, "district": RUNS, "oak": RUNS, "elm": RUNS},
    "installer": {"texas": SEES, "district": RUNS, "oak": RUNS, "elm": RUNS},
    "monitor": {"texas": SEES, "district": SEES, "oak": SEES, "elm": SEES},
    "manager": {"texas": SEES, "district": SEES, "oak": SEES, "elm": NOTHING},
    "mother": {"texas": NOTHING, "district": NOTHING, "oak": NOTHING, "elm": NOTHING},
}


def reach(user: User, place: Organisation) -> str:
    try:
        organisation_for(as_person(user), place.pk)
    except Http404:
        return NOTHING
    try:
        organisation_for(as_person(user), place.pk, to=Act.RUN)
    except PermissionDenied:
        return SEES
    return RUNS


def test_the_door_opens_for_those_who_work_there(
    request: pytest.FixtureRequest, texas: Organisation, oak: Organisation, elm: Organisation
) -> None:
    for who, places in TABLE.items():
        user = request.getfixturevalue(who)
        assert (who, {where: reach(user, request.getfixturevalue(where)) for where in places}) == (who, places)


def test_a_director_of_another_district_is_a_stranger(hire: Hire, texas: Organisation, oak: Organisation) -> None:
    other = Organisation.objects.create(kind="district", name="Far Away", parent=texas, state="TX")
    assert reach(hire("Faye", "district-director", other), oak) == NOTHING


def test_a_place_that_is_not_there_is_none(director: User) -> None:
    with pytest.raises(Http404):
        organisation_for(as_person(director), uuid4())


def test_the_door_closes_with_the_post(
    director: User, district: Organisation, manager: User, oak: Organisation
) -> None:
    place = organisation_for(as_person(director), oak.pk, to=Act.RUN)
    (post,) = staff_of(place, TODAY)
    staff.end(place, post, on=TODAY)
    assert reach(manager, oak) == NOTHING
    post.refresh_from_db()
    assert (post.until, post.ended_by) == (date(2026, 11, 26), str(director.pk))
    assert posts_held(manager, TODAY) == ()


def test_a_closed_place_opens_nothing(district: Organisation, director: User) -> None:
    close_place(district, on=TODAY)
    assert reach(director, district) == NOTHING


def test_who_works_nowhere_has_no_places(mother: User) -> None:
    with pytest.raises(Http404):
        places_of(as_person(mother))


def test_each_sees_the_parts_that_lead_to_a_post(
    director: User, manager: User, district: Organisation, oak: Organisation, elm: Organisation
) -> None:
    assert parts_of(organisation_for(as_person(director), district.pk)) == [elm, oak]
    assert parts_of(organisation_for(as_person(manager), district.pk)) == [oak]


def test_a_director_gives_a_post_by_address(director: User, oak: Organisation, mother: User) -> None:
    place = organisation_for(as_person(director), oak.pk)
    post = staff.give(place, email=" LUCIA@school.example ", role="special-teacher", since=TODAY)
    assert (post.user, post.given_by) == (mother, str(director.pk))
    assert reach(mother, oak) == SEES


def test_every_fault_is_said_at_once(director: User, oak: Organisation) -> None:
    place = organisation_for(as_person(director), oak.pk)
    with pytest.raises(Refused) as refused:
        staff.give(place, email="nobody@school.example", role="parent", since=TODAY)
    assert [fault.where for fault in refused.value.faults] == ["email", "role"]


@pytest.mark.parametrize(
    ("who", "where", "role", "may"),
    [
        ("director", "oak", "district-director", True),
        ("director", "oak", "installer", False),
        ("installer", "oak", "installer", True),
        ("installer", "oak", "state-monitor", False),
        ("director", "oak", "advocate", False),
    ],
)
def test_who_may_give_which_role(request: pytest.FixtureRequest, who: str, where: str, role: str, may: bool) -> None:
    place = organisation_for(as_person(request.getfixturevalue(who)), request.getfixturevalue(where).pk)
    assert (role in staff.roles_to_give(place)) is may


def test_who_only_works_there_gives_nothing(manager: User, oak: Organisation, mother: User) -> None:
    place = organisation_for(as_person(manager), oak.pk)
    with pytest.raises(PermissionDenied):
        staff.give(place, email=mother.email, role="provider", since=TODAY)
    with pytest.raises(PermissionDenied):
        staff.end(place, manager.posts.get(), on=TODAY)


def test_a_post_of_another_place_is_not_ended_here(
    director: User, oak: Organisation, elm: Organisation, manager: User
) -> None:
    with pytest.raises(PermissionDenied):
        staff.end(organisation_for(as_person(director), elm.pk), manager.posts.get(), on=TODAY)


def test_places_are_made_one_in_another(db: None) -> None:
    state = add_place("state", " Texas Agency ", state="tx")
    district = add_place("district", "Pecan Valley", parent=state, nces_id="4800001")
    school = add_place("school", "Oak School", parent=district)
    assert (state.name, state.state, school.state, school.parent) == ("Texas Agency", "TX", "TX", district)


@pytest.mark.parametrize(
    ("kind", "about", "where"),
    [
        ("school", {"name": "Oak"}, ["parent"]),
        ("galaxy", {"name": "Oak"}, ["kind"]),
        ("district", {"name": " "}, ["name"]),
        ("district", {"name": "x" * 201, "state": "QQ", "nces_id": "48-1"}, ["name", "state", "nces_id"]),
        ("district", {"name": "a\x00b"}, ["name"]),
    ],
)
def test_what_is_no_place_is_refused(db: None, kind: str, about: dict[str, str], where: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        add_place(kind, **about)  # type: ignore[arg-type]
    assert [fault.where for fault in refused.value.faults] == where
    assert not Organisation.objects.exists()


def test_a_district_lies_in_no_school_and_no_name_is_there_twice(oak: Organisation, district: Organisation) -> None:
    with pytest.raises(Refused, match="cannot lie"):
        add_place("district", "New", parent=oak)
    with pytest.raises(Refused, match="that name"):
        add_place("school", "oak school", parent=district)
