"""The addresses of the API, below /api/v1/."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from gameplan.api.callers import public
from gameplan.api.making import api
from gameplan.api.openapi import document
from gameplan.api.problems import Problem, answer_to


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the API, for programs."""
    try:
        public(request)
    except Problem as problem:
        return answer_to(problem)
    return JsonResponse(document())


@csrf_exempt
def nothing_here(_request: HttpRequest) -> HttpResponse:
    """Below /api/v1/ an address that is none is told as a problem, too."""
    return answer_to(Problem("not-there"))


app_name = "api"
_urls: Any = api.urls
urlpatterns = [
    path("openapi.json", openapi, name="api-description"),
    *_urls[0],
    re_path("", nothing_here, name="api-nothing"),
]
