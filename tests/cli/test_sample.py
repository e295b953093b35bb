"""`gameplan sample`: the made-up families come into a data folder, once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app
from gameplan.config import serve
from gameplan.planning import keeping
from gameplan.sealing.seal import is_sealed

COMMAND = (sys.executable, "-c", "from gameplan.cli import main; main()", "sample", "--data")


def test_the_families_come_into_a_new_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    done = subprocess.run(
        [*COMMAND, str(folder), "--on", "2026-11-27"], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"They are in {folder}." in done.stdout
    (database,) = folder.glob("*.sqlite3")
    with sqlite3.connect(database) as kept:
        assert kept.execute("select count(*) from cases_case where is_sample").fetchone() == (4,)
        assert all(is_sealed(pdf) for (pdf,) in kept.execute("select pdf from planning_version"))


def test_it_says_what_it_did_and_does_it_once(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "make_cases", lambda _data: tmp_path)
    monkeypatch.setattr(keeping, "sheet_pdf", lambda *_sheet, **_mark: b"%PDF-1.7\n")
    first, again = (CliRunner().invoke(app, ["sample", "--on", "2026-11-27"]) for _time in range(2))
    assert first.output.splitlines() == [
        "Ana (TX): 0 plans, made.",
        "Diego Morales (IL): 2 plans, made.",
        "Jasmine Carter (TX): 2 plans, made.",
        "Noah Bennett (OH): 1 plan, made.",
        "165 made-up providers to find care with.",
        f"They are in {tmp_path}. Look at them with `gameplan serve`.",
    ]
    assert again.output.count("was there already") == 4


def test_a_day_that_is_none_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["sample", "--data", str(tmp_path / "data"), "--on", "soon"])
    assert refused.exit_code == 2
    assert not (tmp_path / "data").exists()
