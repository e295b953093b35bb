"""A stand-in for ClamAV's daemon: it speaks the same protocol, and finds one word in a file."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from io import BufferedIOBase
from pathlib import Path
from typing import Any

VIRUS = b"a very bad thing"
NAME = "Stand-In.Virus"
MOST = 2_000_000


class Way(Enum):
    """How it behaves."""

    LOOKS = "looks through the file and says what it found"
    SAYS_NOTHING = "takes the file and hangs up without a word"
    HANGS_UP = "hangs up in the middle of the file"
    SLEEPS = "takes the file and never answers"
    FAULT = "says that it could not look"


class StandIn:
    """What was sent to it, file by file."""

    def __init__(self, way: Way) -> None:
        self.way, self.files, self.address = way, list[bytes](), ""
        self.longest_piece = 0
        self.stopped = threading.Event()


@contextmanager
def clamd(way: Way = Way.LOOKS, *, at: Path | None = None) -> Iterator[StandIn]:
    """The daemon, at a port of this machine or at the path of a socket."""
    told = StandIn(way)

    class Answering(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _answer(told, self.rfile, self.wfile)

    server: Any
    if at:
        server = socketserver.ThreadingUnixStreamServer(str(at), Answering)
        told.address = str(at)
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering)
        told.address = f"127.0.0.1:{server.server_address[1]}"
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(told: StandIn, sent: BufferedIOBase, back: BufferedIOBase) -> None:
    command = _until_zero(sent)
    if command == b"zPING":
        back.write(b"PONG\0")
        return
    assert command == b"zINSTREAM"
    found = b""
    while length := int.from_bytes(sent.read(4), "big"):
        told.longest_piece = max(told.longest_piece, length)
        found += sent.read(length)
        if told.way is Way.HANGS_UP:
            return
        if len(found) > MOST:
            back.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
    told.files.append(found)
    if told.way is Way.SLEEPS:
        told.stopped.wait()
    if told.way is Way.FAULT:
        back.write(b"stream: Can't allocate memory ERROR\0")
    if told.way is Way.LOOKS:
        back.write(f"stream: {NAME} FOUND\0".encode() if VIRUS in found else b"stream: OK\0")


def _until_zero(sent: BufferedIOBase) -> bytes:
    found = b""
    while (letter := sent.read(1)) not in (b"\0", b""):
        found += letter
    return found
