"""The Django app of cases."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Children, their timelines, calendars and papers."""

    name = "gameplan.cases"
    label = "cases"
