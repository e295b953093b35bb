"""`gameplan audit run` and `report`: the answer of the law, how they leave, and what they say of a broken folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from gameplan.audit import evaluate
from gameplan.audit.cases import fact_id, tables_of, write_part
from gameplan.audit.indicators import KINDS
from gameplan.audit.layout import Folder
from gameplan.audit.rows import ROWS
from gameplan.cli import app, asking, audit_runs
from gameplan.core.assess import assess
from gameplan.core.casefile import read_case
from gameplan.core.facts import Case
from gameplan.law import law_for, vocabulary
from tests.audit.made_folder import ON, StandIn, make_folder
from tests.core.test_casefile import GOOD

DAY = ("--on", "2025-12-01")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, words)])


def child_find(report: Path) -> list[dict[str, str]]:
    """The rows of B-11."""
    return list(csv.DictReader((report / "b11_child_find.csv").read_text("utf-8").splitlines()))


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
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three parts, and an evaluator that stands in for the law."""
    monkeypatch.setattr(evaluate, "evaluator", lambda on: StandIn(on))
    return make_folder(tmp_path / "made").path


def test_run_says_of_each_duty_what_the_explaining_engine_says(folder: Path, case: Case, tmp_path: Path) -> None:
    result = run("run", "--facts", folder, *DAY, "-o", tmp_path / "answer.parquet")
    assert result.exit_code == 0, result.output
    rows = pq.read_table(tmp_path / "answer.parquet").to_pylist()
    duties = assess(case, law_for(case.child.state), on=ON).duties
    names = {one: fact_id(place) for place, one in enumerate(sorted(f.id for f in case.facts), start=1)}
    told = {(one.clock, one.pack, names.get(one.started_by), one.status, one.due, one.days_late) for one in duties}
    found = {
        (row["clock"], row["pack"], None if (row["started_by"] or -1) < 0 else fact_id(row["started_by"]),
         row["status"], row["due"], row["days_late"])
        for row in rows
    }  # fmt: skip
    assert found == told
    assert f"({len(duties)} duties of 1 child)" in result.output


def test_run_gives_only_the_clocks_that_are_asked_for(folder: Path, tmp_path: Path) -> None:
    clocks = "initial-evaluation, iep-annual-review"
    result = run("run", "--facts", folder, *DAY, "-o", tmp_path / "some.parquet", "--only", clocks)
    assert result.exit_code == 0, result.output
    found = {row["clock"] for row in pq.read_table(tmp_path / "some.parquet").to_pylist()}
    assert found == {"initial-evaluation"}


def test_run_names_every_clock_that_there_is_not(folder: Path, tmp_path: Path) -> None:
    result = run("run", "--facts", folder, *DAY, "-o", tmp_path / "some.parquet", "--only", "iep-anual-review,x")
    assert result.exit_code == 2
    assert 'no clock "iep-anual-review"' in result.output
    assert "iep-annual-review" in result.output
    assert 'no clock "x"' in result.output


def test_run_writes_a_row_a_duty(made: Path, tmp_path: Path) -> None:
    result = run("run", "--facts", made, *DAY, "-o", tmp_path / "answer.parquet", "--workers", "2")
    assert result.exit_code == 0, result.output
    answer = pq.read_table(tmp_path / "answer.parquet")
    assert answer.schema.names == ROWS.names
    assert f"({answer.num_rows} duties of 120 children)" in result.output


def test_run_counts_by_what_is_named(made: Path, tmp_path: Path) -> None:
    result = run("run", "--facts", made, *DAY, "-o", tmp_path / "a.parquet", "--by", "state, clock")
    answer = pq.read_table(tmp_path / "a.parquet")
    assert answer.schema.names[:3] == ["state", "clock", "duties"]
    assert sum(answer["duties"].to_pylist()) == 180
    assert f"(180 duties of 120 children in {answer.num_rows} groups)" in result.output
    assert json.loads(answer.schema.metadata[b"gameplan"])["on"] == "2025-12-01"


def test_run_says_every_wrong_name_to_count_by(made: Path, tmp_path: Path) -> None:
    result = run("run", "--facts", made, *DAY, "-o", tmp_path / "a.parquet", "--by", "stat,school,nothing")
    assert result.exit_code == 2
    assert "perhaps state" in " ".join(result.output.split())
    assert "nothing" in result.output


