"""People: who is asking. At home there is one person, the household."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

SESSION_KEY = "person"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may see a case: an id that stays the same, and the role in which they act."""

    id: str
    role: str


HOME = Person(id="home", role="parent")
KNOWN = {HOME.id: HOME}


def is_known(request: HttpRequest) -> bool:
    """True if this browser is signed in."""
    return request.session.get(SESSION_KEY) in KNOWN


def person_of(request: HttpRequest) -> Person:
    """The person who is asking. Raises PermissionDenied if this browser is not signed in."""
    person = KNOWN.get(request.session.get(SESSION_KEY, ""))
    if person is None:
        raise PermissionDenied("This browser is not signed in.")
    return person


def sign_in(request: HttpRequest, person: Person) -> None:
    """Remember in this browser, by a signed cookie, who is asking."""
    request.session.flush()
    request.session[SESSION_KEY] = person.id
