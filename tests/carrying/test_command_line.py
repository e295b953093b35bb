"""`gameplan cases`: templates, a dry run, bringing in, and undo; no child's name is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gameplan.carrying.doors import Carrier
from gameplan.carrying.models import Batch
from gameplan.cases.models import Access, Case
from gameplan.cli import app, cases
from tests.carrying.made import Files
from tests.carrying.test_zips import zipped

PLACE = ["--place", "Pecan Valley"]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, carrier: Carrier) -> CliRunner:
    """The command line on the database of the test, which has the district."""
    monkeypatch.setattr(cases, "open_shared", lambda data: data)
    return CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the templates filled in."""
    for name, text in Files().texts().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_comes_in_after_a_yes_and_is_undone(here: CliRunner, folder: Path) -> None:
    answer = here.invoke(app, ["cases", "import", str(folder), "--dry-run"])
    assert (answer.exit_code, "3 new, of no student" in answer.stdout, Case.objects.count()) == (0, True, 0)
    answer = here.invoke(app, ["cases", "import", str(folder), *PLACE], input="n\n")
    assert (answer.exit_code, Case.objects.count()) == (1, 0)
    answer = here.invoke(app, ["cases", "import", str(folder), *PLACE, "--yes", "--source", "Acme"])
    assert ("3 cases brought in" in answer.stdout, "Brook" in answer.stdout, Case.objects.count()) == (True, False, 3)
    assert set(Access.objects.values_list("person", "role")) == {("installer", "installer")}
    assert [one.source for one in Batch.objects.filter(state="taken")] == ["Acme"]
    number = str(Batch.objects.get(state="taken").pk)
    assert here.invoke(app, ["cases", "undo", number]).exit_code == 0
    assert not Case.objects.exists()
    answer = here.invoke(app, ["cases", "undo", number])
    assert (answer.exit_code, "not brought in" in answer.stderr) == (2, True)
    assert here.invoke(app, ["cases", "undo", "0"]).exit_code == 2


def test_what_is_wrong_is_told_at_once(here: CliRunner, folder: Path) -> None:
    text = (folder / "facts.csv").read_text(encoding="utf-8")
    (folder / "facts.csv").write_text(text.replace("initial-services", "?").replace("reading", ""), encoding="utf-8")
    answer = here.invoke(app, ["cases", "import", str(folder), "--yes"])
    assert (answer.exit_code, Case.objects.count()) == (2, 0)
    for says in ("row 2, column for", "row 3, column areas", "2 things to mend. Nothing was brought in."):
        assert says in answer.stderr


def test_zips_come_in_for_a_school(here: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "ana.zip").write_bytes(zipped("Ana Lopez"))
    answer = here.invoke(app, ["cases", "import", str(tmp_path), "--school", "Oak School", "--yes"])
    assert (answer.exit_code, Case.objects.get().child_school) == (0, "Oak School"), answer.stderr
    wrong = [["--school", "Nowhere"], ["--place", "Oak School"], ["--place", "Texas Agency", "--school", "Oak School"]]
    for option in wrong:
        assert here.invoke(app, ["cases", "import", str(tmp_path), *option, "--yes"]).exit_code == 2
    assert here.invoke(app, ["cases", "import", str(tmp_path / "none.zip"), *PLACE]).exit_code == 2


def test_templates_are_written_into_a_new_folder(here: CliRunner, tmp_path: Path) -> None:
    out = tmp_path / "templates"
    assert here.invoke(app, ["cases", "template", "-o", str(out)]).exit_code == 0
    assert {one.name for one in out.iterdir()} == {"cases.csv", "facts.csv", "plans.csv", "kinds.csv", "README.txt"}
    assert here.invoke(app, ["cases", "template", "-o", str(out)]).exit_code == 2
    answer = here.invoke(app, ["cases", "import", str(out), *PLACE, "--yes"])
    assert (answer.exit_code, "no row but examples" in answer.stderr) == (2, True)
