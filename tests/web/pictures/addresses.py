"""The addresses of the program, and one for each page that says what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.csrf import csrf_failure
from django.views.defaults import page_not_found, permission_denied, server_error

from gameplan.config.urls import urlpatterns as house


def not_found(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, LookupError("a page that is not here"))


def refused(request: HttpRequest) -> HttpResponse:
    return permission_denied(request, PermissionError("a page that is not yours"))


urlpatterns: list[URLPattern | URLResolver] = [
    *house,
    path("wrong/404/", not_found),
    path("wrong/403/", refused),
    path("wrong/500/", server_error),
    path("wrong/csrf/", csrf_failure),
]
