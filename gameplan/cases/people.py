"""People: who is asking. At home there is one person, the household; where people sign in, everyone is themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from gameplan.cases.models import Member
from gameplan.cases.today import today
from gameplan.people.doors import Held, account, posts_held
from gameplan.people.models import User
from gameplan.people.roles import ROLES, Side, side_of

SESSION_KEY = "person"
SCHOOL_ROLES = tuple(role.id for role in ROLES.values() if role.side is Side.SCHOOL)
ACCOUNT = "account"
"""The role of somebody who has signed in and not yet opened a case: none."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may see a case: an id that stays the same, the role in which they act, and the posts they hold."""

    id: str
    role: str
    posts: tuple[Held, ...] = ()

    @property
    def side(self) -> Side:
        """The side of a case on which this person acts."""
        return side_of(self.role)

    def as_family(self) -> Person:
        """The same person as a parent, unless they already act for the family: who begins a case alone is one."""
        return self if self.side is Side.FAMILY else self.acting_as("parent")

    def acting_as(self, role: str) -> Person:
        """The same person in the role that they have in a case."""
        return replace(self, role=role)


HOME = Person(id="home", role="parent")
KNOWN = {HOME.id: HOME}


def is_known(request: HttpRequest) -> bool:
    """True if this browser is signed in."""
    if settings.GAMEPLAN_SHARED:
        return request.user.is_authenticated
    return request.session.get(SESSION_KEY) in KNOWN


def person_of(request: HttpRequest) -> Person:
    """The person who is asking. Raises PermissionDenied if this browser is not signed in."""
    person = _account_of(request) if settings.GAMEPLAN_SHARED else KNOWN.get(request.session.get(SESSION_KEY, ""))
    if person is None:
        raise PermissionDenied("This browser is not signed in.")
    return person


def person_of_user(user: User) -> Person:
    """The person behind an account, with the posts held today. One query."""
    return Person(str(user.pk), ACCOUNT, posts_held(user, today()))


def works_here(person: Person) -> bool:
    """True for somebody with a post, or with a role of a school's side in any case. One query at most."""
    if person.posts:
        return True
    open_now = Q(until__isnull=True) | Q(until__gte=today())
    return Member.objects.filter(open_now, person=person.id, role__in=SCHOOL_ROLES).exists()


def sign_in(request: HttpRequest, person: Person) -> None:
    """Remember in this browser, by a signed cookie, who is asking."""
    request.session.flush()
    request.session[SESSION_KEY] = person.id


def _account_of(request: HttpRequest) -> Person | None:
    """The person of the account that is signed in, looked up once a request."""
    user = account(request.user)
    if user is None:
        return None
    known: Person | None = getattr(request, "gameplan_person", None)
    if known is None:
        known = person_of_user(user)
        request.gameplan_person = known  # type: ignore[attr-defined]
    return known
