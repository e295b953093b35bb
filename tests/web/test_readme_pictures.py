"""The pictures of README.md can be taken anew at any time, and are small enough to load quickly."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.pictures import FOLDER, SIZES, TODAY, take
from tests.web.conftest import Serve

LARGEST = 300 * 1024


@pytest.mark.browser
@pytest.mark.slow_process
def test_each_picture_is_taken(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    taken = take(browser, serve(TODAY), tmp_path)
    assert [path.name for path in taken] == list(SIZES)
    assert all(0 < path.stat().st_size < LARGEST for path in taken)


def test_the_pictures_are_there() -> None:
    assert set(SIZES) <= {path.name for path in FOLDER.iterdir()}
    assert all(path.stat().st_size < LARGEST for path in FOLDER.iterdir())
