"""A database of an earlier gameplan, brought up to date as `gameplan serve` does it: all that was there still is."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import bare, gameplan
from tests.served import Browser, Served

pytestmark = pytest.mark.slow_process

HERE = Path(__file__).parent
LOOK = """
import json, sys
import django
django.setup()
from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.people import HOME
from gameplan.core.casewrite import case_json
from gameplan.papers.doors import letters_of, pdf_of
from gameplan.people.roles import Action
case = case_for(HOME, sys.argv[1], to=Action.READ)
letter = letters_of(case).get()
told = {
    "facts": case_json(facts_of(case)), "letter": {"text": letter.text, "sha256": letter.sha256},
    "papers": [bytes(one.content).decode("latin-1") for one in case.attachments.all()],
    "pdf": bytes(pdf_of(letter)[:5]).decode("latin-1"),
}
print(json.dumps(told, default=str))
"""


@pytest.fixture(scope="module")
def old() -> Any:
    """What was in it."""
    return json.loads((HERE / "old.sqlite3.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, old: Any) -> Path:
    """The old database, after this program was served with it once."""
    folder = tmp_path_factory.mktemp("upgrade")
    (folder / "gameplan.sqlite3").write_bytes(gzip.decompress((HERE / "old.sqlite3.gz").read_bytes()))
    with Served(folder) as server:
        browser = Browser(server.address)
        assert browser.get(server.path)[0] == 200
        status, page = browser.get(f"/case/{old['case']}/")
        assert (status, "Ana Lopez" in page) == (200, True)
        server.stop()
    return folder


@pytest.fixture(scope="module")
def now(data: Path, old: Any) -> Any:
    """What is in it now."""
    env = bare() | {"GAMEPLAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    told = [sys.executable, "-c", LOOK, old["case"]]
    return json.loads(subprocess.run(told, env=env, capture_output=True, text=True, check=True).stdout)


def test_the_facts_are_the_same(old: Any, now: Any) -> None:
    assert now["facts"]["child"] == old["facts"]["child"]
    assert now["facts"]["facts"] == old["facts"]["facts"]
    assert now["papers"] == ["%PDF-1.7\n% a scan\n"]


def test_the_letter_is_the_same_to_the_letter(old: Any, now: Any) -> None:
    assert now["letter"] == old["letter"]
    assert now["pdf"] == "%PDF-"


def test_the_trail_goes_on_where_it_was(data: Path, old: Any) -> None:
    number, head = old["trail"]
    kept = gameplan("trail", "verify", "--data", data, "--case", old["case"], "--head", f"{number}:{head}")
    assert kept.returncode == 0, kept.stdout + kept.stderr
    assert "The trail is whole" in kept.stdout


def test_a_backup_of_the_old_one_is_brought_up_when_it_is_restored(tmp_path: Path, old: Any) -> None:
    (folder := tmp_path / "old").mkdir()
    (folder / "gameplan.sqlite3").write_bytes(gzip.decompress((HERE / "old.sqlite3.gz").read_bytes()))
    made = gameplan("backup", tmp_path / "out", "--data", folder)
    assert made.returncode == 0, made.stderr
    back = gameplan("restore", tmp_path / "out", "--data", tmp_path / "back")
    assert back.returncode == 0, back.stderr
    assert "of an older gameplan and was brought up to date" in back.stdout
