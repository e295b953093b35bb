"""Signing in with e-mail address and password: who gets in, what a stranger learns, when an address is closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django import Settings

from gameplan.config.accounts import ALLAUTH
from tests.shared import PASSWORD, account, run_shared, signed_in

pytestmark = pytest.mark.usefixtures("shared")
SIGN_IN, FORGOTTEN = "/sign-in/", "/sign-in/password/"
LINK = re.compile(r"http://testserver(/\S+)")


def try_in(client: Client, email: str, password: str = PASSWORD) -> tuple[int, str]:
    answer = client.post(SIGN_IN, {"login": email, "password": password})
    return answer.status_code, plain(answer.content.decode(), email)


def plain(page: str, *private: str) -> str:
    """The page without what differs each time."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    for word in private:
        page = page.replace(word, "")
    return page


def is_in(client: Client) -> bool:
    return client.get("/help/").status_code == 200


def test_a_parent_signs_in_and_comes_to_the_page_that_was_asked_for(client: Client) -> None:
    account("ana@example.org")
    first = client.get("/help/")
    assert (first.status_code, first.headers["Location"]) == (302, "/sign-in/?next=%2Fhelp%2F")
    page = client.get(first.headers["Location"]).content.decode()
    assert 'name="next" value="/help/"' in page
    answer = client.post(SIGN_IN, {"login": "ANA@example.org", "password": PASSWORD, "next": "/help/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/help/")
    assert is_in(client)


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(client: Client, place: str) -> None:
    account("ana@example.org")
    answer = client.post(SIGN_IN, {"login": "ana@example.org", "password": PASSWORD, "next": place})
    assert answer.headers["Location"] == "/"


def test_the_pages_speak_the_language_of_the_account(client: Client) -> None:
    account("ana@example.org", language="es")
    try_in(client, "ana@example.org")
    assert '<html lang="es"' in client.get("/help/").content.decode()


def test_signing_out_ends_the_session(client: Client) -> None:
    account("ana@example.org")
    try_in(client, "ana@example.org")
    assert client.get("/account/sign-out/").status_code == 200
    assert is_in(client)
    client.post("/account/sign-out/")
    assert not is_in(client)


@pytest.mark.parametrize(("email", "password"), [("ana@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, email: str, password: str) -> None:
    account("ana@example.org")
    status, page = try_in(client, email, password)
    assert status == 200
    assert "do not belong together" in page
    assert page == try_in(Client(), "ana@example.org", "also wrong")[1]


def test_asking_for_a_new_password_looks_the_same_for_a_stranger(client: Client) -> None:
    account("ana@example.org")
    answers = [
        client.post(FORGOTTEN, {"email": email}, follow=True) for email in ("ana@example.org", "nobody@example.org")
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({plain(answer.content.decode()) for answer in answers}) == 1
    known, unknown = mail.outbox
    assert (known.to, unknown.to) == (["ana@example.org"], ["nobody@example.org"])
    assert known.subject == unknown.subject
    assert LINK.search(str(known.body))
    assert not LINK.search(str(unknown.body))


def test_a_new_address_that_somebody_else_has_looks_like_any_other() -> None:
    account("bob@example.org")
    client = signed_in(account("ana@example.org"))
    client.post("/account/sure/", {"password": PASSWORD})
    pages = []
    for email in ("bob@example.org", "new@example.org"):
        told = client.post("/account/email/", {"email": email, "action_add": "1"}, follow=True)
        pages.append(plain(told.content.decode(), email))
        client.post("/account/email/", {"email": email, "action_remove": "1"}, follow=True)
    assert pages[0] == pages[1]


def test_a_new_password_by_link_ends_other_sessions_and_works_once(client: Client) -> None:
    user = account("ana@example.org")
    other = signed_in(user)
    client.post(FORGOTTEN, {"email": "ana@example.org"})
    link = LINK.findall(str(mail.outbox[0].body))[0]
    form = client.get(link).headers["Location"]
    new = "seven herons by a brook"
    assert "12 letters" in client.get(form).content.decode()
    assert client.post(form, {"password1": "short", "password2": "short"}).status_code == 200
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert not is_in(other)
    assert try_in(client, "ana@example.org")[0] == 200
    assert try_in(client, "ana@example.org", new)[0] == 302
    assert "used before" in Client().get(link).content.decode()


def test_five_wrong_passwords_close_an_address_for_every_browser_and_process() -> None:
    account("ana@example.org")
    for _ in range(5):
        try_in(Client(), "ana@example.org", "wrong")
    status, page = try_in(Client(REMOTE_ADDR="10.0.0.9"), "ana@example.org")
    assert status == 200
    assert "too many tries" in page
    assert try_in(Client(), "bob@example.org", "wrong")[1] != page


def test_an_address_without_account_is_closed_in_the_same_way() -> None:
    account("ana@example.org")
    pages = set()
    for email in ("ana@example.org", "nobody@example.org"):
        for _ in range(5):
            try_in(Client(), email, "wrong")
        pages.add(try_in(Client(), email)[1])
    assert len(pages) == 1


def test_right_passwords_close_nothing() -> None:
    account("ana@example.org")
    assert {try_in(Client(), "ana@example.org")[0] for _ in range(8)} == {302}


def test_mails_for_a_new_password_are_few(client: Client) -> None:
    answers = [client.post(FORGOTTEN, {"email": "ana@example.org"}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]


def test_a_mail_speaks_the_language_of_the_account(client: Client) -> None:
    account("ana@example.org", language="es")
    client.post(FORGOTTEN, {"email": "ana@example.org"})
    with override("es"):
        assert mail.outbox[0].subject == gettext("A new password for gameplan")


def test_a_closed_account_gets_no_further(client: Client) -> None:
    user = account("ana@example.org")
    user.is_active = False
    user.save()
    answer = client.post(SIGN_IN, {"login": "ana@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/closed/"
    assert not is_in(client)


def test_behind_https_the_cookies_stay_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAMEPLAN_HTTPS", "1")
    monkeypatch.setenv("GAMEPLAN_PROXIES", "1")
    run_shared(settings, tmp_path)
    account("ana@example.org")
    http = Client().get("/sign-in/")
    assert (http.status_code, http.headers["Location"]) == (301, "https://testserver/sign-in/")
    proxy = {"host": "testserver", "x-forwarded-proto": "https", "x-forwarded-for": "1.2.3.4"}
    browser = Client(headers=proxy, enforce_csrf_checks=True)
    page = browser.get("/sign-in/")
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[0]
    told = {"login": "ana@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = browser.post("/sign-in/", told, headers={"origin": "https://testserver"})
    assert answer.status_code == 302
    assert answer.cookies["__Host-gameplan-session"]["secure"]
    page = browser.get("/help/")
    assert page.status_code == 200
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[0]
    look = browser.post(
        "/look/", {"look": "dark", "csrfmiddlewaretoken": token}, headers={"origin": "https://testserver"}
    )
    kept = look.cookies["__Host-gameplan-look"]
    assert (bool(kept["secure"]), kept["path"], kept["domain"]) == (True, "/", "")
    assert 'data-look="dark"' in browser.get("/help/").content.decode()


def test_nobody_signs_up(client: Client) -> None:
    for address in ("/accounts/signup/", "/signup/", "/sign-in/signup/", "/accounts/login/"):
        assert client.get(address).status_code in (302, 404)


def test_passwords_are_kept_with_argon2() -> None:
    hashers = ALLAUTH["PASSWORD_HASHERS"]
    assert isinstance(hashers, list)
    assert hashers[0].endswith("Argon2PasswordHasher")
    assert Argon2PasswordHasher().verify(PASSWORD, Argon2PasswordHasher().encode(PASSWORD, "salt" * 6))


def test_the_cookie_is_not_for_scripts(client: Client, settings: Settings) -> None:
    account("ana@example.org")
    answer: Any = client.post(SIGN_IN, {"login": "ana@example.org", "password": PASSWORD, "remember": "on"})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_COOKIE_AGE
