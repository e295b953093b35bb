"""No page in Spanish says anything in English that the catalogue has in Spanish.

Words of the law, of forms and of other data go through another door than those of templates: it is easily forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from gameplan.cases.models import Case
from gameplan.people.models import Organisation
from gameplan.reports.models import Count
from scripts.catalogue import kept
from tests.config.test_permissions import ADDRESSES, address, case, home
from tests.districts.conftest import Hire, Window, district, hire, oak, shared, texas, today, window
from tests.permission_table import TABLE

__all__ = ["case", "district", "hire", "home", "oak", "shared", "texas", "today", "window"]

SAID_IN = ("aria-label", "alt", "title", "placeholder")
UNSEEN = ("script", "style", "textarea", "code", "pre")
LETTERS_OF_A_WORD = 3
PAGES_OF_A_DISTRICT = 20
TYPED = frozenset({"Reading"})
"""Words of the made-up case itself."""
MORE = (
    "/law/TX/initial-evaluation/",
    "/law/us/",
    "/law/compare/?rule=meeting-notice",
    "/guide/evaluation/",
    "/guide/myths/",
)


class Words(HTMLParser):
    """What a page says: the text of each element, and what is said of those without."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._in: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.said += [str(told[name]) for name in SAID_IN if told.get(name)]
        if tag in UNSEEN or told.get("lang") == "en":
            self._in.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data: str) -> None:
        if not self._in:
            self.said.append(" ".join(data.split()))


@cache
def forgotten() -> frozenset[str]:
    """English words that have other ones in Spanish, and are none themselves."""
    pairs = [
        (english, spanish)
        for one in kept("es") if one.id and one.string
        for english, spanish in zip(_sides(one.id), _sides(one.string), strict=False)
    ]  # fmt: skip
    spanish = {said for _english, said in pairs}
    return (
        frozenset(one for one, said in pairs if one != said and one not in spanish and len(one) > LETTERS_OF_A_WORD)
        - TYPED
    )


def _sides(told: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else tuple(told)


def english_on(browser: Client, path: str) -> list[str]:
    answer = browser.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return []
    return [f"{path}: {said}" for said in dict.fromkeys(Words(answer.content.decode()).said) if said in forgotten()]


def in_spanish(browser: Client) -> Client:
    browser.cookies["django_language"] = "es"
    return browser


def of_the_case(case: Case) -> Iterator[str]:
    """Every page of the household, by the table of permissions; the gallery is for who works on the pages."""
    for row in TABLE:
        if "GET" in row.asks and not row.shared and not row.name.startswith(("open", "web:gallery")):
            yield address(row, case)


def of_the_place(place: Organisation, count: Count) -> Iterator[str]:
    """Every page of a district, by the same table."""
    for row in TABLE:
        places = ADDRESSES[row.name].pattern.converters
        if "GET" in row.asks and row.shared and set(places) <= {"place_id", "count_id", "name", "sheet", "check"}:
            known = {"place_id": place.pk, "count_id": count.pk, "name": "FS002", "sheet": "b11", "check": "no-race"}
            yield reverse(row.name, kwargs={name: known[name] for name in places})


def test_no_page_of_a_family_says_anything_in_english(home: Client, case: Case) -> None:
    browser = in_spanish(home)
    found = [one for path in (*of_the_case(case), *MORE) for one in english_on(browser, path)]
    assert not found, "\n".join(found)


def test_no_page_of_a_district_says_anything_in_english(
    shared: None, today: date, district: Organisation, oak: Organisation, hire: Hire, window: Window
) -> None:
    browser = in_spanish(window(hire("Dora", "district-director", district)))
    browser.post(f"/places/{district.pk}/reports/counts/", {"on": f"{today.year}-10-01"})
    paths = list(of_the_place(district, Count.objects.get()))
    assert len(paths) > PAGES_OF_A_DISTRICT
    found = [one for path in paths for one in english_on(browser, path)]
    assert not found, "\n".join(found)
