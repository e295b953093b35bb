"""The commands: what they print, how they leave, and that a refused file writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app
from tests.core.test_casefile import GOOD, broken


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(GOOD))
    return path


@pytest.mark.parametrize("seed", range(0, 120, 3))
def test_a_broken_case_leaves_with_two_and_names_place_and_mend(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(broken(seed)))
    result = run("assess", str(path), "--on", "2025-12-01", "--json")
    assert result.exit_code == 2
    assert "to mend" in result.output
    assert "- " in result.output


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2", b'{"gameplan": 1}', b"null", b"[" * 100_000])
def test_what_is_no_json_leaves_with_two_and_says_where(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    result = run("assess", str(path), "--on", "2025-12-01")
    assert result.exit_code == 2
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_file_that_is_not_there_is_said_so() -> None:
    result = run("assess", "nowhere.json", "--on", "2025-12-01")
    assert result.exit_code == 2
    assert "cannot be opened" in result.output


@pytest.mark.parametrize("day", ["tomorrow", "2025-13-01", "12/01/2025", ""])
def test_a_wrong_day_is_said_so(day: str, case_file: Path) -> None:
    assert run("assess", str(case_file), "--on", day).exit_code == 2


def test_the_letter_is_a_tagged_pdf_in_spanish(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    result = run("letter", "evaluation-request", str(case_file), "--lang", "es", "-o", str(out))
    assert result.exit_code == 0, result.output
    with pikepdf.open(out) as pdf:
        assert str(pdf.Root.Lang).startswith("es")
        assert "/StructTreeRoot" in pdf.Root


def test_what_the_case_does_not_hold_is_a_named_space_to_fill_in_by_hand(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    result = run("letter", "evaluation-request", str(case_file), "-o", str(out), "--on", "2025-09-03")
    assert result.exit_code == 0
    assert "Your name" in out.read_text()
    assert "To fill in by hand" in result.output
    assert "15 school days" in out.read_text()


def test_what_is_said_stands_in_the_letter(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    run("letter", "evaluation-request", str(case_file), "-o", str(out), "--set", "parent=Maria Lopez")
    assert "Maria Lopez" in out.read_text()


def test_a_strange_field_stops_the_letter(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    result = run("letter", "evaluation-request", str(case_file), "-o", str(out), "--set", "favorite=blue")
    assert result.exit_code == 2
    assert not out.exists()


def test_a_broken_case_writes_no_letter(tmp_path: Path) -> None:
    path, out = tmp_path / "broken.json", tmp_path / "out.pdf"
    path.write_text(json.dumps(broken(1)))
    assert run("letter", "evaluation-request", str(path), "-o", str(out)).exit_code == 2
    assert not out.exists()


def test_a_rule_is_shown_with_its_citation() -> None:
    result = run("law", "show", "initial-evaluation", "--state", "TX")
    assert result.exit_code == 0
    assert "45 school days" in result.output
    assert "TEC 29.004" in result.output


@pytest.mark.parametrize(
    "words", [("law", "show", "no-such-rule"), ("law", "show", "initial-evaluation", "--state", "ZZ")]
)
def test_a_rule_or_state_that_is_not_there_is_said_so(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_coverage_as_json_has_every_state() -> None:
    found: dict[str, Any] = json.loads(run("law", "coverage", "--json").output)
    assert len(found["states"]) == 51
    assert found["states"]["CA"]["initial-evaluation"]["runs"] is True
    assert "doubt" in found["states"]["CA"]["initial-evaluation"]


def test_coverage_as_a_table_says_what_does_not_run() -> None:
    result = run("law", "coverage")
    assert result.exit_code == 0
    assert "not yet" in result.output


def test_checking_the_law_of_one_state_says_that_it_holds() -> None:
    result = run("law", "check", "TX")
    assert result.exit_code == 0
    assert "holds" in result.output


@pytest.mark.parametrize("words", [("schema",), ("law", "schema")])
def test_the_schemas_are_json(words: tuple[str, ...]) -> None:
    assert json.loads(run(*words).output)["$schema"]


def test_help_names_every_command() -> None:
    found = run("--help").output
    assert all(word in found for word in ("assess", "law", "letter", "serve", "link", "schema"))


def test_every_letter_and_notice_is_listed_with_its_fields_and_languages() -> None:
    told = json.loads(run("letter", "list", "--json").output)
    request = next(row for row in told if row["id"] == "evaluation-request")
    assert request["languages"] == ["en", "es"]
    assert request["records"] == "evaluation-requested"
    assert {"concerns", "parent"} <= {field["id"] for field in request["fields"]}
    assert "prior-written-notice" in run("letter", "list").output


def test_several_values_of_one_field_and_a_word_file(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    run(
        "letter",
        "evaluation-request",
        str(case_file),
        "-o",
        str(out),
        "--set",
        "areas=hearing",
        "--set",
        "areas=vision",
    )
    assert "hearing; vision" in out.read_text()
    assert run("letter", "evaluation-request", str(case_file), "-o", str(tmp_path / "out.docx")).exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "out.docx")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("love-letter", "case.json", "-o", "x.pdf"), "no letter"), (("evaluation-request",), "Name the case file")],
)
def test_a_wrong_call_says_what_to_give(words: tuple[str, ...], said: str) -> None:
    result = run("letter", *words)
    assert result.exit_code == 2
    assert said in result.output


def test_a_word_file_is_made_where_no_database_is(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "rights.docx"
    command = [sys.executable, "-c", "from gameplan.cli import main; main()", "letter", "thank-you", str(case_file)]
    made = subprocess.run([*command, "-o", str(out)], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert zipfile.is_zipfile(out)


def test_nobody_says_yes_for_the_family(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    result = run("letter", "state-complaint", str(case_file), "-o", str(out))
    assert result.exit_code == 2
    assert "--set within_year=yes" in result.output
    assert not out.exists()
    assert run("letter", "state-complaint", str(case_file), "-o", str(out), "--set", "within_year=yes").exit_code == 0


def test_no_day_and_no_choice_is_made_up_for_the_writer(case_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    result = run("letter", "eligibility-notice", str(case_file), "-o", str(out))
    assert result.exit_code == 2
    assert "--set eligible=yes|no" in result.output
    assert "--set decided=YYYY-MM-DD" in result.output
    assert not out.exists()
