"""`gameplan roster`: checked, taken in, undone and written out; no child's name is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.cli import app, roster
from gameplan.rosters.doors import Keeper
from gameplan.rosters.models import Pupil, Take
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, CHILDREN, changed, oneroster, plain, zipped
from tests.rosters.test_taking import rows

PLACE = ["--place", "Pecan Valley"]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, keeper: Keeper) -> CliRunner:
    """The command line on the database of the test, which has the district."""
    monkeypatch.setattr(roster, "open_shared", lambda data: data)
    return CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.zip"
    path.write_bytes(oneroster().packed())
    return path


def test_a_file_is_checked_without_keeping_anything(here: CliRunner, file: Path) -> None:
    answer = here.invoke(app, ["roster", "check", str(file)])
    assert (answer.exit_code, answer.stdout.startswith("oneroster-1.2, bulk: 4 students, 1 staff member")) == (0, True)
    file.write_bytes(oneroster([changed(ANA, born="never")]).packed())
    answer = here.invoke(app, ["roster", "check", str(file)])
    assert answer.exit_code == 2
    assert "demographics.csv, row 2, column birthDate" in answer.stderr
    assert not Take.objects.exists()


def test_it_is_taken_in_after_a_yes_and_undone(here: CliRunner, file: Path) -> None:
    answer = here.invoke(app, ["roster", "take", str(file), *PLACE], input="n\n")
    assert (answer.exit_code, Pupil.objects.count()) == (1, 0)
    answer = here.invoke(app, ["roster", "take", str(file), *PLACE, "--yes"])
    assert "students: 4 new" in answer.stdout
    assert "Lopez" not in answer.stdout
    assert Pupil.objects.count() == len(CHILDREN)
    number = str(Take.objects.get(state="taken").pk)
    assert here.invoke(app, ["roster", "undo", number]).exit_code == 0
    assert not Pupil.objects.exists()
    answer = here.invoke(app, ["roster", "undo", number])
    assert (answer.exit_code, "not taken in" in answer.stderr) == (2, True)
    assert here.invoke(app, ["roster", "undo", "0"]).exit_code == 2


def test_plain_csv_is_read_by_a_mapping(here: CliRunner, tmp_path: Path) -> None:
    file, mapping = tmp_path / "pupils.csv", tmp_path / "columns.toml"
    file.write_bytes(plain(header=[f"Column {number}" for number in range(14)]))
    answer = here.invoke(app, ["roster", "take", str(file), *PLACE, "--yes"])
    assert (answer.exit_code, "No column tells the name." in answer.stderr) == (2, True)
    mapping.write_text('[columns]\nsourced_id = "Column 0"\ngiven = "Column 2"\nfamily = "Column 3"\n')
    answer = here.invoke(app, ["roster", "take", str(file), *PLACE, "--mapping", str(mapping), "--yes"])
    assert (answer.exit_code, Pupil.objects.count()) == (0, len(CHILDREN))
    mapping.write_text("columns = 3")
    assert here.invoke(app, ["roster", "check", str(file), "--mapping", str(mapping)]).exit_code == 2


def test_a_school_of_a_district_has_no_roster(here: CliRunner, file: Path) -> None:
    answer = here.invoke(app, ["roster", "take", str(file), "--place", "Oak School"])
    assert (answer.exit_code, "Name its district" in answer.stderr) == (2, True)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_is_written_out_comes_in_again_unchanged(
    here: CliRunner, bring: Given, preview: Given, tmp_path: Path, version: str
) -> None:
    bring(oneroster(version=version))
    before, out = rows(), tmp_path / "out"
    assert here.invoke(app, ["roster", "export", *PLACE, "-o", str(out)]).exit_code == 0
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    take = preview(zipped(files))
    assert (take.form, take.source, take.state) == ("oneroster-1.2", "Made Up SIS", "previewed")
    assert take.counts.get("pupil same") == len(CHILDREN)
    assert rows() == before
    assert here.invoke(app, ["roster", "export", *PLACE, "-o", str(out)]).exit_code == 2


def test_a_roster_of_plain_csv_can_be_written_out_too(bring: Given, here: CliRunner, tmp_path: Path) -> None:
    from tests.rosters.test_taking import MAPPING

    bring(plain(), mapping=MAPPING)
    assert here.invoke(app, ["roster", "export", *PLACE, "-o", str(tmp_path / "out")]).exit_code == 0
    packed = tmp_path / "packed.zip"
    packed.write_bytes(zipped({path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}))
    answer = here.invoke(app, ["roster", "check", str(packed)])
    assert (answer.exit_code, answer.stderr) == (0, "")
