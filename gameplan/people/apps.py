"""The Django app of people and organisations."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, organisations, and who holds which post."""

    name = "gameplan.people"
    label = "people"
