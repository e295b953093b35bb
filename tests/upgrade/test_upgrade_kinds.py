"""A database of an earlier gameplan of the kind that these tests run on, brought up to date as a start does it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.backup.conftest import bare, gameplan, place
from tests.upgrade.test_upgrade import HERE, LOOK

__all__ = ["place"]

BRING_UP = """
import sys
from pathlib import Path
from gameplan.config.serve import migrate, prepare, set_up_django
prepare(Path(sys.argv[2]))
set_up_django()
migrate()
"""


def old_one_in(place: dict[str, str]) -> str:
    """Puts the old database where the environment leads; what kind it is."""
    folder = Path(place["GAMEPLAN_DATA"])
    if "DATABASE_URL" not in place:
        (folder / "gameplan.sqlite3").write_bytes(gzip.decompress((HERE / "old.sqlite3.gz").read_bytes()))
        return "sqlite3"
    with psycopg.connect(place["DATABASE_URL"]) as there:
        there.execute(gzip.decompress((HERE / "old.sql.gz").read_bytes()))
    return "sql"


def test_all_that_was_there_still_is(place: dict[str, str]) -> None:
    kind, env = old_one_in(place), bare() | place
    old = json.loads((HERE / f"old.{kind}.json").read_text(encoding="utf-8"))
    told = [sys.executable, "-c", BRING_UP + LOOK, old["case"], place["GAMEPLAN_DATA"]]
    ran = subprocess.run(told, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    now = json.loads(ran.stdout.splitlines()[-1])
    assert (now["facts"]["child"], now["facts"]["facts"]) == (old["facts"]["child"], old["facts"]["facts"])
    assert (now["papers"], now["letter"], now["pdf"]) == (["%PDF-1.7\n% a scan\n"], old["letter"], "%PDF-")
    number, head = old["trail"]
    kept = gameplan("trail", "verify", "--case", old["case"], "--head", f"{number}:{head}", env=env)
    assert (kept.returncode, "The trail is whole" in kept.stdout) == (0, True), kept.stdout + kept.stderr
