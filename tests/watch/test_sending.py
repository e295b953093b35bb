"""The outbox, one message at a time: claimed, sent, tried again, given up, dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from pytest_django import Settings

from gameplan.cases.models import Case
from gameplan.config import notice_mail
from gameplan.notices.delivering import NotSent
from gameplan.watch.models import Message, Wish
from gameplan.watch.post import NotTaken, Post
from gameplan.watch.sending import LEASE, MOST_TRIES, send_some
from tests.watch.conftest import DAY, Cast

NOW = datetime(2025, 10, 1, 17, 0, tzinfo=UTC)


class Clock:
    """The time, which stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **more: float) -> None:
        self.now += timedelta(**more)


class Server:
    """A mail server that says no as often as it is told to."""

    def __init__(self, *faults: NotTaken) -> None:
        self.faults = list(faults)
        self.took: list[str] = []

    def __call__(self, message: Message) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.took.append(message.subject)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def queue(cast: Cast, number: int = 1) -> None:
    for index in range(number):
        Message.objects.create(
            user=cast.mother, day=DAY + timedelta(days=index), kind="digest", to="rosa@example.org", lang="en",
            subject=f"mail {index}", text="Ana", html="<p>Ana</p>", stop="https://plans.example/stop/",
            message_id=f"<{index}@plans.example>", try_at=NOW + timedelta(seconds=index),
        )  # fmt: skip


def states() -> list[str]:
    return list(Message.objects.order_by("try_at").values_list("state", flat=True))


def test_what_is_due_is_sent_once_in_order(cast: Cast, clock: Clock) -> None:
    queue(cast, 3)
    server = Server()
    clock.goes_on(seconds=1)
    assert send_some(server, clock).sent == 2
    clock.goes_on(seconds=1)
    assert send_some(server, clock).sent == 1
    assert send_some(server, clock).taken == 0
    assert server.took == ["mail 0", "mail 1", "mail 2"]
    assert states() == ["sent"] * 3
    assert set(Message.objects.values_list("text", "html")) == {("", "")}


def test_a_server_that_is_down_ends_the_turn_and_waiting_grows(cast: Cast, clock: Clock) -> None:
    queue(cast, 3)
    clock.goes_on(minutes=1)
    down = NotTaken("no answer", again=True, is_down=True)
    done = send_some(Server(down), clock)
    assert (done.taken, done.sent, done.is_down) == (3, 0, True)
    first, *others = Message.objects.order_by("day")
    assert (first.tries, first.reason, first.try_at) == (1, "no answer", clock.now + timedelta(minutes=5))
    assert [(one.tries, one.claim) for one in others] == [(0, None), (0, None)]
    clock.goes_on(minutes=5)
    send_some(Server(down), clock)
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 1, 1]


def test_an_address_that_is_refused_fails_at_once_and_holds_up_no_other(cast: Cast, clock: Clock) -> None:
    queue(cast, 2)
    clock.goes_on(minutes=1)
    server = Server(NotTaken("refused", again=False))
    assert send_some(server, clock).sent == 1
    assert sorted(states()) == ["failed", "sent"]
    assert set(Message.objects.values_list("text", "html")) == {("", "")}


def test_a_mail_about_a_child_whose_case_is_deleted_is_taken_back(cast: Cast) -> None:
    queue(cast, 2)
    alone, both = Message.objects.order_by("try_at")
    of_ana, of_ben = (f"https://plans.example/case/{one}/" for one in (cast.case.pk, uuid4()))
    Message.objects.filter(pk=alone.pk).update(text=f"Ana {of_ana}")
    Message.objects.filter(pk=both.pk).update(text=f"Ana {of_ana} Ben {of_ben}")
    Case.objects.get(pk=cast.case.pk).delete()
    assert states() == ["dropped", "queued"]
    assert Message.objects.get(pk=alone.pk).text == ""


def test_after_many_tries_it_is_given_up(cast: Cast, clock: Clock) -> None:
    queue(cast)
    for _number in range(MOST_TRIES):
        clock.goes_on(hours=7)
        assert states() == ["queued"]
        send_some(Server(NotTaken("later", again=True)), clock)
    assert states() == ["failed"]


