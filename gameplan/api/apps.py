"""The Django app of programs of others."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The same doors and verbs over HTTP."""

    name = "gameplan.api"
    label = "api"

    def ready(self) -> None:
        """Hear of every case that goes."""
        from gameplan.api.once import forget_case
        from gameplan.cases.trail import going

        going.connect(forget_case, dispatch_uid="api")
