"""The Django app of cases."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Children, their timelines, calendars and papers."""

    name = "gameplan.cases"
    label = "cases"

    def ready(self) -> None:
        from gameplan.cases import named

        for kind in (named.FACTS, named.PAPERS, named.PINS):
            named.register(kind)
