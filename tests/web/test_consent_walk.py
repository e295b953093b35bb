"""A mother on a phone: she reads what an answer does, answers thing by thing, agrees to a screen, and signs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from gameplan.cases.models import Case
from gameplan.consents.models import Signature
from tests.consents.conftest import Ask
from tests.live import own_server
from tests.web import test_consent_pages as pages
from tests.web.looking import TOO_WIDE, complaints
from tests.web.test_consent_pages import SignIn
from tests.web.walking import Watch, new_window

pytestmark = [pytest.mark.browser]
case, opened, users, school, ask = pages.case, pages.opened, pages.users, pages.school, pages.ask
shared, sign_in, october = pages.shared, pages.sign_in, pages.october
PHONE = 390
PICTURES = os.environ.get("CONSENT_PICTURES", "")
"""A folder for pictures of each screen, for whoever wants to look at them."""


@pytest.fixture
def server(transactional_db: None, sign_in: SignIn) -> Iterator[LiveServer]:
    """A server of this test's own, begun once people sign in here."""
    with own_server() as begun:
        yield begun


@pytest.fixture
def window(browser: Browser, server: LiveServer, sign_in: SignIn) -> Iterator[BrowserContext]:
    """The mother's phone, signed in, looked on."""
    watch, opened_window = Watch(server.url), new_window(browser, width=PHONE)
    watch.over(opened_window)
    cookie = sign_in("mother").cookies[django_settings.SESSION_COOKIE_NAME].value
    opened_window.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    yield opened_window
    opened_window.close()
    assert watch.complaints == []


def looked(page: Page, name: str, heading: str) -> None:
    """The page with that heading is good for everybody, and no wider than the phone."""
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate(TOO_WIDE) == []
    assert complaints(page, name) == []
    page.emulate_media(color_scheme="light")
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def press(what: Locator) -> None:
    what.page.wait_for_load_state()
    what.tap()


def test_a_form_is_read_answered_and_signed_on_a_phone(
    window: BrowserContext, server: LiveServer, case: Case, ask: Ask
) -> None:
    ask()
    page = window.new_page()
    page.goto(f"{server.url}{reverse('web:consents', args=(case.pk,))}")
    looked(page, "1-list", "Permission")
    press(page.get_by_role("link", name="Your permission: The first evaluation"))
    looked(page, "2-form", "How it stands")
    press(page.get_by_role("link", name="Answer, step by step"))
    looked(page, "3-meaning", "Before you answer: what it does")
    press(page.get_by_role("button", name="I have read this. Go on"))
    looked(page, "4-way", "What is your answer?")
    page.get_by_label("Yes to some, one by one").check()
    press(page.get_by_role("button", name="Go on"))
    page.get_by_role("group", name="Reading test").get_by_label("Yes, I give my permission", exact=True).check()
    page.get_by_role("group", name="Speech test").get_by_label("No, I do not give my permission").check()
    looked(page, "5-items", "Yes or no, one by one")
    press(page.get_by_role("button", name="Go on"))
    page.get_by_label("Do you want to add something").fill("Please call me before the speech test.")
    looked(page, "6-words", "Do you want to add something in your own words?")
    press(page.get_by_role("button", name="Go on"))
    looked(page, "7-terms", "Signing on a screen, and copies by e-mail")
    page.get_by_label("I could open the sample").check()
    page.get_by_label("Yes, I want to sign on a screen").check()
    press(page.get_by_role("button", name="Agree and go on"))
    looked(page, "8-sign", "Read it once more, then sign")
    press(page.get_by_role("button", name="Sign and send to the school"))
    looked(page, "9-faults", "Please mend this before we go on")
    page.get_by_label("Your name, as you write it when you sign").fill("Maria Lopez")
    page.get_by_label("I sign this").check()
    press(page.get_by_role("button", name="Sign and send to the school"))
    expect(page.get_by_text("Answered in part")).to_be_visible()
    looked(page, "10-done", "What was said")
    with page.expect_download() as taken:
        press(page.get_by_role("link", name="The signed copy with its proof (PDF)"))
    assert Path(taken.value.path()).read_bytes() == bytes(Signature.objects.get().pdf)
    press(page.get_by_role("link", name="Take a yes back"))
    looked(page, "11-take-back", "Take a yes back")
