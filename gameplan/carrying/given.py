"""What somebody gives: a folder or zip with the templates or with portable case zips, or one such zip. Not trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gameplan.arriving.damaged import Damaged, careful
from gameplan.arriving.faults import Faults
from gameplan.carrying.columns import CASES, FACTS, KINDS, PLANS, README
from gameplan.exchange.case_zip import CASE_FILE
from gameplan.exchange.faults import ExchangeError
from gameplan.exchange.zip_guard import MB, Limits, opened, shown

BATCH_ZIP = Limits(
    packed=1024 * MB, whole=4096 * MB, file=500 * MB,
    smaller=gettext_lazy("Bring in one school after the other."),
    again=gettext_lazy("Zip the files themselves, without a folder and without a password."),
    copy_again=gettext_lazy("Make the zip again, or copy it once more."),
)  # fmt: skip
TEMPLATES, ZIPS = "templates", "zips"
MOST_CASE_ZIPS = 2_000
LARGEST_CASE_ZIP = 100 * MB
PIECE = 1024 * 1024
_BY_THE_WAY = ("__MACOSX/", ".", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Given:
    """The files that were given by name, in order, and which form they have: "templates" or "zips"."""

    form: str
    files: Mapping[str, Callable[[], IO[bytes]]]

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """One of the files, to be read once from its start. Reading raises Damaged if it is broken."""
        with ExitStack() as open_ones:
            yield careful(name, lambda: open_ones.enter_context(self.files[name]()))

    def content(self, name: str, most: int) -> bytes:
        """All bytes of one of the files, which are at most so many. Raises Damaged."""
        with self.open(name) as file:
            found = file.read(most + 1)
        if len(found) > most:
            raise Damaged(name)
        return found


@contextmanager
def given_in_folder(folder: Path, faults: Faults) -> Iterator[Given | None]:
    """The files of a folder; None, with faults noted, if they are neither templates nor zips of cases."""
    files = {one.name: partial(_in_folder, one) for one in sorted(folder.iterdir()) if one.is_file()}
    yield _of_files(files, faults)


@contextmanager
def given_in_file(file: IO[bytes], faults: Faults) -> Iterator[Given | None]:
    """What is in a zip; a portable zip of one case is a batch of one. None, with faults noted, if neither."""
    try:
        archive, entries, wrong = opened(file, BATCH_ZIP)
    except ExchangeError as error:
        faults.note(*error.faults)
        yield None
        return
    with archive:
        faults.note(*wrong)
        if any(one.filename == CASE_FILE for one in entries):
            yield None if faults else Given(ZIPS, {"case.zip": partial(_again, file)})
            return
        yield _of_files({one.filename: partial(_entry, archive, one) for one in entries}, faults)


def digest_of_folder(folder: Path) -> tuple[str, int]:
    """The SHA-256 over names and contents of the files of a folder, and their size in bytes."""
    digest, size = hashlib.sha256(), 0
    for path in sorted(one for one in folder.iterdir() if one.is_file()):
        digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0")
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    return digest.hexdigest(), size


def _in_folder(path: Path) -> IO[bytes]:
    return path.open("rb")


def _again(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return BytesIO(file.read(LARGEST_CASE_ZIP + 1))


def _entry(archive: ZipFile, entry: ZipInfo) -> IO[bytes]:
    return archive.open(entry)


def _of_files(files: Mapping[str, Callable[[], IO[bytes]]], faults: Faults) -> Given | None:
    own = {name: file for name, file in files.items() if not name.startswith(_BY_THE_WAY)}
    for name in own:
        if "/" in name:
            faults.add(shown(name), _("This file lies in a folder of the zip file."), str(BATCH_ZIP.again))
    if CASES in own:
        return _templates(own, faults)
    zips = {name: file for name, file in own.items() if name.lower().endswith(".zip")}
    if not zips and not faults:
        what = _("There is no cases.csv and no zip of a case.")
        faults.add("files", what, _("Fill in the templates, or take the zips that gameplan made."))
    if len(zips) > MOST_CASE_ZIPS:
        what = _("There are too many zips of cases at once.")
        faults.add("files", what, _("Bring in up to %(most)s at a time.") % {"most": MOST_CASE_ZIPS})
    return None if faults else Given(ZIPS, zips)


def _templates(files: Mapping[str, Callable[[], IO[bytes]]], faults: Faults) -> Given | None:
    known = (CASES, FACTS, PLANS)
    for name in files:
        if name not in (*known, KINDS, README) and name.lower().endswith((".csv", ".zip")):
            mend = _("Name it as the template is named, or take it out.")
            faults.add(shown(name), _("This is none of the templates."), mend)
    return None if faults else Given(TEMPLATES, {name: files[name] for name in known if name in files})
