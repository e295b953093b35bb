"""`gameplan plan print`: a paper from a plan file, and clear words where there can be none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app
from tests.plans.rich_plan import ANA, ana


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["plan", "print", *words])


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_it_writes_the_kind_of_file_that_the_name_asks_for(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"ana.{ending}"
    result = run(str(ANA), "--as", "glance", "--on", "2025-09-20", "-o", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"%PDF-" if ending == "pdf" else b"PK")


def test_docx_wins_over_the_ending(tmp_path: Path) -> None:
    out = tmp_path / "ana.out"
    assert run(str(ANA), "--as", "plain", "--docx", "--lang", "es", "--draft", "-o", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as", "504", "-o", "x.pdf"], "iep, glance, plain, student"),
        (["--as", "iep", "-o", "x.odt"], "End it in .pdf or .docx."),
        (["--as", "iep", "-o", "no-such-folder/x.pdf"], "cannot be written"),
        (["--as", "iep", "--lang", "tlh", "-o", "x.pdf"], "does not speak"),
    ],
)
def test_what_cannot_be_printed_is_told(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(str(ANA), *words)
    assert result.exit_code == 2
    assert said in result.output.replace("\n", " ").replace("│", "").replace("  ", " ")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_plan_is_refused_with_every_fault(tmp_path: Path) -> None:
    broken = tmp_path / "plan.json"
    broken.write_text(json.dumps(ana(start="soon", esy="maybe")), encoding="utf-8")
    result = run(str(broken), "--as", "iep", "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 2
    assert "content.start" in result.output
    assert "content.esy" in result.output


def test_a_letter_that_no_font_has_is_named(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(ana(iep_manager="王")), encoding="utf-8")
    result = run(str(plan), "--as", "glance", "-o", str(tmp_path / "x.pdf"))
    assert result.exit_code == 2
    assert "王" in result.output
