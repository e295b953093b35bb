"""Files arrive: a folder is read where it lies, an uploaded file is kept in pieces until it is read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.carrying.doors import Carrier
from gameplan.carrying.given import BATCH_ZIP, digest_of_folder, given_in_file, given_in_folder
from gameplan.carrying.models import Batch, Line, Piece
from gameplan.carrying.staging import Tell, preview
from gameplan.core.faults import Fault
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.rosters.faults import Faults

PIECE = 1024 * 1024
SMALL, FEW = 64 * 1024, 100
"""A file up to this size in bytes is read while somebody waits, and up to so many cases of it are brought in; more is
left to the worker."""
LONGEST_NAME, LONGEST_SOURCE = 120, 80
KEPT_FOR = timedelta(days=14)
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
    forget_old(carrier.place)
    batch = Batch.objects.create(**_about(carrier, name, source, school, language))
    digest, size = hashlib.sha256(), 0
    for number, piece in enumerate(_pieces(chunks)):
        digest.update(piece)
        size += len(piece)
        if size > BATCH_ZIP.packed:
            raise Refused([Fault("file", _("The file is too large."), str(BATCH_ZIP.smaller))])
        Piece.objects.create(batch=batch, number=number, content=piece)
    if not size:
        raise Refused([Fault("file", _("The file is empty."), _("Make it again, and choose it once more."))])
    batch.sha256, batch.size = digest.hexdigest(), size
    batch.save(update_fields=["sha256", "size"])
    return batch


def read_now(batch: Batch, *, on: date, tell: Tell | None = None) -> Batch:
    """Read the file of a batch that waits, and forget the file: the batch is previewed then, or faulty."""
    faults = Faults()
    with _whole(batch) as file, given_in_file(file, faults) as given:
        found = preview(batch, given, faults, on=on, tell=tell)
    Piece.objects.filter(batch=batch).delete()
    return found


def read_folder(
    carrier: Carrier, folder: Path, *, on: date, source: str = "", school: Organisation | None = None,
    tell: Tell | None = None,
) -> Batch:  # fmt: skip
    """Read the files of a folder where they lie: a batch that is previewed, or faulty. Raises OSError."""
    forget_old(carrier.place)
    sha256, size = digest_of_folder(folder)
    faults = Faults()
    batch = Batch.objects.create(
        **_about(carrier, folder.name, source, school, "en"), sha256=sha256, size=size, state=Batch.State.READING
    )
    with given_in_folder(folder, faults) as given:
        return preview(batch, given, faults, on=on, tell=tell)


def forget_old(place: Organisation) -> None:
    """Forget what was read long ago and never brought in: it tells of children, and nobody waits for it."""
    long_ago = timezone.now() - KEPT_FOR
    waiting = (Batch.State.PREVIEWED, Batch.State.FAULTY)
    for batch in Batch.objects.filter(place=place, state__in=waiting, at__lt=long_ago):
        drop(batch)


@transaction.atomic
def drop(batch: Batch) -> None:
    """Somebody does not want it: what was read is forgotten. Raises Refused once it is brought in."""
    states = (Batch.State.WAITING, Batch.State.FAULTY, Batch.State.PREVIEWED, Batch.State.CONFIRMED)
    if not Batch.objects.filter(pk=batch.pk, state__in=states).update(state=Batch.State.DROPPED):
        raise Refused([Fault("batch", _("This file is brought in, or being read."), _("Undo it, or wait."))])
    Line.objects.filter(batch=batch).delete()
    Piece.objects.filter(batch=batch).delete()


def is_small(batch: Batch) -> bool:
    """True for a file that is read while somebody waits."""
    return batch.size <= SMALL


def has_few(batch: Batch) -> bool:
    """True for a previewed batch whose cases are brought in while somebody waits."""
    return sum(int(batch.counts.get(kind, 0)) for kind in ("new", "matched", "unclear")) <= FEW


def start(batch: Batch) -> bool:
    """Take a waiting file in hand, to read it; False if somebody else has."""
    waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.WAITING)
    return bool(waiting.update(state=Batch.State.READING, worked_at=timezone.now()))


def _about(carrier: Carrier, name: str, source: str, school: Organisation | None, language: str) -> dict[str, Any]:
    def plain(words: str) -> str:
        return "".join(letter for letter in words if letter.isprintable())

    return {
        "place": carrier.place, "school": school, "by": carrier.by, "role": carrier.person.role, "language": language,
        "file_name": plain(name)[-LONGEST_NAME:], "source": plain(source).strip()[:LONGEST_SOURCE] or FORMER_SYSTEM,
    }  # fmt: skip


@contextmanager
def _whole(batch: Batch) -> Iterator[IO[bytes]]:
    """The file of a batch that has not been read yet, in a file without a name."""
    with tempfile.TemporaryFile() as file:
        pieces = Piece.objects.filter(batch=batch).order_by("number").values_list("content", flat=True)
        for content in pieces.iterator(1):
            file.write(bytes(content))
        file.seek(0)
        yield file


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield held[:PIECE]
            held = held[PIECE:]
    if held:
        yield held
