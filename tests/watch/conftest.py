"""The cast where people sign in: a district with a school, Ana's family, her case manager, and Ana's case in Texas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, Post, User
from gameplan.people.roles import Action

DAY = date(2025, 10, 1)
LONG_AGO = date(2020, 8, 1)


@pytest.fixture(autouse=True)
def shared(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """People sign in, and it is DAY."""
    settings.GAMEPLAN_SHARED = True
    monkeypatch.setenv("GAMEPLAN_TODAY", DAY.isoformat())


@dataclass
class Cast:
    """Who there is: users, the school with its district, and the case as the mother opens it."""

    mother: User
    manager: User
    school: Organisation
    case: Case

    def person(self, user: User) -> Person:
        return person_of_user(user)

    def opened(self, user: User) -> Case:
        return case_for(self.person(user), self.case.pk, to=Action.WRITE)

    def tells(self, user: User, kind: str, on: date, **more: Any) -> None:
        """A fact that this user writes into the case."""
        case = self.opened(user)
        side = "parent" if case.reader.side == "family" else "school"
        verbs.record_fact(case, by=case.reader, kind=kind, on=on, said_by=side, **more)

    def asks(self, user: User, on: date, **more: Any) -> None:
        """The request for a first evaluation."""
        data = {"received": on, "type": "initial", "by": "parent", "written": True}
        self.tells(user, "evaluation-requested", on, data=data, **more)


@pytest.fixture
def cast(db: None) -> Cast:
    """Ana's case, held by her mother and her school, with nothing told yet."""
    mother = User.objects.create_user("rosa@example.org", name="Rosa Lopez", language="es")
    manager = User.objects.create_user("lee@example.org", name="Lee Park")
    district = Organisation.objects.create(kind="district", name="Sample district", state="TX")
    school = Organisation.objects.create(kind="school", name="Oak", parent=district, state="TX")
    Post.objects.create(user=manager, organisation=school, role="iep-manager", since=LONG_AGO)
    child = Child(name="Ana Lopez", born=date(2016, 5, 2), state="TX", grade="3")
    case = verbs.start_case(person_of_user(mother).acting_as("parent"), child=child)
    case.school = school
    case.save()
    case.members.create(person=str(manager.pk), role="iep-manager")
    return Cast(mother, manager, school, case)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """What waits for the end of a transaction is done at the end of `with commits():`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
