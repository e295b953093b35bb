"""The Django app of the house itself: its front door pages and its system checks."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Registers the checks of the set-up."""

    name = "gameplan.config"
    label = "house"

    def ready(self) -> None:
        """Load the checks; Django finds them by their decorator."""
        import_module("gameplan.config.checks")
