"""That the worker is alive: each writes down its turns now and then, so that every machine can see it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max, Q, Sum

from gameplan.config.models import Beat

EVERY = timedelta(seconds=20)
KEPT_FOR = timedelta(days=2)
"""A worker that has not been seen for so long is forgotten."""
AHEAD = timedelta(minutes=5)
"""What is written further ahead than this is from before a clock was set back, and tells of nobody who lives."""


@dataclass
class Pulse:
    """The beats of one worker: `took_a_turn` after each turn writes one down every `EVERY`."""

    now: Callable[[], datetime]
    name: str = field(default_factory=lambda: f"{socket.gethostname()[:100]}:{os.getpid()}")
    turns: int = 0
    written_at: datetime | None = None
    began_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.now()

    def took_a_turn(self) -> None:
        """Count a turn, and write it down if it is time (a clock that was set back makes it time)."""
        self.turns += 1
        at = self.now()
        if self.written_at and abs(at - self.written_at) < EVERY:
            return
        told = {"began_at": self.began_at, "at": at, "turns": self.turns}
        Beat.objects.update_or_create(name=self.name, defaults=told)
        Beat.objects.filter(Q(at__lt=at - KEPT_FOR) | Q(at__gt=at + AHEAD)).delete()
        self.written_at = at


def last_turn() -> datetime | None:
    """When any worker took its last turn, or None where none ever did."""
    found: datetime | None = Beat.objects.aggregate(at=Max("at"))["at"]
    return found


def turns_taken() -> int:
    """How many turns the workers have taken that are not forgotten."""
    found: int = Beat.objects.aggregate(turns=Sum("turns", default=0))["turns"]
    return found
