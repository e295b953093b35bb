"""A teacher writes a progress report in a real browser and sends it; its pages are good for everybody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gameplan.cases.models import Case
from gameplan.progress.models import Measure
from tests.web import test_progress_walk as walk
from tests.web.looking import TOO_WIDE, complaints
from tests.web.test_progress_walk import DESK, PHONE, WindowOf, at
from tests.web.walking import Watch

pytestmark = [pytest.mark.browser]
november, sides, case, opened = walk.november, walk.sides, walk.case, walk.opened
planned, begin, server, measures, window_of = walk.planned, walk.begin, walk.server, walk.measures, walk.window_of
PICTURES = os.environ.get("PROGRESS_PICTURES", "")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_report_is_written_sent_and_read(
    window_of: WindowOf, server: LiveServer, case: Case, measures: list[Measure], width: int
) -> None:
    window, watch, found = window_of("tess", width), Watch(server.url), []
    watch.over(window)
    page = window.new_page()
    page.goto(f"{server.url}{at('progress', case)}")
    page.get_by_role("link", name="Write a progress report").click()
    for lang in ("es", "en"):
        window.add_cookies([{"name": "django_language", "value": lang, "url": server.url}])
        page.reload()
        found += looked_at(page, f"write-report-{width}-{lang}")
    page.get_by_label("Español").check()
    page.get_by_role("button", name="Show the results of these days").click()
    page.get_by_label("What does goal 1 come to, and what do you do next?").fill("She reads more words.")
    page.get_by_label("The same in Spanish, for goal 1").fill("Lee más palabras.")
    page.locator("summary", has_text="Each result").first.click()
    found += looked_at(page, f"write-report-{width}-two")
    page.get_by_role("button", name="Send it to the family").click()
    expect(page.get_by_text("The report is sent, and stands here for the family.")).to_be_visible()
    for lang in ("es", "en"):
        window.add_cookies([{"name": "django_language", "value": lang, "url": server.url}])
        page.goto(page.url)
        expect(page.get_by_text("She reads more words." if lang == "en" else "Lee más palabras.")).to_be_visible()
        found += looked_at(page, f"report-{width}-{lang}")
    page.goto(f"{server.url}{at('progress', case)}")
    found += looked_at(page, f"reports-{width}")
    rosas = window_of("rosa", width)
    watch.over(rosas)
    page = rosas.new_page()
    page.goto(f"{server.url}{at('progress', case)}")
    page.locator("summary", has_text="Ask for the report").click()
    found += looked_at(page, f"asking-{width}")
    page.get_by_role("link", name="From September 29, 2025 to November 14, 2025").click()
    expect(page.get_by_role("heading", name="Progress report")).to_be_visible()
    found += looked_at(page, f"reading-{width}-en")
    assert found == []
    assert watch.complaints == []


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with the page for somebody; with a picture of it where a folder for them is given."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
    wide: list[str] = page.evaluate(TOO_WIDE)
    return [*complaints(page, name, ("light", "dark") if name.endswith("en") else ("light",)), *wide]
