"""Every page, for everybody: axe finds nothing, on a phone and on a desk, by day and by night; nothing is too wide.

The pages are those of three cases: one with something on every page, one that waits for an answer, and one that has
just begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gameplan.web.story.path import BY_SLUG
from tests.config.test_permissions import ADDRESSES
from tests.drill import IS_DRILL
from tests.permission_places import PLACES
from tests.permission_table import TABLE
from tests.served import Served
from tests.web.full_house import TODAY, make_house
from tests.web.hands import Mouse
from tests.web.looking import TOO_WIDE, complaints, layout_complaints, unfold
from tests.web.walking import DESK, HEIGHTS, PHONE, Walk, Watch, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

SMALLEST, TABLET = 320, 768
WIDTHS = (DESK, TABLET) if IS_DRILL else (DESK,)
FULL, WAITING, BEGUN = "full", "waiting", "begun"
WINDOWS = ((FULL, "en"), (FULL, "es"), (WAITING, "en"), (BEGUN, "es"))
HAS: dict[str, tuple[str, ...]] = {
    FULL: ("fact_id", "letter_id", "attachment_id", "plan_id"), WAITING: ("fact_id",), BEGUN: (),
}  # fmt: skip
CALCULATED = (
    "/law/calculator/?state=TX&start=consent-given~initial-evaluation&on=2025-09-15&days_off=August+13+first+day%0A"
    "May+21+last+day%0AOctober+13+teacher+workday",
    "/law/calculator/?state=NY&start=evaluation-requested~initial&on=2025-09-15&by=parent",
    "/law/calculator/?state=us&start=due-process-filed&on=2025-09-15&by=parent&expedited=no",
)
LAW = (
    *CALCULATED, "/law/us/", "/law/us/change-of-placement-test/", "/law/CT/initial-evaluation/", "/law/AK/iep-meeting/",
    "/law/TX/answer-evaluation-request/", "/law/compare/?rule=meeting-notice",
    "/guide/reading-a-report/", "/guide/my-state/?state=TX", "/guide/iep-or-504/",
    "/guide/check/?worry=yes&school-day=yes", "/guide/search/?q=school+said+no+to+testing&state=TX",
)  # fmt: skip
SUPPOSED = ("s=evaluation-completed:2025-12-20:type=initial", "day=2026-03-02")
MORE_FACTS = ("meeting-held", "pwn-sent", "child-absent")
WITH_FAULTS = (
    (BEGUN, "tell/eligible/"), (BEGUN, "add/pwn-sent/"), (BEGUN, "what-if/pwn-sent/"), (FULL, "calendar/confirm/"),
    (BEGUN, "write/evaluation-request/"), (FULL, "letter/l1/"), (FULL, "keep/delete/"),
)  # fmt: skip
PARTS = ("services",)
ODD_LIST = "Teacher work day Jan 5\nFeb 30 no school\nLabor Day September 7\nPicture day October 2"


@dataclass
class House:
    """A server with three cases, and the cookie of the household's browser."""

    address: str
    state: Any
    cases: dict[str, str]
    reasons: dict[str, list[str]]
    sent: str
    pages: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("full") / "gameplan"
    made = make_house(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GAMEPLAN_TODAY", TODAY.isoformat())
        served = Served(folder)
    with served:
        window = new_window(browser)
        walk = Walk(window.new_page(), Mouse(), served.address)
        walk.page.goto(f"{served.address}{served.path}")
        walk.press(walk.button("Start with my child"))
        cases = {FULL: made["case"], WAITING: made["sample"], BEGUN: case_on(walk.page)}
        read_odd_calendar(walk, cases[FULL])
        reasons = {name: reasons_of(walk.page, served.address, case) for name, case in cases.items()}
        yield House(served.address, window.storage_state(), cases, reasons, made["sent"])
        window.close()


def read_odd_calendar(walk: Walk, case: str) -> None:
    """A calendar that is read and not yet confirmed, with days that nobody can be sure of."""
    walk.page.goto(f"{walk.address}/case/{case}/calendar/")
    walk.hand.write(walk.field("Days without school"), ODD_LIST)
    walk.press(walk.button("Read it"))
    expect(walk.page.locator("form.confirm")).to_be_visible()


def case_on(page: Page) -> str:
    return page.url.partition("/case/")[2].partition("/")[0]


def reasons_of(page: Page, address: str, case: str) -> list[str]:
    """The addresses that say why, of the duties on the child's page."""
    page.goto(f"{address}/case/{case}/")
    folds = page.locator("details[hx-get]").all()
    return [str(fold.get_attribute("hx-get")) for fold in folds]


def addresses(house: House, name: str) -> Iterator[str]:
    """Where a page of this case may be: the whole table, the reasons, all questions, some more kinds of fact.

    What belongs to no case is the same page for all of them: it comes with the first.
    """
    case_id = house.cases[name]
    places = {"case_id": case_id, **{place: PLACES[place] for place in HAS[name]}}
    for row in TABLE:
        needed, known = ADDRESSES[row.name].pattern.converters, places | dict(row.where)
        is_there = (
            row.asks.get("GET", (None, 404))[1] in (200, 302)
            and not row.shared
            and row.name not in ("open", "web:why")
            and needed.keys() <= known.keys()
            and (name == FULL or "case_id" in needed)
        )
        if is_there and (name == FULL or row.name != "web:print-in-force"):
            yield reverse(row.name, kwargs={place: known[place] for place in needed})
    yield from house.reasons[name]
    if name == FULL:
        yield from LAW
        yield from (reverse("web:write-section", args=(case_id, "p1", part)) for part in PARTS)
        yield reverse("web:letter", args=(case_id, house.sent))
        yield reverse("web:compare-plan", args=(case_id, "p2"))
        yield f"{reverse('web:correct-version', args=(case_id, 'p1', 1))}?path=strengths"
    yield from (f"{reverse('web:what-if', args=(case_id,))}?{query}" for query in SUPPOSED)
    if name in (FULL, BEGUN):
        yield from (reverse("web:tell", args=(case_id, slug)) for slug in BY_SLUG)
        yield from (reverse("web:add-fact", args=(case_id, kind)) for kind in MORE_FACTS)


def pages_of(house: House, window: BrowserContext, name: str) -> list[str]:
    """The addresses of a case that answer with a page; asked once for all widths and languages."""
    if name not in house.pages:
        house.pages[name] = list(_answering(house, window, name))
    return house.pages[name]


def _answering(house: House, window: BrowserContext, name: str) -> Iterator[str]:
    for path in dict.fromkeys(addresses(house, name)):
        answer = window.request.get(f"{house.address}{path}", max_redirects=0)
        assert answer.status in (200, 302), f"{path}: {answer.status}"
        if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
            yield path


@pytest.fixture
def window(browser: Browser, house: House, width: int) -> Iterator[BrowserContext]:
    """The household's window, looked on: no error, no request that leaves this machine."""
    watch, opened = Watch(house.address), new_window(browser, width=width, storage_state=house.state)
    watch.over(opened)
    yield opened
    opened.close()
    assert watch.complaints == []


@pytest.mark.parametrize("width", [PHONE])
@pytest.mark.parametrize(("name", "lang"), WINDOWS)
def test_axe_finds_nothing_and_nothing_is_too_wide(house: House, window: BrowserContext, name: str, lang: str) -> None:
    """Each page at every width, from a desk to the smallest phone; by day and by night on a phone.

    What the two smaller cases show again, with less on it, is looked at on a phone and in one language; and Spanish,
    whose longer words have the least room there, on a phone at each change. A drill has every width in both.
    """
    widths = WIDTHS if name == FULL and (lang == "en" or IS_DRILL) else ()
    window.add_cookies([{"name": "django_language", "value": lang, "url": house.address}])
    page, found = window.new_page(), []
    for path in pages_of(house, window, name):
        page.goto(f"{house.address}{path}")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            found += layout_complaints(page, f"{path} {lang} {width}")
        page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
        found += complaints(page, f"{path} {lang} {PHONE}")
        page.set_viewport_size({"width": SMALLEST, "height": HEIGHTS[PHONE]})
        found += [f"{path} {lang}: {part}" for part in page.evaluate(TOO_WIDE)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_where_a_form_has_faults(house: House, window: BrowserContext) -> None:
    page, found = window.new_page(), []
    for path in (
        "/import/",
        "/law/calculator/",
        *(f"/case/{house.cases[name]}/{place}" for name, place in WITH_FAULTS),
    ):
        page.goto(f"{house.address}{path}")
        unfold(page)
        page.locator("main form button.button").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        found += complaints(page, path)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_nothing_at_the_closed_door(house: House, browser: Browser, width: int) -> None:
    window = new_window(browser, width=width)
    page, found = window.new_page(), []
    for path in ("/", "/open/a-used-link/"):
        page.goto(f"{house.address}{path}")
        found += complaints(page, path)
    window.close()
    assert not found, "\n".join(found)
