"""A real gameplan server for tests in its own process, and a browser that only knows pages and forms."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

START = """
import sys
from pathlib import Path
from gameplan.config.serve import serve
serve(Path(sys.argv[1]), int(sys.argv[2]))
"""
START_SHARED = """
import sys
from pathlib import Path
from gameplan.config.serve import free_port
from gameplan.config.serve_shared import serve_shared
serve_shared(Path(sys.argv[1]), host="127.0.0.1", port=free_port(int(sys.argv[2])))
"""
SHARED_ADDRESS = re.compile(r"gameplan serves at (http://localhost:\d+)()")
LINK = re.compile(r"(http://127\.0\.0\.1:\d+)(/open/[^/\s]+/)")


class Served:
    """A server on a folder: `address` where it answers, `path` of its link, `said` what it printed.

    With `shared` people sign in with accounts, and there is no link.
    """

    def __init__(self, data: Path, *, port: int = 0, shared: bool = False) -> None:
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START_SHARED if shared else START, str(data), str(port)],
            env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._place = SHARED_ADDRESS if shared else LINK
        self.said: list[str] = []
        self.address, self.path = self._wait_for_link()

    def _wait_for_link(self) -> tuple[str, str]:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            found = self._place.search(line)
            if found:
                return found[1], found[2]
        raise AssertionError("The server ended without a link:\n" + "".join(self.said))

    def stop(self) -> str:
        """Ctrl-C; the rest of what it said."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate()[0]

    def kill(self) -> None:
        """kill -9, and wait until nothing is left: the worker holds the output open until it has ended."""
        self.process.kill()
        self.process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()


class Forms(HTMLParser):
    """The fields of a page's forms with their values: what a browser would send back."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("name") and told.get("type") == "hidden":
            self.fields[str(told["name"])] = told.get("value") or ""


class StaysThere(HTTPRedirectHandler):
    """Takes a redirect as the answer."""

    def redirect_request(self, *told: object) -> None:
        """No further request."""


class Browser:
    """A browser with cookies and no scripts. `leads_to` is where the last redirect not followed leads."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.leads_to = ""
        usual = (ProxyHandler({}), HTTPCookieProcessor(self.cookies))
        self._opener = build_opener(*usual)
        self._stays = build_opener(*usual, StaysThere())

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of a page, redirects followed."""
        return self._ask(self._opener, Request(self.address + path))

    def post(self, path: str, fields: dict[str, str], *, follow: bool = True) -> tuple[int, str]:
        """The status and the text after sending a form; with `follow`, of the page that it leads to."""
        request = Request(self.address + path, data=urlencode(fields).encode(), method="POST")
        return self._ask(self._opener if follow else self._stays, request)

    def _ask(self, opener: OpenerDirector, request: Request) -> tuple[int, str]:
        try:
            with opener.open(request) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                self.leads_to = refused.headers.get("Location", "")
                return refused.code, refused.read().decode()
