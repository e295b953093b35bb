"""When a browser was last used: written once in ten minutes, at no cost for the other requests, and said in words."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from gameplan.cases import verbs
from gameplan.cases.people import person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import User
from gameplan.web.accounts import last_used
from gameplan.web.accounts.last_used import EVERY, forget, note_use, use_in_words
from tests.shared import PASSWORD, account, run_shared, school, signed_in, staff

NOON = datetime(2025, 11, 3, 18, 5, tzinfo=UTC)  # 12:05 in Chicago
LONG_AGO = timedelta(hours=5)


@pytest.fixture
def ana(settings: Settings, tmp_path: Path, db: None) -> User:
    run_shared(settings, tmp_path)
    return account("ana@example.org")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


def browser_of(user: User) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def used_long_ago() -> datetime:
    """Every session was last used five hours ago, and no process knows better."""
    before = timezone.now() - LONG_AGO
    UserSession.objects.update(last_seen_at=before)
    forget()
    return before


def row_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def asked_of_sessions(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries.captured_queries if UserSession._meta.db_table in one["sql"]]


def test_it_is_written_once_and_then_no_request_asks_for_ten_minutes(ana: User) -> None:
    client = browser_of(ana)
    child = Child(name="Ben", born=NOON.date().replace(year=2016), state="TX")
    case = verbs.start_case(person_of_user(ana).acting_as("parent"), child=child)
    before = used_long_ago()
    with CaptureQueriesContext(connection) as first:
        assert client.get(f"/case/{case.pk}/").status_code == 200
    assert [sql.split()[0] for sql in asked_of_sessions(first)] == ["UPDATE"]
    seen = row_of(client).last_seen_at
    assert seen - before >= LONG_AGO
    with CaptureQueriesContext(connection) as second:
        for _time in range(3):
            assert client.get(f"/case/{case.pk}/").status_code == 200
    assert asked_of_sessions(second) == []
    assert [one["sql"] for one in second.captured_queries if one["sql"].startswith("UPDATE")] == []
    assert row_of(client).last_seen_at == seen


def test_after_ten_minutes_it_is_written_again(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser_of(ana)
    client.get("/help/")
    start = row_of(client).last_seen_at
    for minutes, written in ((9, 0), (11, 11), (20, 11), (22, 22)):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        client.get("/help/")
        assert row_of(client).last_seen_at == start + timedelta(minutes=written)


def test_what_another_process_wrote_stays_and_its_ten_minutes_count(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser_of(ana)
    theirs = timezone.now() - timedelta(minutes=8)
    UserSession.objects.update(last_seen_at=theirs)
    forget()
    client.get("/help/")
    assert row_of(client).last_seen_at == theirs
    later = theirs + EVERY
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.get("/help/")
    assert row_of(client).last_seen_at == later


def test_the_session_itself_is_not_saved(ana: User) -> None:
    client = browser_of(ana)
    used_long_ago()
    before = Session.objects.values().get()
    with CaptureQueriesContext(connection) as queries:
        client.get("/help/")
    assert Session.objects.values().get() == before
    table = Session._meta.db_table
    assert [one["sql"].split()[0] for one in queries.captured_queries if f'"{table}"' in one["sql"]] == ["SELECT"]


def tess_after(rest: timedelta) -> Client:
    """The browser of a teacher, who did nothing in it for that long."""
    tess = staff("tess@school.example", school())
    client = signed_in(tess)
    UserSession.objects.create(
        user=tess, session_key=client.session.session_key, ip="127.0.0.1", last_seen_at=timezone.now() - rest
    )
    return client


@pytest.mark.parametrize(("minutes", "place"), [(69, "/help/"), (71, "")])
def test_staff_are_signed_out_when_nothing_was_done_for_an_hour(ana: User, minutes: int, place: str) -> None:
    client = tess_after(timedelta(minutes=minutes))
    answer = client.get("/help/")
    if place:
        assert answer.status_code == 200
        return
    assert answer.headers["Location"] == "/sign-in/?next=%2Fhelp%2F&rested=yes"
    assert "nothing was done here for a while" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/help/").status_code == 302


def test_a_form_that_comes_too_late_changes_nothing_and_says_so(ana: User) -> None:
    client = tess_after(LONG_AGO)
    answer = client.post("/account/sessions/")
    assert answer.status_code == 403
    assert "Sign in first" in answer.content.decode()


def test_no_limit_where_none_is_set(ana: User, settings: Settings) -> None:
    settings.GAMEPLAN_IDLE_MINUTES = 0
    client = tess_after(LONG_AGO)
    assert client.get("/help/").status_code == 200


@pytest.mark.parametrize("address", ["/law/", "/sign-in/"])
def test_pages_that_need_nobody_write_nothing(ana: User, address: str) -> None:
    client = browser_of(ana)
    before = used_long_ago()
    client.get(address)
    assert row_of(client).last_seen_at == before


def test_a_stranger_with_a_key_that_is_none_asks_nothing(ana: User) -> None:
    client = Client()
    client.cookies["gameplan-session"] = "x" * 32
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/help/").status_code == 302
    assert asked_of_sessions(queries) == []


def test_a_busy_database_does_not_refuse_the_page(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser_of(ana)
    used_long_ago()

    def busy(*_told: Any) -> datetime:
        raise OperationalError("database is locked")

    monkeypatch.setattr(last_used, "_write", busy)
    assert client.get("/help/").status_code == 200


def asking(client: Client) -> HttpRequest:
    """What a request of this browser carries when it has just come in."""
    request = RequestFactory().get("/help/")
    request.session = SessionStore(client.session.session_key)
    request.user = User.objects.get(pk=request.session["_auth_user_id"])
    return request


def test_all_that_come_in_the_moment_after_a_long_rest_end(ana: User) -> None:
    """Both have passed the session's own check before either has ended it."""
    client = tess_after(LONG_AGO)
    requests = [asking(client) for _number in range(3)]
    assert [note_use(request, timezone.now()) for request in requests] == [False] * 3
    client.get("/help/")  # which signs out
    assert note_use(requests[0], timezone.now()) is False
    UserSession.objects.all().delete()
    assert note_use(requests[0], timezone.now()) is False


