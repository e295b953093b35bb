"""The Django app of notices."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices as they were finished, deliveries with what proves them, and the languages of the family."""

    name = "gameplan.notices"
    label = "notices"

    def ready(self) -> None:
        """Say where notices and letters lie, so that they can be delivered, and how the trail's names are checked."""
        from gameplan.cases.named import register, speaks_of
        from gameplan.notices import doors, shelf
        from gameplan.notices.named import NOTICES, SPEAKING

        shelf.stock("notice", doors.paper_of_notice)
        shelf.stock("letter", doors.paper_of_letter)
        register(NOTICES)
        speaks_of(*SPEAKING)
