"""What one side's view of a case comes to on a day: the rows of its open duties, and until when they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gameplan.cases.trail import digest_of
from gameplan.core import facts
from gameplan.core.assess import duties_of
from gameplan.core.entries import Law
from gameplan.core.standing import Duty
from gameplan.law import law_for
from gameplan.watch.models import NEVER
from gameplan.watch.noting import Notes, NotingDay, plain

COLUMNS = (
    "pack", "clock", "started_by", "number", "kind", "area", "title", "owed_by", "owed_to", "status", "confidence",
    "started", "due", "due_earliest", "due_latest", "next_on",
)  # fmt: skip
DIGITS = 16


@dataclass(frozen=True, slots=True)
class Worked:
    """The rows of a side (each the values of COLUMNS), the first day on which they may differ, and of what facts."""

    rows: tuple[Mapping[str, Any], ...]
    changes_on: date
    told: str


def digest_of_view(told: facts.Case) -> str:
    """A digest of all that the engine reads of a case."""
    lean = [
        (one.id, one.kind, one.on, one.data, one.said_by, one.planned, one.corrects, one.account_of, one.withdrawn)
        for one in told.facts
    ]
    child = told.child
    return digest_of([repr((child.born, child.state, told.calendars)), lean])[:DIGITS]


def work_out(told: facts.Case, digest: str, on: date) -> Worked:
    """Every open duty of the case on that day, as the engine says, and until when that stays as it is."""
    notes = Notes(on)
    law = law_for(told.child.state)
    rows = tuple(rows_of(duties_of(told, law, on=NotingDay(notes)), law))
    return Worked(rows, notes.changes_on, digest)


def rows_of(duties: Iterable[Duty], law: Law) -> Iterator[Mapping[str, Any]]:
    """The duties that still ask something of somebody, as columns; those that begin only on a day to come, too."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for duty in duties:
        if is_kept(duty):
            yield _row(duty, seen[duty.key], law)
            seen[duty.key] += 1


def is_kept(duty: Duty) -> bool:
    """True for a duty that is open, or begins on a day that is known; not for a right that has lapsed."""
    if duty.status == "not-started":
        return duty.started is not None or duty.due is not None
    return duty.is_open and not duty.lapsed


def _row(duty: Duty, number: int, law: Law) -> Mapping[str, Any]:
    due, first, last = plain(duty.due), plain(duty.due_earliest), plain(duty.due_latest)
    clock = law.clock(duty.clock, duty.pack)
    area = clock.area if clock else ""
    title = {"text": duty.title.text} | ({"values": dict(duty.title.values)} if duty.title.values else {})
    told = (
        duty.pack, duty.clock, duty.started_by, number, duty.kind, area, title, list(duty.owed_by), list(duty.owed_to),
        duty.status, duty.confidence, plain(duty.started), due, first, last, due or first or NEVER,
    )  # fmt: skip
    return dict(zip(COLUMNS, told, strict=True))
