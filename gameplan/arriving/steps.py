"""What becomes of a file: taken in hand, read, confirmed, taken in, undone, dropped. Two never do the same step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults, kept
from gameplan.arriving.models import Arrival, FileLine
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

State = Arrival.State
OPEN = (State.PREVIEWED, State.CONFIRMED)
LEFT_LYING = (State.MAPPING, State.WAITING, State.FAULTY, State.PREVIEWED)
KEPT_FOR = timedelta(days=14)
UNCLEAR = "unclear"
"""The kind of a line of which a person has to say which child it is."""
Tell = Callable[[int], None]
"""Hears how far something is: how many rows or cases are done."""
A = TypeVar("A", bound=Arrival)
L = TypeVar("L", bound=models.Model)


def start(arrival: Arrival) -> bool:
    """Take a waiting file in hand, to read it; False if somebody else has."""
    return arrival.moves(State.WAITING, to=State.READING, worked_at=timezone.now())


@transaction.atomic
def keep_reading(arrival: Arrival, counts: Mapping[str, int], faults: Faults) -> None:
    """End the reading of a file, which is forgotten: it is previewed, or faulty with nothing left but what is wrong."""
    arrival.state = State.FAULTY if faults else State.PREVIEWED
    arrival.counts = {} if faults else dict(counts)
    arrival.faults, arrival.fault_count = [kept(one) for one in faults.first], faults.count
    if faults:
        arrival.lines.all().delete()
    arrival.pieces.all().delete()
    arrival.worked_at = timezone.now()
    arrival.save()


def has_read(arrival: Arrival, number: int, tell: Tell | None) -> None:
    """Say how far the reading is, and that whoever reads is alive."""
    arrival.row().update(**{arrival.progress: number}, worked_at=timezone.now())
    if tell:
        tell(number)


def undecided(arrival: A, number: int, same_as: UUID | None) -> Any:
    """The unclear line of that number, while its preview is held until the transaction ends.

    Raises Http404 if there is no such line, or the child (`same_as`) is none of its candidates; Refused if the file
    waits for nothing any more.
    """
    held = _held(arrival)
    line = held.lines.filter(pk=number, kind=UNCLEAR).first()
    if line is None or (same_as and str(same_as) not in line.candidates):
        raise Http404("There is no such line.")
    if held.state != State.PREVIEWED:
        raise _refused(arrival, _("This file is not waiting any more."), _("Look at the newest one."))
    return line


def say(line: FileLine, same_as: UUID | None, by: str, **what: object) -> None:
    """Keep what a person said of an unclear line: it is this child, or (None) another one. `what`: columns with it."""
    line.decided, line.decided_by = line.Said.SAME if same_as else line.Said.OTHER, by
    for name, value in what.items():
        setattr(line, name, value)
    line.save(update_fields=["decided", "decided_by", *what])


def confirm(arrival: Arrival, *, by: str, **more: Any) -> None:
    """Somebody says yes to a large file: the worker takes it in. Raises Refused if it is not previewed any more."""
    if not arrival.moves(State.PREVIEWED, to=State.CONFIRMED, taken_by=by, **more):
        raise _not_waiting(arrival)


def to_take(arrival: A) -> A:
    """The arrival, held until the transaction ends, to be taken in. Raises Refused if it is not previewed."""
    held = _held(arrival)
    if held.state not in OPEN:
        raise _not_waiting(arrival)
    return held


def taken(arrival: Arrival, *, by: str, counts: Mapping[str, int]) -> None:
    """It is taken in. `by`: the account, empty for the machine itself."""
    arrival.state, arrival.taken_at, arrival.taken_by = State.TAKEN, timezone.now(), by
    arrival.counts = dict(counts)
    arrival.save()


def to_undo(arrival: A) -> A:
    """The arrival, held until the transaction ends, to be undone. Raises Refused if it is not taken in."""
    held = _held(arrival)
    if held.state != State.TAKEN:
        raise _refused(arrival, str(arrival.words.not_in), str(arrival.words.only_in))
    return held


def undone(arrival: Arrival, *, by: str) -> None:
    """It is undone. `by`: the account, empty for the machine itself."""
    arrival.state, arrival.undone_at, arrival.undone_by = State.UNDONE, timezone.now(), by
    arrival.save(update_fields=["state", "undone_at", "undone_by"])


@transaction.atomic
def drop(arrival: Arrival) -> None:
    """Somebody does not want the file: what was read of it is forgotten. Raises Refused once it is taken in."""
    if not _dropped(arrival, State.MAPPING, State.WAITING, State.FAULTY, *OPEN):
        raise _refused(arrival, str(arrival.words.in_hand), _("Undo it, or wait."))


def forget_old(arrivals: models.QuerySet[A], now: datetime) -> None:
    """Forget what came long ago and was never taken in: it tells of children, and nobody waits for it."""
    for arrival in arrivals.filter(state__in=LEFT_LYING, at__lt=now - KEPT_FOR):
        with transaction.atomic():
            _dropped(arrival, *LEFT_LYING)


def blocks(lines: models.QuerySet[L], at_once: int) -> Iterator[list[L]]:
    """The lines of a query in the order of their ids, so many at once."""
    here = lines.order_by("pk")
    block = list(here[:at_once])
    while block:
        last = block[-1].pk
        yield block
        block = list(here.filter(pk__gt=last)[:at_once])


def _dropped(arrival: Arrival, *before: State) -> bool:
    """True if it was in one of these states: its lines and pieces are gone then."""
    if not arrival.moves(*before, to=State.DROPPED):
        return False
    arrival.lines.all().delete()
    arrival.pieces.all().delete()
    return True


def _held(arrival: A) -> A:
    return arrival.row().select_for_update(of=("self",)).select_related("place").get()


def _not_waiting(arrival: Arrival) -> Refused:
    return _refused(arrival, str(arrival.words.not_waiting), _("Choose the file again."))


def _refused(arrival: Arrival, what: str, mend: str) -> Refused:
    return Refused([Fault(arrival.words.name, what, mend)])
