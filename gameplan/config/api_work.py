"""Programs of others: the worker's turn for webhooks, and for what the API keeps no longer than it must."""

from __future__ import annotations

from gameplan.api.once import forget_old
from gameplan.api.telling import deliver_next, forget_old_events, spread
from gameplan.watch.turns import Worker

TOGETHER = 20


def tell_webhooks(worker: Worker) -> bool:
    """Put some events on their way, and deliver some."""
    now = worker.now()
    found = spread(now)
    worker.count("events told", found)
    number = 0
    while number < TOGETHER and deliver_next(worker.now()):
        number += 1
    worker.count("webhooks sent", number)
    if not found and not number:
        forget_old(now)
        forget_old_events(now)
    return found > 0 or number == TOGETHER
