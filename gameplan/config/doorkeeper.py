"""The front door at home: a link that works once signs this browser in. No password; no other user gets in.

Opening a link (see `links`) sets a signed cookie and spends the link. Every other address needs the cookie, but for
those in `PUBLIC`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gameplan.cases.people import HOME, is_known, sign_in
from gameplan.config.links import OPEN, spend

# What needs no person: the law, which holds nothing of a case and is only read; how a page speaks and looks, which
# is kept in a cookie of the browser that asks; and the times of a meeting or a paper that waits, for those who were
# sent the private link.
PUBLIC = {
    "/law/": ("GET", "HEAD"), "/language/": ("POST",), "/look/": ("POST",), "/time/": ("GET", "HEAD", "POST"),
    "/paper/": ("GET", "HEAD", "POST"),
}  # fmt: skip


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
    """Lets the household in, and shows everyone else one page that says how to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or the closed door with 403."""
        if is_known(request) or request.path_info.startswith(OPEN) or _is_public(request):
            return self.get_response(request)
        return render(request, "house/locked.html", status=403)


def _is_public(request: HttpRequest) -> bool:
    """True for an address that anyone may ask for in this way. Where pages are read, it holds for all below too."""
    for place, methods in PUBLIC.items():
        under = request.path_info.startswith(place) if "GET" in methods else request.path_info == place
        if under and request.method in methods:
            return True
    return False
