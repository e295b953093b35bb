"""`gameplan assess` on every case under examples/, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gameplan.cli import app

HERE = Path(__file__).parents[2] / "examples"
CASES = sorted(path.stem for path in HERE.glob("*.json"))


def assess(name: str, *more: str) -> str:
    expect = json.loads((HERE / f"{name}.expect").read_text())
    result = CliRunner().invoke(app, ["assess", str(HERE / f"{name}.json"), "--on", expect["on"], *more])
    assert result.exit_code == 0, result.output
    return result.output


def test_there_are_at_least_twelve() -> None:
    assert len(CASES) >= 12


@pytest.mark.parametrize("name", CASES)
def test_the_standing_is_right(name: str) -> None:
    expect: dict[str, Any] = json.loads((HERE / f"{name}.expect").read_text())
    found = json.loads(assess(name, "--json"))
    assert found["stage"] == expect["stage"]
    for wanted in expect["duties"]:
        _matches(found["duties"], dict(wanted))
    assert set(expect.get("options", ())) <= {option["id"] for option in found["options"]}
    for words in expect.get("warnings", ()):
        assert any(words in warning for warning in found["warnings"])


def _matches(duties: list[dict[str, Any]], wanted: dict[str, Any]) -> None:
    settles, accounts = wanted.pop("settles", None), wanted.pop("accounts", None)
    same = [duty for duty in duties if duty["clock"] == wanted["clock"]]
    assert same, f"no duty {wanted['clock']}"
    fitting = [duty for duty in same if all(duty[name] == value for name, value in wanted.items())]
    assert fitting, {name: [duty[name] for duty in same] for name in wanted}
    if settles:
        assert any(settles in ask for ask in fitting[0]["would_settle"])
    if accounts:
        assert {one["said_by"]: one["status"] for one in fitting[0]["accounts"]} == accounts


@pytest.mark.parametrize("name", CASES)
def test_the_page_of_words_names_each_open_duty_with_its_law(name: str) -> None:
    page = assess(name)
    for duty in json.loads(assess(name, "--json"))["duties"]:
        assert " ".join(duty["title"].split()[:3]) in " ".join(page.split())
    assert "Law:" in page


@pytest.mark.parametrize("name", CASES[:3])
def test_the_page_speaks_spanish_too(name: str) -> None:
    assert assess(name, "--lang", "es") != assess(name)
