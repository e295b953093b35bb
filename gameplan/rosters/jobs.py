"""What the worker does for rosters: reads files that are too large to wait for, and takes in what was confirmed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.rosters.faults import kept
from gameplan.rosters.models import Take
from gameplan.rosters.receiving import read_now, start
from gameplan.rosters.taking import take_in
from gameplan.watch.turns import Worker


def confirm_taking(take: Take, *, by: str) -> None:
    """Somebody says yes to a large file: the worker takes it in. Raises Refused if it is not previewed any more."""
    waiting = Take.objects.filter(pk=take.pk, state=Take.State.PREVIEWED)
    if not waiting.update(state=Take.State.CONFIRMED, taken_by=by):
        raise Refused([Fault("take", _("This file is not waiting to be taken in."), _("Choose the file again."))])


def take_rosters(worker: Worker) -> bool:
    """Read one file that waits, or take one in; True if more may wait."""
    _take_up(worker.now(), worker.lease)
    return worker.count("rosters", int(_read_one(worker.today()) or _take_one()))


def _take_up(now: datetime, lease: timedelta) -> None:
    """What a worker that died was reading waits again."""
    left = Take.objects.filter(state=Take.State.READING, worked_at__lt=now - lease)
    left.update(state=Take.State.WAITING, rows_read=0)


def _read_one(on: date) -> bool:
    take = Take.objects.filter(state=Take.State.WAITING).select_related("place").order_by("pk").first()
    if take is None or not start(take):
        return False
    with translation.override(take.language):
        read_now(take, on=on)
    return True


def _take_one() -> bool:
    take = Take.objects.filter(state=Take.State.CONFIRMED).order_by("pk").first()
    if take is None:
        return False
    with translation.override(take.language):
        try:
            take_in(take, by=take.taken_by)
        except Refused as refused:
            _say_why(take, refused)
    return True


@transaction.atomic
def _say_why(take: Take, refused: Refused) -> None:
    faults = [kept(one) for one in refused.faults]
    still = Take.objects.filter(pk=take.pk, state=Take.State.CONFIRMED)
    still.update(state=Take.State.FAULTY, faults=faults, fault_count=len(faults))
