"""A mail server that takes every mail, and remembers it before it says yes."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from email import message_from_bytes
from types import TracebackType
from typing import Self


class _Talk(socketserver.StreamRequestHandler):
    """One connection: as much SMTP as a client needs."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.strip().upper()[:4]
            if word == b"DATA":
                self._say("354 go on")
                server.told.take(self._body())
            if word == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 yes")

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    told: MailServer

    def handle_error(self, *_told: object) -> None:
        """A client that was killed is no fault of the server."""


class MailServer:
    """Listens on `port`; `ids` counts each Message-ID, `slow` is how long a mail takes in seconds."""

    def __init__(self, slow: float = 0.0) -> None:
        self.slow = slow
        self.ids: Counter[str] = Counter()
        self.to: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Talk)
        self._server.told = self
        self.port: int = self._server.server_address[1]

    def take(self, body: bytes) -> None:
        """Remember a mail, then take the time it takes to say yes."""
        mail = message_from_bytes(body)
        with self._lock:
            self.ids[mail["Message-ID"]] += 1
            self.to[mail["To"]] += 1
        time.sleep(self.slow)

    def wait_for(self, number: int, seconds: float = 60) -> None:
        """Wait until so many mails have come."""
        end = time.monotonic() + seconds
        while self.ids.total() < number:
            assert time.monotonic() < end, f"Only {self.ids.total()} of {number} mails came."
            time.sleep(0.01)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
