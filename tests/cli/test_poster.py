"""`gameplan law poster`: one page as a file, and what is said where something else is asked for."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from gameplan.cli import app


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