@pytest.mark.parametrize("command", ["run", "report"])
def test_every_fault_of_the_folder_is_said_with_two(command: str, made: Path, tmp_path: Path) -> None:
    Folder(made).facts(1).unlink()
    Folder(made).children(2).write_text("no Parquet")
    result = run(command, "--facts", made, *DAY, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "2 things to mend" in result.output
    assert "facts/part-00001.parquet" in result.output
    assert "children/part-00002.parquet" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "report"])
def test_a_folder_that_is_not_there_is_said(command: str, tmp_path: Path) -> None:
    result = run(command, "--facts", tmp_path / "nowhere", *DAY, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "there are no parts" in result.output


def test_a_place_where_nothing_can_be_written_is_said_before_the_work(made: Path, tmp_path: Path) -> None:
    for out in (tmp_path / "nowhere" / "a.parquet", tmp_path):
        result = run("run", "--facts", made, *DAY, "-o", out)
        assert result.exit_code == 2
        assert "cannot be written there" in result.output


def test_parts_of_another_run_in_the_way_are_said(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "evaluator", lambda on: StandIn(on, stop_at=1))
    words = ("run", "--facts", made, "-o", tmp_path / "a.parquet", "--workers", "1")
    assert isinstance(run(*words, *DAY).exception, RuntimeError)
    result = run(*words, "--on", "2025-12-02")
    assert result.exit_code == 2
    assert "finished parts of another run" in result.output


def test_a_run_that_was_stopped_goes_on(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("run", "--facts", made, *DAY, "-o", tmp_path / "a.parquet", "--workers", "1")
    monkeypatch.setattr(evaluate, "evaluator", lambda on: StandIn(on, stop_at=2))
    run(*words)
    again = StandIn(ON)
    monkeypatch.setattr(evaluate, "evaluator", lambda on: again)
    assert run(*words).exit_code == 0
    assert dict(again.seen) == {2: 1}


def test_a_cluster_that_does_not_answer_is_said(made: Path, tmp_path: Path) -> None:
    result = run("run", "--facts", made, *DAY, "-o", tmp_path / "a.parquet", "--cluster", "nowhere")
    assert result.exit_code == 2
    assert "nowhere" in result.output
    assert isinstance(result.exception, SystemExit)


def test_report_writes_a_table_each_and_a_page(folder: Path, tmp_path: Path) -> None:
    result = run("report", "--facts", folder, "--on", "2026-07-01", "-o", tmp_path / "report", "--lang", "es")
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert names == {"report.html", *(f"{name}.csv" for name in KINDS)}
    assert '<html lang="es">' in (tmp_path / "report" / "report.html").read_text("utf-8")
    rows = child_find(tmp_path / "report")
    assert rows[-1]["state"] == "all"
    assert {row["period"] for row in rows} == {"2025-07-01/2026-06-30"}


def test_report_counts_by_district_and_other_days(folder: Path, tmp_path: Path) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-12-31")
    result = run("report", "--facts", folder, *DAY, *days, "--by", "district", "-o", tmp_path / "report")
    assert result.exit_code == 0, result.output
    rows = child_find(tmp_path / "report")
    assert {row["period"] for row in rows} == {"2025-01-01/2025-12-31"}
    assert "Sample" in {row["district"] for row in rows}


@pytest.mark.parametrize(
    "words",
    [
        ("--by", "school"), ("--from", "2025-01-01"), ("--to", "2025-01-01"), ("--lang", "xx"),
        ("--from", "2025-12-31", "--to", "2025-01-01"), ("--on", "soon"),
    ],
)  # fmt: skip
def test_report_refuses_what_makes_no_sense(words: tuple[str, ...], folder: Path, tmp_path: Path) -> None:
    result = run("report", "--facts", folder, "-o", tmp_path / "report", *words)
    assert result.exit_code == 2
    assert not (tmp_path / "report").exists()


def test_report_leaves_a_folder_that_holds_something_alone(folder: Path) -> None:
    result = run("report", "--facts", folder, *DAY, "-o", folder)
    assert result.exit_code == 2
    assert "holds something already" in result.output


@pytest.mark.parametrize("command", ["run", "report"])
def test_what_is_not_installed_is_said(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "find_spec", lambda name: None if name in ("numba", "pyarrow") else object())
    result = run(command, "--facts", tmp_path, *DAY, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "needs pyarrow and numba" in result.output
    assert 'pip install "gameplan[audit]"' in result.output


@pytest.mark.parametrize(("kept", "says"), [("nothing", "takes a minute or two"), (".", "")])
def test_it_says_that_the_first_run_takes_longer(
    kept: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path / kept))
    audit_runs.say_if_first()
    told = capsys.readouterr()
    assert says in told.err
    assert bool(told.err) == bool(says)
    assert told.out == ""
