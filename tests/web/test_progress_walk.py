"""A teacher on a phone notes results by taps, also without a network; and the pages are good for everybody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.people.models import User
from gameplan.progress.doors import point_rows, points_of
from gameplan.progress.measuring import Aim, What, end_measure, note_change, note_point
from gameplan.progress.models import Measure
from tests.live import own_server
from tests.progress import conftest as cast
from tests.progress.conftest import Begin
from tests.shared import run_shared
from tests.sides import browser_of
from tests.web.looking import TOO_WIDE, complaints
from tests.web.walking import Watch, new_window

pytestmark = [pytest.mark.browser]
november, sides, case, opened = cast.november, cast.sides, cast.case, cast.opened
planned, begin = cast.planned, cast.begin
PHONE, DESK = 390, 1280
PICTURES = os.environ.get("PROGRESS_PICTURES", "")
"""A folder for pictures of each page, for whoever wants to look at them."""
SLOW = 15_000
WindowOf = Callable[..., BrowserContext]
READINGS = (42, 46, 44, 45, 43, 44, 45, 44)
KEPT = "Kept on this phone. It is sent when there is a network again."


@pytest.fixture
def server(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[LiveServer]:
    """A server of this test's own, where people sign in."""
    run_shared(settings, tmp_path)
    with own_server() as begun:
        yield begun


@pytest.fixture
def measures(server: LiveServer, planned: Case, begin: Begin) -> list[Measure]:
    """A goal that is off track, one of tries, something counted and a rubric, as a teacher has them."""
    words = begin()
    for week, read in enumerate(READINGS):
        day = date(2025, 9, 12) + timedelta(weeks=week)
        note_point(words, by=words.case.reader, on=day, data={"correct": read, "errors": 2, "seconds": 60})
    shoe = begin(
        what=What("goal", "trials", "iep", "g1", prompt="verbal"),
        aim=Aim("Sounds out new words", True, Decimal(20), date(2025, 9, 8), Decimal(80), date(2026, 6, 5)),
    )
    for week, right in enumerate((1, 2, 2, 4, 3)):
        data = {"correct": right, "total": 5, "prompts": {"independent": 1, "verbal": right - 1}}
        note_point(shoe, by=shoe.case.reader, on=date(2025, 9, 15) + timedelta(weeks=week), data=data)
    note_change(shoe, by=shoe.case.reader, on=date(2025, 9, 29), what="Letter cards every day")
    begin(what=What("own", "count"), aim=Aim("Raises a hand before speaking"))
    begin(what=What("own", "rubric", top=4), aim=Aim("Retells a story"))
    begin(what=What("own", "duration"), aim=Aim("Stays with the group"))
    return [words, shoe]


@pytest.fixture
def window_of(browser: Browser, server: LiveServer) -> Iterator[WindowOf]:
    """Somebody's browser, signed in. All are closed before the server stops."""
    with ExitStack() as windows:

        def open_one(name: str, width: int = PHONE) -> BrowserContext:
            person = Person(str(User.objects.get(email=f"{name}@example.org").pk), "account")
            cookie = browser_of(person).cookies[django_settings.SESSION_COOKIE_NAME].value
            window = new_window(browser, width=width)
            windows.callback(window.close)
            window.set_default_timeout(SLOW)
            window.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
            return window

        yield open_one


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"web:{name}", args=(case.pk, *more))


