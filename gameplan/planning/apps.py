"""The Django app of plans."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Plans as they are written, and each version as it was proposed and answered."""

    name = "gameplan.planning"
    label = "planning"

    def ready(self) -> None:
        """Say where versions lie, so that they can be delivered, and how the trail names versions and steps."""
        from gameplan.cases.named import register
        from gameplan.notices import shelf
        from gameplan.planning import delivering
        from gameplan.planning.named import STEPS, VERSIONS

        for kind in (VERSIONS, STEPS):
            register(kind)
        shelf.stock(delivering.SORT, delivering.paper_of_version)
