"""Lists of children: kept, shared, changed, and taken out without a formula in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gameplan.cases.models import Access, Case
from gameplan.people.models import Organisation, User
from gameplan.reports.list_columns import COLUMNS
from gameplan.reports.models import ListKept
from tests.districts.conftest import Join, Window
from tests.reports.conftest import Enroll
from tests.reports.test_pages import text_of

Served = Callable[..., None]


@pytest.fixture
def children(
    numbered: Organisation, join: Join, oak: Organisation, elm: Organisation, served: Served, enroll: Enroll
) -> dict[str, Case]:
    """Ben at Oak with autism, Cleo at Elm with a speech impairment; a third is called like a formula."""
    found = {"Ben": join("Ben", oak, born=date(2018, 5, 2)), "Cleo": join("Cleo", elm, born=date(2017, 1, 9))}
    served(found["Ben"])
    served(found["Cleo"], category="speech-or-language-impairment")
    enroll(found["Ben"])
    found["trick"] = join("=HYPERLINK(1)", oak)
    return found


def asked(**more: Any) -> dict[str, Any]:
    return {"name": "All of them", "columns": ["name", "school", "disability", "born", "late"], **more}


def kept(browser: Any, place: Organisation, **more: Any) -> ListKept:
    answer = browser.post(f"/places/{place.pk}/reports/lists/", asked(**more))
    assert answer.status_code == 302, text_of(answer)
    return ListKept.objects.get()


def address(found: ListKept, rest: str = "") -> str:
    return f"/places/{found.place_id}/reports/lists/{found.pk}/{rest}"


def test_a_list_shows_the_children_as_they_stand(
    children: dict[str, Case], numbered: Organisation, director: User, window: Window
) -> None:
    browser = window(director)
    found = kept(browser, numbered)
    page = text_of(browser.get(address(found)))
    assert "Speech or language impairment" in page
    assert "May 2, 2018" in page
    browser.post(address(found), asked(disability="AUT", plan="yes"))
    page = text_of(browser.get(address(found)))
    assert str(children["Ben"].pk) in page
    assert str(children["Cleo"].pk) not in page


def test_a_list_is_found_by_its_maker_and_by_others_once_it_is_shared(
    children: dict[str, Case], numbered: Organisation, director: User, monitor: User, hire: Any, elm: Organisation,
    window: Window,
) -> None:  # fmt: skip
    browser = window(director)
    found = kept(browser, numbered)
    assert window(monitor).get(address(found)).status_code == 404
    browser.post(address(found), asked(shared="on"))
    assert window(monitor).get(address(found)).status_code == 200
    assert window(monitor).get(address(found, "list.csv")).status_code == 403
    assert window(monitor).post(address(found, "remove/")).status_code == 403
    assert window(monitor).post(address(found), asked()).status_code == 403
    assert window(hire("Olga", "district-director", elm)).get(address(found)).status_code == 403
    assert browser.post(address(found, "remove/")).status_code == 302
    assert not ListKept.objects.exists()


def test_a_table_leaves_without_formulas_and_the_record_says_so(
    children: dict[str, Case], numbered: Organisation, director: User, window: Window
) -> None:
    browser = window(director)
    found = kept(browser, numbered)
    rows = list(csv.reader(io.StringIO(text_of(browser.get(address(found, "list.csv"))).removeprefix("\ufeff"))))
    assert rows[0] == ["Name", "School", "Disability", "Birthday", "How many things are late"]
    assert rows[1:] == [
        ["'=HYPERLINK(1)", "Oak School", "", "", "0"],
        ["Ben", "Oak School", "Autism", "2018-05-02", "0"],
        ["Cleo", "Elm School", "Speech or language impairment", "2017-01-09", "0"],
    ]
    for case in children.values():
        assert Access.objects.filter(case_id=case.pk, action="share", role="district-director").count() == 1
    ceds = text_of(browser.get(address(found, "list.csv?heads=ceds"))).splitlines()[0]
    assert "P000218 Primary Disability Type" in ceds


def test_a_workbook_holds_words_and_no_formula(
    children: dict[str, Case], numbered: Organisation, director: User, window: Window
) -> None:
    browser = window(director)
    found = kept(browser, numbered)
    answer: Any = browser.get(address(found, "list.xlsx"))
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_a_list_without_a_name_or_column_is_not_kept(
    children: dict[str, Case], numbered: Organisation, director: User, window: Window
) -> None:
    answer = window(director).post(f"/places/{numbered.pk}/reports/lists/", {"name": "", "columns": ["cats"]})
    assert answer.status_code == 422
    assert not ListKept.objects.exists()


def test_every_column_says_something_of_every_child(
    children: dict[str, Case], numbered: Organisation, director: User, window: Window
) -> None:
    browser = window(director)
    found = kept(browser, numbered, columns=list(COLUMNS))
    assert browser.get(address(found)).status_code == 200


def test_the_worksheet_page_leads_to_its_children(
    children: dict[str, Case], numbered: Organisation, director: User, tell: Any, window: Window
) -> None:
    day = date(2026, 3, 2)
    tell(children["Ben"], "consent-given", day, signed=day, received=day, **{"for": "initial-evaluation"})
    browser = window(director)
    page = text_of(browser.get(f"/places/{numbered.pk}/reports/worksheets/b11/?year=2025-26"))
    assert "Permissions received" in page
    assert "{range}" not in page
    assert "0.00%" in page
    (column,) = {one for one in ("cannot_tell", "late_not_finished") if f"column={one}" in page}
    behind = text_of(browser.get(f"/places/{numbered.pk}/reports/worksheets/b11/?year=2025-26&column={column}"))
    assert "Ben" in behind
    assert browser.get(f"/places/{numbered.pk}/reports/worksheets/b99/").status_code == 404
    assert browser.get(f"/places/{numbered.pk}/reports/worksheets/b13/").status_code == 200
