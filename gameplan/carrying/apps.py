"""The Django app of cases that are brought in."""

from __future__ import annotations

from django.apps import AppConfig


class CarryingConfig(AppConfig):
    """Cases from a district's former system."""

    name = "gameplan.carrying"
    label = "carrying"

    def ready(self) -> None:
        """Hear of every case that goes."""
        from gameplan.carrying.undoing import forget_line
        from gameplan.cases.trail import going

        going.connect(forget_line, dispatch_uid="carrying")
