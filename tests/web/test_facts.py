"""Adding what happened, correcting it, the other side's account, papers; the child's page that follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME
from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Child
from tests.small_photos import PNG, points
from tests.web.test_tell import home as home_client

REQUEST = {"on": "2025-09-03", "said_by": "parent", "data_type": "initial", "data_by": "parent", "data_written": "yes"}
home = home_client


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    made = verbs.start_case(HOME, child=Child("Ana", date(2016, 5, 2), "TX", "3"))
    verbs.save_calendar(made, by=HOME, year=SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)))
    return made


def post(client: Client, case: Case, name: str, *where: str, **said: object) -> Any:
    return client.post(reverse(f"web:{name}", args=(case.pk, *where)), {"form_key": str(uuid4()), **said})


def page(client: Client, case: Case, name: str = "child", *where: str) -> str:
    return client.get(reverse(f"web:{name}", args=(case.pk, *where))).content.decode()


def test_a_request_that_was_added_shows_its_last_day(case: Case, home: Client) -> None:
    assert post(home, case, "add-fact", "evaluation-requested", **REQUEST).status_code == 302
    assert "September 24, 2025" in page(home, case)


def test_the_page_changes_as_soon_as_a_fact_is_added(case: Case, home: Client) -> None:
    before = page(home, case)
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    assert page(home, case) != before


def test_each_reader_gets_a_token_of_their_own(case: Case, home: Client) -> None:
    from gameplan.web.kept_pages import TOKEN_PLACE

    first, second = page(home, case), page(home, case)
    assert TOKEN_PLACE not in first
    assert "csrfmiddlewaretoken" in second


def test_the_likeliest_next_facts_come_first(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    found = page(home, case, "add")
    assert found.index("consent-requested") < found.index("Something else")


def test_the_same_form_sent_twice_makes_one_fact(case: Case, home: Client) -> None:
    key = str(uuid4())
    for _ in range(2):
        post(home, case, "add-fact", "evaluation-requested", **REQUEST, form_key=key)
    assert len(facts_of(case).facts) == 1


def test_a_form_without_a_day_keeps_what_was_typed_and_says_what_is_missing(case: Case, home: Client) -> None:
    answer = post(home, case, "add-fact", "evaluation-requested", **{**REQUEST, "on": "", "note": "by the gate"})
    assert answer.status_code == 422
    assert "by the gate" in answer.content.decode()
    assert facts_of(case).facts == ()
    assert "by the gate" in page(home, case, "add-fact", "evaluation-requested")


def test_a_correction_leaves_the_old_fact_visible(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    post(home, case, "correct", "f1", **{**REQUEST, "on": "2025-09-05"})
    told = facts_of(case).facts
    assert [fact.corrects for fact in told] == [None, "f1"]
    assert "<del>" in page(home, case)
    assert "September 26, 2025" in page(home, case)


def test_the_other_sides_account_stands_beside(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    post(home, case, "account", "f1", **{**REQUEST, "on": "2025-09-11", "said_by": "school"})
    found = page(home, case)
    assert "September 24, 2025" in found
    assert "October 2, 2025" in found


def test_a_fact_taken_back_no_longer_counts(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    post(home, case, "withdraw", "f1")
    assert "September 24, 2025" not in page(home, case)


def test_a_photo_stays_with_its_fact(case: Case, home: Client) -> None:
    photo = SimpleUploadedFile("stamp.png", PNG, content_type="image/png")
    post(home, case, "add-fact", "evaluation-requested", **REQUEST, paper=photo)
    assert facts_of(case).facts[0].attachments == ("a1",)
    answer = home.get(reverse("web:paper", args=(case.pk, "a1")))
    assert points(answer.content) == points(PNG)
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_is_no_photo_is_refused_with_a_reason_and_no_fact_is_made(case: Case, home: Client) -> None:
    wrong = SimpleUploadedFile("photo.png", b"MZ\x00\x01 not a photo", content_type="image/png")
    answer = post(home, case, "add-fact", "evaluation-requested", **REQUEST, paper=wrong)
    assert answer.status_code == 422
    assert facts_of(case).facts == ()


def test_absent_days_may_be_written_in_either_form(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "child-absent", on="2025-09-22", said_by="school", data_days="2025-09-22, 9/23/2025")
    assert facts_of(case).facts[0].data["days"] == (date(2025, 9, 22), date(2025, 9, 23))


def test_why_shows_each_day_counted(case: Case, home: Client) -> None:
    post(home, case, "add-fact", "evaluation-requested", **REQUEST)
    found = page(home, case, "why", "TX", "request-response", "f1")
    assert "TEC 29.004(c)" in found
    assert "<svg" in found


def test_a_duty_that_is_not_there_is_not_found(case: Case, home: Client) -> None:
    assert home.get(reverse("web:why", args=(case.pk, "TX", "request-response", "f9"))).status_code == 404


@pytest.mark.parametrize("kind", ["age-reached", "no-such-kind"])
def test_what_nobody_can_write_down_is_not_found(kind: str, case: Case, home: Client) -> None:
    assert home.get(reverse("web:add-fact", args=(case.pk, kind))).status_code == 404
