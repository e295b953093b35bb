"""A new database has the same tables whether they are made at once or by all migrations one after the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.places import fresh_database


def made(folder: Path, *words: str) -> Any:
    """The tables of a fresh database, made in a program of its own."""
    told = {"GAMEPLAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    folder.mkdir()
    command = [sys.executable, "-m", "tests.config.tables_made", *words]
    with fresh_database() as database:
        done = subprocess.run(command, env=os.environ | told | database, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_tables_made_at_once_are_those_of_the_history(db: None, tmp_path: Path) -> None:
    at_once, history = made(tmp_path / "once"), made(tmp_path / "history", "history")
    assert at_once.keys() == history.keys()
    assert {name: told for name, told in at_once.items() if told != history[name]} == {}
