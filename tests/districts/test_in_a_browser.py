"""The pages of those who work in a district, in a real browser: phone and desk, by keyboard, in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gameplan import guide
from gameplan.cases.models import Access, Case
from gameplan.people.models import Organisation, User
from tests.districts.conftest import Join, Owe, look
from tests.live import own_server
from tests.web.hands import Keys
from tests.web.looking import TOO_WIDE, complaints
from tests.web.walking import DESK, new_window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
PAGES = (
    "/caseload/", "/caseload/?status=late&clock=initial-evaluation", "/caseload/?name=nobody", "/caseload/?print=1",
    "/caseload/month/?month=2026-12", "/caseload/meetings/", "/caseload/move/", "/places/",
)  # fmt: skip


@pytest.fixture
def server(shared: None, transactional_db: None) -> Iterator[LiveServer]:
    """A server that is started in the way of running with accounts: what it is made of reads the settings once."""
    with own_server() as served:
        yield served


@pytest.fixture
def children(join: Join, owe: Owe, oak: Organisation, elm: Organisation, manager: User) -> list[Case]:
    ana, ben, cem = join("Ana López", oak), join("Ben", elm), join("Cem", oak)
    owe(ana, "initial-evaluation", date(2026, 10, 1), "late", title="Finish the first evaluation")
    for number in range(4):
        owe(ana, f"later-{number}", date(2026, 12, 1 + number), title="Review the IEP at least once a year")
    owe(ben, "iep-meeting", date(2026, 12, 1), "due-soon", title="Hold the meeting that writes the first IEP")
    look(cem)
    ana.members.create(person=str(manager.pk), role="iep-manager")
    return [ana, ben, cem]


def signed_in(browser: Browser, server: LiveServer, user: User, *, width: int, lang: str = "en") -> BrowserContext:
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    window = new_window(browser, width=width)
    window.add_cookies([
        {"name": name, "value": client.cookies[name].value, "url": server.url},
        {"name": "django_language", "value": lang, "url": server.url},
    ])  # fmt: skip
    return window


def faults_of(page: Page, address: str, path: str) -> list[str]:
    """What axe finds on a page, and what is wider than the window."""
    answer = page.goto(address + path)
    assert answer
    assert (answer.status, page.url) == (200, address + path)
    found = complaints(page, path)
    return found + [f"{path}: {part}" for part in page.evaluate(TOO_WIDE)]


@pytest.mark.parametrize(("width", "lang"), [(PHONE, "es"), (DESK, "en")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    browser: Browser, server: LiveServer, director: User, district: Organisation,
    oak: Organisation, children: list[Case], width: int, lang: str,
) -> None:  # fmt: skip
    window = signed_in(browser, server, director, width=width, lang=lang)
    page, found = window.new_page(), []
    places = [f"/places/{one.pk}/" for one in (district, oak)]
    for path in (*PAGES, *places, f"/places/{oak.pk}/year/", f"/case/{children[0].pk}/team/"):
        found += faults_of(page, server.url, path)
        expect(page.locator("html")).to_have_attribute("lang", lang)
    window.close()
    assert not found, "\n".join(found)


def test_a_director_finds_what_is_late_with_the_keyboard_alone(
    browser: Browser, server: LiveServer, director: User, children: list[Case]
) -> None:
    window = signed_in(browser, server, director, width=DESK)
    page = window.new_page()
    keys = Keys(page)
    page.goto(f"{server.url}/caseload/")
    expect(page.locator(".child-row h3")).to_have_text(["Ana López", "Ben", "Cem"])
    keys.write(page.get_by_label("Child’s name"), "lopez")
    keys.press(page.get_by_role("button", name="Show", exact=True))
    expect(page.locator(".child-row h3")).to_have_text(["Ana López"])
    keys.press(page.locator("summary", has_text="2 more"))
    expect(page.locator(".owed:visible")).to_have_count(5)
    assert not Access.objects.filter(person=str(director.pk)).exists()
    keys.press(page.get_by_role("link", name="Ana López", exact=True))
    expect(page.get_by_role("heading", name="Ana López", exact=True)).to_be_visible()
    assert Access.objects.filter(person=str(director.pk), case_id=children[0].pk, action="read").count() == 1
    window.close()


def test_a_manager_sees_only_their_own_on_a_phone_without_scripts(
    browser: Browser, server: LiveServer, manager: User, children: list[Case]
) -> None:
    signed = signed_in(browser, server, manager, width=PHONE)
    window = browser.new_context(
        storage_state=signed.storage_state(), java_script_enabled=False, viewport={"width": PHONE, "height": 740}
    )
    page = window.new_page()
    page.goto(f"{server.url}/caseload/")
    expect(page.locator(".child-row h3")).to_have_text(["Ana López"])
    page.get_by_label("How it stands").select_option("later")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".owed:visible")).to_have_count(3)
    page.get_by_role("link", name="Month", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("November 2026")
    window.close()
    signed.close()


@pytest.mark.parametrize(("width", "lang"), [(PHONE, "es"), (DESK, "en")])
def test_what_a_role_does_is_read_in_place(
    browser: Browser, server: LiveServer, director: User, children: list[Case], width: int, lang: str
) -> None:
    window = signed_in(browser, server, director, width=width, lang=lang)
    page, found = window.new_page(), []
    title = guide.page("role-iep-manager", lang).title
    for name in ("team", "people"):
        path = f"/case/{children[0].pk}/{name}/"
        page.goto(server.url + path)
        page.locator(".guide-opens > summary").last.press("Enter")
        expect(page.get_by_role("heading", name=title)).to_be_visible()
        found += complaints(page, path) + page.evaluate(TOO_WIDE)
    window.close()
    assert not found, "\n".join(found)
