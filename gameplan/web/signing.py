"""Signing on a page: who asks and how they signed in, and the hand that a form holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gameplan.cases.people import Person
from gameplan.consents.copies import send_copy
from gameplan.consents.models import Signature
from gameplan.consents.signing import Hand, Identity
from gameplan.people.models import User
from gameplan.people.refusals import Refused

SIGNED_IN: Final = "account_authentication_methods"
"""Where the session has how and when this browser signed in: a list of methods, each with `method` and `at`."""
METHODS: Final[Mapping[str, str]] = {
    "password": "password", "socialaccount": "sso", "mfa": "second", "code": "link", "passkey": "passkey",
}  # fmt: skip
PASSKEY: Final = "webauthn"


def identity_of(request: HttpRequest) -> Identity | None:
    """How the person who asks is known; None where nobody has an account."""
    user = request.user if settings.GAMEPLAN_SHARED else None
    if not isinstance(user, User):
        return None
    told = request.session.get(SIGNED_IN)
    steps = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    since = _moment(steps[0].get("at")) if steps else user.last_login
    return Identity(str(user.pk), user.email, _method(steps), since)


def hand_of(request: HttpRequest, form: forms.Form) -> Hand:
    """The act of signing as a `SignForm` has it."""
    said = form.cleaned_data
    return Hand(said.get("name", ""), bool(said.get("ticked")), identity_of(request), said.get("seen", ""))


def give_copy(request: HttpRequest, signature: Signature | None, by: Person) -> None:
    """Sends the signer's copy and says what became of it."""
    if signature is None:
        return
    if send_copy(signature, by=by):
        messages.success(request, _("Your copy was sent to %(address)s.") % {"address": signature.account})
    else:
        messages.warning(request, _("Your copy could not be sent by e-mail. Download it here."))


def say(form: forms.Form, refused: Refused) -> None:
    """Puts what the verb said into the form, beside its field where there is one."""
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def _method(steps: list[dict[str, Any]]) -> str:
    if any(one.get("type") == PASSKEY and one.get("passwordless") for one in steps):
        return "passkey"
    known = [METHODS[name] for one in steps if (name := str(one.get("method"))) in METHODS]
    return "second" if "second" in known else known[0] if known else "account"


def _moment(told: object) -> datetime | None:
    return datetime.fromtimestamp(told, UTC) if isinstance(told, int | float) else None
