"""The Django app of notices."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices as they were finished, deliveries with what proves them, and the languages of the family."""

    name = "gameplan.notices"
    label = "notices"

    def ready(self) -> None:
        """Say where notices and letters lie, so that they can be delivered, and how the trail names what is here."""
        from gameplan.cases.named import register
        from gameplan.notices import doors, shelf
        from gameplan.notices.named import KINDS

        for kind in KINDS:
            register(kind)
        shelf.stock("notice", doors.paper_of_notice)
        shelf.stock("letter", doors.paper_of_letter)
