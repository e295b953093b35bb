"""Two sides for tests: a State with two districts, their people, and a family; and a browser for each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from gameplan.cases import verbs
from gameplan.cases.joining import ask, asking_for
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking
from gameplan.cases.people import Person, person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.verbs import give_post
from gameplan.together.joining import accept

SINCE = date(2020, 8, 1)


@dataclass
class Sides:
    """The places and people. `lead` leads cases at Oak, `director` in its district, `elm_lead` at Elm elsewhere."""

    state: Organisation
    district: Organisation
    oak: Organisation
    pine: Organisation
    other: Organisation
    elm: Organisation

    def user(self, name: str, role: str = "", place: Organisation | None = None) -> User:
        """Somebody with an account, and a post if a role is given."""
        user = User.objects.filter(email=f"{name}@example.org").first()
        user = user or User.objects.create_user(f"{name}@example.org", name=name.title())
        if role and place is not None:
            give_post(user, place, role, since=SINCE)
        return user

    def family(self, name: str = "rosa") -> Person:
        """A parent."""
        return person_of_user(self.user(name)).acting_as("parent")

    def staff(self, name: str, role: str, place: Organisation) -> Person:
        """Somebody who works there."""
        return person_of_user(self.user(name, role, place))


def make_sides() -> Sides:
    """The organisations, without anybody in them."""
    kinds = Organisation.Kind
    state = Organisation.objects.create(kind=kinds.STATE, name="Texas", state="TX")
    district = Organisation.objects.create(kind=kinds.DISTRICT, name="Hill District", parent=state, state="TX")
    other = Organisation.objects.create(kind=kinds.DISTRICT, name="Lake District", parent=state, state="TX")
    oak = Organisation.objects.create(kind=kinds.SCHOOL, name="Oak School", parent=district, state="TX")
    pine = Organisation.objects.create(kind=kinds.SCHOOL, name="Pine School", parent=district, state="TX")
    elm = Organisation.objects.create(kind=kinds.SCHOOL, name="Elm School", parent=other, state="TX")
    return Sides(state, district, oak, pine, other, elm)


def alone(parent: Person, name: str = "Ana", **more: Any) -> Case:
    """A case that a family began."""
    told = {"name": name, "born": date(2016, 5, 2), "state": "TX", **more}
    return verbs.start_case(parent, child=Child(**told))


def join(case: Case, school: Organisation, lead: Person, chosen: list[str], by: Person) -> Case:
    """The family asks and the school says yes; the case as who said yes opened it."""
    asked = ask(case, by=by, school=school, chosen=chosen)
    asking, person = asking_for(lead, asked.pk)
    assert isinstance(asking, Asking)
    return accept(asking, by=person)


def browser_of(person: Person) -> Client:
    """A browser in which this person is signed in, with a second factor where they work at a school."""
    user = User.objects.get(pk=person.id)
    if user.posts.exists() and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, generate_totp_secret())
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser
