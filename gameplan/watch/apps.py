"""The Django app of stored next dates and reminders."""

from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """The duties of every case with their days, as last worked out."""

    name = "gameplan.watch"
    label = "watch"

    def ready(self) -> None:
        """Hear of every case that changes or goes."""
        from gameplan.cases.trail import changed, going
        from gameplan.watch.hearing import case_changed, case_goes

        changed.connect(case_changed, dispatch_uid="watch")
        going.connect(case_goes, dispatch_uid="watch")
