"""The Django app of permission and signatures."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """What was asked, what was answered, and who signed what."""

    name = "gameplan.consents"
    label = "consents"

    def ready(self) -> None:
        """Say how what the trail names here is checked."""
        from gameplan.cases.named import register
        from gameplan.consents.named import AGREEMENTS, CONSENTS, SIGNATURES

        for kind in (CONSENTS, SIGNATURES, AGREEMENTS):
            register(kind)
