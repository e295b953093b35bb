"""The Django app of organisations at work."""

from __future__ import annotations

from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    """Organisations, their calendars, assignments and caseloads."""

    name = "gameplan.districts"
    label = "districts"
