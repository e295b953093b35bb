"""The addresses: the front door, health, the language, signing in, and the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from gameplan.config.doorkeeper import open_door
from gameplan.config.links import OPEN
from gameplan.config.running import health
from gameplan.config.running.metrics import metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{OPEN.strip('/')}/<str:token>/", open_door, name="open"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("language/", require_POST(set_language), name="set_language"),
    path("", include("gameplan.web.accounts.urls")),
    path("", include("gameplan.web.urls")),
    path("api/v1/", include("gameplan.api.urls")),
]

handler500 = "gameplan.config.running.failing.broken"
