"""What the worker does for rosters: reads files that are too large to wait for, and takes in what was confirmed."""

from __future__ import annotations

from gameplan.arriving.turns import one_file
from gameplan.rosters.models import Take
from gameplan.rosters.receiving import read_now
from gameplan.rosters.taking import take_in
from gameplan.watch.turns import Worker


def take_rosters(worker: Worker) -> bool:
    """Read one file that waits, or take one in; True if more may wait."""
    did = one_file(
        Take.objects.select_related("place"), worker,
        read=lambda take, on: read_now(take, on=on),
        take=lambda take: take_in(take, by=take.taken_by),
    )  # fmt: skip
    return worker.count("rosters", int(did))
