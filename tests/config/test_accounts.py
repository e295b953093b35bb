"""The settings of signing in, from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameplan.config.accounts import shared_settings
from gameplan.config.environment import WrongSetting, number
from gameplan.config.mail import mail_settings
from tests.stolen_list import stolen_list


def test_without_a_mail_server_mails_become_files(tmp_path: Path) -> None:
    told = mail_settings("", tmp_path, "gameplan@lakeside.example")
    assert told["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert told["DEFAULT_FROM_EMAIL"] == "gameplan@lakeside.example"


@pytest.mark.parametrize(("url", "port", "tls", "ssl"), [
    ("smtp://me%40x:a%2Fb@mail.example", 587, True, False), ("smtps://me%40x:a%2Fb@mail.example:466", 466, False, True),
])  # fmt: skip
def test_a_mail_server(tmp_path: Path, url: str, port: int, tls: bool, ssl: bool) -> None:
    told = mail_settings(url, tmp_path, "x")
    assert (told["EMAIL_HOST"], told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("mail.example", "me@x", "a/b")
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (port, tls, ssl)


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "smtp://mail.example:x", "mail.example"])
def test_what_is_no_mail_server(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting, match="GAMEPLAN_EMAIL_URL"):
        mail_settings(url, tmp_path, "x")


def test_a_list_of_stolen_passwords_is_looked_at_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stolen_list(tmp_path / "list.txt")
    monkeypatch.setenv("GAMEPLAN_BREACHED_PASSWORDS", str(path))
    assert shared_settings(tmp_path)["GAMEPLAN_BREACHED_PASSWORDS"] == str(path)
    path.write_text("four ducks on a pond\n")
    with pytest.raises(WrongSetting, match=r"GAMEPLAN_BREACHED_PASSWORDS: a line is not HASH:COUNT .*docs/accounts.md"):
        shared_settings(tmp_path)


def test_https_closes_cookies_and_tells_browsers_to_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_house = shared_settings(tmp_path)
    assert "SESSION_COOKIE_SECURE" not in open_house
    monkeypatch.setenv("GAMEPLAN_HTTPS", "1")
    monkeypatch.setenv("GAMEPLAN_ADDRESS", "https://plans.lakeside.example/")
    monkeypatch.setenv("GAMEPLAN_PROXIES", "2")
    told = shared_settings(tmp_path)
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert told[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
    assert told["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert told["GAMEPLAN_ADDRESS"] == "https://plans.lakeside.example"
    assert "plans.lakeside.example" in told["ALLOWED_HOSTS"]
    assert told["DEFAULT_FROM_EMAIL"] == "gameplan@plans.lakeside.example"
    assert told["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_an_address_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_ADDRESS", "plans")
    with pytest.raises(WrongSetting, match="GAMEPLAN_ADDRESS"):
        shared_settings(tmp_path)


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "²"])
def test_what_is_no_number(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GAMEPLAN_PROXIES", value)
    with pytest.raises(WrongSetting, match="GAMEPLAN_PROXIES"):
        number("GAMEPLAN_PROXIES")


def test_a_number_that_is_not_set_is_the_default() -> None:
    assert number("GAMEPLAN_PROXIES", 3) == 3
