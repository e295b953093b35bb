"""The file that somebody gives: a zip of several files, or one file; opened without trusting it, read bit by bit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gameplan.arriving.damaged import careful
from gameplan.arriving.faults import Faults
from gameplan.exchange.faults import ExchangeError
from gameplan.exchange.zip_guard import MB, Limits, opened, shown

ROSTER_ZIP = Limits(
    packed=500 * MB, whole=4096 * MB, file=2048 * MB,
    smaller=gettext_lazy("Export only the files of a roster, one district at a time."),
    again=gettext_lazy("Zip the files of the roster themselves, without a folder and without a password."),
    copy_again=gettext_lazy("Export it again, or copy it once more."),
)  # fmt: skip
ZIP_START, JSON_STARTS = b"PK", (b"[", b"{")
_BY_THE_WAY = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True)
class Archive:
    """The files that were given, by name. A file that is no zip is the only one."""

    name: str
    files: Mapping[str, ZipInfo | None]
    _archive: ZipFile | None
    _plain: IO[bytes]

    @property
    def is_zip(self) -> bool:
        """True if it was a zip."""
        return self._archive is not None

    def open(self, name: str) -> IO[bytes]:
        """One of the files, to be read once from its start. Reading raises Damaged if it is broken."""
        return careful(name, lambda: self._opened(self.files[name]))

    def _opened(self, entry: ZipInfo | None) -> IO[bytes]:
        if self._archive is None or entry is None:
            self._plain.seek(0)
            return self._plain
        return self._archive.open(entry)


@contextmanager
def opened_archive(file: IO[bytes], name: str, faults: Faults) -> Iterator[Archive | None]:
    """What is in a file; None if it cannot be opened. What is wrong with it is noted."""
    file.seek(0)
    if file.read(2) != ZIP_START:
        yield Archive(name, {shown(name) or "file": None}, None, file)
        return
    try:
        archive, entries, wrong = opened(file, ROSTER_ZIP)
    except ExchangeError as error:
        faults.note(*error.faults)
        yield None
        return
    with archive:
        faults.note(*wrong)
        files = {one.filename: one for one in entries if not one.filename.startswith(_BY_THE_WAY)}
        _look_at_names(files, faults)
        yield None if faults else Archive(name, files, archive, file)


def _look_at_names(files: Mapping[str, ZipInfo], faults: Faults) -> None:
    """Note what lies where nobody looks: in a folder, or in a zip inside the zip."""
    if not files:
        faults.add("zip", _("There is nothing in the zip file."), str(ROSTER_ZIP.copy_again))
    for name in files:
        if name.lower().endswith(".zip"):
            faults.add(shown(name), _("This is a zip file inside the zip file."), _("Unpack it, and zip the files."))
        elif "/" in name:
            faults.add(shown(name), _("This file lies in a folder of the zip file."), str(ROSTER_ZIP.again))
