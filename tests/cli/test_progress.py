"""The bar of long commands: in a terminal only, on standard error, and gone at the end."""

from __future__ import annotations

import pytest

from gameplan.cli.progress import bar


def test_nobody_is_told_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    with bar("Children", 10) as told:
        assert told is None


def test_a_terminal_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with bar("Children", 10) as told:
        assert told is not None
        told(10)
    shown = capsys.readouterr()
    assert "10/10" in shown.err
    assert shown.out == ""