def test_results_are_tapped_on_a_phone_also_without_a_network_and_arrive_once(
    window_of: WindowOf, server: LiveServer, case: Case, begin: Begin
) -> None:
    shoe = begin(what=What("own", "trials", prompt="verbal"), aim=Aim("Ties a shoe"))
    hand = begin(what=What("own", "count"), aim=Aim("Raises a hand"))
    stays = begin(what=What("own", "duration"), aim=Aim("Stays with the group"))
    window = window_of("tess")
    page = window.new_page()
    page.goto(f"{server.url}{at('child', case)}")
    page.get_by_role("link", name="Note results").tap()
    page.get_by_role("button", name="Right: Without help").tap()
    page.get_by_role("button", name="Right: Without help").tap()
    page.get_by_role("button", name="Not right").tap()
    expect(page.get_by_text("2 of 3 right")).to_be_visible()
    page.get_by_role("button", name="Undo the last tap").tap()
    expect(page.get_by_text("2 of 2 right")).to_be_visible()
    page.get_by_role("button", name="Start").tap()
    page.get_by_role("button", name="Keep these results").tap()
    expect(page.get_by_text("2 results are kept.")).to_be_visible()
    assert [list(one.data) for one in points_of(stays)] == [["seconds"]]
    assert [one.data for one in points_of(shoe)] == [{"correct": 2, "total": 2, "prompts": {"independent": 2}}]

    page.goto(f"{server.url}{at('note-points', case)}")
    window.set_offline(True)
    for _tap in range(3):
        page.get_by_role("button", name="One more").tap()
    page.get_by_label("Day", exact=True).fill("2025-11-12")
    page.get_by_role("button", name="Keep these results").tap()
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_text("November 12, 2025: Raises a hand")).to_be_visible()
    expect(page.get_by_label("How many times it happened")).to_have_value("")
    assert page.evaluate(TOO_WIDE) == []
    look(page, "kept-390")
    assert points_of(hand) == []

    window.set_offline(False)
    expect(page.get_by_text("What was kept on this phone is sent.")).to_be_visible()
    page.goto(f"{server.url}{at('note-points', case)}")
    expect(page.get_by_role("button", name="Keep these results")).to_be_visible()
    assert [(one.on, one.data) for one in point_rows(hand)] == [(date(2025, 11, 12), {"count": 3})]
    assert kept_on(page) == []


def test_what_the_server_refuses_stays_on_the_phone_until_it_is_mended_or_thrown_away(
    window_of: WindowOf, server: LiveServer, case: Case, begin: Begin
) -> None:
    hand, quiet = (
        begin(what=What("own", "count"), aim=Aim("Raises a hand")),
        begin(what=What("own", "percent"), aim=Aim("Quiet hours")),
    )
    window = window_of("ada")
    page = window.new_page()
    page.goto(f"{server.url}{at('note-points', case)}")
    window.set_offline(True)
    page.get_by_label("Percent").fill("120")
    page.get_by_role("button", name="Keep these results").tap()
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("button", name="One more").tap()
    page.get_by_role("button", name="Keep these results").tap()
    expect(page.locator("[data-list] > li")).to_have_count(2)
    end_measure(hand, by=hand.case.reader, on=date(2025, 11, 3))
    window.set_offline(False)
    expect(page.get_by_text("This was not taken.")).to_be_visible()
    expect(page.get_by_text("This measure has ended before that day.")).to_be_visible()
    look(page, "refused-390")
    refused = page.locator("[data-list] > li", has_text="Quiet hours")
    refused.get_by_role("button", name="Mend it").tap()
    page.get_by_label("Percent").fill("20")
    page.get_by_role("button", name="Keep these results").tap()
    expect(page.get_by_text("1 result is kept.")).to_be_visible()
    assert [one.data for one in point_rows(quiet)] == [{"percent": 20}]
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Throw it away").tap()
    expect(page.locator("[data-list] > li")).to_have_count(0)
    assert kept_on(page) == []


