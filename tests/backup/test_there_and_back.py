"""Backing up and restoring, as whoever runs it does: while others write, into an empty place, all of it or nothing."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from gameplan.config.backup.container import opened
from gameplan.config.backup.sqlite_store import picture_of
from tests.backup.conftest import bare, gameplan
from tests.drill import times
from tests.served_shared import GAMEPLAN

pytestmark = pytest.mark.slow_process

KILLS = times(2, 6)
FILE = "gameplan.sqlite3"
WRITER = """
import django
django.setup()
from datetime import date
from gameplan.cases.doors import case_for, cases_of
from gameplan.cases.people import HOME
from gameplan.cases.verbs import record_fact
from gameplan.people.roles import Action
case = case_for(HOME, cases_of(HOME).first().pk, to=Action.WRITE)
told = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True}
while True:
    record_fact(case, by=HOME, kind="evaluation-requested", on=date(2025, 9, 3), data=told)
    print("kept", flush=True)
"""


@contextmanager
def writing(env: dict[str, str]) -> Iterator[None]:
    """Somebody writes all the time."""
    told = env | {"DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    with subprocess.Popen([sys.executable, "-c", WRITER], env=told, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "kept\n"
        yield
        assert writer.poll() is None
        writer.kill()


def killed(words: list[object], begun: Callable[[], bool], longest: float, chance: random.Random) -> None:
    """Start a command and kill it, at some moment after it has begun to work."""
    told = [sys.executable, "-c", GAMEPLAN, *map(str, words)]
    with subprocess.Popen(told, env=bare(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not begun():
            time.sleep(0.002)
        time.sleep(chance.uniform(0, longest))
        process.send_signal(signal.SIGKILL)


def test_it_is_one_moment_though_others_write(data: Path, tmp_path: Path) -> None:
    out, back = tmp_path / "out", tmp_path / "back"
    with writing(bare() | {"GAMEPLAN_DATA": str(data)}):
        made = gameplan("backup", out, "--data", data)
    assert made.returncode == 0, made.stderr
    assert "The keys are not in it" in made.stderr
    restored = gameplan("restore", out, "--data", back)
    assert restored.returncode == 0, restored.stderr
    assert "trails verified" in restored.stdout
    assert "Restore the keys, too" in restored.stderr
    with opened(out, None) as reading:
        assert picture_of(back / FILE) == reading.manifest.picture


def test_keys_come_only_in_sealed_files_and_fit_again(data: Path, tmp_path: Path) -> None:
    (data / "keys").mkdir()
    (data / "keys" / "papers.key").write_bytes(b"\x00\xffa key of another room")
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("four ducks on a pond\n", encoding="utf-8")
    open_one = gameplan("backup", tmp_path / "a", "--with-keys", "--data", data)
    assert (open_one.returncode, "only into a sealed file" in open_one.stderr) == (2, True)
    passphrase.chmod(0o644)
    seen = gameplan("backup", tmp_path / "a", "--passphrase-file", passphrase, "--data", data)
    assert (seen.returncode, "everybody on this machine can read it" in seen.stderr) == (2, True)
    passphrase.chmod(0o600)
    sealed = ("--passphrase-file", passphrase)
    made = gameplan("backup", tmp_path / "a", *sealed, "--keys", tmp_path / "keys-apart", "--data", data)
    assert made.returncode == 0, made.stderr
    assert "The keys are not in it" in gameplan("backup", "check", tmp_path / "a", *sealed).stdout
    back = tmp_path / "back"
    assert gameplan("restore", tmp_path / "keys-apart", *sealed, "--data", back).stdout == "3 keys put back.\n"
    cases = gameplan("restore", tmp_path / "a", *sealed, "--data", back)
    assert (cases.returncode, cases.stderr) == (0, "")
    assert (back / "keys" / "papers.key").read_bytes() == (data / "keys" / "papers.key").read_bytes()
    assert (back / "secret.key").read_text("utf-8").strip() == (data / "secret.key").read_text("utf-8").strip()
    (back / "secret.key").write_text("x" * 64, encoding="utf-8")
    other = gameplan("restore", tmp_path / "keys-apart", *sealed, "--data", back)
    assert (other.returncode, "another key lies there" in other.stderr) == (2, True)


def test_only_into_an_empty_place_unless_told_and_the_former_stays_beside(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert gameplan("backup", out, "--data", data).returncode == 0
    (before := tmp_path / "before").mkdir()
    assert gameplan("restore", out, "--data", before).returncode == 0
    with closing(sqlite3.connect(before / FILE)) as there, there:
        there.execute("UPDATE cases_case SET child_name = 'Somebody else'")
    refused = gameplan("restore", out, "--data", before)
    assert (refused.returncode, "add --replace" in refused.stderr) == (2, True)
    assert gameplan("restore", out, "--replace", "--data", before).returncode == 0
    assert _names(before / FILE) == _names(data / FILE)
    assert _names(before / f"{FILE}.replaced") == {"Somebody else"}


def test_a_damaged_one_changes_nothing(data: Path, tmp_path: Path) -> None:
    out, back = tmp_path / "out", tmp_path / "back"
    assert gameplan("backup", out, "--data", data).returncode == 0
    raw = bytearray(out.read_bytes())
    raw[len(raw) // 2] ^= 4
    out.write_bytes(raw)
    for words in (("backup", "check", out), ("restore", out, "--data", back)):
        ran = gameplan(*words)
        assert (ran.returncode, "this backup is damaged" in ran.stderr) == (2, True)
        assert "Traceback" not in ran.stderr
    assert not (back / FILE).exists()


def test_a_trail_that_does_not_fit_is_refused_unless_told(data: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(data / FILE)) as there, there:
        there.execute("UPDATE cases_access SET person = 'somebody' WHERE number = 2")
    out, back = tmp_path / "out", tmp_path / "back"
    assert gameplan("backup", out, "--data", data).returncode == 0
    refused = gameplan("restore", out, "--data", back)
    assert (refused.returncode, "a record of access does not fit" in refused.stderr) == (2, True)
    assert not (back / FILE).exists()
    anyway = gameplan("restore", out, "--anyway", "--data", back)
    assert anyway.returncode == 0
    assert "Does not fit: " in anyway.stderr


def test_a_drill_touches_nothing_and_says_what_it_compared(data: Path) -> None:
    before = picture_of(data / FILE)
    ran = gameplan("backup", "drill", "--data", data)
    assert ran.returncode == 0, ran.stderr
    assert "All of it is the same." in ran.stdout
    assert picture_of(data / FILE) == before
    assert not (data / "drill.tmp").exists()


def test_a_backup_that_is_killed_leaves_none_that_looks_finished(data: Path, tmp_path: Path) -> None:
    chance, out = random.Random(11), tmp_path / "out"
    for _time in range(KILLS):
        killed(["backup", out, "--data", data], (data / "backup.tmp").exists, 0.4, chance)
        if out.exists():
            with opened(out, None):
                out.unlink()
    made = gameplan("backup", out, "--data", data)
    assert made.returncode == 0, made.stderr
    assert not list(tmp_path.glob(".out*"))
    assert not (data / "backup.tmp").exists()


def test_a_restore_that_is_killed_leaves_the_former_or_the_new(data: Path, tmp_path: Path) -> None:
    chance, out, back = random.Random(12), tmp_path / "out", tmp_path / "back"
    assert gameplan("backup", out, "--data", data).returncode == 0
    wanted = picture_of(data / FILE)
    for _time in range(KILLS):
        killed(["restore", out, "--replace", "--data", back], (back / "restore.tmp").exists, 6, chance)
        assert not (back / FILE).exists() or picture_of(back / FILE) == wanted
    done = gameplan("restore", out, "--replace", "--data", back)
    assert done.returncode == 0, done.stderr
    assert picture_of(back / FILE) == wanted
    assert not (back / "restore.tmp").exists()


# PostgreSQL, where these tests run on it


def test_postgresql_there_and_back(place: dict[str, str], tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        assert "DATABASE_URL" not in place
        return
    env, out = bare() | place, tmp_path / "out"
    assert gameplan("sample", "--on", "2025-11-03", env=env).returncode == 0
    with writing(env):
        made = gameplan("backup", out, env=env)
    assert made.returncode == 0, made.stderr
    drill = gameplan("backup", "drill", env=env)
    assert drill.returncode == 0, drill.stderr
    assert "All of it is the same." in drill.stdout
    full = gameplan("restore", out, "--database", place["DATABASE_URL"], env=env)
    assert (full.returncode, "add --replace" in full.stderr) == (2, True)
    kept, chance = _rows(place["DATABASE_URL"]), random.Random(5)
    with opened(out, None) as reading:
        wanted = reading.manifest.picture.trails.rows
    words: list[object] = [
        "restore",
        out,
        "--replace",
        "--database",
        place["DATABASE_URL"],
        "--data",
        tmp_path / "back",
    ]
    for _time in range(3):
        killed(words, (tmp_path / "back" / "server.lock").exists, 8, chance)
        assert _rows(place["DATABASE_URL"]) in (kept, wanted)
        shutil.rmtree(tmp_path / "back", ignore_errors=True)
    done = gameplan(*words)
    assert done.returncode == 0, done.stderr
    assert _rows(place["DATABASE_URL"]) == wanted
    after = gameplan("sample", "--on", "2025-11-03", env=env)
    assert after.returncode == 0, after.stderr
    assert "The trail is whole" in gameplan("trail", "verify", env=env).stdout


def test_a_backup_goes_only_where_it_belongs(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert gameplan("backup", out, "--data", data).returncode == 0
    refused = gameplan("restore", out, "--database", "postgres://a@b/c", "--data", tmp_path / "back")
    assert (refused.returncode, "it is one of SQLite. Leave --database out" in refused.stderr) == (2, True)


def _rows(address: str) -> int:
    with closing(psycopg.connect(address)) as there:
        row = there.execute("SELECT count(*) FROM cases_access").fetchone()
        assert row
        return int(row[0])


def _names(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as there:
        return {name for (name,) in there.execute("SELECT child_name FROM cases_case")}
