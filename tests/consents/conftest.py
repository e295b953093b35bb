"""Ana's case, held by her family and her school: her mother and father, an advocate, her IEP manager, a stranger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.verbs import start_case
from gameplan.consents import asking, electronic
from gameplan.consents.models import ConsentRequest
from gameplan.consents.signing import Hand, Identity
from gameplan.core.facts import Child
from gameplan.letters.consent_form import Asked, Item
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Action
from gameplan.people.verbs import give_post

DAY = date(2025, 9, 10)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
ASKED = Asked(
    "initial-evaluation", "en", DAY, "", items=(Item("i1", "Reading test"), Item("i2", "Speech test", "one morning")),
    why="Ana reads far below her grade.", how="The psychologist tests Ana at school.", has_records=False,
    family_language="English", understood="same", contact="Ms. Reed, 555-0100",
)  # fmt: skip
BOTH = {"i1": "yes", "i2": "yes"}

Open = Callable[..., Case]
Ask = Callable[..., ConsentRequest]
MakeHand = Callable[..., Hand]


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def shared(settings: Settings) -> None:
    """People sign in here."""
    settings.GAMEPLAN_SHARED = True


@pytest.fixture
def users(db: None) -> dict[str, User]:
    """The accounts of everybody in the cast, by who they are."""
    names = ("mother", "father", "advocate", "manager", "teacher", "stranger")
    return {name: User.objects.create_user(f"{name}@example.org", name=name.capitalize()) for name in names}


@pytest.fixture
def school(users: dict[str, User]) -> Organisation:
    """Oak School in its district; the IEP manager and a teacher work there."""
    district = Organisation.objects.create(kind="district", name="Sample District", state="TX")
    oak = Organisation.objects.create(kind="school", name="Oak School", parent=district)
    for name, role in (("manager", "iep-manager"), ("teacher", "special-teacher")):
        give_post(users[name], oak, role, since=date(2025, 8, 1))
    return oak


@pytest.fixture
def case(shared: None, users: dict[str, User], school: Organisation) -> Case:
    """Ana's case; both sides hold it."""
    child = Child(name="Ana Lopez", born=date(2016, 5, 2), state="TX", grade="3", school="Oak School")
    begun = start_case(person_of_user(users["mother"]).acting_as("parent"), child=child)
    roles = (("father", "parent"), ("advocate", "advocate"), ("manager", "iep-manager"), ("teacher", "special-teacher"))
    for name, role in roles:
        begun.members.create(person=str(users[name].pk), role=role)
    begun.school = school
    begun.save()
    return begun


@pytest.fixture
def opened(case: Case, users: dict[str, User]) -> Open:
    """Ana's case as somebody of the cast opens it."""

    def _opened(name: str, to: Action = Action.READ) -> Case:
        return case_for(person_of_user(users[name]), case.pk, to=to)

    return _opened


@pytest.fixture
def ask(opened: Open) -> Ask:
    """The school asks for permission for the first evaluation."""

    def _ask(asked: Asked = ASKED, **more: Any) -> ConsentRequest:
        found = opened("manager", Action.OFFER)
        return asking.ask(found, by=found.reader, asked=asked, **({"received": DAY} | more))

    return _ask


@pytest.fixture
def hand(opened: Open) -> MakeHand:
    """Somebody has agreed to sign on a screen, and types their name under a text."""

    def _hand(seen: str, who: str = "mother", *, agrees: bool = True, name: str = "Maria Lopez", **more: Any) -> Hand:
        found = opened(who)
        if agrees:
            electronic.agree(found, by=found.reader, lang="en", chose=True, opened=True)
        identity = Identity(found.reader.id, f"{who}@example.org", "password")
        whole: dict[str, Any] = {"name": name, "ticked": True, "identity": identity, "seen": seen}
        return Hand(**(whole | more))

    return _hand


def person(users: dict[str, User], name: str) -> Person:
    """Somebody of the cast, not in any case yet."""
    return person_of_user(users[name])


def replace_lang(lang: str) -> Asked:
    """The same form in another language."""
    return replace(ASKED, lang=lang)
