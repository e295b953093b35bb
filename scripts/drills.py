"""Break what can break, while somebody uses the program, and look at what was lost and what they saw.

    python -m scripts.drills [NAME ...]         disk clock postgres processes backup

Prints a table. Exit code 1 if anything that was confirmed is lost, or the program does not come back by itself.
"""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.error import URLError
from uuid import uuid4

from scripts.with_postgres import server_in
from tests.backup.conftest import bare, gameplan
from tests.config.test_production import Served
from tests.served import LINK, Browser, Forms
from tests.served_shared import GAMEPLAN

HOUR = 60 * 60
PAGES_TO_SPARE = 4
HEADING = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)
SECONDS_TO_COME_BACK = 60


class Failed(Exception):
    """Raised where a drill cannot go on: the program did not do what it has to."""


def sure(holds: bool, words: str) -> None:
    """Go on only if this holds. Raises Failed."""
    if not holds:
        raise Failed(words)


@dataclass
class Outcome:
    """What a drill came to. `confirmed` writes before and after, `lost` of them, `half`: parts of writes that show."""

    broken: str
    confirmed: int = 0
    lost: int = 0
    saw: str = ""
    after: str = ""
    is_well: bool = True

    def row(self) -> str:
        """A row of the table."""
        return f"| {self.broken} | {self.confirmed} | {self.lost} | {self.saw} | {self.after} |"


@dataclass
class Family:
    """Somebody at a household's server who adds to one case: `kept` has the notes of what was confirmed."""

    address: str
    link: str
    browser: Browser = field(init=False)
    kept: list[str] = field(default_factory=list)
    case_id: str = ""

    def __post_init__(self) -> None:
        self.browser = Browser(self.address)
        self.browser.get(self.link)
        _, page = self.browser.get("/")
        self.token = {"csrfmiddlewaretoken": Forms(page).fields["csrfmiddlewaretoken"]}
        self.browser.post("/sample/", Forms(page).fields, follow=False)
        self.case_id = self.browser.leads_to.rstrip("/").rpartition("/")[2]

    def add(self, letters: int = 0) -> tuple[int, str]:
        """Add a fact; the status and the page. 0 if nobody answered."""
        note = uuid4().hex
        told = {"form_key": str(uuid4()), "on": "2025-09-03", "said_by": "parent", "note": note + "x" * letters}
        try:
            status, page = self.browser.post(
                f"/case/{self.case_id}/add/supports-started/", self.token | told, follow=False
            )
        except (URLError, HTTPException, ConnectionError):
            return 0, ""
        if status == 302:
            self.kept.append(note)
        return status, page

    def add_some(self, number: int) -> None:
        """Add so many facts, each of which has to be confirmed."""
        for _time in range(number):
            status, page = self.add()
            sure(status == 302, page)

    def until_added(self) -> float:
        """Try until one is confirmed again; after how many seconds."""
        begun = time.monotonic()
        while self.add()[0] != 302:
            sure(time.monotonic() - begun < SECONDS_TO_COME_BACK, "It does not come back.")
            time.sleep(0.2)
        return time.monotonic() - begun


