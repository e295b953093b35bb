"""The pictures of README.md and of the site can be taken anew at any time, and are small enough to load quickly.

Two are taken here; `make drills` takes all of them, aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.pictures import FOLDER, PICTURES, TODAY, main, take_at_home
from tests.web.conftest import Serve

LARGEST = 150 * 1024
OF_README = ("child.png", "child-phone.png")


@pytest.mark.browser
@pytest.mark.slow_process
def test_the_pictures_of_a_family_are_taken(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    taken = take_at_home(browser, serve(TODAY), tmp_path, OF_README)
    assert [path.name for path in taken] == list(OF_README)
    assert all(0 < path.stat().st_size < LARGEST for path in taken)


def test_each_picture_is_there_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)
    assert all(path.stat().st_size < LARGEST for path in FOLDER.iterdir())


def test_a_picture_that_is_not_known_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["child.png", "chlid.png"]) == 2
    assert "No such picture: chlid.png" in capsys.readouterr().err
