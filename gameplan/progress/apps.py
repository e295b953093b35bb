"""The Django app of progress, minutes and extra help."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """What is measured, what was given, and what is said of it."""

    name = "gameplan.progress"
    label = "progress"

    def import_models(self) -> None:
        """The models are told in five modules, one for each thing that is kept."""
        super().import_models()
        for name in ("models_behavior", "models_daily", "models_minutes", "models_supports"):
            import_module(f"gameplan.progress.{name}")

    def ready(self) -> None:
        """Say how what the trail names here is checked, and where reports lie, so that they can be delivered."""
        from gameplan.cases.named import register
        from gameplan.notices import shelf
        from gameplan.progress import report_delivering
        from gameplan.progress.named import KINDS

        for kind in KINDS:
            register(kind)
        shelf.stock(report_delivering.SORT, report_delivering.paper_of_report)
