"""What the worker does for cases that are brought in: reads large files, and brings in what was confirmed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gameplan.carrying.models import Batch
from gameplan.carrying.receiving import read_now, start
from gameplan.carrying.taking import take_in
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.rosters.faults import kept
from gameplan.watch.turns import Worker


def confirm(batch: Batch, *, person: Person, by: str) -> None:
    """Somebody says yes to a large file: the worker brings it in. Raises Refused if it is not previewed any more."""
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEWED)
    if not waiting.update(state=Batch.State.CONFIRMED, taken_by=by, role=person.role):
        raise Refused([Fault("batch", _("This file is not waiting to be brought in."), _("Choose the file again."))])


def take_cases(worker: Worker) -> bool:
    """Read one file that waits, or bring one in; True if more may wait."""
    _take_up(worker.now(), worker.lease)
    return worker.count("cases brought in", int(_read_one(worker.today()) or _take_one()))


def _take_up(now: datetime, lease: timedelta) -> None:
    """What a worker that died was reading waits again."""
    left = Batch.objects.filter(state=Batch.State.READING, worked_at__lt=now - lease)
    left.update(state=Batch.State.WAITING, cases_read=0)


def _read_one(on: date) -> bool:
    batch = Batch.objects.filter(state=Batch.State.WAITING).select_related("place", "school__parent").order_by("pk")
    found = batch.first()
    if found is None or not start(found):
        return False
    with translation.override(found.language):
        read_now(found, on=on)
    return True


def _take_one() -> bool:
    batch = Batch.objects.filter(state=Batch.State.CONFIRMED).order_by("pk").first()
    if batch is None:
        return False
    with translation.override(batch.language):
        try:
            take_in(batch, person=Person(batch.taken_by, batch.role), by=batch.taken_by)
        except Refused as refused:
            _say_why(batch, refused)
    return True


@transaction.atomic
def _say_why(batch: Batch, refused: Refused) -> None:
    faults = [kept(one) for one in refused.faults]
    still = Batch.objects.filter(pk=batch.pk, state=Batch.State.CONFIRMED)
    still.update(state=Batch.State.FAULTY, faults=faults, fault_count=len(faults))
