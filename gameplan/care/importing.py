"""Taking the NPPES file in: row by row, in batches, each batch and how far it reaches in one transaction.

Whoever is stopped in the middle, by a kill or by the power, begins again where the last whole batch ended and gets the
same listings as without the stop. A whole file takes the place of what was there before: what it does not name any more
goes, at the end and at once. A file of changes (`npidata_pfile_` over a week) only adds, changes and takes out what it
names.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from gameplan.care.models import Intake, Listing
from gameplan.care.nppes import BadRow, Provider, may_be_ours, npi_of, provider_of
from gameplan.care.nppes_files import FileFault, Opened, opened, records, row_of
from gameplan.care.writing import count_anew, write_listings
from gameplan.core.faults import Fault

BATCH = 5_000
ROWS_BETWEEN_BATCHES = 100_000
MOST_FAULTS_TOLD = 20
AT_ONCE = 500
MOST_FAULTY_SHARE = 0.05
FEWEST_TO_JUDGE = 1_000
Told = Callable[[int], None]


class NotTaken(Exception):
    """Raised when a file is not taken in although it can be read; `faults` says why and what to do."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(slots=True)
class _Batch:
    """What was read since the last whole batch."""

    found: dict[int, Provider] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    rows: int = 0
    faulty: int = 0

    @property
    def is_full(self) -> bool:
        return max(len(self.found), len(self.gone)) >= BATCH or self.rows >= ROWS_BETWEEN_BATCHES


def take_in(
    path: Path, *, states: Sequence[str] = (), anyway: bool = False, told: Told | None = None
) -> Intake:  # fmt: skip
    """Take a file in, or go on where it stopped; gives what came of it.

    `states`: only practices there, two letters each; nothing else is touched then. `told` hears the bytes done so far.
    `anyway`: although it was taken in before, or a newer one was. Raises FileFault for a file that cannot be read, and
    NotTaken for one that is here already, is older than what is here, or is being taken in by somebody else.
    """
    wanted = tuple(sorted({state.upper() for state in states}))
    with opened(path) as file:
        intake = _begun(file, wanted, anyway=anyway)
        _read(file, intake, frozenset(wanted), told)
        _finish(intake, wanted)
    return intake


def size_of(path: Path) -> int:
    """The bytes that `take_in` will tell of at the end. Raises FileFault as it does."""
    with opened(path) as file:
        return file.size


def _begun(file: Opened, states: tuple[str, ...], *, anyway: bool) -> Intake:
    """The intake of this file that has not ended yet, or a new one."""
    known = Intake.objects.filter(fingerprint=file.fingerprint, states=" ".join(states))
    stopped = known.filter(finished_at__isnull=True).first()
    if stopped:
        return stopped
    before = known.filter(finished_at__isnull=False).first()
    if before and not anyway:
        day = f"{before.finished_at:%Y-%m-%d}"
        raise NotTaken(Fault(file.name, f"it was taken in on {day} already.", "Add --anyway to take it in once more."))
    newer = Intake.objects.filter(finished_at__isnull=False, file_day__gt=file.day) if file.day else None
    if newer and newer.exists() and not anyway:
        raise NotTaken(Fault(file.name, "a newer file is here already.", "Take the newest, or add --anyway."))
    return Intake.objects.create(
        file_name=file.name, fingerprint=file.fingerprint, file_day=file.day, states=" ".join(states), size=file.size,
        only_changes=file.only_changes, place=file.begins,
    )  # fmt: skip


def _read(file: Opened, intake: Intake, states: frozenset[str], told: Told | None) -> None:
    batch, place = _Batch(), intake.place
    for record, place in records(file, intake.place):
        batch.rows += 1
        if intake.only_changes or may_be_ours(record):
            _look(record, file, intake, states, batch)
        if batch.is_full:
            _keep(intake, batch, place)
            batch = _Batch()
            if told:
                told(place)
    _refuse_if_not_whole(file, intake, batch, place)
    _keep(intake, batch, place)
    if told:
        told(place)


def _look(record: bytes, file: Opened, intake: Intake, states: frozenset[str], batch: _Batch) -> None:
    """Put what a row says into the batch. A later row about the same number takes the place of an earlier one."""
    try:
        row = row_of(record)
        provider = provider_of(row, file.columns, states)
        npi = provider.npi if provider else npi_of(row, file.columns)
    except (BadRow, csv.Error, UnicodeDecodeError) as error:
        what = "it is not text in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        batch.faulty += 1
        if len(batch.faults) < MOST_FAULTS_TOLD:
            batch.faults.append(f"row {intake.rows + batch.rows}: {what}")
        return
    if provider:
        batch.found[npi] = provider
        batch.gone.discard(npi)
    else:
        batch.found.pop(npi, None)
        batch.gone.add(npi)


def _keep(intake: Intake, batch: _Batch, place: int) -> None:
    """Write a batch and how far it reaches, together. Raises NotTaken if somebody else is further by now."""
    with transaction.atomic():
        removed = _remove(batch.gone, intake.states.split()) if intake.only_changes else 0
        write_listings(batch.found.values(), intake.pk)
        told = [*intake.faults, *batch.faults][:MOST_FAULTS_TOLD]
        after = {
            "place": place, "rows": intake.rows + batch.rows, "kept": intake.kept + len(batch.found),
            "faulty": intake.faulty + batch.faulty, "faults": told, "removed": intake.removed + removed,
        }  # fmt: skip
        same = Intake.objects.filter(pk=intake.pk, place=intake.place, rows=intake.rows, finished_at__isnull=True)
        if same.update(**after) != 1:
            raise NotTaken(
                Fault(intake.file_name, "somebody else is taking it in right now.", "Wait until they are done.")
            )
    for name, value in after.items():
        setattr(intake, name, value)


def _remove(npis: set[int], states: Sequence[str]) -> int:
    found, listed = 0, sorted(npis)
    there = Listing.objects.filter(state__in=states) if states else Listing.objects.all()
    for start in range(0, len(listed), AT_ONCE):
        found += there.filter(pk__in=listed[start : start + AT_ONCE]).delete()[0]
    return found


def _refuse_if_not_whole(file: Opened, intake: Intake, batch: _Batch, place: int) -> None:
    """Raises FileFault for a file that lacks rows or that is broken in many: nothing is removed because of it."""
    if place < file.size:
        raise FileFault(Fault(file.name, f"it ends after {place:,} of {file.size:,} bytes.", "Get the file again."))
    rows, faulty = intake.rows + batch.rows, intake.faulty + batch.faulty
    kept = intake.kept + len(batch.found)
    if kept + faulty >= FEWEST_TO_JUDGE and faulty > MOST_FAULTY_SHARE * (kept + faulty):
        what = f"{faulty:,} of the rows that matter cannot be read, of {rows:,} rows in all."
        raise FileFault(Fault(file.name, what, "Get the file again. What was there before stays."))


def _finish(intake: Intake, states: tuple[str, ...]) -> None:
    """The end: what a whole file does not name any more goes, and the made-up listings with it."""
    with transaction.atomic():
        old = Listing.objects.exclude(intake=intake.pk)
        if intake.only_changes:
            old = old.filter(intake__in=list(_made_up()))
        elif states:
            old = old.filter(state__in=states) | old.filter(intake__in=list(_made_up()))
        removed = old.delete()[0]
        intake.removed += removed
        intake.finished_at = timezone.now()
        intake.save(update_fields=["removed", "finished_at"])
    count_anew()


def _made_up() -> Iterable[int]:
    return Intake.objects.filter(made_up=True).values_list("pk", flat=True)
