"""Tokens: made once, kept as a hash, ended; a limit to how often somebody asks; a request that is done once."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from gameplan.api import limits
from gameplan.api.models import Kept, Token
from gameplan.api.once import forget_old
from gameplan.api.tokens import MOST_TOKENS, Wanted, make_token, revoke
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import HOME, person_of_user
from gameplan.cases.verbs import delete_case, start_case
from gameplan.core.facts import Child
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.people.verbs import give_post
from tests.api.house import SINCE, House, Program, read
from tests.shared import run_shared

FACT = {"kind": "concern-raised", "on": "2025-09-20"}


def test_what_comes_in_the_open_is_refused_and_not_led_on(
    house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GAMEPLAN_HTTPS", "1")
    run_shared(settings, tmp_path)
    program = Program(house.token("parent"))
    answer = program.ask("GET", "/cases")
    assert answer.status_code == 403
    assert json.loads(answer.content)["type"].endswith("#problem-in-the-open")
    assert program.client.get("/api/v1/docs/").status_code == 301
    token = {"Authorization": f"Bearer {program.token}"}
    assert program.client.get("/api/v1/cases", headers=token, secure=True).status_code == 200


def test_only_a_hash_is_kept(house: House) -> None:
    secret = house.token("parent")
    [row] = Token.objects.values()
    assert secret not in str(row)
    assert row["start"] == secret[: len(row["start"])]
    assert len(row["start"]) < 20


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        (Wanted("", ("cases:read",)), "name"),
        (Wanted("x" * 101, ("cases:read",)), "name"),
        (Wanted("x\x00", ("cases:read",)), "name"),
        (Wanted("x", ()), "scopes"),
        (Wanted("x", ("everything",)), "scopes"),
        (Wanted("x", ("cases:read",), days=0), "days"),
        (Wanted("x", ("cases:read",), days=366), "days"),
    ],
)
def test_what_is_no_token_is_refused(house: House, wanted: Wanted, where: str) -> None:
    user, person = house.person("parent")
    with pytest.raises(Refused) as refused:
        make_token(person, wanted, user=user)
    assert where in {one.where for one in refused.value.faults}
    assert not Token.objects.exists()


def test_staff_need_a_second_step_to_make_one_and_to_use_it(house: House) -> None:
    user, person = house.person("iep-manager")
    with pytest.raises(Refused):
        make_token(person, Wanted("x", ("cases:read",)), user=user, second_step=False)
    parent, family = house.person("helper")
    token = make_token(family, Wanted("x", ("cases:read",)), user=parent)
    assert Program(token).get("/cases")["items"]
    house.case.members.filter(role="helper").update(role="aide")
    house.person("aide")
    give_post(parent, house.school, "aide", since=SINCE)
    assert Program(token).get("/cases", 403)["type"].endswith("#problem-second-step")


def test_a_token_that_ended_opens_nothing(house: House) -> None:
    program = house.program("parent")
    token = Token.objects.get()
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    program.get("/cases", 401)
    Token.objects.update(expires_at=token.expires_at)
    program.get("/cases")
    revoke(person_of_user(house.parent), token.pk)
    program.get("/cases", 401)


def test_a_closed_account_opens_nothing(house: House) -> None:
    program = house.program("parent")
    house.parent.is_active = False
    house.parent.save()
    program.get("/cases", 401)


def test_when_it_was_last_used_is_written_now_and_then(house: House) -> None:
    program = house.program("parent")
    program.get("/me")
    first = Token.objects.get().last_used_at
    assert first is not None
    program.get("/me")
    assert Token.objects.get().last_used_at == first


def test_there_is_a_most_of_tokens(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.api.tokens.MOST_TOKENS", 1)
    house.token("parent")
    with pytest.raises(Refused):
        house.token("parent")
    assert MOST_TOKENS > 1


def test_at_home_a_token_is_the_households(db: None, settings: Settings) -> None:
    case = start_case(HOME, child=Child(name="Ana", state="TX"))
    program = Program(make_token(HOME, Wanted("Watch", ("cases:read", "facts:write"))))
    assert [one["id"] for one in program.get("/cases")["items"]] == [str(case.pk)]
    program.post(f"/cases/{case.pk}/facts", FACT)
    with pytest.raises(Refused):
        make_token(HOME, Wanted("Watch", ("webhooks",)))
    settings.GAMEPLAN_SHARED = True
    program.get("/cases", 401)


def test_too_many_requests_have_to_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.api.callers.A_TOKEN", 2)
    monkeypatch.setattr(time, "time", lambda: 1_800_000_015.0)
    program, other = house.program("parent"), house.program("helper")
    program.get("/me")
    program.get("/me")
    answer = program.ask("GET", "/me")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "45")
    other.get("/me")
    monkeypatch.setattr(time, "time", lambda: 1_800_000_060.0)
    program.get("/me")


def test_an_address_that_guesses_has_to_wait_even_with_the_right_token(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gameplan.api.callers.WRONG_TOKENS", 3)
    monkeypatch.setattr(time, "time", lambda: 1_800_000_015.0)
    for _number in range(3):
        Program("gameplan_guess").get("/me", 401)
    Program("gameplan_guess").get("/me", 429)
    house.program("parent").get("/me", 429)


def test_the_law_has_a_limit_too(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.api.callers.AN_ADDRESS", 1)
    monkeypatch.setattr(time, "time", lambda: 1_800_000_015.0)
    Program().get("/law/states")
    Program().get("/law/states", 429)


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(settings: Settings, rf: Any) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"}, REMOTE_ADDR="10.0.0.1")
    assert limits.address_of(request) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert limits.address_of(request) == "203.0.113.7"


def test_the_same_request_with_the_same_key_is_done_once(house: House) -> None:
    program = house.program("parent")
    first = program.ask("POST", house.about("/facts"), FACT, Idempotency_Key="k1")
    again = program.ask("POST", house.about("/facts"), FACT, Idempotency_Key="k1")
    assert (first.status_code, first.content) == (again.status_code, again.content) == (201, first.content)
    assert (first.headers["ETag"], again.headers["Idempotent-Replayed"]) == (again.headers["ETag"], "true")
    assert Entry.objects.filter(case=house.case, kind="concern-raised").count() == 2
    other = program.ask("POST", house.about("/facts"), {**FACT, "on": "2025-09-21"}, Idempotency_Key="k1")
    assert read(other, 422)["type"].endswith("#problem-other-request")
    house.program("helper").post(house.about("/facts"), FACT, 403, Idempotency_Key="k1")


def test_what_failed_may_be_tried_again_with_the_same_key(house: House) -> None:
    program = house.program("parent")
    program.post(house.about("/facts"), {**FACT, "kind": "nonsense"}, 422, Idempotency_Key="k1")
    assert not Kept.objects.exists()
    program.post(house.about("/facts"), FACT, Idempotency_Key="k1")
    program.post(house.about("/facts"), FACT, 400, Idempotency_Key="")
    program.post(house.about("/facts"), FACT, 400, Idempotency_Key="k" * 256)


def test_kept_answers_are_forgotten_after_two_days_and_with_the_case(house: House) -> None:
    program = house.program("parent")
    program.post(house.about("/facts"), FACT, Idempotency_Key="k1")
    forget_old(timezone.now() + timedelta(hours=47))
    assert Kept.objects.exists()
    forget_old(timezone.now() + timedelta(hours=49))
    assert not Kept.objects.exists()
    program.post(house.about("/facts"), FACT, Idempotency_Key="k2")
    Case.objects.filter(pk=house.case.pk).update(school=None)
    case = case_for(person_of_user(house.parent), house.case.pk, to=Action.DELETE)
    delete_case(case, by=case.reader)
    assert not Kept.objects.exists()


def test_a_secret_is_shown_once_even_with_a_key(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gameplan.api.outward.resolved", lambda _host, _port: ["93.184.216.34"])
    program = house.program("parent")
    told = {"url": "https://example.org/"}
    assert program.post("/webhooks", told, Idempotency_Key="k")["secret"]
    assert program.post("/webhooks", told, Idempotency_Key="k")["secret"] is None
    assert json.dumps(list(Kept.objects.values_list("headers"))).count("gameplan_hook_") == 0
    assert b"gameplan_hook_" not in bytes(Kept.objects.get().body)
