"""The Django app of what is locked."""

from __future__ import annotations

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """Locked columns and the keys they need."""

    name = "gameplan.sealing"
    label = "sealing"
