"""`gameplan trail`: one clear line a finding, the exit code, and the end of a trail to keep elsewhere."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.cli import app
from gameplan.config import serve
from gameplan.core.facts import Child
from tests.trail.conftest import set_column


@pytest.fixture
def case(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    """Ana's case with one fact; the command finds it where the tests keep it."""
    monkeypatch.setattr(serve, "open_cases", lambda _data: tmp_path)
    case = verbs.start_case(HOME, child=Child(name="Ana", state="TX"))
    verbs.record_fact(case, by=HOME, kind="meeting-held", on=date(2025, 9, 3))
    return case


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["trail", *words])
    return done.exit_code, done.output


def tamper(case: Case) -> None:
    entry = case.entries.get()
    set_column(entry, entry._meta.get_field("on"), date(2025, 9, 30))


def test_a_whole_trail_says_so(case: Case) -> None:
    assert run("verify") == (0, "1 case and 2 rows checked. The trail is whole.\n")
    assert run("verify", "--case", str(case.pk))[0] == 0


def test_each_finding_is_one_line(case: Case) -> None:
    tamper(case)
    status, said = run("verify")
    assert status == 1
    assert said.splitlines() == [
        f"{case.pk}: fact:f1: The fact f1 is not as row 2 of the trail left it. (since row 2)",
        "1 case and 2 rows checked. 1 thing does not fit.",
    ]


def test_programs_get_the_same(case: Case) -> None:
    tamper(case)
    status, said = run("verify", "--json")
    told = json.loads(said)
    assert (status, told["whole"], told["rows"], told["findings"]) == (1, False, 2, 1)
    assert [(one["what"], one["about"], one["since"]) for one in told["found"]] == [("changed", "fact:f1", 2)]


def test_the_end_is_printed_and_checked_again(case: Case) -> None:
    status, head = run("head", "--case", str(case.pk))
    assert status == 0
    assert head.startswith("2:")
    assert run("verify", "--case", str(case.pk), "--head", head.strip())[0] == 0
    wrong = f"2:{'0' * 64}"
    status, said = run("verify", "--case", str(case.pk), "--head", wrong)
    assert status == 1
    assert "Row 2 is not the one whose hash was kept elsewhere." in said
    assert json.loads(run("head", "--case", str(case.pk), "--json")[1])["number"] == 2


@pytest.mark.parametrize(
    "words",
    [
        ["verify", "--case", "ana"],
        ["verify", "--head", f"2:{'0' * 64}"],
        ["verify", "--case", str(uuid4())],
        ["verify", "--case", str(uuid4()), "--head", "two"],
        ["head", "--case", str(uuid4())],
        ["head", "--case", ""],
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_mend(case: Case, words: list[str]) -> None:
    assert run(*words)[0] == 2


def test_a_folder_without_cases_is_said(tmp_path: Path) -> None:
    status, said = run("verify", "--data", str(tmp_path / "nothing"))
    assert status == 2
    assert "the folder is not there" in said
