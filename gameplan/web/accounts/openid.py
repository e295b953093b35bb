"""Signing in by OpenID Connect, with a nonce: what the provider says counts once, and for this browser only.

django-allauth sends a state and a PKCE challenge, and no nonce (OpenID Connect Core 1.0, 3.1.2.1 and 3.1.3.7).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode

from gameplan.web.accounts.second_factor import STRENGTH

NONCES: Final = "openid_nonces"
MOST_AT_ONCE: Final = 5
"""So many pages of signing in may be open in one browser."""


class Adapter(OpenIDConnectOAuth2Adapter):
    """A provider whose word counts only for a nonce that this browser went away with."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **told: Any) -> SocialLogin:
        """Raises PermissionDenied, which becomes the page of a sign-in that failed."""
        login: SocialLogin = super().complete_login(request, app, token, **told)
        said = login.account.extra_data
        claims = said.get("id_token") or {}
        if not _spend(request, str(claims.get("nonce", ""))):
            raise PermissionDenied("The answer does not belong to a question of this browser.")
        if "userinfo" in said and said["userinfo"].get("sub") != claims.get("sub"):
            raise PermissionDenied("The provider speaks of two people.")
        request.session[STRENGTH] = {self.provider_id: _strength(claims)}
        return login


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider. What the address of the link asks for beside where to go then is left out."""
    _must_be_known(provider_id)
    request.GET = QueryDict(urlencode(_asked(request) | {"auth_params": urlencode({"nonce": _new(request)})}))
    answer: HttpResponse = OAuth2LoginView.adapter_view(Adapter(request, provider_id))(request)
    return answer


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    _must_be_known(provider_id)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(Adapter(request, provider_id))(request)
    return answer


def _strength(claims: Mapping[str, Any]) -> list[str]:
    """What the token says of how somebody signed in: the words of `amr`, and that of `acr`."""
    words = claims.get("amr")
    said = [*(words if isinstance(words, list) else [words]), claims.get("acr")]
    return [one for one in said if isinstance(one, str) and one]


def _must_be_known(provider_id: str) -> None:
    if not any(one.id == provider_id and one.kind == "oidc" for one in settings.GAMEPLAN_SSO):
        raise Http404("There is no such provider.")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"next": request.GET["next"]} if "next" in request.GET else {}


def _new(request: HttpRequest) -> str:
    made = secrets.token_urlsafe(32)
    request.session[NONCES] = [*request.session.get(NONCES, ()), made][-MOST_AT_ONCE:]
    return made


def _spend(request: HttpRequest, nonce: str) -> bool:
    waiting = list(request.session.get(NONCES, ()))
    if nonce not in waiting:
        return False
    waiting.remove(nonce)
    request.session[NONCES] = waiting
    return True
