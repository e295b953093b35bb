"""The Django app of finding care."""

from __future__ import annotations

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Providers, one's own entries, and where to turn in each State."""

    name = "gameplan.care"
    label = "care"
