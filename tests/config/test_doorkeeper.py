"""The front door: a link that works once, a cookie for one browser, and a closed door for everybody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import Settings

from gameplan.cases.people import is_known
from gameplan.config.links import LINK_FILE, new_token, spend


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """The folder of a household."""
    settings.GAMEPLAN_DATA = tmp_path
    return tmp_path


def test_a_token_works_once(data: Path) -> None:
    token = new_token(data)
    assert [spend(data, token) for _ in range(3)] == [True, False, False]


def test_a_wrong_token_does_not_spend_the_right_one(data: Path) -> None:
    token = new_token(data)
    assert not spend(data, "guess")
    assert spend(data, token)


def test_a_newer_token_takes_the_place_of_the_older(data: Path) -> None:
    older, newer = new_token(data), new_token(data)
    assert not spend(data, older)
    assert spend(data, newer)


def test_the_folder_never_holds_the_token_itself(data: Path) -> None:
    token = new_token(data)
    kept = data / LINK_FILE
    assert token not in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0


def test_many_browsers_at_once_and_one_gets_in(data: Path) -> None:
    token = new_token(data)
    with ThreadPoolExecutor(8) as browsers:
        answers = list(browsers.map(partial(spend, data), [token] * 64))
    assert answers.count(True) == 1


def test_the_link_signs_this_browser_in_and_goes_home(data: Path, client: Client, settings: Settings) -> None:
    answer = client.get(f"/open/{new_token(data)}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert signed_in(client)


def test_the_same_browser_may_use_its_link_again(data: Path, client: Client) -> None:
    link = f"/open/{new_token(data)}/"
    assert [client.get(link).status_code for _ in range(2)] == [302, 302]


def test_another_browser_gets_a_page_that_says_what_to_do(data: Path, client: Client) -> None:
    link = f"/open/{new_token(data)}/"
    client.get(link)
    other = Client()
    answer = other.get(link)
    assert answer.status_code == 403
    assert "gameplan link" in answer.content.decode()
    assert not signed_in(other)


@pytest.mark.parametrize("method", ["head", "post", "put"])
def test_only_opening_the_link_spends_it(data: Path, client: Client, method: str) -> None:
    token = new_token(data)
    assert getattr(client, method)(f"/open/{token}/").status_code == 405
    assert spend(data, token)


@pytest.mark.parametrize(
    "address", ["/", "/help/", "/no/such/page/", "/open", "/cases/1/", "/law", "/lawless/", "//law/"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_every_other_address_is_closed_and_says_what_to_do(
    data: Path, client: Client, address: str, method: str
) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 403
    assert "gameplan link" in answer.content.decode()


@pytest.mark.parametrize("address", ["/law/", "/law/TX/", "/law/no-such-place/"])
def test_the_law_is_open_to_everybody_who_only_reads(data: Path, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (200, 404)
    assert "gameplan link" not in answer.content.decode()
    assert not signed_in(client)
    assert client.post(address).status_code == 403


def test_a_reader_without_the_link_may_choose_the_language(data: Path, client: Client) -> None:
    client.post("/language/", {"language": "es"})
    assert '<html lang="es"' in client.get("/law/").content.decode()
    assert client.get("/language/").status_code == 403


@pytest.mark.parametrize("address", ["/law/../case/", "/law/%2e%2e/case/", "/LAW/", "/language/extra/", "/look/x/"])
def test_what_only_looks_public_is_closed_or_not_there(data: Path, client: Client, address: str) -> None:
    assert client.get(address).status_code in (403, 404)
    assert client.post(address).status_code == 403


def test_the_closed_door_speaks_spanish(data: Path, client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "es"})
    assert answer.headers["Content-Language"] == "es"
    assert '<html lang="es">' in answer.content.decode()


def test_a_forged_cookie_opens_nothing(data: Path, client: Client, settings: Settings) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "eyJwZXJzb24iOiJob21lIn0:1xVvtj:forged"
    assert client.get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.7"])
def test_a_host_with_another_name_gets_nothing(data: Path, client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


def signed_in(client: Client) -> bool:
    request = HttpRequest()
    request.session = client.session
    return is_known(request)
