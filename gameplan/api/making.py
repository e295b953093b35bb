"""The API as a whole: every address, and what becomes of an exception."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from gameplan.api.problems import answer_to, problem_of
from gameplan.api.routes import (
    calendars,
    cases,
    consents,
    facts,
    hooks,
    law,
    letters,
    papers,
    places,
    plans,
    progress,
    standing,
)

TITLE: Final = "gameplan"
VERSION: Final = "1"
ROUTERS: Final = (
    cases.router, standing.router, facts.router, calendars.router, papers.router, letters.router, plans.router,
    consents.router, progress.router, places.router, hooks.router, law.router,
)  # fmt: skip

api = NinjaAPI(title=TITLE, version=VERSION, urls_namespace="api", docs_url=None, openapi_url=None)
for _router in ROUTERS:
    api.add_router("", _router)


def went_wrong(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The problem that an exception means. Raises what is nobody's fault but ours: that goes into the log."""
    problem = problem_of(error) if isinstance(error, Exception) else None
    if problem is None:
        raise error
    return answer_to(problem)


for _kind in (Exception, Http404, HttpError, ValidationError):  # ninja has its own for each of these
    api.add_exception_handler(_kind, went_wrong)
