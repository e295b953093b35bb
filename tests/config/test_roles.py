"""Address x method x role: who gets what in a case that a family and a school hold together (`permission_table`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from pytest_django import Settings

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case, Shown
from gameplan.cases.people import HOME
from gameplan.people.models import Organisation, User
from gameplan.people.roles import ROLES, Action, Side
from gameplan.people.verbs import give_post
from gameplan.planning.models import Written
from tests.config.test_permissions import address, ask, case_of, undone
from tests.permission_roles import MAY, WALKED, WITHOUT_RIGHTS
from tests.permission_table import TABLE
from tests.shared import run_shared

DAY = date(2025, 8, 1)


CASE_ROWS = [(row, method) for row in TABLE for method in row.asks if row.asks[method][0]]


@pytest.fixture
def shared(settings: Settings, tmp_path: Path) -> None:
    """The way of running in which people have accounts."""
    run_shared(settings, tmp_path)


@pytest.fixture
def school(db: None) -> Organisation:
    """A school in a district in a State."""
    state = Organisation.objects.create(kind="state", name="Texas", state="TX")
    district = Organisation.objects.create(kind="district", name="Pecan ISD", state="TX", parent=state)
    return Organisation.objects.create(kind="school", name="Pecan Street Elementary", state="TX", parent=district)


@pytest.fixture
def case(school: Organisation) -> Case:
    """Ana's case, which the school holds too; the family shows it everything, and the school writes the plans."""
    case = case_of(HOME)
    Case.objects.filter(pk=case.pk).update(school=school)
    for entry in case.entries.all():
        Shown.objects.create(entry=entry, is_shown=True, person=HOME.id)
    Written.objects.filter(case=case).update(shown=True, side="school")
    return case


def with_second_factor(user: User) -> None:
    """Gives an account an app for codes."""
    TOTP.activate(user, generate_totp_secret())


def somebody(role: str, case: Case, school: Organisation, *, decides: bool = True) -> Client:
    """The browser of somebody in that role: with a post where it needs one, and among the case's people."""
    user = User.objects.create_user(f"{role}-{uuid4().hex[:6]}@example.org")
    if ROLES[role].by_post or ROLES[role].side is Side.SCHOOL:
        give_post(user, school, role, since=DAY)
        with_second_factor(user)
    if not ROLES[role].by_post:
        case.members.create(person=str(user.pk), role=role, decides=decides)
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def wrong(browser: Client, case: Case, may: set[Action], *, family: bool = True) -> list[str]:
    """The addresses that answer otherwise than the table says. What is asked for leaves nothing behind."""
    found = []
    for row, method in CASE_ROWS:
        needs, status = row.asks[method]
        seen = 404 if row.private and not family else row.joined.get(method, status)
        expected = seen if needs in may else 403
        with undone():
            got = ask(browser, method, address(row, case))
        if got != expected:
            found.append(f"{method} {row.name}: {got}, not {expected}")
    return found


@pytest.mark.parametrize("role", WALKED)
def test_each_role_gets_what_the_table_says(shared: None, case: Case, school: Organisation, role: str) -> None:
    family = ROLES[role].side is Side.FAMILY
    assert wrong(somebody(role, case, school), case, MAY[role], family=family) == []


def test_the_table_and_the_program_know_the_same_roles() -> None:
    assert set(MAY) == set(ROLES) - {"installer"}


def test_a_parent_without_the_rights_decides_nothing(shared: None, case: Case, school: Organisation) -> None:
    assert wrong(somebody("parent", case, school, decides=False), case, WITHOUT_RIGHTS) == []


@pytest.mark.parametrize("who", ["nobody", "installer", "a teacher whose post ended", "a director elsewhere"])
def test_a_stranger_finds_no_case(shared: None, case: Case, school: Organisation, who: str) -> None:
    user = User.objects.create_user("stranger@example.org")
    if who == "installer":
        give_post(user, school, "installer", since=DAY)
    if who == "a teacher whose post ended":
        case.members.create(person=str(user.pk), role="general-teacher")
        give_post(user, school, "general-teacher", since=DAY, until=date(2025, 8, 2))
    if who == "a director elsewhere":
        other = Organisation.objects.create(kind="district", name="Elsewhere ISD", state="TX")
        give_post(user, other, "district-director", since=DAY)
    if who != "nobody":
        with_second_factor(user)
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    for row, method in CASE_ROWS:
        assert ask(browser, method, address(row, case)) == 404, f"{method} {row.name}"


def test_the_door_knows_the_role_of_each(case: Case, school: Organisation) -> None:
    assert case_for(HOME, case.pk).reader.role == "parent"
