"""`gameplan law poster`: one page as a file, and what is said where something else is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app
from tests.served_shared import GAMEPLAN


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["law", "poster", *words])


@pytest.mark.parametrize("state", ["tx", "us"])
def test_the_poster_is_one_page_in_the_language(state: str, tmp_path: Path) -> None:
    out = tmp_path / "road.pdf"
    result = run(state, "--lang", "es", "-o", str(out), "--on", "2026-11-27")
    assert result.exit_code == 0, result.output
    assert f"Written: {out}" in result.output
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.Root.Lang).startswith("es")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ZZ",), "not a State"),
        (("TX", "--lang", "fr"), "gameplan does not speak"),
        (("TX", "--paper", "a4"), "letter, tabloid"),
        (("TX", "--on", "soon"), "soon"),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_is_written(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    out = tmp_path / "road.pdf"
    result = run(*words, "-o", str(out))
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not out.exists()


def test_it_is_printed_where_no_server_runs(tmp_path: Path) -> None:
    """In a process of its own: within the tests, the settings are loaded already."""
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = [sys.executable, "-c", GAMEPLAN, "law", "poster", "TX", "-o", str(tmp_path / "road.pdf")]
    ran = subprocess.run(told, env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
