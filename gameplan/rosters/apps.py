"""The Django app of rosters."""

from __future__ import annotations

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Pupils, staff and schools from other systems."""

    name = "gameplan.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Say how a pupil comes along where two cases become one."""
        from gameplan.rosters.of_cases import carry_pupil
        from gameplan.together.merging import CARRIERS

        CARRIERS["pupil"] = carry_pupil
