"""A server in a thread of the test's own process, for tests that change how the program runs before it starts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pytest_django.live_server_helper import LiveServer

ANSWERING = "process_request_thread"
SECONDS_TO_END = 10


def _lines_of(server: LiveServer) -> list[socket.socket]:
    """The lines to browsers, as they are opened."""
    lines: list[socket.socket] = []
    httpd = server.thread.httpd
    take = httpd.get_request

    def noted() -> Any:
        line, who = take()
        lines.append(line)
        return line, who

    httpd.get_request = noted  # type: ignore[method-assign]  # to see each line that is opened
    return lines


@contextmanager
def own_server(host: str = "localhost") -> Iterator[LiveServer]:
    """A server that is started here and stopped at the end, once it has answered everybody.

    A browser keeps its lines open, and a thread waits at each. Whoever stops before they end takes the shared database
    away from them. So nothing more is read from any line: what is being answered is answered, and the thread ends.
    """
    others, server = set(threading.enumerate()), LiveServer(host)
    lines = _lines_of(server)
    try:
        yield server
    finally:
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RD)
        for thread in set(threading.enumerate()) - others:
            if ANSWERING in thread.name:
                thread.join(SECONDS_TO_END)
        server.stop()
