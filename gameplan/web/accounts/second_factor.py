"""Who must show a second factor: everybody who works with other people's children."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from gameplan.cases.people import person_of, works_here
from gameplan.people.models import User

STRENGTH = "openid_strength"
"""Where the session keeps what the token of a provider (by its id) said of how somebody signed in there."""
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(request: HttpRequest) -> bool:
    """True for somebody of a school's side who has signed in and has no second factor yet.

    One query for somebody without a post; two with one. Spare codes alone are no second factor.
    """
    user = request.user
    if not isinstance(user, User) or not works_here(person_of(request)):
        return False
    return not has_second_factor(request)


def has_second_factor(request: HttpRequest) -> bool:
    """True for somebody who signs in with a second factor, here or at the provider of single sign-on."""
    user = request.user
    return isinstance(user, User) and (is_mfa_enabled(user, FACTORS) or _provider_asked(request, user))


def _provider_asked(request: HttpRequest, user: User) -> bool:
    """True if this session began with single sign-on of a provider that asks for a second factor itself.

    Where its tokens say how somebody signed in there (`amr`, `acr`), what they said this time has to be enough.
    """
    told: dict[str, list[str]] = request.session.get(STRENGTH, {})
    asks = {
        one.id
        for one in settings.GAMEPLAN_SSO
        if one.second_factor and (not one.shown_by or not one.shown_by.isdisjoint(told.get(one.id, ())))
    }
    records = get_authentication_records(request, user)
    return any(one.get("method") == "socialaccount" and one.get("provider") in asks for one in records)
