"""Who signs in, fails to, or changes how they sign in: lines of the log that name nobody.

An account is a keyed hash, the same each time, so that whoever runs the program sees one that is tried again and again,
and can ask the database whose it is. Of a failure only the network is kept: what was typed may be a password.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_step
from django.contrib.auth import signals
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gameplan.config.running.requests import LETTERS_OF_A_HASH, network_of
from gameplan.people import sessions

log = logging.getLogger("gameplan.account")
EVENTS: dict[str, Signal] = {
    "signed-in": signals.user_logged_in,
    "sign-in-failed": signals.user_login_failed,
    "second-step-failed": second_step.authentication_failed,
    "signed-out": signals.user_logged_out,
    "password-changed": account.password_changed,
    "password-reset": account.password_reset,
    "address-changed": account.email_changed,
    "second-step-added": second_step.authenticator_added,
    "second-step-removed": second_step.authenticator_removed,
    "spare-codes-made": second_step.authenticator_reset,
    "sessions-ended": sessions.ended,
}


def listen() -> None:
    """From here on each of these is a line of the log."""
    for event, signal in EVENTS.items():
        signal.connect(partial(_note, event), weak=False, dispatch_uid=f"log-{event}")


def _note(
    event: str, *, request: HttpRequest | None = None, user: Any = None, by: str = "", number: int | None = None,
    **_more: Any,
) -> None:  # fmt: skip
    told: dict[str, object] = {"account": hash_of_account(str(user.pk))} if user and user.pk else {}
    if by:
        told["by"] = hash_of_account(by)
    if number is not None:
        told["number"] = number
    if request is not None:
        told["from"] = network_of(request)
    log.info(event, extra={"fields": told})


def hash_of_account(account_id: str) -> str:
    """An account in the log: the same for the same account on this installation, and nothing that leads back to it."""
    return salted_hmac("gameplan.log.account", account_id, algorithm="sha256").hexdigest()[:LETTERS_OF_A_HASH]
