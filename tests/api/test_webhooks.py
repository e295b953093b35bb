"""Webhooks: who is told of what, how it is proved, what happens when nobody takes it, and where nothing is sent."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gameplan.api import outward
from gameplan.api.hooks import signed_with
from gameplan.api.models import Delivery, Event, Hook
from gameplan.api.outward import NotTaken, is_public, target_of
from gameplan.api.telling import FAILURES_TO_PAUSE, WAITS, deliver_next, spread
from gameplan.cases.showing import set_shown
from gameplan.cases.verbs import record_fact
from gameplan.people.refusals import Refused
from gameplan.watch.refreshing import refresh
from tests.api.house import CANARY, REQUEST, House, Program

URL = "https://example.org/changes?of=ana"


class Post:
    """The other side: takes what is sent, or answers as told."""

    def __init__(self, answer: int = 200) -> None:
        self.answer = answer
        self.taken: list[tuple[str, bytes, Mapping[str, str]]] = []

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.taken.append((url, body, headers))
        if not self.answer:
            raise NotTaken("no-answer")
        return self.answer

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _url, body, _headers in self.taken]


@pytest.fixture(autouse=True)
def public_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to a public address; nothing asks the network."""
    monkeypatch.setattr(outward, "resolved", lambda _host, _port: ["93.184.216.34"])


def hooked(house: House, role: str) -> tuple[Program, dict[str, Any]]:
    program = house.program(role)
    return program, program.post("/webhooks", {"url": URL})


def tell(house: House, **more: Any) -> str:
    """The parent writes something down."""
    parent = house.person("parent")[1].acting_as("parent")
    told = {"kind": "evaluation-requested", "on": date(2025, 9, 20), "data": REQUEST, "note": CANARY}
    return record_fact(house.case, by=parent, **{**told, **more}).fact_id


def run(post: Post, minutes: int = 0) -> None:
    now = timezone.now() + timedelta(minutes=minutes)
    spread(now)
    while deliver_next(now, post):
        pass


def test_each_side_is_told_of_what_it_sees(house: House) -> None:
    hooked(house, "parent")
    hooked(house, "iep-manager")
    hooked(house, "aide")
    Program(house.token("district-director", case_id=None)).post("/webhooks", {"url": URL})
    shown, private = tell(house), tell(house, private=True, kind="concern-raised", data={})
    post = Post()
    run(post)
    facts = [one["fact"]["id"] for one in post.told if "fact" in one]
    assert (facts.count(shown), facts.count(private)) == (4, 1)
    assert CANARY not in str(post.taken)
    assert "Ana" not in str(post.taken)


def test_a_fact_that_is_shown_later_is_told_then(house: House) -> None:
    hooked(house, "iep-manager")
    private = tell(house, private=True)
    post = Post()
    run(post)
    assert post.told == []
    set_shown(house.case, by=house.person("parent")[1].acting_as("parent"), names=[f"fact:{private}"], shown=True)
    run(post)
    assert [(one["event"], one["fact"]["id"]) for one in post.told] == [("fact.shown", private)]


def test_dates_that_move_are_told_by_rule(house: House) -> None:
    refresh([house.case.pk], date(2025, 10, 1))
    hooked(house, "iep-manager")
    consent = {"for": "initial-evaluation", "received": "2025-09-25"}
    tell(house, kind="consent-given", on=date(2025, 9, 25), data=consent)
    refresh([house.case.pk], date(2025, 10, 1))
    post = Post()
    run(post)
    [moved] = [one for one in post.told if one["event"] == "dates.changed"]
    assert "initial-evaluation" in moved["clocks"]
    assert set(moved) == {"id", "event", "at", "case", "clocks"}


