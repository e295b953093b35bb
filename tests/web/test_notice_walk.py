"""A notice in a real browser: from the case to the button "I have it", on a phone and on a desk; axe finds nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Serve
from tests.web.hands import Mouse
from tests.web.looking import TOO_WIDE, complaints, unfold
from tests.web.walking import DESK, Walk, Watch, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

TODAY = "2025-11-28"
PHONE = 390
WORDS = {
    "Why?": "Ana reads far below her grade.",
    "What else did the team think about, and why not?": "Wait until spring. That is too slow.",
    "Anything else that mattered": "Nothing else mattered.",
    "How the family gets the list of its rights": "Ask the school office. It costs nothing.",
    "Who signs for the school": "Ms. Karen Hill",
    "Phone": "512-555-0100",
    "To whom it is written": "Rosa Lopez",
}


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_notice_from_the_case_to_the_button(browser: Browser, serve: Serve, width: int) -> None:
    served = serve(TODAY)
    watch, window = Watch(served.address), new_window(browser, width=width)
    watch.over(window)
    page, found = window.new_page(), []
    walk = Walk(page, Mouse(), served.address)
    page.goto(f"{served.address}{served.path}")
    walk.press(walk.button("Look at a sample family"))
    expect(page.get_by_role("heading", name="Ana", exact=True)).to_be_visible()
    case = page.url.partition("/case/")[2].partition("/")[0]
    page.goto(f"{served.address}/case/{case}/notices/")
    found += look_at(page, f"notices-{width}")
    walk.press(page.get_by_role("link", name="We plan this: First evaluation"))
    expect(page.get_by_text("Missing:").first).to_be_visible()
    walk.press(walk.button("Finish the notice"))
    expect(page.get_by_role("alert")).to_be_visible()
    found += look_at(page, f"write-{width}")
    for label, words in WORDS.items():
        walk.field(label).fill(words)
    walk.field("I read it again: short sentences, everyday words").check()
    walk.field("Name of the school").fill("Oak School")
    walk.press(walk.button("Finish the notice"))
    expect(page.get_by_role("radio", name="By hand")).to_be_visible()
    found += look_at(page, f"send-{width}")
    walk.answer("By hand").check()
    walk.field("By hand: who gave it?").fill("Ms. Hill")
    walk.press(walk.button("Send it"))
    expect(page.get_by_text("Handed over")).to_be_visible()
    walk.press(walk.button("I have it"))
    expect(page.get_by_text("The reader confirmed that they have it")).to_be_visible()
    found += look_at(page, f"paper-{width}")
    page.goto(f"{served.address}/case/{case}/language/")
    found += look_at(page, f"language-{width}")
    page.goto(f"{served.address}/paper/a-wrong-link/")
    found += look_at(page, f"wrong-link-{width}")
    window.close()
    assert found == []
    assert watch.complaints == []


def look_at(page: Page, name: str) -> list[str]:
    """What axe finds, and what is too wide; with NOTICE_PICTURES a picture of the page is kept there."""
    folder = os.environ.get("NOTICE_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    unfold(page)
    return [*complaints(page, name), *(f"{name}: {part}" for part in page.evaluate(TOO_WIDE))]
