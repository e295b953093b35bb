"""What is costly, or could be used to annoy others, may be done only so often where people have accounts.

Each limit counts twice: for the account, and, ten times as high, for the network address, which a whole school may
share. Who is over it gets a page with status 429 that says when to go on; nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gameplan.cases.people import is_known, person_of
from gameplan.people.limits import TooMany, address_of, spend

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
FOR_AN_ADDRESS: Final = 10
"""So many accounts may use up their limits behind one network address."""
FILES: Final = (".pdf", ".docx", ".csv", ".ics", ".xlsx", ".json")
INVITING: Final = frozenset({"web:people", "web:give-post", "web:meeting-invited", "web:join", "web:joining-begin"})
SEARCHES: Final = frozenset({"web:guide-search", "web:care", "web:care-for"})


@dataclass(frozen=True, slots=True)
class Limit:
    """What it is about, which requests it counts, and how many of them in how many seconds."""

    what: str
    counts: Callable[[HttpRequest, str], bool]
    most: int
    seconds: int


LIMITS: Final = (
    Limit("whole", lambda asked, name: name in ("web:zip", "web:import") and _is_costly(asked, name), 20, HOUR),
    Limit("file", lambda asked, _name: asked.path_info.endswith(FILES), 60, MINUTE),
    Limit("upload", lambda asked, _name: asked.method == "POST" and _has_files(asked), 120, HOUR),
    Limit("invite", lambda asked, name: asked.method == "POST" and name in INVITING, 60, HOUR),
    Limit("search", lambda asked, name: name in SEARCHES and bool(asked.GET), 120, MINUTE),
)


class LimitsMiddleware:
    """Counts what has a limit, and asks who is over it to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """The page that asks to wait, in place of the one that was asked for too often."""
        if not settings.GAMEPLAN_SHARED:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        try:
            for limit in LIMITS:
                if limit.counts(request, name):
                    _spend(limit, request)
        except TooMany as many:
            return _asked_to_wait(request, many.wait)
        return None


def _asked_to_wait(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "429.html", {"minutes": -(-seconds // MINUTE)}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _spend(limit: Limit, request: HttpRequest) -> None:
    """Raises TooMany."""
    if is_known(request):
        spend(limit.what, f"person:{person_of(request).id}", limit.most, seconds=limit.seconds)
    spend(limit.what, f"address:{address_of(request)}", limit.most * FOR_AN_ADDRESS, seconds=limit.seconds)


def _is_costly(request: HttpRequest, name: str) -> bool:
    """Taking a whole case out costs; of taking one in the page costs nothing."""
    return name == "web:zip" or request.method == "POST"


def _has_files(request: HttpRequest) -> bool:
    """True if a form with files was sent. Only its head is read."""
    return request.content_type == "multipart/form-data"
