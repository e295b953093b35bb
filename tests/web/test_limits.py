"""What is costly is limited for an account and for a network address, over all processes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import gettext, override

from gameplan.cases import verbs
from gameplan.cases.models import Case
from gameplan.cases.people import HOME, person_of_user
from gameplan.core.facts import Child
from gameplan.people.limits import TooMany, address_of, refuse_if_spent, spend
from gameplan.people.models import Spent, User
from gameplan.web import limits
from gameplan.web.limits import FOR_AN_ADDRESS, LIMITS, Limit
from tests.shared import account, run_shared, signed_in

CLOCK = "gameplan.people.limits.time.time"
NOW = 1_800_000_015.0
SEARCH = "/guide/search/?q=reading"


@pytest.fixture(autouse=True)
def shared(settings: Any, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """People have accounts, the clock stands still, and each limit is reached after two."""
    run_shared(settings, tmp_path)
    monkeypatch.setattr(CLOCK, lambda: NOW)
    few = tuple(Limit(one.what, one.counts, 2, one.seconds) for one in LIMITS)
    monkeypatch.setattr(limits, "LIMITS", few)


@pytest.fixture
def mother() -> User:
    return account("rosa@example.org")


@pytest.fixture
def case(mother: User) -> Case:
    return verbs.start_case(person_of_user(mother), child=Child("Ana", date(2016, 5, 2), "TX", "3"))


def statuses(client: Client, address: str, times: int = 3) -> list[int]:
    return [client.get(address).status_code for _ in range(times)]


def test_a_case_is_taken_out_so_often_and_then_asks_to_wait(case: Case, mother: User) -> None:
    address = reverse("web:zip", args=(case.pk,))
    client = signed_in(mother)
    assert statuses(client, address) == [200, 200, 429]
    answer = client.get(address)
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "Nothing is lost" in answer.content.decode()
    assert client.get(reverse("web:child", args=(case.pk,))).status_code == 200


def test_the_page_speaks_the_language_of_the_reader(case: Case, mother: User) -> None:
    client = signed_in(mother)
    client.cookies["django_language"] = "es"
    answer = [client.get(reverse("web:dates", args=(case.pk,))) for _ in range(3)][-1]
    with override("es"):
        assert gettext("Please wait a little") in answer.content.decode()
    assert '<html lang="es"' in answer.content.decode()


def test_papers_are_added_so_often_and_the_next_one_is_not_kept(case: Case, mother: User) -> None:
    client = signed_in(mother)
    address = reverse("web:add-fact", args=(case.pk, "evaluation-requested"))
    for status in (422, 422, 429):
        paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7", content_type="application/pdf")
        assert client.post(address, {"paper": paper}).status_code == status


def test_people_are_invited_so_often(case: Case, mother: User) -> None:
    client = signed_in(mother)
    address = reverse("web:people", args=(case.pk,))
    assert [client.post(address, {"email": "nobody"}).status_code for _ in range(3)] == [422, 422, 429]
    assert client.get(address).status_code == 200


def test_a_search_is_limited_for_an_address_without_an_account(client: Client) -> None:
    times = 2 * FOR_AN_ADDRESS
    assert set(statuses(client, SEARCH, times)) == {200}
    assert client.get(SEARCH).status_code == 429
    assert client.get(SEARCH, REMOTE_ADDR="203.0.113.7").status_code == 200
    assert client.get("/guide/search/").status_code == 200


def test_one_person_at_the_limit_leaves_others_at_the_same_address_alone(mother: User) -> None:
    assert statuses(signed_in(mother), SEARCH) == [200, 200, 429]
    assert signed_in(account("ben@example.org")).get(SEARCH).status_code == 200


def test_it_counts_from_nothing_when_the_time_is_over(mother: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(mother)
    assert statuses(client, SEARCH)[-1] == 429
    monkeypatch.setattr(CLOCK, lambda: NOW + 60)
    assert client.get(SEARCH).status_code == 200


def test_counts_name_nobody_and_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    spend("file", "address:203.0.113.7", 5)
    assert not Spent.objects.filter(who__contains="203").exists()
    monkeypatch.setattr(CLOCK, lambda: NOW + 3 * 60 * 60)
    spend("file", "address:203.0.113.8", 5)
    assert Spent.objects.count() == 1


def test_who_is_at_the_limit_can_be_refused_without_counting() -> None:
    spend("wrong", "x", 1)
    for _ in range(2):
        with pytest.raises(TooMany, match="45"):
            refuse_if_spent("wrong", "x", 1)
    assert Spent.objects.get().number == 1


def test_only_our_own_proxies_are_believed(settings: Any) -> None:
    request: HttpRequest = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert address_of(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == "203.0.113.7"


def test_at_home_nobody_is_counted(settings: Any, client: Client) -> None:
    settings.GAMEPLAN_SHARED = False
    spend("search", f"person:{HOME.id}", 1)
    assert set(statuses(client, SEARCH, 4)) == {200}
