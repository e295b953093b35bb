"""Staff of an organisation: giving a post and ending one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.districts.doors import Place
from gameplan.people.invitations import invite_to_post, open_invitations, withdraw
from gameplan.people.models import Invitation, Organisation, Post, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Side
from gameplan.people.sessions import end_sessions
from gameplan.people.verbs import end_post, give_post

POST_ROLES = tuple(role.id for role in ROLES.values() if role.side is Side.SCHOOL or role.by_post)


def roles_to_give(place: Place) -> tuple[str, ...]:
    """The roles that this person may give here: an installer makes installers; a monitor works for a State agency."""
    may_install = "installer" in place.roles
    is_state = place.organisation.kind == Organisation.Kind.STATE
    return tuple(
        role
        for role in POST_ROLES
        if (role != "installer" or may_install) and (role != "state-monitor" or is_state)
    )  # fmt: skip


@transaction.atomic
def give(place: Place, *, email: str, role: str, since: date, until: date | None = None) -> Post:
    """Give a post here to somebody who has an account. Raises Refused with every fault, PermissionDenied if not run.

    Somebody without an account is invited (`invite`); the post comes with the invitation.
    """
    _must_run(place)
    user = holder_of(email)
    faults = list(_faults(place, user, role))
    if faults or user is None:
        raise Refused(faults)
    return give_post(user, place.organisation, role, since=since, until=until, by=place.person.id)


def holder_of(email: str) -> User | None:
    """The account of that address, if there is one that can be entered."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


@transaction.atomic
def invite(place: Place, *, email: str, role: str, language: str) -> tuple[Invitation, str]:
    """Ask somebody without an account to work here: the invitation and the token of its link, to be sent.

    Raises Refused with every fault, PermissionDenied if this person does not run the place.
    """
    _must_run(place)
    faults = list(_role_faults(place, role))
    if faults:
        raise Refused(faults)
    return invite_to_post(email, organisation=place.organisation, role=role, by=place.person.id, language=language)


def waiting(place: Place) -> QuerySet[Invitation]:
    """The invitations to this place whose links still work; none for who does not run it."""
    return open_invitations(organisation=place.organisation) if place.runs else Invitation.objects.none()


def take_back(place: Place, key: UUID) -> Invitation:
    """Take an invitation to this place back. Raises Http404 if there is none of that id that still works."""
    _must_run(place)
    found = waiting(place).filter(pk=key).first()
    if found is None:
        raise Http404("There is no such invitation.")
    return withdraw(found)


@transaction.atomic
def end(place: Place, post: Post, *, on: date) -> Post:
    """The post is over at once: what it opened is closed from now on. Raises PermissionDenied if not run."""
    _must_end(place, post)
    return end_post(post, until=on - timedelta(days=1), by=place.person.id)


def sign_out(place: Place, post: Post) -> int:
    """Sign the holder of a post here out of every browser; how many there were.

    Raises PermissionDenied for who may not end this post either.
    """
    _must_end(place, post)
    return end_sessions(post.user, by=place.person.id)


def _must_end(place: Place, post: Post) -> None:
    _must_run(place)
    if post.organisation_id != place.organisation.pk or post.role not in roles_to_give(place):
        raise PermissionDenied("This person may not end this post.")


def _must_run(place: Place) -> None:
    if not place.runs:
        raise PermissionDenied("This person may not change this place.")


def _faults(place: Place, user: User | None, role: str) -> Iterable[Fault]:
    if user is None:
        yield Fault("email", _("Nobody has an account with this address."), _("Check it, or invite the person."))
    yield from _role_faults(place, role)


def _role_faults(place: Place, role: str) -> Iterable[Fault]:
    if role not in roles_to_give(place):
        yield Fault("role", _("You cannot give this role here."), _("Choose one from the list."))
    if place.organisation.closed_on:
        yield Fault("role", _("This place is closed."), _("Give the post in the place that took over."))
