"""Passwords that were stolen elsewhere, looked up in a file on this machine: nothing of them ever leaves it.

The file is the one that the downloader of Have I Been Pwned writes: a line for each password with its SHA-1 and how
often it was seen, `HASH:COUNT`, sorted by the hash. It has tens of gigabytes. A hash is found by halving the file some
twenty times; no more than a few kilobytes of it are in memory. The file is opened for each password, so that a newer
one may take its place while the program runs.

A file that is not what it should be is told, at the start and wherever it is noticed later: never "not found".
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha1
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

LETTERS_OF_A_HASH: Final = 40
LONGEST_LINE: Final = 64
BLOCK: Final = 4096
LINES_FIRST_LOOKED_AT: Final = 50
SAMPLES: Final = 24
FULL: Final = 16**LETTERS_OF_A_HASH
WIDEST_GAP: Final = 40
"""Hashes lie evenly. That so many times the usual gap is empty at an end happens in no whole list (e to the -40)."""
_LINE: Final = re.compile(rb"([0-9A-Fa-f]{40}):\d{1,12}\r?")
_OF_WINDOWS: Final = re.compile(rb"[0-9A-Fa-f]{32}:\d{1,12}\r?")
_OF_A_RANGE: Final = re.compile(rb"[0-9A-Fa-f]{35}:\d{1,12}\r?")


class NotTheList(Exception):
    """The file is not what it should be. The words say what is wrong, and how to mend it."""


def is_breached(password: str, path: Path) -> bool:
    """True if the password is one of the list. Raises NotTheList, or OSError if the file cannot be read."""
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb", buffering=0) as file:
        return _is_in(file, os.fstat(file.fileno()).st_size, wanted)


def fault_of(path: Path) -> str:
    """What is wrong with the file, and how to mend it, or nothing. Its first lines and some samples are read."""
    try:
        if path.is_dir():
            return "it is a folder. Download the list as one single file."
        with path.open("rb", buffering=0) as file:
            _look_at(file, os.fstat(file.fileno()).st_size)
    except OSError as wrong:
        return f"it cannot be read ({wrong}). Name a file that this user may read."
    except NotTheList as wrong:
        return str(wrong)
    return ""


def _is_in(file: IO[bytes], size: int, wanted: bytes) -> bool:
    """The line of `wanted`, if there is one, begins at `low` or behind it, and before `high`."""
    low, high, lowest, highest = 0, size, b"", b"G"
    while high - low > BLOCK:
        middle = (low + high) // 2
        start, found = _first_behind(file, middle)
        if not lowest < found < highest:
            raise _not_sorted()
        if found <= wanted:
            low, lowest = start, found
        else:
            high, highest = middle + 1, found
    lines = [found for start, found in _lines(file, low, high - low + LONGEST_LINE) if start < high]
    if any(before >= after for before, after in pairwise(lines)):
        raise _not_sorted()
    return wanted in lines


def _look_at(file: IO[bytes], size: int) -> None:
    """Raises NotTheList."""
    first = [found for _start, found in _lines(file, 0, LINES_FIRST_LOOKED_AT * LONGEST_LINE)]
    if not first:
        raise NotTheList("there is nothing in it. Download the list once more.")
    last = _last(file, size)
    behind = {_first_behind(file, size * number // SAMPLES) for number in range(1, SAMPLES)}
    samples = [found for start, found in sorted(behind) if start < size]
    if first != sorted(set(first)) or samples != sorted(samples) or max([*first, *samples]) > last:
        raise _not_sorted()
    gap = WIDEST_GAP * FULL * LONGEST_LINE // max(size, 1)
    if int(first[0], 16) > gap or FULL - int(last, 16) > gap:
        raise NotTheList("a part of the list is missing at its end or start. Download it once more.")


def _lines(file: IO[bytes], start: int, length: int) -> Iterator[tuple[int, bytes]]:
    """The whole lines in so many bytes from `start`, where one begins: where each stands, and its hash."""
    file.seek(start)
    read = _read(file, length)
    ends_here = len(read) < length
    *whole, rest = read.split(b"\n")
    for line in [*whole, rest] if ends_here and rest else whole:
        yield start, _hash_in(line)
        start += len(line) + 1


def _first_behind(file: IO[bytes], middle: int) -> tuple[int, bytes]:
    """The first line that begins behind `middle`: where it stands, and its hash; the last one if none does."""
    file.seek(middle)
    before, newline, rest = _read(file, 2 * LONGEST_LINE).partition(b"\n")
    if not newline and len(before) >= LONGEST_LINE:
        raise _not_of_the_form(before)
    if not rest:
        size = file.seek(0, os.SEEK_END)
        return size, _last(file, size)
    return middle + len(before) + 1, _hash_in(rest.partition(b"\n")[0])


def _last(file: IO[bytes], size: int) -> bytes:
    file.seek(max(0, size - 2 * LONGEST_LINE))
    return _hash_in(_read(file, 2 * LONGEST_LINE).rstrip(b"\r\n").rpartition(b"\n")[2])


def _read(file: IO[bytes], length: int) -> bytes:
    """So many bytes, or all that are left."""
    found = b""
    while len(found) < length and (more := file.read(length - len(found))):
        found += more
    return found


def _hash_in(line: bytes) -> bytes:
    found = _LINE.fullmatch(line)
    if not found:
        raise _not_of_the_form(line)
    return found[1].upper()


def _not_of_the_form(line: bytes) -> NotTheList:
    if _OF_WINDOWS.fullmatch(line):
        return NotTheList("it holds the hashes of Windows (NTLM). Download those of SHA-1.")
    if _OF_A_RANGE.fullmatch(line):
        return NotTheList("it is one part of many. Download the list as one single file.")
    return NotTheList("a line is not HASH:COUNT with a SHA-1 of 40 letters. Download the list once more.")


def _not_sorted() -> NotTheList:
    return NotTheList("it is not sorted by hash. Download the list that is, or sort it: LC_ALL=C sort -u FILE -o FILE.")
