"""`gameplan plan`: readable pages, JSON for programs, exit code 2 with every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app
from tests.plans.sample import GOAL, SPEECH, whole


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, words)])


def kept(folder: Path, name: str, **content: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(whole(**content)))
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return kept(tmp_path, "good.json")


def test_a_whole_plan_says_so(good: Path) -> None:
    result = run("check", good, "--on", "2025-10-01")
    assert result.exit_code == 0, result.output
    assert "Missing: 0. Cannot be told yet: 0." in result.output
    assert "What is missing" not in result.output
    assert "34 CFR 300.320(a)(1)" in result.output


def test_what_is_missing_comes_first_with_place_and_law(tmp_path: Path) -> None:
    broken = kept(tmp_path, "gap.json", goals=[{**GOAL, "measure": ""}], behavior=None, related_services=None)
    result = run("check", broken, "--on", "2025-10-01")
    assert result.exit_code == 0
    first = result.output.index("How progress toward each goal will be measured (34 CFR 300.320(a)(3)(i))")
    assert first < result.output.index("What cannot be told yet") < result.output.index("What is there")
    assert "> Reading: “How it is measured” is missing." in result.output
    assert "not answered yet" in result.output
    assert "Lists that say nothing" in result.output
    assert "What this plan need not have" in result.output


def test_the_check_as_json(good: Path) -> None:
    told = json.loads(run("check", good, "--on", "2025-10-01", "--json").output)
    assert (told["answer"], told["counts"]["missing"]) == ("there", 0)


def test_without_a_day_it_is_today(good: Path) -> None:
    assert run("check", good).exit_code == 0


def test_in_spanish_the_days_are_spanish(good: Path) -> None:
    assert "octubre" in run("check", good, "--on", "2025-10-01", "--lang", "es").output


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b'{"gameplan_plan": 1}'])
@pytest.mark.parametrize("command", ["check", "compare"])
def test_a_broken_file_leaves_with_two(command: str, content: bytes, tmp_path: Path, good: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    result = run(command, path) if command == "check" else run(command, good, path)
    assert result.exit_code == 2
    assert "to mend" in result.output
    assert str(path) in result.output


def test_every_fault_is_said_at_once(tmp_path: Path) -> None:
    path = kept(tmp_path, "wrong.json", start="soon", behavior="no", strenghts="x")
    result = run("check", path)
    assert result.exit_code == 2
    assert "3 things to mend" in result.output
    assert 'Did you mean "strengths"?' in result.output


def test_a_file_that_is_not_there_and_a_wrong_day_or_language(good: Path) -> None:
    assert "cannot be opened" in run("check", "nowhere.json").output
    assert run("check", good, "--on", "soon").exit_code == 2
    assert run("check", good, "--lang", "tlh").exit_code == 2


def test_two_plans_compared(tmp_path: Path, good: Path) -> None:
    fewer = [{**SPEECH, "times": 1}, {"id": "r2", "service": "transportation", "amount": "daily"}]
    now = kept(tmp_path, "now.json", related_services=fewer, strengths="Ana is curious, kind and brave.")
    result = run("compare", good, now)
    assert result.exit_code == 0, result.output
    assert "Speech and language therapy: less. 60 minutes a week before, 30 now." in result.output
    assert "[+" in result.output
    said = " ".join(result.output.split())
    assert "60 before, 30 now." in said
    assert "no minutes: 1." in said
    told = json.loads(run("compare", good, now, "--json").output)
    assert [one["id"] for one in told["sections"]] == ["voices", "services"]


def test_a_plan_compared_with_itself(good: Path) -> None:
    assert "Both plans say the same." in run("compare", good, good).output


def test_a_long_text_shows_what_is_around_a_change(tmp_path: Path) -> None:
    text = "This is a long story about one child. " * 5
    old, new = kept(tmp_path, "a.json", needs=text + "End."), kept(tmp_path, "b.json", needs=text + "Stop.")
    output = run("compare", old, new).output
    assert "… " in output
    assert "[-End-][+Stop+]" in output


def test_forms_and_their_schema() -> None:
    assert "iep " in run("forms").output
    assert any(one["id"] == "iep" for one in json.loads(run("forms", "--json").output))
    assert json.loads(run("schema").output)["properties"]["form"] == {"const": "iep"}
    assert json.loads(run("schema", "iep").output) == json.loads(run("schema").output)
    wrong = run("schema", "iepp")
    assert wrong.exit_code == 2
    assert "Did you mean" in wrong.output
