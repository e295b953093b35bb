"""An IEP and a 504 plan side by side for one child: the State's numbers, what happened, what a step would change."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import HOME
from gameplan.core.facts import Child
from tests.web.test_tell import home as home_client

home = home_client
ASKED = date(2026, 9, 3)


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2026-11-27")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))


def tell(case: Case, kind: str, on: date, **data: object) -> None:
    verbs.record_fact(case, by=HOME, kind=kind, on=on, data=data)


def read(client: Client, case: Case, name: str = "side-by-side") -> str:
    answer = client.get(reverse(f"web:{name}", args=(case.pk,)))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_has_the_numbers_of_the_state_and_what_happened(home: Client, case: Case) -> None:
    tell(case, "evaluation-requested", ASKED, received=ASKED, type="initial", by="parent", written=True)
    page = read(home, case)
    assert "45 school days (Texas)" in page
    assert 'September 3, 2026: <a href="' in page
    assert page.count("None is written down here.") == 2
    assert "This page does not say which one is right" in page


def test_a_504_plan_and_what_an_evaluation_would_start(home: Client, case: Case) -> None:
    tell(case, "section-504-decided", ASKED, date=ASKED, eligible=True)
    before = Entry.objects.count()
    page = read(home, case)
    assert "Yes, since September 3, 2026. Its text is not kept here." in page
    assert "If an evaluation for an IEP was asked for today" in page
    assert "If a 504 plan was asked for today" not in page
    assert "evaluation-requested" in page.partition("If an evaluation for an IEP was asked for")[2]
    assert Entry.objects.count() == before


def test_an_iep_shows_what_ending_it_would_take_away(home: Client, case: Case) -> None:
    tell(case, "iep-adopted", ASKED, date=ASKED)
    page = read(home, case)
    assert "If the IEP ended and a 504 plan took its place" in page
    assert "If an evaluation for an IEP was asked for today" not in page


def test_the_overview_leads_there_where_it_matters(home: Client, case: Case) -> None:
    address = reverse("web:side-by-side", args=(case.pk,))
    assert address not in read(home, case, "child")
    assert address in read(home, case, "plans")
    tell(case, "section-504-decided", ASKED, date=ASKED, eligible=True)
    assert address in read(home, case, "child")
