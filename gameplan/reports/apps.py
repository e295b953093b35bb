"""The Django app of reports."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Counts, files of the State, worksheets and lists."""

    name = "gameplan.reports"
    label = "reports"
