"""`gameplan audit`: what it prints, how it leaves, and what it says where something is missing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from gameplan.audit.cases import tables_of, write_part
from gameplan.audit.layout import Folder
from gameplan.cases import verbs
from gameplan.cases.people import HOME
from gameplan.cli import app, audit
from gameplan.core.casefile import read_case
from gameplan.core.facts import Case
from gameplan.law import vocabulary
from tests.core.test_casefile import GOOD

ON = ("--on", "2025-12-01")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, words)])


@pytest.fixture
def case() -> Case:
    return read_case(GOOD, vocabulary())


@pytest.fixture
def folder(tmp_path: Path, case: Case) -> Path:
    """A folder with one case, of number 12."""
    children, facts, calendars = tables_of([(12, case, "Sample", "Oak")])
    write_part(tmp_path / "facts", 0, children, facts)
    pq.write_table(calendars, Folder(tmp_path / "facts").calendars)
    return tmp_path / "facts"


@pytest.fixture
def own_umask() -> Iterator[None]:
    """Opening the cases closes what is written to other users: undone for the next test."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def assessed(case: Case, tmp_path: Path, *words: str) -> str:
    """What `gameplan assess` says of the same case."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(GOOD | {"child": {"state": case.child.state, "born": str(case.child.born)}}))
    return CliRunner().invoke(app, ["assess", str(path), *ON, *words]).output


def test_explain_says_the_same_as_assess(folder: Path, case: Case, tmp_path: Path) -> None:
    result = run("explain", "12", "--facts", folder, *ON)
    assert result.exit_code == 0, result.output
    assert result.output == assessed(case, tmp_path)


def test_explain_says_the_same_in_json_and_spanish(folder: Path, case: Case, tmp_path: Path) -> None:
    result = run("explain", "12", "--facts", folder, *ON, "--json", "--lang", "es")
    assert json.loads(result.output) == json.loads(assessed(case, tmp_path, "--json", "--lang", "es"))


def test_explain_can_speak_of_one_rule_alone(folder: Path) -> None:
    found = json.loads(run("explain", "12", "--facts", folder, *ON, "--json").output)["duties"]
    clock = found[0]["clock"]
    alone = json.loads(run("explain", "12", "--facts", folder, *ON, "--json", "--clock", clock).output)
    assert {duty["clock"] for duty in alone["duties"]} == {clock}
    assert alone["options"] == []


def test_a_rule_that_is_not_there_is_said_with_those_near_it(folder: Path) -> None:
    result = run("explain", "12", "--facts", folder, "--clock", "initial-evaluatoin")
    assert result.exit_code == 2
    assert "initial-evaluation" in result.output


def test_a_case_that_is_not_there_is_said(folder: Path) -> None:
    result = run("explain", "13", "--facts", folder, *ON)
    assert result.exit_code == 2
    assert "holds the case 13" in result.output
    assert "Check the number" in result.output


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run("explain", "13", "--facts", tmp_path / "nowhere", *ON)
    assert result.exit_code == 2
    assert "nowhere" in result.output


def test_a_file_that_is_no_parquet_is_said(folder: Path) -> None:
    Folder(folder).facts(0).write_text("no Parquet")
    result = run("explain", "12", "--facts", folder, *ON)
    assert result.exit_code == 2
    assert "to mend" in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("words", [("--on", "tomorrow"), ("--lang", "xx"), ()])
def test_a_wrong_day_language_or_number_leaves_with_two(folder: Path, words: tuple[str, ...]) -> None:
    assert run("explain", "12" if words else "twelve", "--facts", folder, *words).exit_code == 2


def test_synth_writes_a_folder_that_explain_reads(tmp_path: Path) -> None:
    result = run("synth", "--children", "30", "--seed", "4", "-o", tmp_path / "made")
    assert result.exit_code == 0, result.output
    assert "30 children" in result.output
    cases = pq.read_table(Folder(tmp_path / "made").children(0))["case"].to_pylist()
    assert len(cases) == 30
    found = run("explain", str(cases[7]), "--facts", tmp_path / "made", *ON)
    assert found.exit_code == 0, found.output
    assert "This child" in found.output


def test_synth_refuses_a_folder_that_holds_something(folder: Path) -> None:
    result = run("synth", "--children", "3", "-o", folder)
    assert result.exit_code == 2
    assert "not empty" in result.output


def test_export_gives_the_cases_away_without_names(db: None, own_umask: None, tmp_path: Path, case: Case) -> None:
    verbs.import_case(HOME, case)
    result = run("export", "-o", tmp_path / "out", "--keep-map", tmp_path / "map.csv")
    assert result.exit_code == 0, result.output
    assert "(1 child, " in result.output
    assert "keep it here" in result.output
    number = (tmp_path / "map.csv").read_text().splitlines()[1].partition(",")[0]
    assert run("explain", number, "--facts", tmp_path / "out", *ON).output == assessed(case, tmp_path)


def test_export_says_everything_that_is_in_the_way(db: None, own_umask: None, folder: Path) -> None:
    result = run("export", "-o", folder, "--keep-map", folder / "map.csv")
    assert result.exit_code == 2
    assert "2 things to mend" in result.output
    assert "not empty" in result.output


def test_export_names_a_data_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("export", "-o", tmp_path / "out", "--data", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "the folder is not there" in result.output
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "words", [("explain", "12", "--facts", "x"), ("synth", "--children", "3", "-o", "x"), ("export", "-o", "x")]
)
def test_what_is_not_installed_is_said_with_the_way_to_install_it(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "find_spec", lambda name: None if name == "pyarrow" else find_spec(name))
    result = run(*words)
    assert result.exit_code == 2
    assert 'needs pyarrow, not installed here. Install what the audit needs: pip install "gameplan[audit]"' in (
        result.output
    )


def test_today_is_the_day_where_none_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "this_day", lambda: date(2025, 12, 1))
    assert run("explain", "12", "--facts", folder).output == run("explain", "12", "--facts", folder, *ON).output
