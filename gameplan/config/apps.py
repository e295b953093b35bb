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
        """Load the checks, which Django finds; where people sign in, time queries and log who comes."""
        import_module("gameplan.config.checks")
        if settings.GAMEPLAN_SHARED:
            from gameplan.config.running.metrics import time_queries
            from gameplan.config.running.sign_ins import listen

            connection_created.connect(time_queries)
            listen()
