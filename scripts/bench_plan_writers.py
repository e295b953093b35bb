"""People who write in plans at once, over HTTP, as the script on the page does: what they send, and how long it takes.

Each waits for an answer before the next thing is sent, as the page does; who is answered late sends less.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from scripts.bench_plan_sample import prose

WORDS: Final = 290
"""Words in a field when the writing begins; each second brings a few more."""
EVERY: Final = 1.0
OPENS_EVERY: Final = 5.0
BOUNDARY: Final = "----bench-plans"
SECONDS_TO_ANSWER: Final = 60
BASE: Final = r'name="r:{path}" value="(\d+:\w+)"'


@dataclass(frozen=True)
class Door:
    """Where the server is, and what lets somebody in: the cookies, and the word that each form repeats."""

    host: str
    port: int
    cookies: str
    csrf: str

    def connection(self) -> HTTPConnection:
        """A connection that stays open from one request to the next."""
        return HTTPConnection(self.host, self.port, timeout=SECONDS_TO_ANSWER)


def opened(link: str) -> Door:
    """Signs in with the one-time link."""
    parts = urlsplit(link)
    link_to = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS_TO_ANSWER)
    link_to.request("GET", parts.path)
    found: SimpleCookie = SimpleCookie()
    for one in link_to.getresponse().headers.get_all("Set-Cookie") or []:
        found.load(one)
    link_to.close()
    csrf = next(one.value for name, one in found.items() if "form" in name)
    return Door(
        parts.hostname or "", parts.port or 0, "; ".join(f"{name}={one.value}" for name, one in found.items()), csrf
    )


@dataclass
class Series:
    """What some writers met: seconds of each save and each page, and what went wrong, in so many seconds in all."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0

    def __add__(self, other: Series) -> Series:
        """Both, one after the other."""
        return Series(
            [*self.saves, *other.saves], [*self.pages, *other.pages], [*self.wrong, *other.wrong],
            self.seconds + other.seconds,
        )  # fmt: skip

    @property
    def each_second(self) -> float:
        """Saves a second, of all writers together."""
        return len(self.saves) / self.seconds


def percentile(found: Sequence[float], percent: int) -> float:
    """The time in milliseconds within which so many percent of these seconds lie; 0 for none."""
    if len(found) < 2:
        return max(found, default=0) * 1000
    return statistics.quantiles(found, n=100, method="inclusive")[percent - 1] * 1000


class Writer(ABC):
    """Somebody at a page; `save` and `open` send one request each, and say what is wrong with the answer."""

    def __init__(self, door: Door, name: str) -> None:
        self.door, self.name = door, name
        self.line = door.connection()
        self.turn = 0

    def ready(self) -> None:  # noqa: B027 - a writer may know all it needs
        """Does what a page knows before the first save. Raises HTTPException."""

    @abstractmethod
    def save(self) -> str:
        """Saves the text as it now is; empty if all is well, else what is wrong."""

    @abstractmethod
    def open(self) -> str:
        """Opens a page; empty if all is well, else what is wrong."""

    def text(self) -> str:
        """The text as it now is: longer by a few words than the time before."""
        self.turn += 1
        return prose(WORDS + 3 * (self.turn % 20), f"{self.name} {self.turn}")

    def get(self, address: str) -> tuple[int, bytes]:
        """The status and the body of a page."""
        return self._ask("GET", address, None)

    def post(self, address: str, fields: Sequence[tuple[str, str]]) -> tuple[int, bytes]:
        """The status and the body of the answer to a form that a script sends."""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("csrfmiddlewaretoken", self.door.csrf), *fields)
        ]
        return self._ask("POST", address, f"{''.join(parts)}--{BOUNDARY}--\r\n".encode())

    def _ask(self, method: str, address: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"Cookie": self.door.cookies, "Accept": "application/json" if body else "text/html"}
        if body:
            headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        try:
            self.line.request(method, address, body, headers)
            answer = self.line.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            self.line.close()
            raise


