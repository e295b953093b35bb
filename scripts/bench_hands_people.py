"""People who look at pages at once, over HTTP, each signed in as themselves; how long it takes, and what is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Thread
from typing import Final

SECONDS_TO_ANSWER: Final = 60


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in: their role, their cookie, and the children that they look at."""

    role: str
    cookies: str
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of page: its address with a place for the case, and what a right answer holds."""

    what: str
    address: str
    holds: str = ""


@dataclass
class Looks:
    """Seconds of each look, what was wrong, and how long all of it took."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lasted: float = 0

    def __add__(self, other: Looks) -> Looks:
        """Both, one after the other."""
        return Looks([*self.seconds, *other.seconds], [*self.wrong, *other.wrong], self.lasted + other.lasted)


class Line:
    """One person's connection, which stays open from one page to the next."""

    def __init__(self, host: str, port: int, who: Visitor) -> None:
        self.who = who
        self._link = HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)

    def fresh(self) -> None:
        """A new connection with the next page: the server lets one go on which nobody asks for long."""
        self._link.close()

    def look(self, kind: Kind, case_id: str) -> str:
        """Open a page; empty if all is well, else what is wrong with the answer."""
        address = kind.address.format(case=case_id)
        try:
            self._link.request("GET", address, headers={"Cookie": self.who.cookies, "Accept": "text/html"})
            answer = self._link.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            self._link.close()
            return f"{kind.what}: {type(error).__name__}"
        if answer.status != 200:
            return f"{kind.what} as {self.who.role}: status {answer.status}"
        if kind.holds.format(case=case_id).encode() not in body:
            return f"{kind.what} as {self.who.role}: another page"
        return ""


def look_around(
    lines: Sequence[Line], kind: Kind, *, seconds: float, every: float, seed: int, again: bool = True
) -> Looks:
    """All of them at once for so long: each looks at one of their children every so many seconds (0: without a pause).

    Without `again` each of them looks at each child once, in turn, and stops.
    """
    found, begin = Looks(), time.perf_counter()

    def walk(number: int, line: Line) -> None:
        rng = Random(f"{seed} {number}")  # noqa: S311 - the same pages for each kind
        due = begin + rng.random() * every
        left = list(line.who.cases)
        line.fresh()
        while left and max(due, time.perf_counter()) < begin + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            _take(lambda: line.look(kind, rng.choice(left) if again else left.pop()), found)
            due = max(due + every * (0.5 + rng.random()), time.perf_counter()) if every else 0

    threads = [Thread(target=walk, args=one) for one in enumerate(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.lasted = time.perf_counter() - begin
    return found


def _take(look: Callable[[], str], found: Looks) -> None:
    start = time.perf_counter()
    said = look()
    found.seconds.append(time.perf_counter() - start)
    if said:
        found.wrong.append(said)
