"""`gameplan assess --suppose`: the differences, in words and as one more key; without it nothing is added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.core.test_casefile import GOOD

LATER = "consent-given:2026-02-02:for=initial-evaluation"


@pytest.fixture
def case_file(tmp_path: Path) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(GOOD))
    return str(path)


def test_the_differences_are_one_more_key(case_file: str) -> None:
    found = json.loads(run("assess", case_file, "--on", "2026-03-01", "--json", "--suppose", LATER).output)
    assert found["what_if"]["supposed"][0].startswith(LATER)
    assert found["what_if"]["duties"]
    plain = json.loads(run("assess", case_file, "--on", "2026-03-01", "--json").output)
    assert "what_if" not in plain
    assert {**plain, "what_if": found["what_if"]} == found


def test_the_differences_in_words_say_that_nothing_is_recorded(case_file: str) -> None:
    before = Path(case_file).read_bytes()
    result = run("assess", case_file, "--on", "2026-03-01", "--suppose", LATER)
    assert result.exit_code == 0
    assert "Nothing is recorded" in result.output
    assert "Starts:" in result.output
    assert Path(case_file).read_bytes() == before


def test_what_changes_nothing_is_said(case_file: str) -> None:
    result = run("assess", case_file, "--on", "2026-03-01", "--suppose", "school-wrote:2026-02-02")
    assert "Nothing would change" in result.output


def test_every_wrong_supposition_is_named_and_leaves_with_two(case_file: str) -> None:
    result = run("assess", case_file, "--on", "2026-03-01", "--suppose", "nope:2026-02-02", "--suppose", "meeting-held")
    assert result.exit_code == 2
    assert "not a kind of fact" in result.output
    assert "meeting-held" in result.output or "day it happened is missing" in result.output
