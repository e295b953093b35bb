"""The page of the record: at home short, in a shared case with filters, checked on request, and as a table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.models import Access, Case
from gameplan.cases.people import HOME
from gameplan.config.links import new_token
from gameplan.core.facts import Child
from gameplan.people.models import User
from gameplan.web.views import record as views
from tests.record.conftest import opened_by
from tests.trail.conftest import set_column

Ask = Callable[..., HttpResponse]


@pytest.fixture
def ask(settings: Settings, case: Case) -> Ask:
    """Somebody who has signed in asks for a page of Ana's case."""
    settings.GAMEPLAN_SHARED = True

    def _ask(view: Callable[..., HttpResponse], name: str, query: str = "") -> HttpResponse:
        request = RequestFactory().get(f"/?{query}")
        request.user = User.objects.get(name=name)
        return view(request, case.pk)

    return _ask


@pytest.fixture
def home(client: Client, settings: Settings, db: None) -> Client:
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    return client


def kept_case() -> UUID:
    case = verbs.start_case(HOME, child=Child(name="Ana", state="TX"))
    verbs.record_fact(case, by=HOME, kind="meeting-held", on=date(2025, 9, 3))
    return case.pk


def test_at_home_it_is_short(home: Client) -> None:
    key = kept_case()
    page = home.get(reverse("web:record", args=[key])).content.decode()
    assert "You keep this file alone." in page
    assert "Wrote down what happened." in page
    assert reverse("web:fact", args=[key, "f1"]) in page
    assert "<select" not in page


def test_the_check_says_whole_or_what_does_not_fit(home: Client) -> None:
    key = kept_case()
    address = reverse("web:record", args=[key])
    assert "The trail is whole" in home.get(address, {"check": 1}).content.decode()
    row = Access.objects.get(case_id=key, number=1)
    set_column(row, Access._meta.get_field("person"), "x")
    page = home.get(address, {"check": 1}).content.decode()
    assert "Something does not fit" in page
    assert "Row 1 of the trail was changed after it was written." in page


def test_the_end_of_the_list_stands_on_the_page(home: Client) -> None:
    key = kept_case()
    page = home.get(reverse("web:record", args=[key])).content.decode()
    case = Case.objects.get(pk=key)
    assert f"{case.trail_count}:{case.trail_head}" in page


def test_a_long_list_has_pages(home: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LINES_A_PAGE", 1)
    key = kept_case()
    page = home.get(reverse("web:record", args=[key]), {"page": "2", "what": "changes"}).content.decode()
    assert "?page=1&amp;what=changes" in page


def test_it_can_be_asked_for_one_person_or_only_looks(ask: Ask, family: Case, school_side: Case) -> None:
    hill = User.objects.get(name="Hill")
    verbs.record_fact(school_side, by=school_side.reader, kind="meeting-held", on=date(2025, 9, 3), said_by="school")
    looks = ask(views.record_page, "Rosa Lopez", f"who={hill.pk}&what=looks").content.decode()
    assert "Looked at the file." in looks
    assert "Wrote down what happened." not in looks
    changes = ask(views.record_page, "Rosa Lopez", f"who={hill.pk}&what=changes").content.decode()
    assert "Wrote down what happened." in changes
    assert "Oak School" in changes


def test_the_school_sees_its_own_list(ask: Ask, family: Case) -> None:
    page = ask(views.record_page, "Ortiz").content.decode()
    assert "The family sees this list too." in page
    assert "Began this file." not in page


def test_the_table_has_a_line_for_each_row_and_no_formula(ask: Ask, family: Case) -> None:
    User.objects.filter(name="Rosa Lopez").update(name="=1+1")
    answer = ask(views.record_csv, "=1+1")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + Access.objects.filter(case_id=family.pk).count()
    assert {row[2] for row in rows[1:]} == {"'=1+1"}
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, len(rows))]


def test_who_may_not_take_a_copy_gets_no_table(ask: Ask, case: Case) -> None:
    opened_by("Ortiz", case)
    with pytest.raises(PermissionDenied):
        ask(views.record_csv, "Ortiz")
