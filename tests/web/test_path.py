"""The whole path of the first evening in a real browser, against a real server.

On a phone in Spanish, with the keyboard alone at a desk, and on a phone where no script runs; in a drill also with a
mouse at a desk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.drill import IS_DRILL
from tests.served import Served
from tests.web import path_steps as steps
from tests.web.conftest import Serve
from tests.web.hands import Finger, Keys, Mouse
from tests.web.walking import DESK, PHONE, Walk, Watch, new_window

Window = Callable[..., BrowserContext]
pytestmark = [pytest.mark.browser, pytest.mark.slow_process]


@pytest.fixture
def house(serve: Serve) -> Served:
    """A server with an empty folder."""
    return serve(steps.TODAY.isoformat())


@pytest.fixture
def open_window(browser: Browser, house: Served) -> Iterator[Window]:
    """Open private windows, and look on in them: no error, no request that leaves this machine."""
    watch, windows = Watch(house.address), []

    def opened(*, width: int = DESK, scripts: bool = True) -> BrowserContext:
        window = new_window(browser, width=width, java_script_enabled=scripts)
        watch.over(window)
        windows.append(window)
        return window

    yield opened
    for window in windows:
        window.close()
    assert watch.complaints == []


@pytest.mark.parametrize(("width", "lang"), [(PHONE, "es"), *([(DESK, "en")] if IS_DRILL else [])])
def test_the_path(open_window: Window, house: Served, tmp_path: Path, width: int, lang: str) -> None:
    page = let_in(open_window, house, width=width)
    hand = Finger() if width == PHONE else Mouse()
    walk_the_path(Walk(page, hand, house.address, lang), tmp_path)


def test_the_path_with_the_keyboard_alone(open_window: Window, house: Served, tmp_path: Path) -> None:
    page = let_in(open_window, house, width=DESK)
    walk_the_path(Walk(page, Keys(page), house.address), tmp_path)


def test_the_path_without_scripts(open_window: Window, house: Served, tmp_path: Path) -> None:
    page = let_in(open_window, house, width=PHONE, scripts=False)
    walk_the_path(Walk(page, Finger(), house.address, scripts=False), tmp_path)


def let_in(open_window: Window, house: Served, *, width: int, scripts: bool = True) -> Page:
    """A page of the one browser that the link lets in; another one stays outside."""
    mine, other = (open_window(width=width, scripts=scripts).new_page() for _who in range(2))
    link = f"{house.address}{house.path}"
    assert refused(other, house.address)
    mine.goto(link)
    expect(mine).to_have_url(f"{house.address}/")
    assert refused(other, link)
    assert refused(other, house.address)
    other.close()
    return mine


def refused(page: Page, address: str) -> bool:
    answer = page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    return answer is not None and answer.status == 403


def walk_the_path(walk: Walk, folder: Path) -> None:
    photo = folder / "photo.png"
    photo.write_bytes(steps.PNG)
    tell(walk)
    steps.see_why(walk)
    steps.add_fact(walk)
    steps.correct_fact(walk, photo)
    steps.tell_other_account(walk)
    steps.read_school_file(walk, folder)
    steps.write_letter(walk)
    steps.take_letter(walk)
    steps.send_letter(walk, photo)
    before = steps.words_of_child(walk)
    saved = steps.take_along(walk)
    steps.delete_all(walk)
    steps.bring_back(walk, saved, folder)
    assert steps.words_of_child(walk) == before
    assert steps.case_in(steps.take_along(walk)) == steps.case_in(saved)


def tell(walk: Walk) -> None:
    steps.start(walk)
    steps.tell_name(walk)
    steps.tell_about_child(walk)
    steps.tell_what_happened(walk)
    steps.give_calendar(walk)
