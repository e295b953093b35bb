"""A meeting in a real browser: begun about a plan, times chosen by link in a window without cookie, invited, held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.conftest import Serve
from tests.web.looking import TOO_WIDE, complaints, unfold
from tests.web.walking import DESK, PHONE, Watch, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

TODAY = "2025-10-15"
SAVED = "Saved."


class House:
    """A server with the household's cookie, and the address of the case."""

    def __init__(self, address: str, case: str, state: Any) -> None:
        self.address, self.case, self.state = address, case, state


@pytest.fixture(scope="module")
def house(browser: Browser, serve: Serve) -> House:
    served = serve(TODAY)
    window = new_window(browser)
    page = window.new_page()
    page.goto(f"{served.address}{served.path}")
    page.get_by_role("button", name="Look at a sample family").click()
    expect(page.get_by_role("heading", name="Ana", exact=True)).to_be_visible()
    found = House(served.address, page.url, window.storage_state())
    window.close()
    return found


@pytest.fixture
def watch(house: House) -> Iterator[Watch]:
    """Looks on in every window: no error, no request that leaves this machine."""
    looking = Watch(house.address)
    yield looking
    assert looking.complaints == []


@pytest.fixture
def window(browser: Browser, house: House, watch: Watch) -> Iterator[BrowserContext]:
    opened = new_window(browser, width=DESK, storage_state=house.state)
    watch.over(opened)
    yield opened
    opened.close()


def begun(page: Page, house: House) -> str:
    """The address of a new meeting about a new plan with a team."""
    page.goto(f"{house.case}plans/")
    page.locator('form:has(input[value="iep"]) button').first.click()
    page.wait_for_url("**/plan/*/")
    plan = page.url
    page.goto(f"{plan}write/about/")
    page.get_by_label("Yearly review", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    for number, (name, role) in enumerate((("Rosa", "parents"), ("Kim Reed", "special-teacher"))):
        page.goto(f"{plan}write/team/")
        page.get_by_role("button", name="Add: team member").click()
        page.get_by_label("Name", exact=True).nth(number).fill(name)
        page.get_by_label("Role", exact=True).nth(number).select_option(role)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text(SAVED).first).to_be_visible()
    page.goto(plan)
    page.get_by_role("button", name="Plan a meeting about this plan").click()
    page.wait_for_url("**/meeting/*/")
    return page.url


def writes_times(page: Page, meeting: str) -> None:
    page.goto(meeting)
    page.get_by_role("link", name="Write times").click()
    for number, day in enumerate(("2025-10-28", "2025-10-29")):
        page.get_by_role("button", name="Add: time").click()
        page.get_by_label("Day", exact=True).nth(number).fill(day)
        page.get_by_label("Time", exact=True).nth(number + 1).fill("2:30 pm")
    page.get_by_label("Place, or how", exact=True).first.fill("Room 4")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    page.goto(meeting)


def look_at(browser: Browser, house: House, address: str, name: str, *, signed_in: bool = True) -> None:
    """Axe finds nothing and nothing is too wide, on a phone and on a desk."""
    for width in (PHONE, DESK):
        opened = new_window(browser, width=width, **({"storage_state": house.state} if signed_in else {}))
        page = opened.new_page()
        page.goto(address)
        assert complaints(page, f"{name} {width}") == []
        unfold(page)
        assert page.evaluate(TOO_WIDE) == []
        opened.close()


def test_from_the_plan_to_the_copy_at_the_end(
    browser: Browser, house: House, window: BrowserContext, watch: Watch
) -> None:
    page = window.new_page()
    meeting = begun(page, house)
    expect(page.get_by_text("Review the IEP, as each year")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Kim Reed")).to_be_visible()
    look_at(browser, house, meeting, "begun")
    writes_times(page, meeting)
    link = page.get_by_label("The link").input_value()
    expect(page.get_by_text("This link works on this computer only")).to_be_visible()

    stranger = new_window(browser, width=PHONE)
    watch.over(stranger)
    theirs = stranger.new_page()
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name="Which times work for you?")).to_be_visible()
    assert "Ana" not in theirs.content()
    assert "Rosa" not in theirs.content()
    theirs.get_by_role("button", name="Send my answer").click()
    expect(theirs.get_by_role("alert")).to_be_visible()
    assert complaints(theirs, "choose, with faults") == []
    theirs.get_by_label("Your name").fill("Kim Reed")
    theirs.get_by_role("checkbox", name="October 28, 2025").check()
    theirs.get_by_role("button", name="Send my answer").click()
    expect(theirs.get_by_text("Your answer is kept.")).to_be_visible()
    theirs.goto(meeting)
    expect(theirs.get_by_role("heading", name="Meeting", exact=True)).to_have_count(0)
    stranger.close()
    look_at(browser, house, link, "choose", signed_in=False)

    page.reload()
    expect(page.get_by_text("Can come: Kim Reed")).to_be_visible()
    page.get_by_role("button", name="Choose this time October 28, 2025").click()
    expect(page.get_by_text("This is the time of the meeting now.")).to_be_visible()
    look_at(browser, house, meeting, "planned")
    with page.expect_download() as printed:
        page.get_by_role("link", name="Print the invitation (PDF)").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_label("By hand").check()
    page.get_by_role("button", name="I sent the invitation").click()
    expect(page.get_by_text("The invitation is kept as it went out.")).to_be_visible()

    page.get_by_role("link", name="Take notes and write decisions").click()
    page.get_by_label("Notes", exact=True).fill("Rosa spoke first.")
    page.get_by_role("button", name="Add: view").click()
    page.get_by_label("Who", exact=True).fill("Rosa")
    page.get_by_label("What they said").fill("Two times a week is too little.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{meeting.replace('/meeting/', '/plan/')}write/people/")
    for number in range(2):
        page.get_by_role("group", name="At the meeting").nth(number).get_by_label("Was there", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    page.goto(meeting)
    page.get_by_role("button", name="The meeting was held").click()
    expect(page.get_by_text("The day of the meeting is still to come.")).to_be_visible()


def test_a_meeting_that_is_over_is_held_and_copied(browser: Browser, house: House, window: BrowserContext) -> None:
    page = window.new_page()
    meeting = begun(page, house)
    write = f"{meeting.replace('/meeting/', '/plan/')}write"
    page.goto(f"{write}/about/")
    page.get_by_label("Day of the meeting").fill(date(2025, 10, 14).isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(meeting)
    page.get_by_role("button", name="The meeting was held").click()
    expect(page.get_by_text("It does not say who was there.")).to_be_visible()
    page.goto(f"{write}/people/")
    page.get_by_role("group", name="At the meeting").first.get_by_label("Was there", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(meeting)
    page.get_by_role("button", name="The meeting was held").click()
    expect(page.get_by_text("The copy is ready: give it to the family now.")).to_be_visible()
    with page.expect_download() as copied:
        page.get_by_role("link", name="The copy as PDF").click()
    assert Path(copied.value.path()).read_bytes().startswith(b"%PDF-")
    look_at(browser, house, meeting, "held")
