"""A file arrives: it is kept in pieces until it is read, and read at once if it is small."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused, refuse
from gameplan.rosters.archive import ROSTER_ZIP
from gameplan.rosters.doors import Keeper
from gameplan.rosters.faults import Faults
from gameplan.rosters.models import Line, Piece, Roster, Take
from gameplan.rosters.plain.mapping import ColumnMapping, faults_in
from gameplan.rosters.reading import plain_header
from gameplan.rosters.staging import Tell, preview

PIECE = 1024 * 1024
SMALL = 256 * 1024
"""A file up to this size is read while somebody waits; a larger one is left to the worker."""
LONGEST_NAME = 120


@transaction.atomic
def receive(
    keeper: Keeper,
    chunks: Iterable[bytes],
    *,
    name: str,
    kind: str = "",
    mapping: Mapping[str, str] | None = None,
    language: str = "en",
) -> Take:
    """Keep a file that somebody gives, to be read: a take that waits; for a plain CSV file, first for its mapping.

    `kind`: "bulk" or "delta" for a file that does not say so itself. `mapping`: for plain CSV, which column says what,
    if that is said already; it is remembered. `language`: in which its faults are told.
    Raises Refused for an empty file, or one that is too large.
    """
    safe_name = "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:]
    take = Take.objects.create(
        place=keeper.place, by=keeper.by, file_name=safe_name, kind=kind or Take.Kind.BULK, mapping=dict(mapping or {}),
        sha256="", language=language,
    )  # fmt: skip
    digest, size = hashlib.sha256(), 0
    for number, piece in enumerate(_pieces(chunks)):
        digest.update(piece)
        size += len(piece)
        if size > ROSTER_ZIP.packed:
            raise Refused([Fault("file", _("The file is too large."), str(ROSTER_ZIP.smaller))])
        Piece.objects.create(take=take, number=number, content=piece)
    if not size:
        raise Refused([Fault("file", _("The file is empty."), _("Export it again, and choose it once more."))])
    take.sha256, take.size = digest.hexdigest(), size
    if mapping:
        Roster.objects.update_or_create(place=keeper.place, defaults={"mapping": dict(mapping)})
    elif header(take):
        take.state = Take.State.MAPPING
    take.save(update_fields=["sha256", "size", "state"])
    return take


def header(take: Take) -> tuple[str, ...]:
    """The header of a file that is plain CSV; empty for any other, and for one without a header that can be read."""
    with whole(take) as file:
        return plain_header(file, take.file_name, Faults())


def read_now(take: Take, *, on: date, tell: Tell | None = None) -> Take:
    """Read the file of a take that waits, and forget the file: the take is previewed then, or faulty."""
    with whole(take) as file:
        found = preview(take, file, on=on, tell=tell)
    Piece.objects.filter(take=take).delete()
    return found


@contextmanager
def whole(take: Take) -> Iterator[IO[bytes]]:
    """The file of a take that has not been read yet, in a file without a name."""
    with tempfile.TemporaryFile() as file:
        for content in Piece.objects.filter(take=take).order_by("number").values_list("content", flat=True).iterator(1):
            file.write(bytes(content))
        file.seek(0)
        yield file


@transaction.atomic
def drop(take: Take) -> None:
    """Somebody does not want the file: what was read of it is forgotten. Raises Refused once it is taken in."""
    open_ones = (Take.State.MAPPING, Take.State.WAITING, Take.State.FAULTY, Take.State.PREVIEWED, Take.State.CONFIRMED)
    changed = Take.objects.filter(pk=take.pk, state__in=open_ones).update(state=Take.State.DROPPED)
    if not changed:
        raise Refused([Fault("take", _("This file is taken in, or being read."), _("Undo it, or wait."))])
    Line.objects.filter(take=take).delete()
    Piece.objects.filter(take=take).delete()


def confirm(take: Take, mapping: Mapping[str, str]) -> Take:
    """The mapping of a plain CSV file, as a person confirmed it: now the file waits to be read.

    Raises Refused for a mapping that does not fit the file.
    """
    refuse(faults_in(ColumnMapping(mapping), header(take)))
    waiting = Take.objects.filter(pk=take.pk, state=Take.State.MAPPING)
    waiting.update(mapping=dict(mapping), state=Take.State.WAITING)
    Roster.objects.update_or_create(place=take.place, defaults={"mapping": dict(mapping)})
    take.refresh_from_db()
    return take


def is_small(take: Take) -> bool:
    """True for a file that is read and taken in while somebody waits."""
    return take.size <= SMALL


def start(take: Take) -> bool:
    """Take a waiting file in hand, to read it; False if somebody else has."""
    waiting = Take.objects.filter(pk=take.pk, state=Take.State.WAITING)
    return bool(waiting.update(state=Take.State.READING, worked_at=timezone.now()))


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        while len(held) >= PIECE:
            yield held[:PIECE]
            held = held[PIECE:]
    if held:
        yield held
