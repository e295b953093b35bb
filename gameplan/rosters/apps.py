"""The Django app of rosters."""

from __future__ import annotations

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Pupils, staff and schools from other systems."""

    name = "gameplan.rosters"
    label = "rosters"