def test_what_a_dead_worker_had_in_hand_is_free_after_a_while(cast: Cast, clock: Clock) -> None:
    queue(cast)

    def dies(_message: Message) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_some(dies, clock)
    server = Server()
    assert send_some(server, clock).taken == 0
    clock.goes_on(seconds=LEASE.total_seconds() + 1)
    assert send_some(server, clock).sent == 1


def test_no_mail_is_begun_near_the_end_of_a_claim(cast: Cast, clock: Clock) -> None:
    queue(cast, 3)
    clock.goes_on(minutes=1)
    server = Server()

    def slow(message: Message) -> None:
        server(message)
        clock.goes_on(seconds=LEASE.total_seconds() - 60)

    assert send_some(slow, clock).sent == 1
    assert send_some(server, clock).sent == 2
    assert sorted(server.took) == ["mail 0", "mail 1", "mail 2"]


@pytest.mark.parametrize("leave", ["stops the mails", "closes the account"])
def test_who_has_left_gets_nothing_that_waits(cast: Cast, clock: Clock, leave: str) -> None:
    queue(cast)
    Wish.objects.create(user=cast.mother, how="off" if leave == "stops the mails" else "weekly")
    type(cast.mother).objects.update(is_active=leave == "stops the mails")
    server = Server()
    assert send_some(server, clock).sent == 0
    assert states() == ["dropped"]


def test_a_mail_is_whole(cast: Cast, settings: Settings) -> None:
    queue(cast)
    with Post() as post:
        post.send(Message.objects.get())
    [sent] = mail.outbox
    assert sent.to == ["rosa@example.org"]
    assert sent.body == "Ana"
    assert sent.extra_headers["Message-ID"] == "<0@plans.example>"
    assert sent.extra_headers["List-Unsubscribe"] == "<https://plans.example/stop/>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert getattr(sent, "alternatives", [])[0][1] == "text/html"


@pytest.mark.parametrize(
    ("fault", "again", "is_down"),
    [
        (ConnectionRefusedError(), True, True),
        (TimeoutError(), True, True),
        (SMTPServerDisconnected("gone"), True, True),
        (SMTPDataError(421, b"closing"), True, True),
        (SMTPDataError(535, b"who are you"), True, True),
        (SMTPDataError(451, b"later"), True, False),
        (SMTPDataError(554, b"never"), False, False),
        (SMTPRecipientsRefused({"a": (450, b"busy")}), True, False),
        (SMTPRecipientsRefused({"a": (550, b"nobody")}), False, False),
    ],
)
def test_each_fault_says_if_another_try_is_worth_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: OSError | SMTPException, again: bool, is_down: bool
) -> None:
    def fails(*_told: object, **_more: object) -> Iterable[object]:
        raise fault

    queue(cast)
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fails)
    with Post() as post, pytest.raises(NotTaken) as error:
        post.send(Message.objects.get())
    assert (error.value.again, error.value.is_down) == (again, is_down)


@pytest.mark.parametrize("is_down", [True, False])
def test_notices_go_out_by_the_same_way(monkeypatch: pytest.MonkeyPatch, is_down: bool) -> None:
    waiting = [SimpleNamespace(to="a@x", subject="s", text=f"{n}", lang="en", message_id=f"<{n}@x>") for n in range(3)]
    counted: dict[str, int] = {}
    links: list[str] = []
    again: list[bool] = []

    def deliver_next(_now: datetime, send: Any, *, link: Any) -> object:
        if not waiting:
            return None
        links.append(link("token"))
        try:
            send(waiting.pop(0))
        except NotSent as error:
            again.append(error.again)
        return object()

    def hand_over(_to: str, _subject: str, text: str, headers: dict[str, str]) -> None:
        assert headers["Message-ID"] == f"<{text}@x>"
        if is_down:
            raise NotTaken("no answer", again=True, is_down=True)

    def count(what: str, number: int) -> bool:
        counted[what] = counted.get(what, 0) + number
        return number > 0

    monkeypatch.setattr(notice_mail, "deliver_next", deliver_next)
    worker: Any = SimpleNamespace(now=lambda: NOW, post=SimpleNamespace(hand_over=hand_over), count=count)
    assert notice_mail.notice_job("https://x/paper/{}/".format)(worker) is False
    assert len(waiting) == (2 if is_down else 0)
    assert counted == ({} if is_down else {"notices sent": 3})
    assert again == ([True] if is_down else [])
    assert set(links) == {"https://x/paper/token/"}
