"""Reading bytes that somebody gave: whatever is wrong with them, reading says Damaged."""

from __future__ import annotations

from collections.abc import Callable
from io import BufferedReader, RawIOBase
from typing import IO

from gameplan.exchange.zip_guard import BROKEN

_BUFFER = 64 * 1024


class Damaged(Exception):
    """Raised while a file of a zip is read, if its bytes are not what they should be."""


def careful(name: str, opened: Callable[[], IO[bytes]]) -> BufferedReader:
    """The file that `opened` opens, to be read once. Opening and reading raise Damaged if it is broken."""
    try:
        return BufferedReader(_Trusted(opened()), _BUFFER)
    except BROKEN as error:
        raise Damaged(name) from error


class _Trusted(RawIOBase):
    """A file that says Damaged for everything that reading it may raise, and stays open when it is closed here."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            read = self._file.read(len(buffer))
        except BROKEN as error:
            raise Damaged from error
        buffer[: len(read)] = read
        return len(read)
