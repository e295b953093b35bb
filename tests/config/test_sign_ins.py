"""Who comes in and who tries to: lines of the log, and nothing of a person in them."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from gameplan.config.running import sign_ins
from gameplan.config.running.log_lines import LogLine
from gameplan.people.sessions import end_sessions
from tests.shared import PASSWORD, account, run_shared


@pytest.fixture
def lines(settings: Settings, db: None) -> Iterator[list[str]]:
    """What the log says of accounts, as words, where people sign in."""
    run_shared(settings, settings.GAMEPLAN_DATA)
    said: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(LogLine().format(record))

    handler, before = Keeping(), sign_ins.log.level
    sign_ins.log.addHandler(handler)
    sign_ins.log.setLevel(logging.INFO)
    sign_ins.listen()
    yield said
    for event, signal in sign_ins.EVENTS.items():
        signal.disconnect(dispatch_uid=f"log-{event}")
    sign_ins.log.removeHandler(handler)
    sign_ins.log.setLevel(before)


def try_to_come_in(password: str) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": "ana@example.org", "password": password})
    return client


def test_coming_failing_and_going_are_lines_that_name_nobody(lines: list[str]) -> None:
    ana = account("ana@example.org", "Ana Lopez")
    try_to_come_in("not my password")
    try_to_come_in(PASSWORD).post("/account/sign-out/")
    assert [line.split()[2] for line in lines] == ["sign-in-failed", "signed-in", "signed-out"]
    told = "\n".join(lines)
    assert told.count(f"account={sign_ins.hash_of_account(str(ana.pk))}") == 2
    assert told.count("from=127.0.0.0/24") == 3
    for private in ("ana", "Lopez", "not my password", PASSWORD, str(ana.pk), ana.pk.hex):
        assert private not in told


def test_ending_the_sessions_of_somebody_is_a_line_with_who_did_it(lines: list[str]) -> None:
    ana, boss = account("ana@example.org"), account("boss@example.org")
    try_to_come_in(PASSWORD)
    lines.clear()
    end_sessions(ana, by=str(boss.pk))
    (line,) = lines
    hashed = [sign_ins.hash_of_account(str(one.pk)) for one in (ana, boss)]
    assert line.split()[2:] == ["sessions-ended", f"account={hashed[0]}", f"by={hashed[1]}", "number=1"]


def test_changes_of_how_somebody_comes_in_are_lines(lines: list[str]) -> None:
    account("ana@example.org")
    client = try_to_come_in(PASSWORD)
    new = {"oldpassword": PASSWORD, "password1": "Purple-harbor-912", "password2": "Purple-harbor-912"}
    assert client.post("/account/password/", new).status_code == 302
    assert "password-changed" in lines[-1]
    assert "912" not in lines[-1]
