"""Pages as they are spoken and as they are printed: every control has a name, every page a title, paper no buttons.

All main pages of a house with something on each of them, in one window of the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.served import Served
from tests.web.full_house import TODAY, make_house
from tests.web.looking import unfold
from tests.web.spoken import Ear, printed_faults, spoken_faults
from tests.web.walking import DESK, Watch, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

CHILD = "Diego"
CASE_PAGES = (
    "child", "letters", "letter", "write", "consents", "consent", "plans", "plan", "read-plan", "minutes", "progress",
    "progress-report", "behavior", "notices", "read-paper", "ways", "keep",
)  # fmt: skip
OPEN_PAGES = (
    "/guide/", "/guide/mtss/", "/guide/?stage=evaluation", "/care/?zip=78701&kind=speech", "/law/TX/poster/", "/help/",
)  # fmt: skip
OWN_WORDS = ("child", "why", "progress", "progress-report", "behavior")
"""Pages with words that somebody typed; nobody says in which language."""
SHEET = {"width": 720, "height": 960}
"""A letter sheet with margins of half an inch, in pixels of a page."""


WRONG = """<!doctype html><html lang="es"><title>gameplan</title><body><main>
  <h1>Uno</h1><h3>Tres</h3><a href="/a">Carta</a> <a href="/b">Carta</a> <a href="/c">more</a> <button></button>
  <img src="x.png" alt="scan.png"><p class="message">Saved</p>
  <p>This is the letter that you and the school wrote with your child.</p><nav>a</nav></main></body></html>"""


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, dict[str, str]]]:
    """The window of the household, and the address of each page by its name."""
    folder: Path = tmp_path_factory.mktemp("full") / "gameplan"
    made = make_house(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GAMEPLAN_TODAY", TODAY.isoformat())
        served = Served(folder)
    with served:
        watch, window = Watch(served.address), new_window(browser, width=DESK)
        watch.over(window)
        page = window.new_page()
        page.goto(f"{served.address}{served.path}")
        yield page, addresses(page, served.address, made)
        window.close()
    assert watch.complaints == []


def addresses(page: Page, server: str, made: dict[str, str]) -> dict[str, str]:
    """Where each page is; the reasons of a duty are on the page that the child's page leads to."""
    places = {
        "letter": {"letter_id": made["letter"]}, "write": {"kind": "evaluation-request"},
        "consent": {"request_id": made["consent"]}, "plan": {"plan_id": made["plan"]},
        "read-plan": {"plan_id": made["plan"]}, "progress-report": {"number": made["report"]},
        "behavior": {"measure_id": made["behavior"]}, "read-paper": {"about": f"notice:{made['notice']}"},
    }  # fmt: skip
    found = {
        name: server + reverse(f"web:{name}", kwargs={"case_id": made["case"], **places.get(name, {})})
        for name in CASE_PAGES
    }
    page.goto(found["child"])
    found["why"] = server + str(page.locator("details[hx-get]").first.get_attribute("hx-get"))
    return found | {place: server + place for place in OPEN_PAGES}


def test_what_is_wrong_is_heard_and_seen(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(WRONG)
    heard = "\n".join(spoken_faults(Ear(page), whose="Ana", own_words=False))
    for fault in (
        "level 3 after one of level 1", "2 links called 'Carta'", "says only 'more'", "button without a name",
        "name of a file", "not announced", "another language", "title does not name the page", "does not name 'Ana'",
    ):  # fmt: skip
        assert fault in heard, heard
    page.emulate_media(media="print")
    assert [fault.partition(":")[0] for fault in printed_faults(page)][:2] == ["can only be pressed"] * 2
    page.close()


@pytest.mark.parametrize("lang", ["en", "es"])
def test_everything_has_a_name_of_its_own(house: tuple[Page, dict[str, str]], lang: str) -> None:
    page, places = house
    server = places["child"].partition("/case/")[0]
    page.context.add_cookies([{"name": "django_language", "value": lang, "url": server}])
    ear, found = Ear(page), []
    for name, address in places.items():
        page.goto(address)
        unfold(page)
        page.wait_for_load_state("networkidle")
        whose = CHILD if "/case/" in address else ""
        found += [f"{name}: {fault}" for fault in spoken_faults(ear, whose=whose, own_words=name in OWN_WORDS)]
    assert not found, "\n".join(found)


def test_paper_has_no_buttons_and_nothing_is_cut_off(house: tuple[Page, dict[str, str]]) -> None:
    told, places = house
    page, found = told.context.new_page(), []
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    page.emulate_media(media="print")
    for name, address in places.items():
        page.goto(address)
        found += [f"{name}: {fault}" for fault in printed_faults(page)]
    page.close()
    assert not found, "\n".join(found)