def test_the_signature_proves_who_sent_it_and_when(house: House) -> None:
    program, made = hooked(house, "parent")
    tell(house)
    post = Post()
    run(post)
    _url, body, headers = post.taken[0]
    seconds, *signed = [part.partition("=")[2] for part in headers["Gameplan-Signature"].split(",")]
    assert signed == [signed_with(made["secret"], int(seconds), body)]
    assert headers["Gameplan-Event"] == json.loads(body)["id"]
    second = program.post(f"/webhooks/{made['id']}/secret", status=200)["secret"]
    tell(house)
    run(post)
    _url, body, headers = post.taken[-1]
    seconds, *signed = [part.partition("=")[2] for part in headers["Gameplan-Signature"].split(",")]
    assert signed == [signed_with(one, int(seconds), body) for one in (second, made["secret"])]


def test_what_nobody_takes_is_tried_again_for_a_day_and_then_given_up(house: House) -> None:
    program, made = hooked(house, "parent")
    tell(house)
    post, minutes = Post(503), 0
    for wait in (*WAITS, timedelta(hours=3)):
        run(post, minutes)
        run(post, minutes)
        minutes += int(wait.total_seconds() // 60)
    run(post, minutes)
    assert len(post.taken) == len(WAITS) + 1
    assert len({json.loads(body)["id"] for _url, body, _headers in post.taken}) == 1
    [line] = program.get(f"/webhooks/{made['id']}/deliveries")["items"]
    assert (line["state"], line["answer"], line["tries"]) == ("given-up", 503, len(WAITS) + 1)


def test_ten_failures_in_a_row_pause_it(house: House) -> None:
    program, made = hooked(house, "parent")
    for _number in range(FAILURES_TO_PAUSE + 2):
        tell(house)
    post = Post(0)
    run(post)
    assert len(post.taken) == FAILURES_TO_PAUSE
    assert program.get(f"/webhooks/{made['id']}")["state"] == "paused"
    program.post(f"/webhooks/{made['id']}/resume", status=200)
    post.answer = 200
    run(post, minutes=2)
    assert Delivery.objects.filter(state="sent").count() == FAILURES_TO_PAUSE + 2


def test_who_may_not_know_any_more_is_not_told(house: House) -> None:
    hooked(house, "iep-manager")
    tell(house)
    post = Post(0)
    run(post)
    house.case.members.filter(role="iep-manager").update(until=date(2020, 1, 1))
    post.answer = 200
    run(post, minutes=2)
    tell(house)
    run(post, minutes=3)
    assert len(post.taken) == 1


def test_without_a_webhook_nothing_is_written(house: House) -> None:
    tell(house)
    assert Event.objects.count() == 0


def test_a_webhook_is_of_its_token(house: House) -> None:
    _program, made = hooked(house, "parent")
    house.program("parent").get(f"/webhooks/{made['id']}", 404)
    assert house.program("iep-manager").ask("DELETE", f"/webhooks/{made['id']}").status_code == 404
    assert Hook.objects.count() == 1


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://", "https://u:p@example.org/", "https://example.org/#x", "https://exa mple.org/",
     "ftp://example.org", "https://example.org:99999/", "https://[::1", "/path", "https://bücher.example/ü"],
)  # fmt: skip
def test_an_address_that_is_no_plain_https_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url, lambda _host, _port: ["93.184.216.34"])


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "not an address",
     "255.255.255.255", "198.18.0.1", "::"],
)  # fmt: skip
def test_an_address_of_our_own_network_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Refused):
        target_of(URL, lambda _host, _port: ["93.184.216.34", address])


def test_a_public_address_is_one() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


@given(st.text())
def test_no_text_breaks_the_look_at_an_address(text: str) -> None:
    assert is_public(text) in (True, False)
    with pytest.raises(Refused):
        target_of(text, lambda _host, _port: [])


def test_the_line_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def connect(where: tuple[str, int], _seconds: float) -> socket.socket:
        asked.append(where)
        raise TimeoutError

    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    monkeypatch.setattr(outward, "resolved", lambda _host, _port: next(answers))
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotTaken, match="too-slow"):
        outward.send("https://example.org/", b"{}", {})
    with pytest.raises(NotTaken, match="address"):
        outward.send("https://example.org/", b"{}", {})
    assert asked == [("93.184.216.34", 443)]
