"""What can be proved of a delivery, how an e-mail stands, and what help with languages there is: the words for it."""

from __future__ import annotations

from enum import StrEnum


class What(StrEnum):
    """What is proved of a delivery."""

    QUEUED = "queued"
    TRIED = "tried"
    SENT = "sent"
    FAILED = "failed"
    OPENED = "opened"
    DOWNLOADED = "downloaded"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    CLOSED = "closed"


class State(StrEnum):
    """How a delivery stands: only an e-mail waits or fails."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Help(StrEnum):
    """What somebody asks for: an interpreter, a translation, or a notice told in words."""

    INTERPRETER = "interpreter"
    TRANSLATION = "translation"
    ORAL = "oral"