def test_the_page_opens_without_a_network_and_each_sitting_arrives_once_on_its_day(
    window_of: WindowOf, server: LiveServer, case: Case, begin: Begin
) -> None:
    hand = begin(what=What("own", "count"), aim=Aim("Raises a hand"))
    address = f"{server.url}{at('note-points', case)}"
    window = window_of("ada")
    page = window.new_page()
    page.goto(address)
    expect(page.get_by_text("This page opens on this phone without a network too")).to_be_visible()
    window.set_offline(True)
    page.clock.set_fixed_time(datetime.now(tz=UTC) + timedelta(days=1))
    for times in (1, 2):
        page.goto("about:blank")
        page.goto(f"{address}?measure=m1")
        expect(page.get_by_text("There is no network. This page was kept on this phone")).to_be_visible()
        assert page.get_by_label("Day", exact=True).input_value() == "2025-11-15"
        for _tap in range(times):
            page.get_by_role("button", name="One more").tap()
        page.get_by_label("Day", exact=True).fill("2025-11-14")
        page.get_by_role("button", name="Keep these results").tap()
        expect(page.locator("[data-list] > li")).to_have_count(times)
        assert page.evaluate(TOO_WIDE) == []
    look(page, "from-device-390")
    window.set_offline(False)
    expect(page.get_by_text("What was kept on this phone is sent.")).to_be_visible()
    assert [one.data for one in point_rows(hand)] == [{"count": 1}, {"count": 2}]

    page.goto(f"{server.url}{reverse('account_logout')}")
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("caches.has('gameplan-progress')") is False
    window.set_offline(True)
    with pytest.raises(BrowserError, match="ERR_"):
        page.goto(address)


def test_who_is_signed_out_elsewhere_finds_no_page_on_the_device(
    window_of: WindowOf, server: LiveServer, case: Case, begin: Begin
) -> None:
    begin(what=What("own", "count"), aim=Aim("Raises a hand"))
    address = f"{server.url}{at('note-points', case)}"
    window = window_of("ada")
    page = window.new_page()
    page.goto(address)
    expect(page.get_by_text("This page opens on this phone without a network too")).to_be_visible()
    window.clear_cookies()
    page.goto(address)
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(
        "caches.open('gameplan-progress').then(pages => pages.match('__address')).then(one => !one)".replace(
            "__address", address
        )
    )


def test_what_was_begun_is_there_again_and_signing_out_leaves_nothing(
    window_of: WindowOf, server: LiveServer, case: Case, begin: Begin
) -> None:
    begin(what=What("own", "count"), aim=Aim("Raises a hand"))
    window = window_of("ada")
    page = window.new_page()
    page.goto(f"{server.url}{at('note-points', case)}")
    page.get_by_role("button", name="One more").tap()
    page.reload()
    expect(page.get_by_label("How many times it happened")).to_have_value("1")
    expect(page.get_by_text("What you had begun is here again.")).to_be_visible()
    page.goto(f"{server.url}{reverse('account_logout')}")
    expect(page.get_by_text("On this device lie words or results that were not sent yet.")).to_be_visible()
    page.get_by_role("button", name="Sign out").tap()
    page.wait_for_url("**/sign-in/**")
    assert kept_on(page) == []


@pytest.mark.parametrize(("who", "width"), [("rosa", PHONE), ("tess", DESK)])
def test_the_pages_are_good_for_everybody(
    window_of: WindowOf, server: LiveServer, case: Case, measures: list[Measure], who: str, width: int
) -> None:
    window = window_of(who, width)
    watch = Watch(server.url)
    watch.over(window)
    page, found = window.new_page(), []
    places = {
        "progress": at("progress", case), "note": at("note-points", case), "off-track": at("measure", case, "m1"),
        "tries": at("measure", case, "m2"), "begin": f"{at('begin-measure', case)}?goal=g1",
    }  # fmt: skip
    if who == "tess":
        places["caseload"] = reverse("web:caseload-progress")
        places["correct"] = at("correct-point", case, "m2", 1)
    for lang in ("en", "es"):
        window.add_cookies([{"name": "django_language", "value": lang, "url": server.url}])
        for name, place in places.items():
            page.goto(f"{server.url}{place}")
            expect(page.locator("html")).to_have_attribute("lang", lang)
            look(page, f"{name}-{width}-{lang}")
            found += complaints(page, f"{name} {lang}", ("light", "dark") if lang == "en" else ("light",))
            found += page.evaluate(TOO_WIDE)
    assert found == []
    assert watch.complaints == []


def kept_on(page: Page) -> list[str]:
    """What lies on the device."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(one => one.startsWith('gameplan-progress:'))")
    return found


def look(page: Page, name: str) -> None:
    """A picture of the page, where a folder for them is given."""
    if PICTURES:
        page.emulate_media(color_scheme="light")
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)
