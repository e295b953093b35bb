"""A server in a thread of the test's own process, for tests that change how the program runs before it starts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pytest_django.live_server_helper import LiveServer

ANSWERING = "process_request_thread"
SECONDS_TO_END = 10


@contextmanager
def own_server(host: str = "localhost") -> Iterator[LiveServer]:
    """A server that is started here and stopped at the end, once it has answered everybody.

    A browser keeps its lines open for a moment after its window is closed. Whoever stops before takes the shared
    database away from threads that still hold it.
    """
    others, server = set(threading.enumerate()), LiveServer(host)
    try:
        yield server
    finally:
        for thread in set(threading.enumerate()) - others:
            if ANSWERING in thread.name:
                thread.join(SECONDS_TO_END)
        server.stop()
