"""Single sign-on: it opens accounts that an invitation made, and makes none itself.

A provider may vouch only for addresses of its own domains (`config.sso`). What it once vouched for stays tied to the
person it named, not to the address: an address that somebody else gets later opens nothing.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gameplan.people.accounts import account_of, make_account
from gameplan.people.invitations import invitation_by
from gameplan.people.models import User

INVITED = "invited_with"
"""Where the session keeps the link with which somebody goes to a provider."""


class SingleSignOn(DefaultSocialAccountAdapter):
    """What allauth asks before a provider's word opens an account."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the provider's person to the account of the address that it may vouch for.

        Raises ImmediateHttpResponse with a page that says what to do where there is none.
        """
        sociallogin.state["process"] = AuthProcess.LOGIN  # whatever the address of the link asked for
        if sociallogin.is_existing:
            return
        address = vouched_address(sociallogin)
        user = account_of(address) if address else None
        if user is None and address:
            user = self._invited(request, address, sociallogin)
        if user is None:
            page = render(request, "account/signup_closed.html", {"address": address}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def _invited(self, request: HttpRequest, address: str, sociallogin: SocialLogin) -> User | None:
        """A new account for somebody who came from their invitation to that same address, or None."""
        invitation = invitation_by(request.session.get(INVITED, ""))
        if invitation is None or invitation.email != address:
            return None
        name = " ".join(_words(sociallogin.account.extra_data)) or address.partition("@")[0]
        return make_account(address, name=name, language=invitation.language)


def vouched_address(login: SocialLogin) -> str:
    """The e-mail address that this provider says is checked and may vouch for; empty if there is none."""
    provider = next((one for one in settings.GAMEPLAN_SSO if one.id == login.account.provider), None)
    if provider is None:
        return ""
    for told in login.email_addresses:
        address = told.email.strip().lower()
        if (told.verified or provider.vouches) and address.rpartition("@")[2] in provider.domains:
            return str(address)
    return ""


def providers_for(address: str) -> list[Any]:
    """The providers that may vouch for an address."""
    domain = address.rpartition("@")[2]
    return [one for one in settings.GAMEPLAN_SSO if domain in one.domains]


def start_of(provider: Any, after: str = "") -> str:
    """The address at which signing in with a provider begins; `after` is where to go then."""
    name = "openid_connect_login" if provider.kind == "oidc" else "saml_login"
    return reverse(name, args=[provider.id]) + (f"?{urlencode({'next': after})}" if after else "")


def _words(told: Any) -> list[str]:
    """The name that a provider tells: OpenID Connect says it whole, SAML in lists of words."""
    if not isinstance(told, dict):
        return []
    inner = told.get("userinfo") or told.get("id_token") or told
    if inner.get("name"):
        return [str(inner["name"])]
    found = (inner.get(key) for key in ("givenName", "urn:oid:2.5.4.42", "sn", "urn:oid:2.5.4.4"))
    return [str(one[0] if isinstance(one, list) else one) for one in found if one]
