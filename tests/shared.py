"""The way of running in which people have accounts, for tests: settings, accounts, and browsers that are signed in."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from gameplan.config.accounts import shared_settings
from gameplan.people.accounts import make_account
from gameplan.people.models import Organisation, User
from gameplan.people.verbs import give_post

PASSWORD = "four ducks on a pond"
LONG_AGO = date(2020, 1, 1)
SECONDS_A_CODE_HOLDS = 30


def run_shared(settings: Any, data: Path) -> None:
    """From here on in this test people have accounts, as with GAMEPLAN_SHARED=1. Mail goes into `mail.outbox`."""
    settings.GAMEPLAN_SHARED = True
    for name, value in shared_settings(data).items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # The real one is slow on purpose; which one is set is tested by itself.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def account(email: str, name: str = "", **told: Any) -> User:
    """An account whose password is PASSWORD."""
    return make_account(email, name=name or email.partition("@")[0].title(), password=PASSWORD, **told)


def school(name: str = "Lakeside school") -> Organisation:
    """A school in a district in Texas."""
    district = Organisation.objects.create(kind="district", name="Lakeside district", state="TX")
    return Organisation.objects.create(kind="school", name=name, parent=district, state="TX")


def staff(email: str, place: Organisation, role: str = "iep-manager", *, second_factor: bool = True) -> User:
    """An account with a post, and with an app for codes unless told otherwise."""
    user = account(email)
    give_post(user, place, role, since=LONG_AGO)
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    return user


def signed_in(user: User) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(user)
    return client


def code_of(user: User) -> str:
    """The six digits that this person's app shows now."""
    return code_for(decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]))


def code_for(secret: str) -> str:
    """The six digits that an app with this key shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS_A_CODE_HOLDS)))
