"""Asking ClamAV's daemon, on this machine or another one, whether there is a virus in a file.

The protocol is small (`man clamd`, INSTREAM): the pieces of a file go out with their lengths, one line comes back. The
libraries for it on PyPI are under the GPL or LGPL, know no IPv6, take the daemon's hanging up in the middle for a fault
of their own and so lose its reason, and set no time for the whole question; so it is written here.

Nothing but the bytes of the file goes out: no name, no person, no case.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

SECONDS_TO_REACH_IT: Final = 3.0
SECONDS_TO_LOOK: Final = 60.0
SECONDS_TO_PONG: Final = 2.0
PIECE: Final = 64 * 1024
LONGEST_ANSWER: Final = 1024
LONGEST_PORT: Final = 65_535
_FOUND: Final = re.compile(r"stream: (?P<what>.+) FOUND")
_UNIX: Final = "unix:"


class ScannerAway(Exception):
    """Nobody knows whether there is a virus in it: the daemon is away, too slow, or did not say."""


class TooLargeToScan(Exception):
    """The file is longer than the daemon takes (`StreamMaxLength` in its settings)."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """Where the daemon listens: the path of a socket, or host and port."""

    path: str = ""
    host: str = ""
    port: int = 0

    def found_in(self, pieces: Iterable[bytes]) -> str:
        """What it calls the virus in the file that these pieces make, or nothing if there is none.

        No more than a piece is held. Raises ScannerAway and TooLargeToScan.
        """
        with _Question(self, SECONDS_TO_LOOK) as question:
            answer = question.answer_to(_stream(pieces))
        found = _FOUND.fullmatch(answer)
        if found:
            return found["what"]
        if answer == "stream: OK":
            return ""
        if "size limit exceeded" in answer:
            raise TooLargeToScan(answer)
        raise ScannerAway(f"it said {answer!r}" if answer else "it hung up")

    def answers(self) -> bool:
        """True if it is there and ready."""
        try:
            with _Question(self, SECONDS_TO_PONG) as question:
                return question.answer_to([b"zPING\0"]) == "PONG"
        except ScannerAway:
            return False


def clamd_at(address: str) -> Clamd:
    """The daemon at `/path/of/a/socket`, `unix:/path`, `host:port` or `[::1]:port`. Raises ValueError for others."""
    path = address.removeprefix(_UNIX)
    if path.startswith("/"):
        return Clamd(path=path)
    host, _colon, port = address.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    if not bare or ("/" in bare) or (":" in bare) != host.startswith("[") or not (port.isascii() and port.isdigit()):
        raise ValueError(address)
    if not 0 < int(port) <= LONGEST_PORT:
        raise ValueError(address)
    return Clamd(host=bare, port=int(port))


def _stream(pieces: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    yield b"zINSTREAM\0"
    for whole in pieces:
        view = memoryview(whole)
        for start in range(0, len(view), PIECE):
            piece = view[start : start + PIECE]
            yield struct.pack("!L", len(piece))
            yield piece
    yield struct.pack("!L", 0)


class _Question:
    """One connection, which has to come to its end within so many seconds."""

    def __init__(self, daemon: Clamd, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        try:
            self._socket = _connected(daemon)
        except OSError as wrong:
            raise ScannerAway(str(wrong)) from wrong

    def __enter__(self) -> _Question:
        return self

    def __exit__(self, *_told: object) -> None:
        self._socket.close()

    def answer_to(self, sent: Iterable[bytes | memoryview]) -> str:
        """What it says. It may hang up before everything is sent, and then has said why. Raises ScannerAway."""
        try:
            return self._sent_and_heard(sent)
        except OSError as wrong:
            raise ScannerAway(str(wrong) or type(wrong).__name__) from wrong

    def _sent_and_heard(self, sent: Iterable[bytes | memoryview]) -> str:
        try:
            for piece in sent:
                self._hurry()
                self._socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            return self._heard()
        return self._heard()

    def _heard(self) -> str:
        found = b""
        while b"\0" not in found and len(found) < LONGEST_ANSWER:
            self._hurry()
            more = self._socket.recv(LONGEST_ANSWER)
            if not more:
                break
            found += more
        return found.partition(b"\0")[0].decode(errors="replace").strip()

    def _hurry(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("it took too long")
        self._socket.settimeout(left)


def _connected(daemon: Clamd) -> socket.socket:
    if not daemon.path:
        return socket.create_connection((daemon.host, daemon.port), timeout=SECONDS_TO_REACH_IT)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.settimeout(SECONDS_TO_REACH_IT)
        made.connect(daemon.path)
    except OSError:
        made.close()
        raise
    return made
