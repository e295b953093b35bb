"""The pictures of README.md and of the site can be taken anew at any time, and are small enough to load quickly."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.pictures import AT_HOME, AT_SCHOOL, FOLDER, PICTURES, TODAY, main, take_at_home, take_at_school
from tests.drill import IS_DRILL
from tests.web.conftest import Serve

LARGEST = 150 * 1024
EACH_CHANGE = ("child.png", "child-phone.png")


@pytest.mark.browser
@pytest.mark.slow_process
def test_pictures_of_a_family_are_taken(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    wanted = list(AT_HOME) if IS_DRILL else list(EACH_CHANGE)
    taken = take_at_home(browser, serve(TODAY), tmp_path, wanted)
    assert sorted(path.name for path in taken) == sorted(wanted)
    assert all(0 < path.stat().st_size < LARGEST for path in taken)


@pytest.mark.browser
@pytest.mark.slow_process
@pytest.mark.skipif(not IS_DRILL, reason="a whole school for three pictures: make drills")
def test_pictures_of_a_school_are_taken(browser: Browser, tmp_path: Path) -> None:
    taken = take_at_school(browser, tmp_path / "gameplan", tmp_path)
    assert [path.name for path in taken] == list(AT_SCHOOL)
    assert all(0 < path.stat().st_size < LARGEST for path in taken)


def test_each_picture_is_there_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)
    assert all(path.stat().st_size < LARGEST for path in FOLDER.iterdir())


def test_a_picture_that_is_not_known_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["child.png", "chlid.png"]) == 2
    assert "No such picture: chlid.png" in capsys.readouterr().err
