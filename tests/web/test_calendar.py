"""The school calendar: typed, pasted or from a file, confirmed line by line, kept, changed and removed."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import HOME, SESSION_KEY
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.facts import Child

LIST = """First day of school August 13, 2025
Labor Day September 1
Nov 24-28 Thanksgiving break
Teacher work day Jan 5
Homecoming game Oct 3
Feb 30 no school
Last day May 21, 2026"""
FILE = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
UID:1\r
DTSTART;VALUE=DATE:20250813\r
SUMMARY:First day of school\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
DTSTART;VALUE=DATE:20251124\r
DTEND;VALUE=DATE:20251129\r
SUMMARY:Thanksgiving break\r
END:VEVENT\r
END:VCALENDAR\r
"""
THANKSGIVING = Closure(date(2025, 11, 24), date(2025, 11, 28), "Thanksgiving break")


@pytest.fixture(autouse=True)
def october(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_TODAY", "2025-10-15")


@pytest.fixture
def case(db: None) -> Case:
    return verbs.start_case(HOME, child=Child(name="Ben", state="TX"))


@pytest.fixture
def home() -> Client:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = HOME.id
    store.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def to(case: Case, name: str, query: str = "") -> str:
    return reverse(f"web:{name}", args=(case.pk,)) + query


def read(client: Client, case: Case, **given: Any) -> Any:
    return client.post(to(case, "calendar-read"), {"school_year": "2025-26", **given}, follow=True)


def shown(page: Any) -> dict[str, str]:
    """The form of the confirm page as a browser would send it unchanged."""
    form = page.context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in said.items() if value is not None}


def line(page: Any, words: str) -> str:
    return next(f"line-{one.place}" for one in page.context["read"].lines if words in one.text)


def confirm(client: Client, case: Case, page: Any, **changed: str) -> Any:
    return client.post(to(case, "calendar-confirm"), {**shown(page), **changed})


def test_a_pasted_list_is_shown_line_by_line_and_kept_when_confirmed(case: Case, home: Client) -> None:
    page = read(home, case, days_off=LIST)
    assert facts_of(case).calendars == ()
    sections = {name: len(page.context[name]) for name in ("unsure", "problems", "closed", "left_out")}
    assert sections == {"unsure": 1, "problems": 1, "closed": 2, "left_out": 1}
    assert "Check the date." in page.content.decode()
    answer = confirm(home, case, page)
    assert (answer.status_code, answer.headers["Location"]) == (302, to(case, "calendar"))
    labor_day = Closure(date(2025, 9, 1), date(2025, 9, 1), "Labor Day")
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (labor_day, THANKSGIVING))
    assert facts_of(case).calendars == (year,)


def test_each_line_can_be_changed(case: Case, home: Client) -> None:
    page = read(home, case, days_off=LIST)
    mended = line(page, "Feb 30")
    changed = {
        line(page, "Labor"): "open", line(page, "work day"): "closed", line(page, "Homecoming"): "closed",
        mended: "closed", f"{mended}-first": "2026-02-27",
    }  # fmt: skip
    confirm(home, case, page, **changed)
    closed = [(one.first, one.last) for one in facts_of(case).calendars[0].closed]
    days = [date(2025, 10, 3), THANKSGIVING.first, date(2026, 1, 5), date(2026, 2, 27)]
    assert closed == [(day, THANKSGIVING.last if day == THANKSGIVING.first else day) for day in days]


def test_typed_days_win_over_the_list(case: Case, home: Client) -> None:
    page = read(home, case, days_off=LIST, first_day="2025-08-14")
    assert page.context["form"]["first_day"].value() == date(2025, 8, 14)


def test_the_schools_own_file_is_read(case: Case, home: Client) -> None:
    page = read(home, case, file=SimpleUploadedFile("school.ics", FILE), last_day="2026-05-21")
    confirm(home, case, page)
    (year,) = facts_of(case).calendars
    assert (year.first_day, year.last_day, year.closed) == (
        date(2025, 8, 13),
        date(2026, 5, 21),
        (THANKSGIVING,),
    )


