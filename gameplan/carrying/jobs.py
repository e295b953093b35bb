"""What the worker does for cases that are brought in: reads large files, and brings in what was confirmed."""

from __future__ import annotations

from gameplan.arriving.turns import one_file
from gameplan.carrying.models import Batch
from gameplan.carrying.receiving import read_now
from gameplan.carrying.taking import take_in
from gameplan.cases.people import Person
from gameplan.watch.turns import Worker


def take_cases(worker: Worker) -> bool:
    """Read one file that waits, or bring one in; True if more may wait."""
    did = one_file(
        Batch.objects.select_related("place", "school__parent"), worker,
        read=lambda batch, on: read_now(batch, on=on),
        take=lambda batch: take_in(batch, person=Person(batch.taken_by, batch.role), by=batch.taken_by),
    )  # fmt: skip
    return worker.count("cases brought in", int(did))
