"""Accounts in a real browser: invited, second step, spare codes, signing out and in, a passkey; axe on every page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.served_shared import ServedShared
from tests.shared import PASSWORD, code_for
from tests.web.looking import TOO_WIDE, complaints
from tests.web.walking import DESK, HEIGHTS, PHONE, Watch, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]
TESS, ANA = "tess@school.example", "ana@example.org"
FAMILY = """
from django.core.management import call_command
from gameplan.cases.models import Case, Member
from gameplan.cases.people import Person
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from tests.shared import account, school, staff
ana, place = account("ana@example.org", "Ana Lopez"), school()
case = start_case(Person(str(ana.pk), "parent"), child=Child(name="Bo", state="TX"))
Case.objects.filter(pk=case.pk).update(school=place)
Member.objects.filter(case=case).update(limits="No limits.")
Member.objects.create(case=case, person=str(staff("lee@school.example", place).pk), role="iep-manager")
print(case.pk)
"""
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures of every page, for who wants to look."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedShared]:
    with ServedShared(tmp_path_factory.mktemp("school") / "gameplan") as server:
        yield server


@pytest.fixture
def watched(browser: Browser, served: ServedShared) -> Iterator[tuple[BrowserContext, Watch]]:
    """A window on a desk in which every complaint is heard."""
    window, watch = new_window(browser), Watch(served.address)
    watch.over(window)
    yield window, watch
    window.close()
    assert watch.complaints == []


def sound(page: Page, where: str) -> None:
    """Axe finds nothing by day and by night, and nothing is too wide, on a desk and on a phone."""
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert page.evaluate(TOO_WIDE) == [], f"{where} at {width}"
        assert complaints(page, f"{where} at {width}") == []
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{where}-{width}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def sees(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()


def test_tess_comes_in_by_invitation_and_signs_in_with_password_code_and_passkey(
    served: ServedShared, watched: tuple[BrowserContext, Watch]
) -> None:
    window, _watch = watched
    page = window.new_page()
    secret = begin_account(served, page)
    look_around(page, served.address)
    sign_out(page, served.address)
    sign_in_with_code(page, served.address, secret)
    add_passkey(window, page, served.address)
    sign_out(page, served.address)
    sign_in_with_passkey(page)
    ask_for_new_password(page, served)


def begin_account(served: ServedShared, page: Page) -> str:
    """From the link of the command line to the front page; the key of the app."""
    told = served.run("people", "first", TESS, "--place", "Lakeside district", "--state", "TX")
    assert told.returncode == 0, told.stderr
    page.goto(told.stdout.strip())
    sees(page, "You are invited")
    sound(page, "invited")
    press(page, "Accept and begin")
    expect(page.get_by_role("alert")).to_be_visible()
    sound(page, "invited-faults")
    page.get_by_label("Your name").fill("Tess Reed")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Accept and begin")
    sees(page, "Second step and passkeys")
    sound(page, "second-step")
    press(page, "Set up an app")
    sees(page, "Set up an app")
    sound(page, "app")
    secret = page.locator("code.long-code").inner_text()
    page.get_by_label("The code").fill(code_for(secret))
    press(page, "Set it up")
    sees(page, "Spare codes")
    sound(page, "spare-codes")
    press(page, "I have kept them. Go on")
    expect(page.get_by_role("link", name="Your account")).to_be_visible()
    return secret


def look_around(page: Page, address: str) -> None:
    for path in (
        "account/", "account/sessions/", "account/email/", "account/password/", "account/second-step/",
        "account/second-step/codes/", "account/second-step/codes/new/", "account/second-step/app/remove/",
        "account/sign-out/",
    ):  # fmt: skip
        page.goto(f"{address}/{path}")
        sound(page, path.strip("/").replace("/", "-"))


def sign_out(page: Page, address: str) -> None:
    page.goto(f"{address}/account/sign-out/")
    press(page, "Sign out")
    sees(page, "Sign in")


def sign_in_with_code(page: Page, address: str, secret: str) -> None:
    page.goto(f"{address}/help/")
    sees(page, "Sign in")
    sound(page, "sign-in")
    page.get_by_label("E-mail address").fill(TESS)
    page.get_by_label("Password", exact=True).fill("wrong")
    press(page, "Sign in")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sound(page, "sign-in-wrong")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    sees(page, "The second step")
    sound(page, "code")
    page.get_by_label("The code").fill(code_for(secret))
    press(page, "Sign in")
    expect(page).to_have_url(re.compile("/help/$"))


def add_passkey(window: BrowserContext, page: Page, address: str) -> None:
    """A passkey in an authenticator that the browser plays, which checks who holds it."""
    device = window.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{address}/account/second-step/passkey/")
    sees(page, "Is it you?")
    sound(page, "sure")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Go on")
    sees(page, "Add a passkey")
    sound(page, "passkey")
    page.get_by_label("A name for it").fill("My laptop")
    press(page, "Add it")
    sees(page, "Second step and passkeys")
    expect(page.get_by_role("link", name="Remove My laptop")).to_be_visible()
    sound(page, "with-passkey")


def sign_in_with_passkey(page: Page) -> None:
    press(page, "Use a passkey")
    expect(page.get_by_role("link", name="Your account")).to_be_visible()


def ask_for_new_password(page: Page, served: ServedShared) -> None:
    sign_out(page, served.address)
    press(page, "I forgot my password")
    sound(page, "forgotten")
    page.get_by_label("E-mail address").fill(TESS)
    press(page, "Send the link")
    sees(page, "Look into your mail")
    sound(page, "sent")
    link = re.findall(r"http://localhost\S+", served.mails()[-1])[0]
    page.goto(link)
    sees(page, "A new password")
    sound(page, "new-password")


def test_ana_invites_an_advocate_and_lets_her_go_again(
    served: ServedShared, watched: tuple[BrowserContext, Watch]
) -> None:
    window, _watch = watched
    page, place = window.new_page(), f"{served.address}/case/{a_family(served)}/people/"
    page.goto(place)
    page.get_by_label("E-mail address").fill(ANA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")
    sees(page, "People")
    sound(page, "people")
    page.get_by_label("E-mail address").fill("kim@example.org")
    page.get_by_label("Their role").select_option("advocate")
    press(page, "Send the invitation")
    expect(page.get_by_role("heading", name="Invited, not here yet")).to_be_visible()
    sound(page, "people-invited")
    kim = window.browser.new_context() if window.browser else window
    hers = kim.new_page()
    hers.goto(re.findall(r"http://localhost\S+", served.mails()[-1])[0])
    hers.get_by_label("Your name").fill("Kim Park")
    hers.get_by_label("Password").fill(PASSWORD)
    press(hers, "Accept and begin")
    expect(hers.get_by_role("link", name="Bo")).to_be_visible()
    page.goto(place)
    page.get_by_role("link", name=re.compile("End this.*Kim Park")).click()
    sees(page, "End this person’s part in the case?")
    sound(page, "people-end")
    press(page, "Yes, end it")
    sound(page, "people-ended")
    hers.goto(place)
    expect(hers.get_by_role("heading", name="Kim Park")).to_have_count(0)
    kim.close()


def a_family(served: ServedShared) -> str:
    """Ana's case, which a school holds too; its id."""
    start = "import django; django.setup()\n" + FAMILY
    env = served.env | {
        "GAMEPLAN_SHARED": "1", "GAMEPLAN_DATA": str(served.data), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings",
    }  # fmt: skip
    told = subprocess.run([sys.executable, "-c", start], env=env, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()
