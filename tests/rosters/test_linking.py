"""A pupil and a case: only a person says so, only of cases that the school holds, and it stands in the trail."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.models import Access, Case
from gameplan.cases.people import Person
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from gameplan.rosters.doors import Reader, keeper_for, pupil_for, pupils_of, reader_for
from gameplan.rosters.linking import begin, link, may_begin, proposed, unlink
from gameplan.rosters.models import Pupil, Take
from gameplan.rosters.undoing import undo
from tests.districts.conftest import Hire, Join, as_person
from tests.rosters.conftest import Given
from tests.rosters.made import oneroster
from tests.rosters.test_taking import pupil


def reader(user: User, place: Organisation) -> Reader:
    return reader_for(as_person(user), place.pk)


def actions(case: Case) -> list[tuple[str, str]]:
    return list(Access.objects.filter(case_id=case.pk).order_by("number").values_list("action", "about"))


@pytest.fixture
def taken(bring: Given) -> Pupil:
    """The roster is in; gives Ana."""
    bring(oneroster())
    return pupil("u1")


def test_who_keeps_a_roster_and_who_sees_pupils(
    taken: Pupil, district: Organisation, texas: Organisation, oak: Organisation, director: User, installer: User,
    manager: User, away: User, monitor: User, mother: User,
) -> None:  # fmt: skip
    assert keeper_for(as_person(director), district.pk).sees_children
    assert not keeper_for(as_person(installer), district.pk).sees_children
    for user, wrong in ((manager, PermissionDenied), (monitor, PermissionDenied), (mother, Http404)):
        with pytest.raises(wrong):
            keeper_for(as_person(user), district.pk)
    with pytest.raises(Http404):
        keeper_for(as_person(director), oak.pk)
    names = {user.name: [one.given for one in pupils_of(reader(user, district))] for user in (director, manager, away)}
    assert names == {"Dora": ["Ana", "Ben", "Leo", "Max"], "Maya": ["Ana", "Leo", "Max"], "Wes": ["Ben"]}
    for user in (installer, monitor):
        with pytest.raises(PermissionDenied):
            reader(user, district)
    with pytest.raises(Http404):
        pupil_for(reader(away, district), taken.pk)


def test_a_manager_begins_the_case_of_a_pupil(taken: Pupil, manager: User, district: Organisation) -> None:
    here = reader(manager, district)
    case = begin(here, taken)
    assert (case.child_name, case.child_born, case.school) == ("Ana Lopez", taken.born, taken.school)
    taken.refresh_from_db()
    assert taken.case == case
    assert actions(case)[-1] == ("link-pupil", f"pupil:{taken.pk}")
    with pytest.raises(PermissionDenied):
        begin(here, taken)


def test_nobody_begins_a_case_at_another_school(
    taken: Pupil, away: User, director: User, district: Organisation
) -> None:
    stranger = Reader(district, as_person(away), True, ())
    assert not may_begin(stranger, taken)
    with pytest.raises(PermissionDenied):
        begin(stranger, taken)
    assert may_begin(reader(director, district), taken)


def test_a_case_that_is_there_is_only_proposed(
    taken: Pupil, director: User, manager: User, district: Organisation, join: Join, oak: Organisation
) -> None:
    case = join("Ana Lopez", oak, born=taken.born)
    found = proposed(reader(director, district), taken)
    assert ([one.pk for one in found.to_link], found.led_by_others) == ([case.pk], 0)
    unreached = proposed(reader(manager, district), taken)
    assert (list(unreached.to_link), unreached.led_by_others) == ([], 1)
    with pytest.raises(Refused, match="has a case of a child with this name"):
        begin(reader(manager, district), taken)
    with pytest.raises(Http404):
        link(reader(manager, district), taken, case.pk)
    link(reader(director, district), taken, case.pk)
    taken.refresh_from_db()
    assert taken.case_id == case.pk
    with pytest.raises(Refused, match="cannot be"):
        link(reader(director, district), pupil("u3"), case.pk)
    unlink(reader(director, district), taken)
    assert [action for action, _about in actions(case)][-2:] == ["link-pupil", "unlink-pupil"]


def test_a_case_that_the_family_keeps_alone_is_never_seen(
    taken: Pupil, director: User, district: Organisation, mother: User
) -> None:
    alone = verbs.start_case(
        Person(str(mother.pk), "parent"), child=Child(name="Ana Lopez", born=taken.born, state="TX")
    )
    here = reader(director, district)
    assert proposed(here, taken) == type(proposed(here, taken))([], 0)
    with pytest.raises(Http404):
        link(here, taken, alone.pk)
    assert begin(here, taken).pk != alone.pk


def test_a_take_keeps_the_case_and_cannot_be_undone_under_it(
    bring: Given, taken: Pupil, director: User, district: Organisation
) -> None:
    first = Take.objects.get(place=taken.place)
    case = begin(reader(director, district), taken)
    bring(oneroster(version="1.2", kind="bulk"))
    taken.refresh_from_db()
    assert taken.case == case
    with pytest.raises(Refused, match="changed since"):
        undo(first, by="")


def test_a_roster_gives_nobody_a_post(bring: Given, hire: Hire) -> None:
    maya = hire("Maya")
    bring(oneroster())
    assert as_person(maya).posts == ()
