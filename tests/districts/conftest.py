"""The cast: a State, a district with two schools, their people, and Ana, whose school holds her case too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Side
from gameplan.people.stamps import touch
from gameplan.people.verbs import give_post
from gameplan.watch.models import NEVER, Due, Looked
from tests.shared import run_shared

TODAY = date(2026, 11, 27)
SECRET = generate_totp_secret()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setenv("GAMEPLAN_TODAY", TODAY.isoformat())
    return TODAY


@pytest.fixture
def shared(settings: Settings, tmp_path: Path) -> None:
    """People sign in with accounts."""
    run_shared(settings, tmp_path)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


@pytest.fixture
def texas(db: None) -> Organisation:
    return Organisation.objects.create(kind="state", name="Texas Agency", state="TX")


@pytest.fixture
def district(texas: Organisation) -> Organisation:
    return Organisation.objects.create(kind="district", name="Pecan Valley", parent=texas, state="TX")


@pytest.fixture
def oak(district: Organisation) -> Organisation:
    return Organisation.objects.create(kind="school", name="Oak School", parent=district, state="TX")


@pytest.fixture
def elm(district: Organisation) -> Organisation:
    return Organisation.objects.create(kind="school", name="Elm School", parent=district, state="TX")


Hire = Callable[..., User]


@pytest.fixture
def hire(db: None) -> Hire:
    """An account; where a place is given, with a post and a second factor."""

    def hire(name: str, role: str = "", place: Organisation | None = None) -> User:
        user = User.objects.create_user(f"{name.lower()}@school.example", name=name)
        if place is not None:
            give_post(user, place, role, since=date(2026, 8, 1))
            TOTP.activate(user, SECRET)
        return user

    return hire


@pytest.fixture
def director(hire: Hire, district: Organisation) -> User:
    """Runs the district and sees every child in it."""
    return hire("Dora", "district-director", district)


@pytest.fixture
def manager(hire: Hire, oak: Organisation) -> User:
    """An IEP manager at Oak School; sees the children that are given to her."""
    return hire("Maya", "iep-manager", oak)


@pytest.fixture
def second(hire: Hire, oak: Organisation) -> User:
    """Another IEP manager at Oak School."""
    return hire("Sam", "iep-manager", oak)


@pytest.fixture
def away(hire: Hire, elm: Organisation) -> User:
    """An IEP manager at Elm School."""
    return hire("Wes", "iep-manager", elm)


@pytest.fixture
def monitor(hire: Hire, texas: Organisation) -> User:
    """Reads all of the State."""
    return hire("Mona", "state-monitor", texas)


@pytest.fixture
def installer(hire: Hire, district: Organisation) -> User:
    """Runs the district and sees no child."""
    return hire("Ivo", "installer", district)


@pytest.fixture
def mother(hire: Hire) -> User:
    """Ana's mother: an account, no post."""
    return hire("Lucia")


def as_person(user: User) -> Person:
    return person_of_user(user)


Join = Callable[..., Case]


@pytest.fixture
def join(mother: User) -> Join:
    """A child's case that the mother began and a school holds too."""

    def join(name: str, school: Organisation | None, **about: Any) -> Case:
        family = Person(str(mother.pk), "parent")
        child = Child(name=name, state="TX", **about)
        case = verbs.start_case(family, child=child)
        case.school = school
        case.save(update_fields=["school"])
        return case

    return join


@pytest.fixture
def ana(join: Join, oak: Organisation) -> Case:
    return join("Ana Lopez", oak)


Window = Callable[[User], Client]


@pytest.fixture
def window(shared: None) -> Window:
    """A browser in which somebody has signed in."""

    def window(user: User) -> Client:
        client = Client()
        client.raise_request_exception = False
        client.force_login(user)
        return client

    return window


Owe = Callable[..., Due]


@pytest.fixture
def owe() -> Owe:
    """Store a duty of a case as the watch would, for one side; the look of that side is kept right."""

    def owe(case: Case, clock: str, on: date | None, status: str = "running", **about: Any) -> Due:
        side = about.pop("side", Side.SCHOOL.value)
        here = {"school": case.school, "district": case.school and case.school.parent}
        due = Due.objects.create(
            case=case, side=side, clock=clock, pack="us", started_by=about.pop("started_by", "f1"), kind="deadline",
            title={"text": about.pop("title", clock)}, owed_by=about.pop("owed_by", ["school"]), owed_to=["parent"],
            status=status, confidence="high", due=on, next_on=on or NEVER, number=Due.objects.count(), **here,
        )  # fmt: skip
        look(case, side)
        return due

    return owe


def look(case: Case, side: str = Side.SCHOOL.value) -> Looked:
    """The row that sums up what a side sees of a case."""
    found = Due.objects.filter(case=case, side=side)
    about = {
        "school": case.school, "district": case.school and case.school.parent, "revision": 1, "as_of": TODAY,
        "law": "-", "next_on": min((due.next_on for due in found), default=NEVER), "changes_on": NEVER,
    }  # fmt: skip
    touch([case.school_id])
    return Looked.objects.update_or_create(case=case, side=side, defaults=about)[0]
