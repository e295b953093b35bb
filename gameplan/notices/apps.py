"""The Django app of notices."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices as they were finished, deliveries with what proves them, and the languages of the family."""

    name = "gameplan.notices"
    label = "notices"

    def ready(self) -> None:
        """Say where notices and letters lie, so that they can be delivered."""
        from gameplan.notices import doors, shelf

        shelf.stock("notice", doors.paper_of_notice)
        shelf.stock("letter", doors.paper_of_letter)
