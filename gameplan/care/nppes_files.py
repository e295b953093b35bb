"""The public NPPES file on disk: a CSV file, or the zip as it is downloaded; read row by row from any place in it.

A place is a count of bytes from the beginning of the CSV, at the end of a row. Pure of Django: nothing is stored here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from gameplan.care.nppes import Columns, MissingColumns, columns_of
from gameplan.core.faults import Fault

BLOCK = 1 << 20
ENDS = 1 << 16
MEMBER = re.compile(r"(?:^|/)npidata_pfile_[^/]*\.csv$", re.IGNORECASE)
HEADER_ONLY = re.compile(r"_?file_?header", re.IGNORECASE)
SPAN = re.compile(r"npidata_pfile_(\d{8})-(\d{8})", re.IGNORECASE)
DAYS_OF_CHANGES = 31
"""A file that spans no more days than this holds only what changed; the whole file begins in 2005."""
LONGEST_ROW = 1 << 20
GET_AGAIN = "Get the file again; an interrupted download is the usual reason."


class FileFault(Exception):
    """Raised when a file cannot be read as the NPPES file; `faults` says all that is wrong and how to mend it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True)
class Opened:
    """An NPPES file that is open.

    `name`: of the CSV itself. `size`: its bytes, unpacked. `fingerprint`: the same for the same content, another for
    any other file. `day`: the last day that its name says it covers, or None. `only_changes`: it has the changes of a
    week, not everybody. `begins`: the place of the first row after the header.
    """

    stream: BinaryIO
    name: str
    size: int
    fingerprint: str
    day: date | None
    only_changes: bool
    columns: Columns
    begins: int


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The file at a path, a CSV or a zip that holds one. Raises FileFault with everything that is wrong with it."""
    with ExitStack() as held:
        try:
            file = held.enter_context(path.open("rb"))
        except OSError as error:
            raise FileFault(
                Fault(str(path), f"it cannot be opened: {error.strerror}.", "Check the name and the folder.")
            ) from error
        size = path.stat().st_size
        mark = _fingerprint(file, size)
        if path.suffix.lower() == ".zip" or _looks_like_zip(file):
            name, size, stream = _member(held, file, path)
        else:
            name, stream = path.name, io.BufferedReader(cast(io.RawIOBase, file), BLOCK)
        columns, begins = _header(stream, name)
        day, only_changes = span_of(name)
        yield Opened(stream, name, size, f"{mark}:{name}"[:120], day, only_changes, columns, begins)


def records(file: Opened, place: int) -> Iterator[tuple[bytes, int]]:
    """Each row after a place, as bytes, and the place where it ends. A row may hold line breaks inside quotes.

    Raises FileFault where the file breaks off in the middle of a row or the zip is damaged.
    """
    try:
        yield from _records(file, place)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise FileFault(Fault(file.name, f"the zip is damaged ({error}).", GET_AGAIN)) from error


def _records(file: Opened, place: int) -> Iterator[tuple[bytes, int]]:
    stream = file.stream
    stream.seek(place)
    for line in stream:
        place += len(line)
        record = line
        while record.count(b'"') % 2:
            more = stream.readline()
            if not more or len(record) > LONGEST_ROW:
                raise FileFault(
                    Fault(file.name, f"it breaks off in the middle of a row, near byte {place:,}.", GET_AGAIN)
                )
            place += len(more)
            record += more
        if not record.endswith(b"\n") and len(row_of(record)) != file.columns.width:
            raise FileFault(Fault(file.name, f"its last row breaks off, near byte {place:,}.", GET_AGAIN))
        yield record, place


def row_of(record: bytes) -> list[str]:
    """The values of a row. Raises UnicodeDecodeError if it is not UTF-8, csv.Error if its quotes are wrong."""
    return next(csv.reader((record.decode(),), strict=True), [])


def span_of(name: str) -> tuple[date | None, bool]:
    """The last day that the name of a file says it covers, and whether it holds only the changes of some days."""
    found = SPAN.search(name)
    if not found:
        return None, False
    try:
        first, last = (date(int(day[:4]), int(day[4:6]), int(day[6:])) for day in found.groups())
    except ValueError:
        return None, False
    return last, (last - first).days <= DAYS_OF_CHANGES


def _fingerprint(file: BinaryIO, size: int) -> str:
    """A mark of the content that is found without reading gigabytes: the length, the beginning and the end."""
    digest = hashlib.sha256(str(size).encode())
    file.seek(0)
    digest.update(file.read(ENDS))
    file.seek(max(0, size - ENDS))
    digest.update(file.read(ENDS))
    file.seek(0)
    return digest.hexdigest()[:40]


def _looks_like_zip(file: BinaryIO) -> bool:
    start = file.read(4)
    file.seek(0)
    return start == b"PK\x03\x04"


def _member(held: ExitStack, file: BinaryIO, path: Path) -> tuple[str, int, BinaryIO]:
    """The CSV in a zip: its name, its bytes unpacked, and itself."""
    try:
        packed = held.enter_context(zipfile.ZipFile(file))
        found = [
            one for one in packed.infolist() if MEMBER.search(one.filename) and not HEADER_ONLY.search(one.filename)
        ]
        if not found:
            inside = ", ".join(one.filename for one in packed.infolist()[:6]) or "nothing"
            mend = "Take the zip with npidata_pfile_....csv in it, from the page of the NPI files."
            raise FileFault(Fault(str(path), f"there is no NPPES file in this zip. In it: {inside}.", mend))
        chosen = max(found, key=lambda one: one.file_size)
        inner = held.enter_context(packed.open(chosen))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise FileFault(Fault(str(path), f"this zip cannot be opened ({error}).", GET_AGAIN)) from error
    return chosen.filename.rpartition("/")[2], chosen.file_size, io.BufferedReader(cast(io.RawIOBase, inner), BLOCK)


def _header(stream: BinaryIO, name: str) -> tuple[Columns, int]:
    """The columns that the header names, and where the first row begins."""
    try:
        line = stream.readline(LONGEST_ROW)
        header = next(csv.reader((line.decode("utf-8-sig"),)), [])
        return columns_of(header), len(line)
    except UnicodeDecodeError as error:
        mend = "The file is UTF-8 as it is downloaded. Take it as it came, or save it as CSV in UTF-8."
        raise FileFault(Fault(f"{name}, header", "it is not text in UTF-8.", mend)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise FileFault(Fault(name, f"the zip is damaged ({error}).", GET_AGAIN)) from error
    except (csv.Error, MissingColumns) as error:
        raise FileFault(*_lacking(name, error)) from error


def _lacking(name: str, error: Exception) -> tuple[Fault, ...]:
    columns = error.columns if isinstance(error, MissingColumns) else ()
    if not columns:
        return (Fault(f"{name}, header", "the first line is no row of a CSV file.", GET_AGAIN),)
    mend = "Take the file as it is downloaded; the first line has to be its header."
    return tuple(Fault(f"{name}, header", f'the column "{column}" is not there.', mend) for column in columns)
