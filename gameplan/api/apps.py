"""The Django app of programs of others."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The same doors and verbs over HTTP."""

    name = "gameplan.api"
    label = "api"
