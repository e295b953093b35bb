"""Taking a zip apart in memory without trusting it: no bombs, no links, no names that lead elsewhere."""

from __future__ import annotations

import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gameplan.core.faults import Fault
from gameplan.exchange.faults import ExchangeError

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_FILES = 2000
MOST_LIST_BYTES = MOST_FILES * 600
MB = 1024 * 1024
STRONGEST_PACKING, FROM_SIZE = 200, MB
_END_LENGTH, _LAST_BYTES = 22, 42
BROKEN = (
    BadZipFile, LargeZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, OverflowError,
    RuntimeError,
)  # fmt: skip
"""What reading a broken zip may raise."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a kind of zip may be, in bytes: packed, unpacked, and each file; how to mend one that is not.

    `smaller`: for a zip that is too large; `again`: for a file in it; `copy_again`: for one that did not come whole.
    """

    packed: int
    whole: int
    file: int
    smaller: StrOrPromise
    again: StrOrPromise
    copy_again: StrOrPromise


CASE_ZIP = Limits(
    packed=500 * MB, whole=500 * MB, file=50 * MB, smaller=gettext_lazy("Choose the file that gameplan made."),
    again=gettext_lazy("Choose the file as gameplan made it."),
    copy_again=gettext_lazy("Choose the file that gameplan made, or copy it once more."),
)  # fmt: skip


def unpacked(content: bytes) -> tuple[dict[str, bytes], list[Fault]]:
    """The files of a zip by name, and everything that is wrong with it. Files with a fault are left out.

    Raises ExchangeError if it is no zip, or one so large that it is better not opened.
    """
    archive, entries, faults = opened(BytesIO(content), CASE_ZIP)
    files: dict[str, bytes] = {}
    with archive:
        for entry in entries:
            read = _read(archive, entry)
            if isinstance(read, Fault):
                faults.append(read)
            else:
                files[entry.filename] = read
    return files, faults


def opened(file: IO[bytes], limits: Limits) -> tuple[ZipFile, list[ZipInfo], list[Fault]]:
    """A zip that is read as it is needed: those of its files that may be read, and everything that is wrong with it.

    The caller closes the zip, and reads no more of a file than its `file_size`. Raises ExchangeError if it is no zip,
    or one so large that it is better not opened.
    """
    _look_before_opening(file, limits)
    try:
        archive = ZipFile(file)
    except BROKEN as error:
        raise ExchangeError([_not_whole(limits)]) from error
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > limits.whole:
        raise ExchangeError([_too_large(limits)])
    faults, fit = [*_repeated(entries)], []
    for entry in entries:
        wrong = list(_faults(entry, limits))
        faults += wrong
        if not wrong and not _is_folder(entry):
            fit.append(entry)
    return archive, fit, faults


def _not_whole(limits: Limits) -> Fault:
    return Fault("zip", _("This is not a whole zip file."), str(limits.copy_again))


def _too_large(limits: Limits) -> Fault:
    return Fault("zip", _("The zip file is too large."), str(limits.smaller))


def _look_before_opening(file: IO[bytes], limits: Limits) -> None:
    """Refuse what would be costly even to list. Only plain zips are read: no comment, no zip64."""
    size = file.seek(0, 2)
    if size > limits.packed:
        raise ExchangeError([_too_large(limits)])
    file.seek(max(0, size - _LAST_BYTES))
    last = file.read(_LAST_BYTES)
    end = last[-_END_LENGTH:]
    if len(end) < _END_LENGTH or not end.startswith(b"PK\x05\x06") or end[-2:] != b"\x00\x00":
        raise ExchangeError([_not_whole(limits)])
    count, list_bytes = struct.unpack("<HL", end[10:16])
    if count > MOST_FILES or list_bytes > MOST_LIST_BYTES or last[-_LAST_BYTES:-38] == b"PK\x06\x07":
        raise ExchangeError([_too_large(limits)])
    file.seek(0)


def _repeated(entries: list[ZipInfo]) -> Iterator[Fault]:
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            yield Fault(shown(name), _("This file is in the zip more than once."), _("Keep only one of them."))


def _faults(entry: ZipInfo, limits: Limits) -> Iterator[Fault]:
    name = shown(entry.orig_filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    again = str(limits.again)
    if not is_safe(entry.orig_filename.removesuffix("/")):
        yield Fault(name, _("This name leads out of the zip."), again)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        yield Fault(name, _("This is a link and not a file."), again)
    if entry.flag_bits & 0x1:
        yield Fault(name, _("This file is locked with a password."), _("Make the zip again without a password."))
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield Fault(name, _("This file is packed in a way that is not known here."), _("Use the usual zip format."))
    if _is_folder(entry) and entry.file_size:
        yield Fault(name, _("This folder has something in it that does not belong there."), again)
    if entry.file_size > limits.file or _is_bomb(entry):
        yield Fault(name, _("This file is too large."), again)


def _is_folder(entry: ZipInfo) -> bool:
    return entry.filename.endswith("/")


def _is_bomb(entry: ZipInfo) -> bool:
    return entry.file_size > FROM_SIZE and entry.file_size > STRONGEST_PACKING * max(1, entry.compress_size)


def _read(archive: ZipFile, entry: ZipInfo) -> bytes | Fault:
    damaged = Fault(shown(entry.filename), _("This file is damaged."), _("Copy the zip file once more."))
    try:
        with archive.open(entry) as file:
            content = file.read(entry.file_size + 1)
    except BROKEN:
        return damaged
    return content if len(content) == entry.file_size else damaged


def is_safe(name: str) -> bool:
    """True for a plain relative name: no way up, no drive, no back-stroke, nothing that cannot be seen."""
    parts = name.split("/")
    return name.isprintable() and not set(name) & set("\\:") and not any(part in ("", ".", "..") for part in parts)


def shown(name: str) -> str:
    """The name as it can be shown in a message."""
    kept = "".join(letter if letter.isprintable() else "?" for letter in name)
    return kept if len(kept) <= 80 else kept[:77] + "..."