def test_a_file_that_is_no_calendar_says_what_to_look_for(case: Case, home: Client) -> None:
    page = read(home, case, file=SimpleUploadedFile("school.pdf", b"%PDF-1.7"))
    assert "The file name ends in .ics." in page.content.decode()


def test_nothing_at_all_is_refused_with_what_to_do(case: Case, home: Client) -> None:
    page = home.post(to(case, "calendar-read"), {"school_year": "2025-26"})
    assert page.status_code == 422
    assert "Type the days, paste a list, or choose a file." in page.content.decode()


def test_what_was_typed_comes_back(case: Case, home: Client) -> None:
    read(home, case, days_off=LIST)
    assert home.get(to(case, "calendar")).context["form"].initial["days_off"] == LIST
    page = home.post(to(case, "calendar-read"), {"school_year": "1492-93", "days_off": LIST})
    assert page.status_code == 422
    assert "Thanksgiving" in page.content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first_day": ""}, "first_day"),
        ({"first_day": "0025-08-13"}, "first_day"),
        ({"last_day": "2025-08-01"}, "last_day"),
        ({"last_day": "2028-08-01"}, "last_day"),
        ({"key": "older"}, None),
    ],
)
def test_days_that_do_not_fit_are_said_and_nothing_is_kept(
    case: Case, home: Client, changed: dict[str, str], field: str | None
) -> None:
    answer = confirm(home, case, read(home, case, days_off=LIST), **changed)
    assert answer.status_code == 422
    assert (field or "__all__") in answer.context["form"].errors
    assert facts_of(case).calendars == ()


def test_a_line_to_mend_needs_days_in_order(case: Case, home: Client) -> None:
    page = read(home, case, days_off=LIST)
    mended = line(page, "Feb 30")
    answer = confirm(home, case, page, **{mended: "closed"})
    assert list(answer.context["form"].errors) == [f"{mended}-first"]
    days = {mended: "closed", f"{mended}-first": "2026-02-27", f"{mended}-last": "2026-02-20"}
    answer = confirm(home, case, page, **days)
    assert list(answer.context["form"].errors) == [f"{mended}-last"]


def test_confirming_twice_keeps_one_year(case: Case, home: Client) -> None:
    page = read(home, case, days_off=LIST)
    sent = shown(page)
    answers = [home.post(to(case, "calendar-confirm"), sent) for _again in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(facts_of(case).calendars) == 1


def test_a_kept_year_can_be_changed_and_keeps_its_extra_days(case: Case, home: Client) -> None:
    saturday = (date(2025, 10, 11),)
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (THANKSGIVING,), saturday)
    verbs.save_calendar(case, by=HOME, year=year)
    page = home.get(to(case, "calendar-confirm", "?year=2025-26"))
    confirm(home, case, page, last_day="2026-05-28")
    (kept,) = facts_of(case).calendars
    assert (kept.last_day, kept.closed, kept.open) == (date(2026, 5, 28), (THANKSGIVING,), saturday)


def test_a_year_can_be_removed(case: Case, home: Client) -> None:
    year = SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21))
    verbs.save_calendar(case, by=HOME, year=year)
    home.post(to(case, "calendar-remove"), {"school_year": "2025-26"})
    assert facts_of(case).calendars == ()


def test_on_the_way_through_the_questions_it_leads_on(case: Case, home: Client) -> None:
    page = home.get(to(case, "calendar", "?from=questions"))
    done = reverse("web:tell", args=(case.pk, "done"))
    assert "I don’t have it yet" in page.content.decode()
    assert done in page.content.decode()
    answer = home.post(to(case, "calendar-read", "?from=questions"), {"school_year": "2025-26", "days_off": LIST})
    assert answer.headers["Location"] == to(case, "calendar-confirm", "?from=questions")


def test_the_page_says_what_counts_school_days(case: Case, home: Client) -> None:
    assert "Answer a written request for an evaluation" in home.get(to(case, "calendar")).content.decode()


def test_a_huge_list_is_cut_and_says_so(case: Case, home: Client) -> None:
    page = read(home, case, days_off="Homecoming game Oct 3\n" * 300)
    assert len(page.context["left_out"]) == 60
    assert "240 more lines are left out" in page.content.decode()
