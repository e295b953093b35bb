"""The worker's turn with the files of a room: reads one that waits, or takes one in that was confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from gameplan.arriving.faults import kept
from gameplan.arriving.models import Arrival
from gameplan.arriving.steps import forget_old, start
from gameplan.people.refusals import Refused
from gameplan.watch.turns import Worker

State = Arrival.State
A = TypeVar("A", bound=Arrival)


def one_file(
    arrivals: QuerySet[A], worker: Worker, *, read: Callable[[A, date], object], take: Callable[[A], object]
) -> bool:
    """Read one file that waits, or take one in; True if more may wait. `arrivals`: all of the room's.

    `read` reads a file that is in hand, on that day; `take` takes one in. Faults are told in the language of whoever
    gave it. What a worker that died was reading waits again; what nobody wanted for long is forgotten.
    """
    forget_old(arrivals, worker.now())
    left = arrivals.filter(state=State.READING, worked_at__lt=worker.now() - worker.lease)
    left.update(state=State.WAITING, **{arrivals.model.progress: 0})
    waiting, confirmed = (arrivals.filter(state=one).order_by("pk").first() for one in (State.WAITING, State.CONFIRMED))
    if waiting is not None and start(waiting):
        with translation.override(waiting.language):
            read(waiting, worker.today())
        return True
    if confirmed is not None:
        with translation.override(confirmed.language):
            _take(confirmed, take)
    return confirmed is not None


def _take(arrival: A, take: Callable[[A], object]) -> None:
    try:
        take(arrival)
    except Refused as refused:
        _say_why(arrival, refused)


@transaction.atomic
def _say_why(arrival: Arrival, refused: Refused) -> None:
    faults = [kept(one) for one in refused.faults]
    arrival.moves(State.CONFIRMED, to=State.FAULTY, faults=faults, fault_count=len(faults))
