"""The front door.

At home a link that works once signs this browser in: no password; no other user gets in. Opening a link (see `links`)
sets a signed cookie and spends the link. Every other address needs the cookie, but for those in `PUBLIC`.

Where people have accounts (GAMEPLAN_SHARED), every address needs somebody who has signed in, but for those in `PUBLIC`
and the pages of signing in. Who works with other people's children gets no further without a second factor, and signs
in again after a while in which nothing was done. Who came with a stolen password chooses another one first.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from gameplan.cases.people import HOME, is_known, sign_in
from gameplan.config.links import OPEN, spend
from gameplan.web.accounts.last_used import note_use
from gameplan.web.accounts.second_factor import lacks_second_factor
from gameplan.web.accounts.stolen import must_change_password

# What needs no person: the law and the guide, which hold nothing of a case and are only read; how a page speaks and
# looks, which is kept in a cookie of the browser that asks; the times of a meeting or a paper that waits, for those who
# were sent its private link; the link that ends reminders by mail; and a private calendar, for programs that cannot
# sign in; and how the program is, for who watches it (its numbers only on this machine, or with a token).
PUBLIC = {
    "/law/": ("GET", "HEAD"), "/guide/": ("GET", "HEAD"), "/language/": ("POST",), "/look/": ("POST",),
    "/time/": ("GET", "HEAD", "POST"), "/paper/": ("GET", "HEAD", "POST"), "/reminders/stop/": ("GET", "HEAD", "POST"),
    "/feed/": ("GET", "HEAD"), "/api/v1/docs/": ("GET", "HEAD"), "/health/": ("GET", "HEAD"),
    "/metrics": ("GET", "HEAD"),
}  # fmt: skip

# Other programs show a token, which is looked at below (`api.callers`). No cookie of a browser counts there. Its
# documentation is a page like others.
API, API_DOCS = "/api/v1/", "/api/v1/docs/"
SIGN_IN = ("/sign-in/", "/invited/")
ACCOUNT = "/account/"
WITHOUT_SECOND_FACTOR = ("/account/second-step/", "/account/sure/", "/account/sign-out/")
WITH_A_STOLEN_PASSWORD = (*WITHOUT_SECOND_FACTOR, "/account/password/")


@require_GET
def open_door(request: HttpRequest, token: str) -> HttpResponse:
    """Sign this browser in with a one-time link and go home. A used link gets a page that says what to do."""
    if not is_known(request):
        if not spend(settings.GAMEPLAN_DATA, token):
            return render(request, "house/link_used.html", status=403)
        rotate_token(request)
        sign_in(request, HOME)
    return HttpResponseRedirect("/")


class DoorMiddleware:
    """Lets in who may come in, and shows everyone else what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or what stands in its place. Raises Http404 for the pages of the other way of running."""
        if request.path_info.startswith(API) and not request.path_info.startswith(API_DOCS):
            return self.get_response(request)
        closed = _at_school(request) if settings.GAMEPLAN_SHARED else _at_home(request)
        return closed or self.get_response(request)


def _at_home(request: HttpRequest) -> HttpResponseBase | None:
    """The closed door with 403 for who is not of the household; None to let in."""
    if not (is_known(request) or request.path_info.startswith(OPEN) or _is_public(request)):
        return render(request, "house/locked.html", status=403)
    if request.path_info.startswith((*SIGN_IN, ACCOUNT)):
        raise Http404("At home there are no accounts.")
    return None


def _at_school(request: HttpRequest) -> HttpResponseBase | None:
    """The way to sign in, or to set up the second factor; None to let in."""
    if request.path_info.startswith(OPEN):
        raise Http404("Where people have accounts there are no links to the whole house.")
    if _is_public(request) or request.path_info.startswith(SIGN_IN):
        return None
    if not is_known(request):
        return _first_go_to(request, f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if not note_use(request, timezone.now()):
        back = {"next": request.get_full_path(), "rested": "yes"}
        logout(request)
        return _first_go_to(request, f"{reverse('account_login')}?{urlencode(back)}")
    if not request.path_info.startswith(WITHOUT_SECOND_FACTOR) and lacks_second_factor(request):
        return _first_go_to(request, reverse("mfa_index"))
    if must_change_password(request) and not request.path_info.startswith(WITH_A_STOLEN_PASSWORD):
        return _first_go_to(request, reverse("account_change_password"))
    return None


def _first_go_to(request: HttpRequest, place: str) -> HttpResponseBase:
    """Send somebody who only looks to another page first; refuse what would change something."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(place)
    return render(request, "house/sign_in_first.html", {"place": place}, status=403)


def _is_public(request: HttpRequest) -> bool:
    """True for an address that anyone may ask for in this way. Where pages are read, it holds for all below too."""
    for place, methods in PUBLIC.items():
        under = request.path_info.startswith(place) if "GET" in methods else request.path_info == place
        if under and request.method in methods:
            return True
    return False