class PlanWriter(Writer):
    """Writes in one field of a plan, and opens its pages in turn."""

    def __init__(self, door: Door, name: str, plan: str, path: str, sections: Sequence[str]) -> None:
        super().__init__(door, name)
        self.plan, self.path, self.sections = plan, path, sections
        self.base, self.was = "", ""
        self.since = datetime.now(UTC).isoformat()

    def ready(self) -> None:
        """Reads from the page which revision of the field is written in."""
        _, page = self.get(f"{self.plan}write/{self.sections[0]}/")
        found = re.search(BASE.format(path=self.path), page.decode())
        if found is None:
            raise HTTPException(f"{self.plan}: no field {self.path} on the page.")
        self.base = found[1]

    def save(self) -> str:
        """Saves the text, and takes up which revision it is now. It must be the next one, and the text alone."""
        text = self.text()
        status, body = self.post(f"{self.plan}save/", [
            ("desk", self.name), ("since", self.since), (f"r:{self.path}", self.base), (f"v:{self.path}", text),
            (f"w:{self.path}", self.was),
        ])  # fmt: skip
        if status != 200:
            return f"saving: status {status}"
        told: dict[str, Any] = json.loads(body)
        mine = told["fields"].get(self.path, {})
        expected = int(self.base.partition(":")[0]) + 1
        if mine.get("state") != "saved" or mine["revision"] != expected or mine["words"] != [text]:
            return f"saving: {mine.get('state')}, revision {mine.get('revision')}, not {expected}"
        self.base, self.was, self.since = f"{mine['revision']}:{mine['mark']}", text, told["now"]
        return ""

    def open(self) -> str:
        """The page of a section, with the text that was saved last if it is that of the writer."""
        section = self.sections[self.turn // int(OPENS_EVERY) % len(self.sections)]
        status, page = self.get(f"{self.plan}write/{section}/")
        if status != 200 or b"<form" not in page:
            return f"opening: status {status}"
        if section == self.sections[0] and self.was.split()[-1].encode() not in page:
            return "opening: the page lacks what was saved"
        return ""


class BareWriter(Writer):
    """Sends as much as the others do, to views that do as little as can be: one UPDATE of one row, or one query."""

    def __init__(self, door: Door, name: str, row: int) -> None:
        super().__init__(door, name)
        self.row, self.was = row, ""

    def save(self) -> str:
        """One UPDATE of the row."""
        text = self.text()
        status, body = self.post(
            f"/bench-update/{self.row}/",
            [("desk", self.name), ("since", self.name), ("r:text", "1"), ("v:text", text), ("w:text", self.was)],
        )
        self.was = text
        return "" if status == 200 and json.loads(body) == {"changed": 1} else f"bare UPDATE: status {status}"

    def open(self) -> str:
        """One query."""
        status, _ = self.get("/bench-bare/")
        return "" if status == 200 else f"bare query: status {status}"


def series(writers: Sequence[Writer], seconds: float, *, paced: bool) -> Series:
    """All of them, made ready before, at once for so long: at their pace with a page now and then, or without pause."""
    found = Series()
    begin = time.perf_counter()
    threads = []
    for number, one in enumerate(writers):
        first = begin + number / len(writers) * EVERY if paced else begin
        threads.append(Thread(target=_writes, args=(one, first, begin + seconds, found, paced)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - begin
    return found


def _writes(one: Writer, due: float, end: float, found: Series, paced: bool) -> None:
    opens = due + OPENS_EVERY / 2
    while max(due, time.perf_counter()) < end:
        if paced:
            time.sleep(max(0.0, due - time.perf_counter()))
        _take(one.save, found.saves, found.wrong)
        due = max(due + EVERY, time.perf_counter()) if paced else 0
        if paced and time.perf_counter() >= opens:
            _take(one.open, found.pages, found.wrong)
            opens += OPENS_EVERY


def _take(work: Callable[[], str], into: list[float], wrong: list[str]) -> None:
    start = time.perf_counter()
    try:
        said = work()
    except (OSError, HTTPException) as error:
        said = f"{type(error).__name__}: {error}"
    into.append(time.perf_counter() - start)
    if said:
        wrong.append(said)
