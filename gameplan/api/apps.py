"""The Django app of programs of others."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The same doors and verbs over HTTP."""

    name = "gameplan.api"
    label = "api"

    def ready(self) -> None:
        """Hear of every case that changes or goes, and of dates that move."""
        from gameplan.api.events import case_changed, dates_moved
        from gameplan.api.once import forget_case
        from gameplan.cases.trail import changed, going
        from gameplan.watch.refreshing import moved

        changed.connect(case_changed, dispatch_uid="api")
        moved.connect(dates_moved, dispatch_uid="api")
        going.connect(forget_case, dispatch_uid="api")
