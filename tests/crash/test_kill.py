"""kill -9 at any moment: every confirmed write is there, none is half there, and the trail verifies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from uuid import uuid4

import pytest
from django.db import connection

from tests.crash import signed
from tests.crash.looking import Looker
from tests.crash.mixed import KINDS
from tests.crash.mixes import HOME, SHARED
from tests.drill import times
from tests.served import Browser, Forms, Served

MOST_KILLS = 400
SERVER_KILLS = times(3, 6)


@dataclass(frozen=True)
class Plan:
    """How many writers of a mix are killed at least, until so many writes are confirmed, and how long each may live.

    `loads`: a writer has much to load before its first write; the life of every other one begins with that.
    """

    mix: str
    kills: dict[str, int]
    writes: dict[str, int]
    longest_life_in_seconds: float
    env: dict[str, str] = field(default_factory=dict)
    loads: bool = False


AT_HOME = Plan(
    HOME,
    {"sqlite": times(10, 30), "postgresql": times(6, 15)},
    {"sqlite": times(120, 400), "postgresql": times(40, 150)},
    0.8,
)
SIGNED = Plan(
    SHARED, {"sqlite": times(6, 16), "postgresql": times(3, 10)},
    {"sqlite": times(30, 100), "postgresql": times(12, 50)}, 1.4, {"GAMEPLAN_SHARED": "1"}, loads=True,
)  # fmt: skip


class Nursery:
    """The program that makes writers, and what the writers have said."""

    def __init__(self, env: dict[str, str], mix: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.writer", mix],
            env=os.environ | env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self.kept: list[str] = []
        self._unread = b""
        self.case_id = self.next_of("case")

    def kill_one(self, life: float, *, after_a_write: bool = False) -> None:
        """Let a writer live that long, from its start or its first confirmed write, and kill it, wherever it is."""
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        killer = threading.Timer(life, os.kill, (int(self.next_of("writer")), signal.SIGKILL))
        if after_a_write:
            self.next_of("kept")
        killer.start()
        self.next_of("gone")
        killer.join()

    def finish(self) -> None:
        """Let somebody do what waits, whom nobody kills."""
        assert self.process.stdin
        self.process.stdin.write(b"finish\n")
        self.next_of("finished")

    def next_of(self, word: str) -> str:
        """What follows the next line that starts with the word; what was kept before it is noted."""
        while True:
            while b"\n" not in self._unread:
                assert self.process.stdout
                more = self.process.stdout.read(65536)
                assert more, "The writers' program has ended."
                self._unread += more
            line, _, self._unread = self._unread.partition(b"\n")
            said, _, rest = line.decode().partition(" ")
            if said == "kept":
                self.kept.append(rest)
            if said == word:
                return rest

    @property
    def kinds(self) -> set[str]:
        """The kinds of write of which at least one was confirmed."""
        return {kept.partition(" ")[0] for kept in self.kept}

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@contextmanager
def nursery_of(plan: Plan, place: dict[str, str]) -> Iterator[tuple[Nursery, Looker]]:
    """The writers of a plan and who looks after them."""
    env = place | plan.env
    with closing(Nursery(env, plan.mix)) as nursery, Looker(env, nursery.case_id, plan.mix) as looker:
        yield nursery, looker


def kill_writers(plan: Plan, nursery: Nursery, looker: Looker, kinds: set[str]) -> int:
    """Kill one writer after another and look after each, until enough is written; how many were killed."""
    chance = random.Random(300)
    kills, writes = plan.kills[connection.vendor], plan.writes[connection.vendor]
    for number in range(MOST_KILLS):
        if number >= kills and len(nursery.kept) >= writes and nursery.kinds == kinds:
            return number
        life = chance.uniform(0, plan.longest_life_in_seconds)
        nursery.kill_one(life, after_a_write=plan.loads and number % 2 == 0)
        seen = looker.look()
        assert seen["half"] == []
        assert seen["twice"] == []
        assert set(nursery.kept) <= set(seen["there"])
        assert seen["integrity"] == "ok"
    raise AssertionError(f"After {MOST_KILLS} kills there are {len(nursery.kept)} writes of {nursery.kinds}.")


def test_every_confirmed_write_survives_a_kill_at_any_moment(place: dict[str, str]) -> None:
    with nursery_of(AT_HOME, place) as (nursery, looker):
        kill_writers(AT_HOME, nursery, looker, {kind.name for kind in KINDS})


def test_every_signature_and_notice_survives_a_kill_and_its_mail_goes_out(place: dict[str, str]) -> None:
    with nursery_of(SIGNED, place) as (nursery, looker):
        kills = kill_writers(SIGNED, nursery, looker, {kind.name for kind in signed.KINDS})
        nursery.finish()
        seen = looker.look()
    there = set(seen["there"])
    assert seen["half"] == []
    assert set(nursery.kept) <= there
    assert names_of("signature", there) == names_of("copy", there)
    assert names_of("email", there) == names_of("mailing", there)
    # Only what a killed writer had handed over and not yet written down may come again: at most one mail a kill.
    assert len(seen["twice"]) <= kills


def names_of(kind: str, there: set[str]) -> set[str]:
    """The names of what is there of one kind."""
    return {one.removeprefix(f"{kind} ") for one in there if one.startswith(f"{kind} ")}


@pytest.mark.slow_process
def test_every_fact_that_a_page_confirmed_survives_a_kill_of_the_server(tmp_path: Path) -> None:
    chance = random.Random(7)
    confirmed: list[str] = []
    case_id, browser = "", Browser("")
    for _ in range(SERVER_KILLS):
        with Served(tmp_path) as server:
            browser.address = server.address
            if not case_id:
                browser.get(server.path)
                _, page = browser.get("/")
                browser.post("/sample/", Forms(page).fields, follow=False)
                case_id = browser.leads_to.rstrip("/").rpartition("/")[2]
            killer = threading.Timer(chance.uniform(0.2, 0.7), server.process.kill)
            killer.start()
            confirmed += add_until_it_ends(browser, f"/case/{case_id}/add/supports-started/")
            killer.join()
            server.kill()
    place = {"GAMEPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    with Looker(place, case_id) as looker:
        seen = looker.look()
    assert len(confirmed) > SERVER_KILLS
    assert set(confirmed) <= set(seen["notes"])
    assert len(seen["notes"]) <= len(confirmed) + SERVER_KILLS
    assert seen["half"] == []
    assert seen["integrity"] == "ok"


def add_until_it_ends(browser: Browser, address: str) -> list[str]:
    """Send facts until nobody answers; the notes of those that were confirmed."""
    confirmed: list[str] = []
    with suppress(URLError, HTTPException, ConnectionError):
        _, page = browser.get("/")
        token = {"csrfmiddlewaretoken": Forms(page).fields["csrfmiddlewaretoken"]}
        while True:
            note = uuid4().hex
            told = {"form_key": str(uuid4()), "on": "2025-09-03", "said_by": "parent", "note": note}
            status, answer = browser.post(address, token | told, follow=False)
            assert status == 302, answer
            confirmed.append(note)
    return confirmed
