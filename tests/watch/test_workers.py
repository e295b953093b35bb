"""Real workers with a real mail server on both databases: each mail goes out once, whoever is killed in between."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import fresh_database
from tests.watch.mail_server import MailServer

FAMILIES = 24
LEASE_IN_SECONDS = 4
WORK = [sys.executable, "-c", "from gameplan.cli import main; main()", "work", "--once"]
MAKE = [sys.executable, "-m", "tests.watch.household_of_many"]


@pytest.fixture
def place(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh database of the kind that these tests run on."""
    told = {
        "GAMEPLAN_DATA": str(tmp_path / "data"), "GAMEPLAN_SHARED": "1", "GAMEPLAN_TODAY": "2025-09-24",
        "GAMEPLAN_ADDRESS": "https://plans.example", "DJANGO_SETTINGS_MODULE": "tests.watch.worker_settings",
    }  # fmt: skip
    with fresh_database() as database:
        yield told | database


class Office:
    """The families of a place, and the workers that write to them."""

    def __init__(self, place: dict[str, str], mail: MailServer) -> None:
        self.env = os.environ | place | {"TEST_MAIL_PORT": str(mail.port)}
        self.data = place["GAMEPLAN_DATA"]
        self._families(str(FAMILIES))

    def _families(self, *told: str) -> str:
        return subprocess.run(
            [*MAKE, self.data, *told], env=self.env, check=True, capture_output=True, text=True
        ).stdout

    def states(self) -> dict[str, int]:
        """The number of mails in each state."""
        found: dict[str, int] = json.loads(self._families())
        return found

    def worker(self, *told: str) -> subprocess.Popen[str]:
        """A worker that does what waits, and ends."""
        command = [*WORK, "--take-back", str(LEASE_IN_SECONDS), *told]
        return subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(worker: subprocess.Popen[str]) -> str:
    said, _nothing = worker.communicate(timeout=120)
    assert worker.returncode == 0, said
    return said


def test_two_workers_send_each_mail_once(place: dict[str, str]) -> None:
    with MailServer(slow=0.01) as mail:
        said = ended(Office(place, mail).worker("--workers", "2"))
        assert len(mail.ids) == mail.ids.total() == len(mail.to) == FAMILIES, said


def test_a_worker_that_is_killed_loses_nothing(place: dict[str, str]) -> None:
    with MailServer(slow=0.05) as mail:
        office = Office(place, mail)
        killed, other = office.worker(), office.worker()
        mail.wait_for(FAMILIES // 3)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        ended(other)
        time.sleep(LEASE_IN_SECONDS)
        ended(office.worker())
        assert len(mail.ids) == len(mail.to) == FAMILIES
        # The one mail that was on its way may come twice, with the same Message-ID.
        assert mail.ids.total() - FAMILIES <= 1
        assert office.states() == {"sent": FAMILIES}


def test_at_home_there_is_nothing_to_do(place: dict[str, str]) -> None:
    env = os.environ | place | {"TEST_MAIL_PORT": "9"}
    subprocess.run([*MAKE, place["GAMEPLAN_DATA"], "0"], env=env, check=True)
    for missing, words in (("GAMEPLAN_SHARED", "do not sign in"), ("GAMEPLAN_ADDRESS", "GAMEPLAN_ADDRESS: ")):
        done = subprocess.run(WORK, env=env | {missing: ""}, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert words in done.stderr
