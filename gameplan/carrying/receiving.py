"""Files arrive: a folder is read where it lies, an uploaded file is kept in pieces until it is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from gameplan.arriving.faults import Faults
from gameplan.arriving.pieces import keep_file, name_of, printable, whole
from gameplan.arriving.steps import Tell, forget_old
from gameplan.carrying.doors import Carrier
from gameplan.carrying.given import BATCH_ZIP, digest_of_folder, given_in_file, given_in_folder
from gameplan.carrying.models import Batch
from gameplan.carrying.staging import preview
from gameplan.people.models import Organisation

SMALL, FEW = 64 * 1024, 100
"""A file up to this size in bytes is read while somebody waits, and up to so many cases of it are brought in; more is
left to the worker."""
LONGEST_SOURCE = 80
FORMER_SYSTEM = "former system"


@transaction.atomic
def receive(
    carrier: Carrier, chunks: Iterable[bytes], *, name: str, source: str = "", school: Organisation | None = None,
    language: str = "en",
) -> Batch:  # fmt: skip
    """Keep a zip that somebody gives, to be read: a batch that waits.

    `source`: what the former system is called. `school` holds the cases whose file names no school. `language`: in
    which faults are told. Raises Refused for an empty file, or one that is too large.
    """
    forget_old(Batch.objects.filter(place=carrier.place), timezone.now())
    batch = Batch.objects.create(**_about(carrier, name, source, school, language))
    keep_file(batch, chunks, BATCH_ZIP)
    return batch


def read_now(batch: Batch, *, on: date, tell: Tell | None = None) -> Batch:
    """Read the file of a batch that waits, and forget the file: the batch is previewed then, or faulty."""
    faults = Faults()
    with whole(batch) as file, given_in_file(file, faults) as given:
        return preview(batch, given, faults, on=on, tell=tell)


def read_folder(
    carrier: Carrier, folder: Path, *, on: date, source: str = "", school: Organisation | None = None,
    tell: Tell | None = None,
) -> Batch:  # fmt: skip
    """Read the files of a folder where they lie: a batch that is previewed, or faulty. Raises OSError."""
    forget_old(Batch.objects.filter(place=carrier.place), timezone.now())
    sha256, size = digest_of_folder(folder)
    faults = Faults()
    batch = Batch.objects.create(
        **_about(carrier, folder.name, source, school, "en"), sha256=sha256, size=size, state=Batch.State.READING
    )
    with given_in_folder(folder, faults) as given:
        return preview(batch, given, faults, on=on, tell=tell)


def is_small(batch: Batch) -> bool:
    """True for a file that is read while somebody waits."""
    return batch.size <= SMALL


def has_few(batch: Batch) -> bool:
    """True for a previewed batch whose cases are brought in while somebody waits."""
    return sum(int(batch.counts.get(kind, 0)) for kind in ("new", "matched", "unclear")) <= FEW


def _about(carrier: Carrier, name: str, source: str, school: Organisation | None, language: str) -> dict[str, Any]:
    return {
        "place": carrier.place, "school": school, "by": carrier.by, "role": carrier.person.role, "language": language,
        "file_name": name_of(name), "source": printable(source).strip()[:LONGEST_SOURCE] or FORMER_SYSTEM,
    }  # fmt: skip
