"""The gallery in a real browser: on a phone and on a desk, by day and by night, in both languages."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from tests.drill import IS_DRILL
from tests.web.pictures.conftest import Visit

pytestmark = pytest.mark.browser
PHONE, DESK = 360, 1280
PAIRS = ((PHONE, "light", "en"), (PHONE, "dark", "es"), (DESK, "light", "es"), (DESK, "dark", "en"))
LOOKS = tuple(product((PHONE, DESK), ("light", "dark"), ("en", "es"))) if IS_DRILL else PAIRS
"""Width, look and language of the window: each pair of two meets at each change, all three in a drill."""
SMALLEST_PRINT = 12
SMALLEST_TARGET = 24

TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.unseen, .table') && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.outerHTML.slice(0, 120))"""
CROWDED = """() => [...document.querySelectorAll('svg.road, svg.month')]
  .filter(s => s.getBoundingClientRect().width).flatMap(svg => {
  const words = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBBox()]);
  const [x, y, w, h] = svg.getAttribute('viewBox').split(' ').map(Number);
  const out = words.filter(([, b]) => b.x < x || b.y < y || b.x + b.width > x + w || b.y + b.height > y + h);
  const hit = words.flatMap(([one, a], n) => words.slice(n + 1).filter(([, b]) =>
    a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 &&
    a.y < b.y + b.height - 3 && b.y < a.y + a.height - 3)
    .map(([other]) => one + ' / ' + other));
  return [...out.map(([one]) => 'outside: ' + one), ...hit];
})"""
OVER_BOARD = """() => [...document.querySelectorAll('svg.road .sign')]
  .filter(s => s.getBoundingClientRect().width).flatMap(sign => {
  const b = sign.querySelector('rect').getBBox();
  return [...sign.querySelectorAll('text')].filter(t => t.getBBox().x + t.getBBox().width > b.x + b.width)
    .map(t => t.textContent);
})"""
FINE_PRINT = """() => [...document.querySelectorAll('svg text')]
  .filter(t => t.getBoundingClientRect().width).map(t => {
  const svg = t.ownerSVGElement;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return [parseFloat(getComputedStyle(t).fontSize) * scale, t.textContent];
}).filter(([size]) => size < %s)"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(e => !e.closest('p, li, .unseen') && e.getClientRects().length && !e.classList.contains('skip'))
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
  .filter(([box]) => box.width < %s || box.height < %s).map(([, said]) => said)"""
SHOWN_ROADS = """() => [...document.querySelectorAll('.roadmap')].map(map =>
  [...map.querySelectorAll('svg.road')].filter(s => s.getClientRects().length).length)"""


@pytest.mark.parametrize(("width", "look", "lang"), LOOKS)
def test_axe_finds_nothing(visit: Visit, width: int, look: str, lang: str) -> None:
    page = visit("/gallery/", width=width, look=look, lang=lang)
    open_all(page)
    assert complaints(page) == []


@pytest.mark.parametrize("path", ["/gallery/question/", "/wrong/403/", "/wrong/404/", "/wrong/500/", "/wrong/csrf/"])
def test_axe_finds_nothing_on_short_pages(visit: Visit, path: str) -> None:
    assert complaints(visit(path)) == []


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_nothing_overflows_or_overlaps(visit: Visit, width: int, lang: str) -> None:
    page = visit("/gallery/", width=width, lang=lang)
    open_all(page)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(CROWDED) == []
    assert page.evaluate(OVER_BOARD) == []


@pytest.mark.parametrize("width", [PHONE, 768, 1100, DESK])
def test_words_in_drawings_are_large_enough(visit: Visit, width: int) -> None:
    page = visit("/gallery/", width=width)
    assert page.evaluate(FINE_PRINT % SMALLEST_PRINT) == []


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/question/"])
def test_what_is_pressed_is_large_enough(visit: Visit, path: str) -> None:
    assert visit(path).evaluate(SMALL_TARGETS % (SMALLEST_TARGET, SMALLEST_TARGET)) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_one_drawing_of_each_road_is_shown(visit: Visit, width: int) -> None:
    assert set(visit("/gallery/", width=width).evaluate(SHOWN_ROADS)) == {1}


def test_night_by_choice_looks_like_night_by_device(visit: Visit, household: Client) -> None:
    by_device = colours(visit("/gallery/", look="dark"))
    household.cookies["look"] = "dark"
    by_choice = colours(visit("/gallery/", look="light"))
    assert by_choice == by_device


def test_day_by_choice_wins_over_the_device(visit: Visit, household: Client) -> None:
    by_device = colours(visit("/gallery/", look="light"))
    household.cookies["look"] = "light"
    assert colours(visit("/gallery/", look="dark")) == by_device


def test_it_can_be_read_in_forced_colours_and_on_paper(visit: Visit) -> None:
    page = visit("/gallery/", forced_colors="active")
    assert complaints(page) == []
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator(".masthead__tools").is_hidden()
    assert page.locator(".road-words").first.is_visible()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(visit: Visit) -> None:
    page = visit("/gallery/question/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_enter_in_a_field_saves_and_goes_on(visit: Visit) -> None:
    page = visit("/gallery/question/")
    first = "document.querySelector('form.question__sheet').querySelector('button').value"
    assert page.evaluate(first) == "on"


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def complaints(page: Page) -> list[Any]:
    found = Axe().run(page)
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found.response["violations"]]


def colours(page: Page) -> Any:
    return page.evaluate(
        "[document.body, document.querySelector('.sheet'), document.querySelector('.button')]"
        ".map(e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color])"
    )