def test_a_busy_database_gives_a_rested_session_no_minute_more(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client, begun = tess_after(timedelta(minutes=65)), timezone.now()
    tried = []

    def busy(*_told: Any) -> datetime:
        tried.append(_told)
        raise OperationalError("database is locked")

    monkeypatch.setattr(last_used, "_write", busy)
    for seconds, most in ((0, 1), (30, 1), (61, 2)):
        assert note_use(asking(client), begun + timedelta(seconds=seconds))
        assert len(tried) == most
    assert note_use(asking(client), begun + timedelta(minutes=6)) is False


def test_what_cannot_be_read_lets_nobody_in(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = tess_after(LONG_AGO)

    def away(_key: str) -> datetime:
        raise OperationalError("database is locked")

    monkeypatch.setattr(last_used, "_last_use", away)
    with pytest.raises(OperationalError):
        client.get("/help/")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_write_once(settings: Settings, tmp_path: Path) -> None:
    run_shared(settings, tmp_path)
    client = browser_of(account("ana@example.org"))
    key = row_of(client).session_key
    used_long_ago()
    now = timezone.now()

    def write(number: int) -> datetime:
        try:
            return last_used._write(key, now + timedelta(seconds=number))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        told = set(threads.map(write, range(4)))
    assert told == {row_of(client).last_seen_at}


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_used, "MOST_REMEMBERED", 3)
    for number in range(4):
        last_used._remember(f"key{number}", NOON)
    assert [last_used._is_known(f"key{number}", NOON) for number in range(4)] == [False, True, True, True]


@pytest.mark.parametrize(
    ("now", "lang", "words"),
    [
        (NOON + timedelta(hours=3), "en", "Last used today at 12:05"),
        (NOON + timedelta(hours=12), "en", "Last used on November 3, 2025"),
        (NOON + timedelta(hours=11), "en", "Last used today at 12:05"),
    ],
)
def test_it_is_said_in_words_and_in_the_zone_of_the_page(now: datetime, lang: str, words: str) -> None:
    with override(lang), timezone.override("America/Chicago"):
        assert use_in_words(NOON, now) == words


def test_the_day_is_that_of_the_language() -> None:
    with override("es"), timezone.override("America/Chicago"):
        assert "3 de noviembre de 2025" in use_in_words(NOON, NOON + timedelta(days=2))


def test_the_page_says_when_another_browser_was_last_used(ana: User) -> None:
    mine, phone = browser_of(ana), browser_of(ana)
    UserSession.objects.filter(session_key=phone.session.session_key).update(
        last_seen_at=timezone.now() - timedelta(days=2)
    )
    page = mine.get("/account/sessions/").content.decode()
    assert page.count("Last used on ") == 1
    assert "Last used today at " in phone.get("/account/sessions/").content.decode()
