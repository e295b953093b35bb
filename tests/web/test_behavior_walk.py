"""A behavior is noted on a phone in two taps, also without script; and the pages of behavior are good for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import record_fact
from gameplan.people.models import User
from gameplan.progress.behavior_plans import write_plan, write_summary
from gameplan.progress.incidents import Seen, incident_rows, note_incident
from gameplan.progress.measuring import Aim, What
from gameplan.progress.models import Measure
from tests.live import own_server
from tests.progress import conftest as cast
from tests.progress.conftest import Begin, Opened
from tests.progress.test_behavior_plans import DAY, FOUND, STEPS
from tests.shared import run_shared
from tests.sides import browser_of
from tests.web.looking import TOO_WIDE, complaints
from tests.web.walking import Watch, new_window

pytestmark = [pytest.mark.browser]
november, sides, case, opened = cast.november, cast.sides, cast.case, cast.opened
planned, begin = cast.planned, cast.begin
PHONE, DESK = 390, 1280
SLOW = 20_000
WindowOf = Callable[..., BrowserContext]


@pytest.fixture
def server(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[LiveServer]:
    """A server of this test's own, where people sign in."""
    run_shared(settings, tmp_path)
    with own_server() as begun:
        yield begun


@pytest.fixture
def leaves(server: LiveServer, planned: Case, begin: Begin) -> Measure:
    """A behavior of Ana's, without a note."""
    return begin(what=What("behavior", "count"), aim=Aim("Leaves the seat", rises=False))


@pytest.fixture
def window_of(browser: Browser, server: LiveServer) -> Iterator[WindowOf]:
    """Somebody's browser, signed in. All are closed before the server stops."""
    with ExitStack() as windows:

        def open_one(name: str, width: int = PHONE, *, script: bool = True) -> BrowserContext:
            person = Person(str(User.objects.get(email=f"{name}@example.org").pk), "account")
            cookie = browser_of(person).cookies[django_settings.SESSION_COOKIE_NAME].value
            window = new_window(browser, width=width, java_script_enabled=script)
            windows.callback(window.close)
            window.set_default_timeout(SLOW)
            window.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
            return window

        yield open_one


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"web:{name}", args=(case.pk, *more))


@pytest.mark.parametrize("script", [True, False])
def test_an_aide_notes_it_on_a_phone_in_two_taps(
    window_of: WindowOf, server: LiveServer, case: Case, leaves: Measure, script: bool
) -> None:
    page = window_of("ada", script=script).new_page()
    page.goto(f"{server.url}{at('progress', case)}")
    page.get_by_role("link", name="What happened?").tap()
    page.get_by_role("radio", name="Had to wait", exact=True).tap()
    page.get_by_role("radio", name="Was told to stop", exact=True).tap()
    page.get_by_role("button", name="Keep it").tap()
    expect(page.get_by_text("Noted. It stands first in the list.")).to_be_visible()
    (row,) = incident_rows(leaves)
    assert (row.antecedent, row.behavior, row.consequence) == ("Had to wait", "Leaves the seat", "Was told to stop")
    assert row.on == date(2025, 11, 14)
    assert row.at is not None


def told(leaves: Measure, kim: Case) -> None:
    """Notes over eight weeks, an assessment, a plan, and removals, one of them open."""
    for number in range(12):
        seen = Seen(
            date(2025, 9, 8) + timedelta(days=5 * number), ("Work was hard", "Had to wait")[number % 3 == 0],
            "Ran to the door", ("Got a break or a quiet place", "A long word of one’s own " * 4)[number % 4 == 0],
            time(9 + number % 3), "Classroom", number, 1 + number % 5,
        )  # fmt: skip
        note_incident(leaves, by=leaves.case.reader, seen=seen)
    write_summary(leaves, by=leaves.case.reader, on=DAY, told=FOUND)
    write_plan(leaves, by=leaves.case.reader, on=DAY, told=STEPS)
    for first, days, kind in ((date(2025, 9, 15), 8, "suspension"), (date(2025, 10, 6), 3, "in-school-suspension")):
        data = {"decided": first, "from": first, "school_days": days, "kind": kind, "change_of_placement": False}
        record_fact(kim, by=kim.reader, kind="removal-ordered", on=first, said_by="school", data=data)


@pytest.mark.parametrize(("who", "width"), [("rosa", PHONE), ("tess", DESK)])
def test_the_pages_are_good_for_everybody(
    window_of: WindowOf, server: LiveServer, case: Case, leaves: Measure, opened: Opened, who: str, width: int
) -> None:
    told(leaves, opened("kim"))
    window = window_of(who, width)
    watch = Watch(server.url)
    watch.over(window)
    page, found = window.new_page(), []
    places = {"behavior": at("behavior", case, "m1"), "out": at("days-out", case)}
    places["note"] = at("note-incident", case, "m1")
    if who == "tess":
        more = {"summary": "behavior-summary", "plan": "behavior-plan"}
        places |= {name: at(address, case, "m1") for name, address in more.items()}
        places["correct"] = at("correct-incident", case, "m1", 1)
    for lang in ("en", "es"):
        window.add_cookies([{"name": "django_language", "value": lang, "url": server.url}])
        for name, place in places.items():
            page.goto(f"{server.url}{place}")
            expect(page.locator("html")).to_have_attribute("lang", lang)
            found += complaints(page, f"{name} {lang}", ("light", "dark") if lang == "en" else ("light",))
            found += page.evaluate(TOO_WIDE)
    assert found == []
    assert watch.complaints == []
