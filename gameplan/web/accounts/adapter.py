"""What django-allauth asks us: nobody signs up by themselves, mails speak the language of whom they go to."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language, gettext_lazy, override

from gameplan.people.accounts import account_of
from gameplan.people.models import User

WRONG_PASSWORD = gettext_lazy("The e-mail address and the password do not belong together. Check both and try again.")
TOO_MANY = gettext_lazy("There were too many tries. Wait 15 minutes, or choose a new password by e-mail.")
WRONG_CODE = gettext_lazy("This code is not right. Wait for the next one and type it again.")


class AccountAdapter(DefaultAccountAdapter):
    """How accounts are signed in to and written to."""

    error_messages: Mapping[str, Any] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG_PASSWORD,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "enter_current_password": gettext_lazy("This is not your password. Try again."),
        "duplicate_email": gettext_lazy("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an account begins with an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in the language of the account that it goes to; to an unknown address in that of the page."""
        known = account_of(email)
        with override(known.language if known else get_language()):
            super().send_mail(template_prefix, email, context)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        """Where to go after signing in, with the pages in the language of the account."""
        answer: HttpResponse = super().post_login(request, user, **told)
        if isinstance(user, User):
            speak(answer, user.language)
        return answer

    def is_reauthentication_required(self, *, app: str, **told: Any) -> bool:
        """False for an account that has nothing yet to show again that it is its owner: one of single sign-on."""
        if not self.get_reauthentication_methods(self.request.user):
            return False
        return bool(super().is_reauthentication_required(app=app, **told))


class SecondFactorAdapter(DefaultMFAAdapter):
    """How second factors are kept: their secrets are encrypted with a key that follows from SECRET_KEY."""

    error_messages: Mapping[str, Any] = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """The text as it lies in the database."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. For one that another key locked, a new random one: no code that anybody knows fits it."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return str(generate_totp_secret())


def speak(answer: HttpResponse, language: str) -> None:
    """From this answer on the pages of this browser are in that language."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )  # fmt: skip


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str | bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"gameplan second factors")
    return base64.urlsafe_b64encode(made.derive(force_bytes(secret)))
