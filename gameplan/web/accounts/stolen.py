"""Who signs in with a password that was stolen elsewhere chooses a new one before anything else."""

from __future__ import annotations

import logging
from typing import Any, Final

from allauth.account.signals import password_changed
from django.dispatch import receiver
from django.http import HttpRequest

from gameplan.people.breached import NotTheList
from gameplan.people.passwords import is_stolen

MUST_CHANGE: Final = "stolen_password"
log = logging.getLogger("gameplan.account")


def note_password(request: HttpRequest, password: str) -> None:
    """Keeps in the session whether the password, which was right, is on the list of stolen ones.

    A list that cannot be read keeps nobody out who has an account: it is a fault in the log.
    """
    request.session.pop(MUST_CHANGE, None)
    try:
        if is_stolen(password):
            request.session[MUST_CHANGE] = True
    except (NotTheList, OSError) as wrong:
        log.error("GAMEPLAN_BREACHED_PASSWORDS cannot be used; a password was not looked up at signing in: %s", wrong)


def must_change_password(request: HttpRequest) -> bool:
    """True for somebody who signed in with a stolen password and has not changed it yet."""
    return bool(request.session.get(MUST_CHANGE))


@receiver(password_changed)
def _has_changed(request: HttpRequest, **_told: Any) -> None:
    request.session.pop(MUST_CHANGE, None)