@contextmanager
def served(data: Path, knobs: Path, env: dict[str, str]) -> Iterator[Family]:
    """A family at a server whose disk and clock can be changed."""
    told = [sys.executable, "-W", "ignore", "-m", "scripts.drill_server", str(data), str(knobs)]
    with subprocess.Popen(
        told, env=bare() | env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        found = next(filter(None, map(LINK.search, process.stdout or ())))
        try:
            yield Family(found[1], found[2])
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def looked_over(outcome: Outcome, family: Family, data: Path, env: dict[str, str]) -> Outcome:
    """Hold what was confirmed against what is there, and the trail against both."""
    look = (
        "import django, sys; django.setup(); from gameplan.cases.doors import case_for, facts_of;"
        "from gameplan.cases.people import HOME; from gameplan.people.roles import Action;"
        "print(*(f.note for f in facts_of(case_for(HOME, sys.argv[1], to=Action.READ)).facts))"
    )
    told = bare() | env | {"GAMEPLAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    seen = subprocess.run(
        [sys.executable, "-c", look, family.case_id], env=told, capture_output=True, text=True, check=True
    )
    there = seen.stdout
    outcome.confirmed = len(family.kept)
    outcome.lost = sum(note not in there for note in family.kept)
    verified = gameplan("trail", "verify", "--data", data, env=bare() | env)
    outcome.after += " The trail is whole." if verified.returncode == 0 else " THE TRAIL DOES NOT FIT."
    outcome.is_well = outcome.is_well and not outcome.lost and verified.returncode == 0
    return outcome


def heading(status: int, page: str) -> str:
    """What somebody saw, in a few words."""
    found = HEADING.search(page)
    return f"{status} “{found[1]}”" if found else f"{status}"


def disk(folder: Path) -> Iterator[Outcome]:
    """The disk is full, and then there is room again."""
    outcome = Outcome("the disk is full (SQLite)")
    with served(folder / "data", folder, {}) as family:
        family.add_some(5)
        with closing(sqlite3.connect(folder / "data" / "gameplan.sqlite3")) as there:
            (pages,) = there.execute("PRAGMA page_count").fetchone()
        (folder / "pages").write_text(str(pages + PAGES_TO_SPARE), encoding="utf-8")
        status, page = 302, ""
        for _time in range(50):
            status, page = family.add(letters=1500)
            if status != 302:
                break
        outcome.saw = heading(status, page)
        outcome.is_well = status == 503 and family.browser.get(f"/case/{family.case_id}/")[0] in (200, 503)
        (folder / "pages").unlink()
        family.until_added()
        outcome.after = "With room again it works at once, without a restart."
    yield looked_over(outcome, family, folder / "data", {})


def clock(folder: Path) -> Iterator[Outcome]:
    """The clock is set forward an hour, and back an hour."""
    for seconds, words in ((HOUR, "forward"), (-HOUR, "back")):
        outcome, data = Outcome(f"the clock is set {words} an hour"), folder / words
        with served(data, folder, {}) as family:
            family.add_some(5)
            (folder / "shift").write_text(str(seconds), encoding="utf-8")
            time.sleep(0.5)
            family.add_some(5)
            (folder / "shift").write_text("0", encoding="utf-8")
            time.sleep(0.5)
            family.add_some(5)
            outcome.saw, outcome.after = "nothing: still signed in, each fact kept", "Set right again: the same."
        yield looked_over(outcome, family, data, {})


def postgres(folder: Path) -> Iterator[Outcome]:
    """PostgreSQL is stopped and started again while somebody writes."""
    outcome, data = Outcome("PostgreSQL is stopped, and started again"), folder / "data"
    with server_in(folder / "pg") as address:
        env = {"DATABASE_URL": address}
        stack = ExitStack()
        family = stack.enter_context(served(data, folder, env))
        family.add_some(5)
    status, page = family.add()
    seconds_to_wait = retry_after(family)
    outcome.saw = f"{heading(status, page)}, to be tried again after {seconds_to_wait or '?'} s"
    outcome.is_well = status == 503 and bool(seconds_to_wait)
    with server_in(folder / "pg") as again:
        sure(again == address, "PostgreSQL has another address now.")
        seconds = family.until_added()
        family.add_some(5)
        outcome.after = f"Back after {seconds:.1f} s, without a restart."
        stack.close()
        yield looked_over(outcome, family, data, env)


def retry_after(family: Family) -> str:
    """When the case's page says to come back, in seconds."""
    cookies = "; ".join(f"{one.name}={one.value}" for one in family.browser.cookies)
    with closing(HTTPConnection(family.address.removeprefix("http://"), timeout=30)) as asked:
        asked.request("GET", f"/case/{family.case_id}/", headers={"Cookie": cookies})
        return asked.getresponse().headers.get("Retry-After", "")


def processes(folder: Path) -> Iterator[Outcome]:
    """A process that answers is killed, and then the worker in the background."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    server = Served(data)
    try:
        for which, words in (("web", "a process that answers is killed"), ("background", "the worker is killed")):
            time.sleep(6)
            before, begun = server.children()[which], time.monotonic()
            os.kill(next(iter(before)), signal.SIGKILL)
            status = server.get("/sign-in/")[0]
            server.until(lambda which=which, before=before: server.children()[which] - before)
            server.until(lambda: server.get("/sign-in/")[0] == 200)
            seconds = time.monotonic() - begun
            saw = "the page" if status == 200 else f"no answer ({status}); the browser tries again"
            yield Outcome(words, saw=saw, after=f"All there again after {seconds:.1f} s, by itself.")
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait()
        server.log.close()


def backup(folder: Path) -> Iterator[Outcome]:
    """The machine stops in the middle of a backup."""
    data, out, chance, finished = folder / "data", folder / "out", random.Random(1), 0  # noqa: S311  moments, no secrets
    sure(gameplan("sample", "--data", data, "--on", "2025-11-03").returncode == 0, "There are no samples.")
    for _time in range(5):
        told = [sys.executable, "-c", GAMEPLAN, "backup", str(out), "--data", str(data)]
        with subprocess.Popen(told, env=bare(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not (data / "backup.tmp").exists():
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.3))
            process.kill()
        if out.exists():
            finished += 1
            sure(gameplan("backup", "check", out).returncode == 0, "A backup looks finished and is not.")
            out.unlink()
    after = gameplan("backup", out, "--data", data)
    saw = f"no file that looks finished; {finished} of 5 were done before the kill, and whole"
    broken, went_on = "kill -9 in the middle of a backup, 5 times", "The next one goes through."
    yield Outcome(broken, saw=saw, after=went_on, is_well=after.returncode == 0)


DRILLS: Mapping[str, Callable[[Path], Iterator[Outcome]]] = {
    "disk": disk, "clock": clock, "postgres": postgres, "processes": processes, "backup": backup,
}  # fmt: skip


def main(names: Sequence[str]) -> int:
    """Run the drills, all of them if none is named; the exit code."""
    print(
        "| what was broken | confirmed | of it lost | what somebody saw | afterwards |\n| --- | --- | --- | --- | --- |"
    )
    is_well = True
    for name in names or DRILLS:
        with tempfile.TemporaryDirectory(prefix="gameplan-drill-", ignore_cleanup_errors=True) as folder:
            for outcome in DRILLS[name](Path(folder)):
                print(outcome.row(), flush=True)
                is_well = is_well and outcome.is_well
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
