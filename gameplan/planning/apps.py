"""The Django app of plans."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plans as they are written, and each version as it was proposed and answered."""

    name = "gameplan.planning"
    label = "planning"

    def ready(self) -> None:
        from gameplan.cases.named import register
        from gameplan.planning.named import STEPS, VERSIONS

        for kind in (VERSIONS, STEPS):
            register(kind)
