"""The Django app of papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Letters as they were finished, and what was sent to whom and when."""

    name = "gameplan.papers"
    label = "papers"
