"""The Django app of papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Letters as they were finished, and what was sent to whom and when."""

    name = "gameplan.papers"
    label = "papers"

    def ready(self) -> None:
        from gameplan.cases.named import register
        from gameplan.papers.named import LETTERS, SENDINGS

        for kind in (LETTERS, SENDINGS):
            register(kind)
