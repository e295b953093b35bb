"""The Django app of stored next dates and reminders."""

from __future__ import annotations

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """The duties of every case with their days, as last worked out."""

    name = "gameplan.watch"
    label = "watch"
