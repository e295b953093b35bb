"""The Django app of cases that are brought in."""

from __future__ import annotations

from django.apps import AppConfig


class CarryingConfig(AppConfig):
    """Cases from a district's former system."""

    name = "gameplan.carrying"
    label = "carrying"
