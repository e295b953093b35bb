"""A file arrives: it is kept in pieces until it is read, and read at once if it is small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from gameplan.arriving.faults import Faults
from gameplan.arriving.pieces import keep_file, name_of, whole
from gameplan.arriving.steps import Tell, forget_old
from gameplan.people.refusals import refuse
from gameplan.rosters.archive import ROSTER_ZIP
from gameplan.rosters.doors import Keeper
from gameplan.rosters.models import Roster, Take
from gameplan.rosters.plain.mapping import ColumnMapping, faults_in
from gameplan.rosters.reading import plain_header
from gameplan.rosters.staging import preview

SMALL = 256 * 1024
"""A file up to this size is read while somebody waits; a larger one is left to the worker."""


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
    forget_old(Take.objects.filter(place=keeper.place), timezone.now())
    take = Take.objects.create(
        place=keeper.place, by=keeper.by, file_name=name_of(name), kind=kind or Take.Kind.BULK,
        mapping=dict(mapping or {}), language=language,
    )  # fmt: skip
    keep_file(take, chunks, ROSTER_ZIP)
    if mapping:
        Roster.objects.update_or_create(place=keeper.place, defaults={"mapping": dict(mapping)})
    elif header(take):
        take.state = Take.State.MAPPING
        take.save(update_fields=["state"])
    return take


def header(take: Take) -> tuple[str, ...]:
    """The header of a file that is plain CSV; empty for any other, and for one without a header that can be read."""
    with whole(take) as file:
        return plain_header(file, take.file_name, Faults())


def read_now(take: Take, *, on: date, tell: Tell | None = None) -> Take:
    """Read the file of a take that waits, and forget the file: the take is previewed then, or faulty."""
    with whole(take) as file:
        return preview(take, file, on=on, tell=tell)


def confirm(take: Take, mapping: Mapping[str, str]) -> Take:
    """The mapping of a plain CSV file, as a person confirmed it: now the file waits to be read.

    Raises Refused for a mapping that does not fit the file.
    """
    refuse(faults_in(ColumnMapping(mapping), header(take)))
    take.moves(Take.State.MAPPING, to=Take.State.WAITING, mapping=dict(mapping))
    Roster.objects.update_or_create(place=take.place, defaults={"mapping": dict(mapping)})
    take.refresh_from_db()
    return take


def is_small(take: Take) -> bool:
    """True for a file that is read and taken in while somebody waits."""
    return take.size <= SMALL
