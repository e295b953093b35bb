"""Programs of others, to try: a family and a school with one case, another family's case, and a token for anybody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from gameplan.api.scopes import SCOPES
from gameplan.api.tokens import Wanted, make_token
from gameplan.cases import verbs
from gameplan.cases.models import Case, Shown
from gameplan.cases.people import Person, person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.roles import ROLES, Side
from gameplan.people.verbs import give_post
from gameplan.planning.models import Written
from tests.config.test_permissions import case_of

CANARY = "Kestrel-7Q"
"""Stands in what a family keeps to itself: its notes, a fact and a paper."""
THEIRS = "Heron-4Z"
"""Stands all over another family's case."""
SINCE = date(2020, 8, 1)
REQUEST = {"received": "2025-09-03", "type": "initial", "by": "parent", "written": True}
EVERYTHING = tuple(SCOPES)
API = "/api/v1"


class Program:
    """A program with a token: asks, and reads the answer as JSON."""

    def __init__(self, token: str = "", path: str = API) -> None:
        self.token, self.path = token, path
        self.client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer; a body that is not bytes goes as JSON."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        media = told.pop("Content-Type", "application/json")
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        found = self.client.generic(method, self.path + path, content, media, headers=sent | told)
        assert isinstance(found, HttpResponse)
        return found

    def get(self, path: str, status: int = 200, **headers: str) -> Any:
        """What stands in the answer."""
        return read(self.ask("GET", path, **headers), status)

    def post(self, path: str, body: Any = None, status: int = 201, **headers: str) -> Any:
        """What stands in the answer."""
        return read(self.ask("POST", path, body if body is not None else {}, **headers), status)


def read(answer: HttpResponse, status: int) -> Any:
    assert answer.status_code == status, (answer.status_code, answer.content[:2000])
    return json.loads(answer.content) if answer.content else None


@dataclass
class House:
    """A school, the case of a family there, and a case of another family that is nobody's business."""

    school: Organisation
    parent: User
    case: Case
    theirs: Case

    def person(self, role: str) -> tuple[User, Person]:
        """Somebody in that role, with a post where it needs one, and among the case's people."""
        user, _new = User.objects.get_or_create(email=f"{role}@example.org", defaults={"name": role.title()})
        if ROLES[role].by_post or ROLES[role].side is Side.SCHOOL:
            give_post(user, self.school, role, since=SINCE)
        if not ROLES[role].by_post:
            self.case.members.get_or_create(person=str(user.pk), defaults={"role": role})
        return user, person_of_user(user)

    def token(self, role: str, scopes: Iterable[str] = EVERYTHING, **more: Any) -> str:
        """A token of somebody in that role."""
        user, person = self.person(role)
        return make_token(person, Wanted("Test", tuple(scopes), **more), user=user, second_step=True)

    def program(self, role: str, scopes: Iterable[str] = EVERYTHING, **more: Any) -> Program:
        """The program of somebody in that role."""
        return Program(self.token(role, scopes, **more))

    def about(self, path: str = "", case: Case | None = None) -> str:
        """An address of the case."""
        return f"/cases/{(case or self.case).pk}{path}"


def made_house() -> House:
    """Ana's case at Pecan Elementary, and a case elsewhere."""
    state = Organisation.objects.create(kind="state", name="Texas", state="TX")
    district = Organisation.objects.create(kind="district", name="Pecan ISD", state="TX", parent=state)
    school = Organisation.objects.create(kind="school", name="Pecan Elementary", state="TX", parent=district)
    parent = User.objects.create_user("parent@example.org", name="Maria")
    case = made_case(parent, "Ana", school)
    theirs = made_case(User.objects.create_user("other@example.org", name=THEIRS), THEIRS, None, word=THEIRS)
    return House(school, parent, case, theirs)


def made_case(parent: User, name: str, school: Organisation | None, *, word: str = CANARY) -> Case:
    """A case with f1, and f2 that the family keeps to itself; `word` stands in every note."""
    person = person_of_user(parent).acting_as("parent")
    case = verbs.start_case(person, child=Child(name=name, born=date(2016, 5, 2), state="TX"))
    Case.objects.filter(pk=case.pk).update(school=school)
    case.refresh_from_db()
    verbs.record_fact(case, by=person, kind="evaluation-requested", on=date(2025, 9, 3), data=REQUEST, note=word)
    verbs.record_fact(
        case, by=person, kind="concern-raised", on=date(2025, 9, 1), data={}, note=word, private=True
    )  # fmt: skip
    verbs.attach(case, by=person, name=f"{word}.pdf", content=b"%PDF-1.7 " + word.encode(), fact_id="f2")
    return case


def full_house() -> House:
    """A case with one of everything; the family shows it all but one fact, and the school writes the plans."""
    house = made_house()
    parent = person_of_user(house.parent).acting_as("parent")
    case = case_of(parent)
    Case.objects.filter(pk=case.pk).update(school=house.school)
    for entry in case.entries.all():
        Shown.objects.create(entry=entry, is_shown=True, person=parent.id)
    Written.objects.filter(case=case).update(shown=True, side="school")
    case.refresh_from_db()
    verbs.record_fact(case, by=parent, kind="concern-raised", on=SINCE, data={}, note=CANARY, private=True)
    return House(house.school, house.parent, case, house.theirs)
