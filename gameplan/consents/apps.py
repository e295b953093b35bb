"""The Django app of permission and signatures."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """What was asked, what was answered, and who signed what."""

    name = "gameplan.consents"
    label = "consents"
