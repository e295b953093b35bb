"""The page of reminders, the link that stops them, and the private calendar."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django import Settings

from gameplan.cases.models import Member
from gameplan.people.roles import Side
from gameplan.watch.models import Due, Feed, Message, Wish
from gameplan.watch.reminding import know_everybody
from gameplan.watch.stopping import stop_token
from gameplan.web.forms.reminders import HOW, LABELS
from tests.watch.conftest import DAY, Cast

SIGNS_IN = "django.contrib.auth.middleware.AuthenticationMiddleware"
KEPT = {"how": "daily", "weekday": "2", "days_before": "7", "quiet_from": "19", "quiet_until": "8"}


@pytest.fixture
def browser(cast: Cast, settings: Settings) -> Client:
    """Rosa's browser. She reads English here."""
    if SIGNS_IN not in settings.MIDDLEWARE:
        door = settings.MIDDLEWARE.index("gameplan.config.doorkeeper.DoorMiddleware")
        settings.MIDDLEWARE = [*settings.MIDDLEWARE[:door], SIGNS_IN, *settings.MIDDLEWARE[door:]]
    found = Client()
    found.force_login(cast.mother)
    know_everybody(DAY)
    return found


@pytest.fixture
def due(cast: Cast) -> Due:
    """What the school owes in two days, as the family sees it."""
    return Due.objects.create(
        case=cast.case, side=Side.FAMILY, pack="us", clock="initial-evaluation", kind="deadline", owed_by=["school"],
        title={"text": "Finish the first evaluation"}, status="due-soon", confidence="high", started=DAY,
        due=DAY + timedelta(days=2), next_on=DAY + timedelta(days=2),
    )  # fmt: skip


def address_of(page: str) -> str:
    found = re.search(r"http://testserver(/feed/[\w-]+\.ics)", page)
    assert found
    return found[1]


def test_the_page_tells_what_comes_and_works_nothing_out(
    browser: Client, due: Due, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gameplan.core.assess.DutyMaker", None)
    page = browser.get("/reminders/").content.decode()
    assert "By October 3, 2025: Finish the first evaluation. This is for the school to do." in page
    assert "rosa@example.org" in page


def test_wishes_are_kept(browser: Client, cast: Cast) -> None:
    assert browser.post("/reminders/", KEPT).status_code == 302
    wish = Wish.objects.get(user=cast.mother)
    told = (wish.how, wish.weekday, wish.days_before, wish.when_late, wish.quiet_from, wish.quiet_until)
    assert told == ("daily", 2, 7, False, 19, 8)
    assert browser.post("/reminders/", KEPT | {"how": "hourly"}).status_code == 422


def test_the_page_offers_every_choice_that_there_is(browser: Client) -> None:
    assert {key for key, _words in HOW} == set(Wish.How.values)
    assert {key for key, _words in LABELS} == set(Feed.Label.values)


def test_what_was_sent_is_shown_to_its_reader_only(browser: Client, cast: Cast) -> None:
    for user, subject in ((cast.mother, "For Rosa"), (cast.manager, "For Lee")):
        Message.objects.create(
            user=user, day=DAY, kind="digest", to=user.email, lang="en", subject=subject, text=f"{subject} alone",
            html="", stop="", message_id=subject, try_at="2025-10-01T12:00Z", state="sent",
        )  # fmt: skip
    page = browser.get("/reminders/").content.decode()
    assert "For Rosa alone" in page
    assert "For Lee" not in page


def test_the_calendar_shows_the_stored_dates_and_no_name(browser: Client, due: Due) -> None:
    page = browser.post("/reminders/calendar/", {"label": "none", "make": "1"}).content.decode()
    stranger = Client()
    answer = stranger.get(address_of(page))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert b"Ana" not in answer.content
    [event] = Calendar.from_ical(answer.content.decode()).walk("VEVENT")
    assert event.decoded("DTSTART") == due.due
    assert event["SUMMARY"] == "Finish the first evaluation (our child)"
    assert event["CLASS"] == "PRIVATE"


@pytest.mark.parametrize(("label", "shown"), [("initials", "A.L."), ("first-name", "Ana")])
def test_a_name_is_shown_where_it_was_asked_for(browser: Client, due: Due, label: str, shown: str) -> None:
    page = browser.post("/reminders/calendar/", {"label": label, "make": "1"}).content.decode()
    content = Client().get(address_of(page)).content.decode()
    assert f"Finish the first evaluation ({shown})" in content
    assert "Lopez" not in content


def test_a_new_address_ends_the_old_one_and_ending_ends_both(browser: Client, due: Due) -> None:
    pages = [browser.post("/reminders/calendar/", {"label": "none"}).content.decode() for _twice in range(2)]
    old, new = map(address_of, pages)
    assert [Client().get(one).status_code for one in (old, new)] == [404, 200]
    assert old.split("/")[2][:-4] not in "".join(Feed.objects.values_list("token_hash", flat=True))
    browser.post("/reminders/calendar/", {"end": "1"})
    assert Client().get(new).status_code == 404


@pytest.mark.parametrize("leave", ["case", "account"])
def test_who_has_left_finds_nothing_in_the_calendar(browser: Client, cast: Cast, due: Due, leave: str) -> None:
    page = browser.post("/reminders/calendar/", {"label": "none"}).content.decode()
    if leave == "case":
        Member.objects.filter(person=str(cast.mother.pk)).update(until=DAY - timedelta(days=1))
        assert b"VEVENT" not in Client().get(address_of(page)).content
    else:
        type(cast.mother).objects.filter(pk=cast.mother.pk).update(is_active=False)
        assert Client().get(address_of(page)).status_code == 404


def test_a_link_in_the_mail_stops_them_without_signing_in(browser: Client, cast: Cast) -> None:
    stranger = Client(enforce_csrf_checks=True)
    address = reverse("web:stop-reminders", args=[stop_token(cast.mother.pk)])
    assert stranger.get(address).status_code == 200
    assert Wish.objects.get(user=cast.mother).how == "weekly"
    assert stranger.post(address).status_code == 403
    page = stranger.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    assert stranger.post(address, {"csrfmiddlewaretoken": token[1]}).status_code == 200
    assert Wish.objects.get(user=cast.mother).how == "off"
    assert Wish.objects.get(user=cast.manager).how == "weekly"


def test_the_button_of_a_mail_program_stops_them_at_once(browser: Client, cast: Cast) -> None:
    address = reverse("web:stop-reminders", args=[stop_token(cast.mother.pk)])
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Wish.objects.get(user=cast.mother).how == "off"


@pytest.mark.parametrize("token", ["x", "00000000-0000-0000-0000-000000000001", "a.b.c"])
def test_a_made_up_link_stops_nobody(browser: Client, token: str) -> None:
    assert Client().get(reverse("web:stop-reminders", args=[token])).status_code == 404
    assert Client().post(reverse("web:stop-reminders", args=[token])).status_code == 404


def test_a_stranger_does_not_see_the_page(cast: Cast, browser: Client) -> None:
    assert Client().get("/reminders/").status_code != 200
