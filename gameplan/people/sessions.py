"""The browsers in which people are signed in, for whoever has to end that: of one person, or of everybody."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import Signal

from gameplan.people.models import User

ended = Signal()
"""Sent with `user` (None for everybody), `number` of sessions, and `by`, the id of the account that ended them."""


def sessions_of(user: User) -> list[UserSession]:
    """The browsers in which this person is signed in now, the newest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)


@transaction.atomic
def end_sessions(user: User, only: Iterable[int] | None = None, *, by: str = "") -> int:
    """Sign this person out of all browsers, or of those with these numbers; how many there were.

    `by`: the account that does it, or nothing for who runs the machine. What was typed in them stays on the devices.
    """
    wanted = None if only is None else set(only)
    found = [one for one in sessions_of(user) if wanted is None or one.pk in wanted]
    for one in found:
        one.end()
    ended.send(sender=User, user=user, number=len(found), by=by)
    return len(found)


@transaction.atomic
def end_every_session() -> int:
    """Sign everybody out of all browsers; how many there were."""
    number, _by_model = Session.objects.all().delete()
    UserSession.objects.all().delete()
    ended.send(sender=User, user=None, number=number, by="")
    return number
