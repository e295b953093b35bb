"""Who works with a child: given, ended, stood in for, a caseload moved; each through the door and in the trail."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.assigning import assign, unassign
from gameplan.cases.doors import case_for
from gameplan.cases.models import Access, Case, Member
from gameplan.cases.people import Person
from gameplan.districts.assignments import case_of_team, managers_below, move_caseload, staff_for, substitute, team_of
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from gameplan.people.verbs import end_post
from tests.districts.conftest import Join, as_person

FRIDAY = date(2026, 12, 4)


def opened(user: User, case: Case) -> Case:
    return case_of_team(as_person(user), case.pk)


def give(case: Case, by: User, user: User, role: str = "iep-manager", until: date | None = None) -> Member:
    mine = opened(by, case)
    return assign(mine, user, role, by=mine.reader, until=until)


def trail(case: Case) -> list[tuple[str, str]]:
    found = Access.objects.filter(case_id=case.pk).exclude(action__in=("read", "start-case"))
    return list(found.values_list("action", "about"))


def opens(user: User, case: Case) -> bool:
    try:
        case_for(as_person(user), case.pk)
    except Http404:
        return False
    return True


def test_a_director_gives_a_child_to_a_manager(director: User, manager: User, ana: Case) -> None:
    assert not opens(manager, ana)
    give(ana, director, manager)
    assert opens(manager, ana)
    assert trail(ana) == [("assign", f"member:{manager.pk}:iep-manager")]
    assert Member.objects.get(person=str(manager.pk)).invited_by == str(director.pk)


def test_given_twice_is_given_once(director: User, manager: User, ana: Case) -> None:
    for _ in range(2):
        give(ana, director, manager)
    assert len(trail(ana)) == 1


def test_another_role_takes_the_place_of_the_first(director: User, manager: User, ana: Case) -> None:
    give(ana, director, manager)
    give(ana, director, manager, "provider", FRIDAY)
    held = Member.objects.get(person=str(manager.pk))
    assert (held.role, held.until) == ("provider", FRIDAY)


def test_a_manager_gives_the_child_to_a_teacher(director: User, manager: User, second: User, ana: Case) -> None:
    give(ana, director, manager)
    give(ana, manager, second, "special-teacher")
    assert [(str(user), held.role) for user, held in team_of(ana)] == [
        ("Maya", "iep-manager"), ("Sam", "special-teacher"),
    ]  # fmt: skip


def test_it_ends_at_once(director: User, manager: User, ana: Case) -> None:
    give(ana, director, manager)
    mine = opened(director, ana)
    unassign(mine, str(manager.pk), by=mine.reader)
    assert not opens(manager, ana)
    assert trail(ana)[-1] == ("unassign", f"member:{manager.pk}:iep-manager")
    with pytest.raises(Http404):
        unassign(mine, str(manager.pk), by=mine.reader)


def test_who_works_elsewhere_cannot_be_given_a_child(director: User, away: User, mother: User, ana: Case) -> None:
    for user in (away, mother):
        with pytest.raises(Refused) as refused:
            give(ana, director, user)
        assert {fault.where for fault in refused.value.faults} == {"person"}
    assert trail(ana) == []


def test_the_family_is_not_assigned_even_if_it_works_there(
    director: User, mother: User, oak: Organisation, ana: Case
) -> None:
    mother.posts.create(organisation=oak, role="special-teacher", since=date(2026, 8, 1))
    with pytest.raises(Refused, match="family"):
        give(ana, director, mother, "special-teacher")


@pytest.mark.parametrize("role", ["parent", "district-director", "state-monitor", "nobody"])
def test_only_roles_at_the_child_are_given(director: User, manager: User, ana: Case, role: str) -> None:
    with pytest.raises(Refused, match="in this role"):
        give(ana, director, manager, role)


def test_a_last_day_that_has_passed_is_refused(director: User, manager: User, ana: Case) -> None:
    with pytest.raises(Refused, match="has passed"):
        give(ana, director, manager, until=date(2026, 11, 26))


def test_a_case_that_no_school_holds_is_given_to_nobody(director: User, manager: User, join: Join) -> None:
    alone = join("Ben", None)
    alone.reader = as_person(director).acting_as("district-director")
    with pytest.raises(Refused, match="No school"):
        assign(alone, manager, "iep-manager", by=alone.reader)


def test_the_family_does_not_choose_staff(mother: User, manager: User, ana: Case) -> None:
    with pytest.raises(PermissionDenied):
        opened(mother, ana)
    family = Person(str(mother.pk), "parent")
    with pytest.raises(PermissionDenied):
        assign(ana, manager, "iep-manager", by=family)


@pytest.mark.parametrize("role", ["special-teacher", "provider"])
def test_who_only_works_with_the_child_chooses_nobody(director: User, second: User, ana: Case, role: str) -> None:
    give(ana, director, second, role)
    with pytest.raises(PermissionDenied):
        opened(second, ana)


def test_a_monitor_and_an_installer_choose_nobody(monitor: User, installer: User, ana: Case) -> None:
    with pytest.raises(PermissionDenied):
        opened(monitor, ana)
    with pytest.raises((PermissionDenied, Http404)):
        opened(installer, ana)


def test_a_substitute_has_the_same_role_until_a_day(
    director: User, manager: User, second: User, ana: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(ana, director, manager)
    mine = opened(director, ana)
    held = substitute(mine, second, str(manager.pk), until=FRIDAY, by=mine.reader)
    assert (held.role, held.until) == ("iep-manager", FRIDAY)
    assert opens(second, ana)
    assert opens(manager, ana)
    monkeypatch.setenv("GAMEPLAN_TODAY", "2026-12-05")
    assert not opens(second, ana)
    assert opens(manager, ana)


def test_nobody_stands_in_for_who_is_not_there(director: User, manager: User, second: User, ana: Case) -> None:
    mine = opened(director, ana)
    with pytest.raises(Http404):
        substitute(mine, second, str(uuid4()), until=FRIDAY, by=mine.reader)
    give(ana, director, manager)
    with pytest.raises(Refused, match="themselves"):
        substitute(mine, manager, str(manager.pk), until=FRIDAY, by=mine.reader)


def test_a_caseload_moves_as_a_whole(
    director: User, manager: User, second: User, join: Join, oak: Organisation
) -> None:
    cases = [join(f"Child {number}", oak) for number in range(3)]
    for case in cases:
        give(case, director, manager)
    assert move_caseload(as_person(director), manager, second) == 3
    assert [opens(manager, case) for case in cases] == [False] * 3
    assert [opens(second, case) for case in cases] == [True] * 3
    assert trail(cases[0])[-2:] == [
        ("assign", f"member:{second.pk}:iep-manager"), ("unassign", f"member:{manager.pk}:iep-manager"),
    ]  # fmt: skip


def test_the_caseload_of_somebody_who_has_left_moves_too(
    director: User, manager: User, second: User, ana: Case
) -> None:
    give(ana, director, manager)
    end_post(manager.posts.get(), until=date(2026, 11, 20))
    assert manager in managers_below(as_person(director))
    assert move_caseload(as_person(director), manager, second) == 1
    assert opens(second, ana)


def test_for_a_while_both_have_the_children(director: User, manager: User, second: User, ana: Case) -> None:
    give(ana, director, manager)
    assert move_caseload(as_person(director), manager, second, until=FRIDAY) == 1
    assert opens(manager, ana)
    assert opens(second, ana)


def test_all_of_a_caseload_moves_or_nothing(
    director: User, manager: User, away: User, join: Join, oak: Organisation
) -> None:
    cases = [join(f"Child {number}", oak) for number in range(2)]
    for case in cases:
        give(case, director, manager)
    with pytest.raises(Refused) as refused:
        move_caseload(as_person(director), manager, away)
    assert len(refused.value.faults) == 1
    assert [opens(manager, case) for case in cases] == [True, True]
    with pytest.raises(Refused, match="same person"):
        move_caseload(as_person(director), manager, manager)


def test_children_out_of_reach_stay(director: User, manager: User, second: User, ana: Case) -> None:
    give(ana, director, manager)
    assert move_caseload(as_person(second), manager, second) == 0
    assert opens(manager, ana)
    with pytest.raises(PermissionDenied):
        managers_below(as_person(second))


def test_staff_to_choose_are_those_of_the_school_and_above(
    director: User, manager: User, away: User, installer: User, monitor: User, ana: Case
) -> None:
    assert staff_for(ana) == [director, manager]
