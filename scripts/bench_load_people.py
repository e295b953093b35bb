"""The people of `make bench ARGS=load`: how each asks over HTTP, as through a proxy, and what all of them met.

Each request has a connection of its own, as most proxies have it. The proxy itself is left out: what it would add to
a request (`Forwarded`), the people send themselves.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

from scripts.bench_hands_people import SECONDS_TO_ANSWER, Visitor

ADDRESS: Final = "https://plans.lakeside.example"
"""What people type."""
HOST: Final = ADDRESS.partition("//")[2]
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data; boundary=load"
SHOWN: Final = 200
"""So many letters of an answer that was not expected."""


@dataclass(frozen=True)
class Planned:
    """A child with a plan in force, a service of it, and the next plan, which is being written."""

    case: str
    plan: str
    service: str
    draft: str


@dataclass(frozen=True)
class Guest(Visitor):
    """A visitor with a token for their program, and those of their children who have a plan."""

    token: str = ""
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True)
class Kept:
    """Something that was sent to be kept: what it is, in which case, its word, and whether it was confirmed.

    `told`: what has to stand there besides: the hash of a paper, or the place in a plan.
    """

    kind: str
    case: str
    word: str
    told: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class Answer:
    """What came back: the status (0: nothing did), headers by small letters, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def fault(self, status: int, *holds: str) -> str:
        """Empty if the answer has that status and holds these words, else what it is instead."""
        if self.status != status:
            return f"status {self.status}, not {status}: {self.body[:SHOWN]!r}"
        missing = [one for one in holds if one.encode() not in self.body]
        return f"{missing[0]!r} is not in the answer" if missing else ""


@dataclass
class Tally:
    """What all people met: seconds of each kind of request, what was wrong, what was sent to be kept."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    lasted: float = 0

    @property
    def requests(self) -> int:
        """How many there were."""
        return sum(map(len, self.seconds.values()))


class Asker:
    """One person who asks: with cookies for pages, with the token for the API."""

    def __init__(self, port: int, number: int, who: Guest, tally: Tally) -> None:
        self.who, self.tally = who, tally
        self._port, self._from = port, f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"
        self._word = secrets.token_hex(16)

    def get(self, kind: str, path: str, *holds: str) -> Answer:
        """A page, which has to hold these words; it is counted as this kind."""
        return self._counted(kind, ("GET", path, b"", {}), 200, holds)

    def post(
        self, kind: str, path: str, fields: Mapping[str, str], *holds: str, status: int = 302, accept: str = "text/html"
    ) -> Answer:
        """A form that is sent from a page."""
        body = urlencode({"csrfmiddlewaretoken": self._word, **fields}).encode()
        return self._counted(kind, ("POST", path, body, {"Content-Type": FORM, "Accept": accept}), status, holds)

    def send_paper(self, kind: str, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answer:
        """A form with a file in it."""
        body = b"".join(_parts({"csrfmiddlewaretoken": self._word, **fields}, name, content))
        return self._counted(kind, ("POST", path, body, {"Content-Type": MULTIPART}), 302, ())

    def api(
        self, kind: str, method: str, path: str, body: bytes = b"", *holds: str, status: int = 200, **headers: str
    ) -> Answer:
        """A request of this person's program."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {self.who.token}", "Content-Type": JSON, "Accept": JSON} | told
        return self._counted(kind, (method, f"/api/v1{path}", body, sent), status, holds)

    def _counted(
        self, kind: str, request: tuple[str, str, bytes, Mapping[str, str]], status: int, holds: Sequence[str]
    ) -> Answer:
        begin = perf_counter()
        found = self._ask(*request)
        self.tally.seconds.setdefault(kind, []).append(perf_counter() - begin)
        if fault := found.fault(status, *holds):
            self.tally.wrong.append(f"{kind} as {self.who.role}: {fault}")
        return found

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        sent = {"Host": HOST, "X-Forwarded-For": self._from, "X-Forwarded-Proto": "https", "Connection": "close"}
        if "Authorization" not in headers:
            cookies = f"{self.who.cookies}; __Host-gameplan-form={self._word}"
            sent |= {"Cookie": cookies, "Origin": ADDRESS, "Accept": "text/html"}
        line = HTTPConnection("127.0.0.1", self._port, timeout=SECONDS_TO_ANSWER)
        try:
            line.request(method, path, body or None, sent | dict(headers))
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        except (OSError, HTTPException) as error:
            return Answer(0, {}, f"{type(error).__name__}: {error}".encode())
        finally:
            line.close()


def _parts(fields: Mapping[str, str], name: str, content: bytes) -> Iterator[bytes]:
    for key, value in fields.items():
        yield f'--load\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
    about = f'--load\r\nContent-Disposition: form-data; name="paper"; filename="{name}"\r\n'
    yield f"{about}Content-Type: application/pdf\r\n\r\n".encode() + content + b"\r\n--load--\r\n"


def guests_of(told: Iterable[Mapping[str, object]]) -> list[Guest]:
    """The guests that `dataclasses.asdict` made these of."""
    return [
        Guest(**{**one, "cases": tuple(one["cases"]), "planned": tuple(Planned(**each) for each in one["planned"])})  # type: ignore[arg-type, attr-defined]
        for one in told
    ]
