"""Sending the signers' copies: the worker's turn for what a page could not send, or did not get to."""

from __future__ import annotations

from gameplan.consents.copies import WAITING, send_next
from gameplan.watch.turns import Worker

TOGETHER = 20


def send_copies(worker: Worker) -> bool:
    """Send some of the copies that are due; a server that does not take one ends the turn."""
    for _number in range(TOGETHER):
        tried = send_next(worker.now())
        if tried is None or tried.state == WAITING:
            return False
        worker.count("copies sent", int(tried.state == tried.State.SENT))
    return True
