"""Writing a plan in a real browser: a lost connection, two desks in one field, a session that ended, long and odd text.

Each test writes in a plan of its own, on one server.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.web.conftest import Serve
from tests.web.walking import DESK, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

SAVED, OFFLINE = "Saved.", "No connection. What you type is kept on this device and saved later."
STRENGTHS = "What the child is good at"
LONG = " ".join(f"word{number}" for number in range(2000))
ODD = "Ñandú, naïve, Łukasz, 北京.\n\nשלום לכולם\n\nمرحبا بكم"


@dataclass
class House:
    """A server with the household's cookie, and the case in which plans are written."""

    address: str
    state: Any
    case: str


@pytest.fixture(scope="module")
def house(browser: Browser, serve: Serve) -> House:
    served = serve("2025-10-15")
    window = new_window(browser)
    page = window.new_page()
    page.goto(f"{served.address}{served.path}")
    page.get_by_role("button", name="Look at a sample family").click()
    expect(page.get_by_role("heading", name="Ana", exact=True)).to_be_visible()
    case, state = page.url, window.storage_state()
    window.close()
    return House(served.address, state, case)


@pytest.fixture
def window(browser: Browser, house: House) -> Iterator[BrowserContext]:
    opened = new_window(browser, width=DESK, storage_state=house.state)
    yield opened
    opened.close()


@pytest.fixture
def plan(window: BrowserContext, house: House) -> str:
    """The address of a new IEP."""
    page = window.new_page()
    page.goto(f"{house.case}plans/")
    page.locator('form:has(input[value="iep"]) button').first.click()
    page.wait_for_url("**/plan/*/")
    address = page.url
    page.close()
    return address


def writes(window: BrowserContext, plan: str, part: str = "voices") -> Page:
    page = window.new_page()
    page.goto(f"{plan}write/{part}/")
    return page


def state(page: Page) -> Locator:
    return page.locator("#state")


def test_what_is_typed_is_saved_at_a_pause_and_is_there_again(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan)
    page.get_by_label(STRENGTHS).press_sequentially("Curious and kind")
    expect(state(page)).to_have_text(SAVED)
    expect(writes(window, plan).get_by_label(STRENGTHS)).to_have_value("Curious and kind")


def test_every_kind_of_field_is_saved(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan, "about")
    page.get_by_label("The plan starts on").fill("2025-09-22")
    page.get_by_label("Yearly review", exact=True).check()
    page.get_by_label("Autism", exact=True).check()
    page.get_by_label("Deafness", exact=True).check()
    page.get_by_label("Disability category (main)").select_option("autism")
    page.get_by_role("group", name="Does the family want an interpreter").get_by_label("Yes").check()
    expect(state(page)).to_have_text(SAVED)
    again = writes(window, plan, "about")
    expect(again.get_by_label("The plan starts on")).to_have_value("2025-09-22")
    expect(again.get_by_label("Yearly review", exact=True)).to_be_checked()
    expect(again.get_by_label("Autism", exact=True)).to_be_checked()
    expect(again.get_by_label("Deafness", exact=True)).to_be_checked()
    expect(again.get_by_label("Disability category (main)")).to_have_value("autism")
    expect(again.get_by_role("group", name="Does the family want an interpreter").get_by_label("Yes")).to_be_checked()


def test_own_words_take_the_place_of_an_option(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan, "goals")
    page.get_by_label("When the family gets reports on progress", exact=True).select_option("quarterly")
    expect(state(page)).to_have_text(SAVED)
    page.get_by_label("When the family gets reports on progress, in own words").fill("Every second Friday")
    expect(state(page)).to_have_text(SAVED)
    again = writes(window, plan, "goals")
    expect(again.get_by_label("When the family gets reports on progress, in own words")).to_have_value(
        "Every second Friday"
    )
    expect(again.get_by_label("When the family gets reports on progress", exact=True)).to_have_value("")


def test_a_connection_lost_while_typing_loses_nothing(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan)
    window.set_offline(True)
    page.get_by_label(STRENGTHS).fill("Typed without a network")
    expect(state(page)).to_have_text(OFFLINE)
    window.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    expect(writes(window, plan).get_by_label(STRENGTHS)).to_have_value("Typed without a network")


def test_a_laptop_closed_without_a_network_loses_nothing(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan)
    window.set_offline(True)
    page.get_by_label(STRENGTHS).fill("Typed on the bus")
    expect(state(page)).to_have_text(OFFLINE)
    page.close()
    window.set_offline(False)
    again = writes(window, plan)
    expect(again.get_by_label(STRENGTHS)).to_have_value("Typed on the bus")
    expect(state(again)).to_have_text(SAVED)


def test_what_was_typed_in_one_part_goes_out_from_another(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan)
    window.set_offline(True)
    page.get_by_label(STRENGTHS).fill("Typed before")
    expect(state(page)).to_have_text(OFFLINE)
    page.close()
    window.set_offline(False)
    expect(state(writes(window, plan, "goals"))).to_have_text(SAVED)
    expect(writes(window, plan).get_by_label(STRENGTHS)).to_have_value("Typed before")


