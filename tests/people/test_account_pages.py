"""One's own account: name, language, address, password, sessions. At home there are none of these pages."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gameplan.config.links import new_token
from gameplan.people.models import User
from tests.shared import PASSWORD, account, signed_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
LINK = re.compile(r"http://testserver(/\S+)")


@pytest.fixture
def ana(shared: Settings) -> User:
    return account("ana@example.org")


def test_name_and_language(ana: User) -> None:
    client = signed_in(ana)
    assert client.post("/account/", {"name": "", "language": "en"}).status_code == 422
    client.post("/account/", {"name": "Ana Lopez", "language": "es"})
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana Lopez", "es")
    assert '<html lang="es"' in client.get("/account/").content.decode()


def test_another_address_counts_from_the_link_on(ana: User) -> None:
    client = signed_in(ana)
    asked = client.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    assert asked.headers["Location"] == "/account/sure/?next=%2Faccount%2Femail%2F"
    client.post("/account/sure/", {"password": PASSWORD, "next": "/account/email/"})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"
    link = LINK.findall(str(mail.outbox[0].body))[0]
    assert "new@example.org" in client.get(link).content.decode()
    client.post(link)
    ana.refresh_from_db()
    assert ana.email == "new@example.org"


def test_a_new_password_needs_the_old_one(ana: User) -> None:
    client, new = signed_in(ana), "seven herons by a brook"
    told = {"password1": new, "password2": new}
    assert "not your password" in client.post("/account/password/", told | {"oldpassword": "x"}).content.decode()
    assert client.post("/account/password/", told | {"oldpassword": PASSWORD}).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(new)
    assert "Your password was changed." in str(mail.outbox[0].body)


def test_sessions_are_seen_and_ended_one_by_one_or_all_others(ana: User) -> None:
    mine, phone, lost = (Client(headers={"user-agent": FIREFOX}) for _ in range(3))
    for client in (mine, phone, lost):
        client.post("/sign-in/", {"login": ana.email, "password": PASSWORD})
    page = mine.get("/account/sessions/").content.decode()
    assert page.count("Firefox on Windows") == 3
    number = re.findall(r"sessions/(\d+)/end/", phone.get("/account/sessions/").content.decode())
    other = next(one for one in number if "Sign this" not in around(phone, one))
    phone.post(f"/account/sessions/{other}/end/")
    assert sum(client.get("/help/").status_code == 200 for client in (mine, phone, lost)) == 2
    mine_or_lost = mine if mine.get("/help/").status_code == 200 else lost
    mine_or_lost.post("/account/sessions/")
    assert phone.get("/help/").status_code == 302
    assert mine_or_lost.get("/help/").status_code == 200


def around(client: Client, number: str) -> str:
    page = client.get("/account/sessions/").content.decode()
    return page[page.index(f"sessions/{number}/end/") :].partition("</form>")[0]


def test_nobody_ends_the_session_of_another(ana: User) -> None:
    client = Client()
    client.post("/sign-in/", {"login": ana.email, "password": PASSWORD})
    number = re.findall(r"sessions/(\d+)/end/", client.get("/account/sessions/").content.decode())[0]
    assert signed_in(account("bob@example.org")).post(f"/account/sessions/{number}/end/").status_code == 404
    assert client.get("/help/").status_code == 200


NAMES = ("account_login", "account", "usersessions_list", "mfa_index", "account_reset_password", "mfa_login_webauthn")


@pytest.mark.parametrize("name", NAMES)
def test_at_home_these_pages_are_not_there(client: Client, settings: Settings, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code == 403
    client.get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)]))
    assert client.get("/").status_code == 200
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name)).status_code == 404


def test_with_accounts_the_link_to_the_whole_house_is_not_there(ana: User, settings: Settings) -> None:
    assert Client().get(reverse("open", args=[new_token(settings.GAMEPLAN_DATA)])).status_code == 404
