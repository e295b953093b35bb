"""`gameplan care`: import, status, places of ZIP codes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app
from gameplan.config.lock import hold
from tests.care.made import HEADER, npi, row, write_file, write_zip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Path]:
    """A folder with which a server runs: commands take its database as it is."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("GAMEPLAN_DATA", str(data))
    before, lock = os.umask(0o077), hold(data)
    yield data
    os.close(lock)
    os.umask(before)


def run(folder: Path, *command: str) -> Result:
    return CliRunner().invoke(app, ["care", *command, "--data", str(folder)])


def test_a_zip_is_taken_in_and_told(folder: Path, tmp_path: Path) -> None:
    packed = write_zip(tmp_path, write_file(tmp_path, [row(1), row(2, npi="1234567890"), row(4), row(5, state="CA")]))
    told = run(folder, "import", str(packed), "--states", "tx, nm")
    assert told.exit_code == 0
    assert "4 rows read, 2 listings kept in NM, TX, 0 removed, 1 could not be read." in told.stdout
    assert "row 2: " in told.stderr
    again = run(folder, "import", str(packed), "--states", "NM,TX")
    assert (again.exit_code, "was taken in on" in again.stderr) == (2, True)
    listed = json.loads(run(folder, "status", "--json").stdout)
    assert (listed["listings"], listed["by_kind"]["speech"], listed["files"][0]["kept"]) == (2, 2, 2)
    assert run(folder, "status").stdout.startswith("2 listings.\n  Speech-language pathologists: 2\n")


def test_every_fault_of_a_file_is_told_with_exit_code_2(folder: Path, tmp_path: Path) -> None:
    cut = write_file(tmp_path, [], header=[name for name in HEADER if "Update" not in name and name != "NPI"])
    told = run(folder, "import", str(cut))
    assert told.exit_code == 2
    assert "2 things to mend." in told.stderr
    assert 'the column "NPI" is not there' in told.stderr
    assert run(folder, "import", str(tmp_path / "nothing.zip")).exit_code == 2


def test_a_strange_state_is_refused(folder: Path, tmp_path: Path) -> None:
    told = run(folder, "import", str(write_file(tmp_path, [row(1)])), "--states", "TX,Texas")
    assert told.exit_code == 2
    assert "TEXAS: no State has these letters" in told.stderr


def test_places_are_loaded(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "2026_Gaz_zcta_national.txt"
    path.write_text("GEOID\tINTPTLAT\tINTPTLONG\n87102\t35.1\t-106.6\n", encoding="utf-8")
    assert run(folder, "zips", str(path)).stdout == "1 ZIP codes.\n"
    path.write_text("GEOID\n", encoding="utf-8")
    assert run(folder, "zips", str(path)).exit_code == 2


def test_the_number_of_the_sample_belongs_to_nobody() -> None:
    assert npi(1).startswith("29")
