"""Looking for providers: kind, name, State, distance, pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from gameplan.care.kinds import KINDS
from gameplan.care.models import Intake
from gameplan.care.nppes import Provider, plain
from gameplan.care.searching import Found, Wanted, search, status
from gameplan.care.writing import write_listings
from tests.care.made import npi

pytestmark = pytest.mark.django_db


def provider(number: int, name: str, code: str, *kinds: str) -> Provider:
    bits = sum(KINDS[kind].bit for kind in kinds or ("speech",))
    state = "TX" if code.startswith("78") else "NM"
    return Provider(
        int(npi(number)), False, name, plain(name), "", bits, "1 Sample St", "Town", state, code, "", date(2024, 3, 4)
    )  # fmt: skip


@pytest.fixture(autouse=True)
def listed() -> Intake:
    intake = Intake.objects.create(file_name="f", fingerprint="f", file_day=date(2026, 11, 8))
    write_listings(
        [
            provider(1, "Alder Ana", "87102"), provider(2, "Birch Ben", "87106", "occupational"),
            provider(3, "Cedar Carla", "87501"), provider(4, "Dogwood Dev", "78701"),
            provider(5, "Elm Ana", "87102", "speech", "occupational"), provider(6, "Fir Núria", "87103"),
            provider(7, "Mesa Alder Center", "87124", "physical"),
        ],
        intake.pk,
    )  # fmt: skip
    return intake


def names(found: Iterable[Found]) -> list[str]:
    return [one.listing.name for one in found]


def test_near_comes_first_and_far_is_left_out() -> None:
    page = search(Wanted(("speech", "occupational"), zip="87102", miles=25))
    assert names(page.found)[:3] == ["Alder Ana", "Elm Ana", "Birch Ben"]
    assert (page.total, page.has_next, page.by_area) == (4, False, False)
    assert page.found[0].miles == 0
    assert page.found[0].source.file_day == date(2026, 11, 8)
    assert "Cedar Carla" in names(search(Wanted(zip="87102", miles=100)).found)


def test_a_code_that_no_map_shows_stands_last_in_its_area() -> None:
    page = search(Wanted(("speech",), zip="87102", miles=5))
    assert [(one.listing.name, one.miles) for one in page.found][-1] == ("Fir Núria", None)


def test_from_a_code_that_no_map_shows_the_area_is_searched() -> None:
    page = search(Wanted(zip="87103", miles=5))
    assert page.by_area
    assert set(names(page.found)) == {"Alder Ana", "Birch Ben", "Elm Ana", "Fir Núria", "Mesa Alder Center"}
    assert {one.miles for one in page.found} == {None}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana", ["Alder Ana", "Elm Ana"]), ("NURIA fir", ["Fir Núria"]),
        ("alder", ["Alder Ana", "Mesa Alder Center"]), ("lder", []),
    ],
)  # fmt: skip
def test_names_are_found_by_the_beginnings_of_their_words(words: str, found: list[str]) -> None:
    assert names(search(Wanted(name=words)).found) == found


def test_a_state_and_a_kind() -> None:
    assert names(search(Wanted(("speech",), state="TX")).found) == ["Dogwood Dev"]
    assert names(search(Wanted(("physical", "no-such-kind"))).found) == ["Mesa Alder Center"]
    assert names(search(Wanted(("no-such-kind",))).found) == []


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(zip="87102", miles=100), Wanted(("speech",), zip="87102", miles=100)]
)
def test_pages_together_are_the_whole_without_gap_or_double(wanted: Wanted) -> None:
    whole = names(search(wanted, size=100).found)
    pages: list[str] = []
    number, more = 1, True
    while more:
        page = search(wanted, page=number, size=2)
        pages += names(page.found)
        number, more = number + 1, page.has_next
    assert pages == whole
    assert search(wanted, page=99, size=2).found == ()


def test_what_is_here_is_counted(listed: Intake) -> None:
    found = status()
    assert (found.listings, found.by_kind["speech"], found.by_kind["occupational"]) == (7, 5, 2)
    assert found.by_state == {"NM": 6, "TX": 1}
    assert found.intakes == (listed,)
