"""What somebody sees when the program cannot answer: a plain page that says what became of what they sent."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

SECONDS_BEFORE_ANOTHER_TRY = 15
FULL = ("database or disk is full", "disk full", "no space left")


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; 503 with Retry-After where only the database or the disk is in the way."""
    error = sys.exc_info()[1]
    kinds = tuple(_causes(error))
    if any(_is_full(one) for one in kinds):
        return _come_back(request, _("There is no room left on the server"), is_full=True)
    if any(isinstance(one, OperationalError | InterfaceError) for one in kinds):
        return _come_back(request, _("gameplan cannot reach its records right now"), is_full=False)
    return server_error(request)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    is_of_database = isinstance(error, OperationalError)
    return is_of_database and any(words in str(error).lower() for words in FULL)


def _come_back(request: HttpRequest, title: str, *, is_full: bool) -> HttpResponse:
    """A page that needs nothing of what is broken: no session, no query."""
    sent = request.method not in ("GET", "HEAD")
    page = render_to_string("house/come_back.html", {"title": title, "is_full": is_full, "sent": sent})
    return HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS_BEFORE_ANOTHER_TRY)})
