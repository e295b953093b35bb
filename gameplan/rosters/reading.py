"""A roster file of any form, read onto a desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext as _

from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import Faults
from gameplan.rosters.archive import JSON_STARTS, Archive, opened_archive
from gameplan.rosters.edfi.reading import read_edfi
from gameplan.rosters.oneroster.columns import NAMES
from gameplan.rosters.oneroster.manifest import MANIFEST
from gameplan.rosters.oneroster.reading import read_oneroster
from gameplan.rosters.plain.mapping import ColumnMapping, guess
from gameplan.rosters.plain.reading import header_of, read_plain
from gameplan.rosters.told import Told

ONEROSTER, EDFI, PLAIN = "oneroster", "ed-fi", "csv"
BULK = "bulk"


@contextmanager
def read_roster(
    file: IO[bytes], name: str, faults: Faults, *, mapping: Mapping[str, str] | None = None, kind: str = BULK
) -> Iterator[Told | None]:
    """What a roster file tells; None, with faults noted, if it cannot be taken in.

    `mapping`: for a plain CSV file, which column says what; without one it is guessed. `kind`: whether a file that does
    not say so itself (Ed-Fi, plain CSV) is all of the roster ("bulk") or only what changed ("delta").
    """
    with Desk() as desk, opened_archive(file, name, faults) as archive:
        told = _read(archive, desk, faults, mapping, kind or BULK) if archive else None
        yield None if faults else told


def _read(archive: Archive, desk: Desk, faults: Faults, mapping: Mapping[str, str] | None, kind: str) -> Told | None:
    form = form_of(archive)
    if form == ONEROSTER:
        return read_oneroster(archive, desk, faults)
    if form == EDFI:
        return read_edfi(archive, desk, faults, kind=kind)
    if len(archive.files) != 1:
        what = _("There is more than one file, and neither OneRoster nor Ed-Fi.")
        faults.add("zip", what, _("Choose a OneRoster zip, Ed-Fi’s JSON files, or one CSV file."))
        return None
    columns = ColumnMapping(mapping) if mapping else guess(header_of(archive, faults))
    return None if faults else read_plain(archive, columns, desk, faults, kind=kind)


def form_of(archive: Archive) -> str:
    """How the files are written: "oneroster", "ed-fi" or "csv"."""
    stems = {name.removesuffix(".csv") for name in archive.files}
    if archive.is_zip and (MANIFEST in archive.files or len(stems & set(NAMES["1.2"])) > 1):
        return ONEROSTER
    if any(name.lower().endswith(".json") for name in archive.files) or _starts_as_json(archive):
        return EDFI
    return PLAIN


def plain_header(file: IO[bytes], name: str, faults: Faults) -> tuple[str, ...]:
    """The header of a file if it is plain CSV, which needs a mapping; else empty. Faults are noted."""
    with opened_archive(file, name, faults) as archive:
        if archive is None or form_of(archive) != PLAIN or len(archive.files) != 1:
            return ()
        return header_of(archive, faults)


def _starts_as_json(archive: Archive) -> bool:
    if archive.is_zip:
        return False
    (name,) = archive.files
    return archive.open(name).read(16).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS)
