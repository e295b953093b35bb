"""The Django app of the house itself: its front door pages and its system checks."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class HouseConfig(AppConfig):
    """Registers the checks of the set-up."""

    name = "gameplan.config"
    label = "house"

    def ready(self) -> None:
        """Load the checks; Django finds them by their decorator. Where people sign in, time what is asked."""
        import_module("gameplan.config.checks")
        if settings.GAMEPLAN_SHARED:
            from gameplan.config.running.metrics import time_queries

            connection_created.connect(time_queries)
