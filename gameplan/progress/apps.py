"""The Django app of progress, minutes and extra help."""

from __future__ import annotations

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """What is measured, what was given, and what is said of it."""

    name = "gameplan.progress"
    label = "progress"

    def ready(self) -> None:
        """Say how what the trail names here is checked."""
        from gameplan.cases.named import register
        from gameplan.progress.named import KINDS

        for kind in KINDS:
            register(kind)