def test_a_session_that_ended_overnight_loses_nothing(window: BrowserContext, plan: str, house: House) -> None:
    page = writes(window, plan)
    page.get_by_label(STRENGTHS).fill("Before midnight")
    expect(state(page)).to_have_text(SAVED)
    window.clear_cookies()
    page.get_by_label(STRENGTHS).fill("Before midnight, and after")
    expect(state(page)).to_contain_text("You are signed out.")
    page.close()
    window.add_cookies(house.state["cookies"])
    again = writes(window, plan)
    expect(again.get_by_label(STRENGTHS)).to_have_value("Before midnight, and after")
    expect(state(again)).to_have_text(SAVED)
    assert again.evaluate("Object.keys(localStorage).filter(one => one.startsWith('gameplan-writing')).length") == 0


def test_two_desks_in_one_paragraph_both_keep_their_text_and_see_it(
    browser: Browser, window: BrowserContext, plan: str, house: House
) -> None:
    other = new_window(browser, storage_state=house.state)
    hers, his = writes(window, plan), writes(other, plan)
    hers.get_by_label(STRENGTHS).fill("Hers: curious")
    expect(state(hers)).to_have_text(SAVED)
    his.get_by_label(STRENGTHS).fill("His: kind")
    expect(his.locator(".beside__text")).to_have_text("His: kind")
    expect(his.get_by_label(STRENGTHS)).to_have_value("Hers: curious")
    hers.get_by_label("What worries the parents").fill("Friends")
    expect(hers.locator(".beside__text")).to_have_text("His: kind")
    hers.get_by_role("button", name="Keep both").click()
    expect(hers.get_by_label(STRENGTHS)).to_have_value("Hers: curious\n\nHis: kind")
    other.close()


def test_two_desks_in_two_paragraphs_are_put_together_before_their_eyes(
    browser: Browser, window: BrowserContext, plan: str, house: House
) -> None:
    first = "One.\n\nTwo."
    page = writes(window, plan)
    page.get_by_label(STRENGTHS).fill(first)
    expect(state(page)).to_have_text(SAVED)
    other = new_window(browser, storage_state=house.state)
    his = writes(other, plan)
    page.get_by_label(STRENGTHS).fill("One, hers.\n\nTwo.")
    expect(state(page)).to_have_text(SAVED)
    his.get_by_label(STRENGTHS).fill("One.\n\nTwo, his.")
    expect(his.get_by_label(STRENGTHS)).to_have_value("One, hers.\n\nTwo, his.")
    page.get_by_label("What worries the parents").fill("Friends")
    expect(page.get_by_label(STRENGTHS)).to_have_value("One, hers.\n\nTwo, his.")
    other.close()


@pytest.mark.parametrize("words", [LONG, ODD], ids=["2,000 words", "accents and right to left"])
def test_long_and_odd_text_stays_as_it_was_typed(window: BrowserContext, plan: str, words: str) -> None:
    page = writes(window, plan)
    page.get_by_label(STRENGTHS).fill(words)
    expect(state(page)).to_have_text(SAVED)
    assert writes(window, plan).get_by_label(STRENGTHS).input_value() == words


def test_a_field_that_cannot_be_kept_says_so_at_once_and_keeps_what_was_typed(
    window: BrowserContext, plan: str
) -> None:
    page = writes(window, plan, "placement")
    field = page.get_by_label("Minutes in the child's school week")
    field.fill("many")
    expect(page.get_by_text("Write a number, such as 30.")).to_be_visible()
    expect(field).to_have_value("many")
    field.fill("1800")
    expect(page.get_by_text("Write a number, such as 30.")).to_be_hidden()
    expect(state(page)).to_have_text(SAVED)


def test_without_the_script_the_button_saves(browser: Browser, plan: str, house: House) -> None:
    bare = new_window(browser, storage_state=house.state, java_script_enabled=False)
    page = writes(bare, plan, "goals")
    page.get_by_role("button", name="Add: goal").click()
    page.get_by_label("Area").fill("Reading")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Area")).to_have_value("Reading")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="Special education and services")).to_be_visible()
    bare.close()


def test_a_plan_with_25_goals_and_40_services_can_be_written_on(window: BrowserContext, plan: str) -> None:
    page = writes(window, plan, "goals")
    token = page.locator("form[data-writing] [name=csrfmiddlewaretoken]").input_value()
    for part, field, number in (("goals", "goals", 25), ("services", "special-education", 40)):
        for _ in range(number):
            page.request.post(
                f"{plan}write/{part}/row/", max_redirects=0,
                form={"csrfmiddlewaretoken": token, "row": f"add:{field}"}, headers={"Referer": plan},
            )  # fmt: skip
    page.reload()
    assert page.locator(".plan-row").count() == 25
    page.get_by_label("Area").nth(24).fill("The last one")
    expect(state(page)).to_have_text(SAVED)
    again = writes(window, plan, "services")
    assert again.locator("#list-special-education .plan-row").count() == 40
    assert json.loads(again.evaluate("JSON.stringify(localStorage)")) == {}
