"""The signer's copy: it goes out once, however the page ends, and nobody sends it twice."""

from __future__ import annotations

import smtplib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from gameplan.cases.models import Access, Case
from gameplan.cases.verbs import delete_case
from gameplan.config.copy_mail import send_copies
from gameplan.consents import copies
from gameplan.consents.answering import Given, answer, answer_to_sign
from gameplan.consents.copies import FIRST_WAIT, LEASE, MOST_TRIES, send_copy, send_next
from gameplan.consents.doors import request_of
from gameplan.consents.models import Signature, SignedCopy
from gameplan.letters.consent_form import Said
from gameplan.people.roles import Action
from gameplan.watch.mails import Links
from gameplan.watch.post import Post
from gameplan.watch.turns import Worker
from tests.consents.conftest import BOTH, Ask, MakeHand, Open

TODAY = date(2025, 10, 15)


@pytest.fixture
def signature(ask: Ask, opened: Open, hand: MakeHand) -> Signature:
    """Ana's mother has signed, and the program ended before it sent her copy."""
    request, found, said = ask(), opened("mother"), Said(BOTH, "")
    given = Given(TODAY, "electronic", hand=hand(answer_to_sign(request, said).sha256))
    answer(request_of(found, "c1"), by=found.reader, said=said, given=given)
    return Signature.objects.get()


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The mail server does not answer."""

    def refuse(*_told: Any, **_more: Any) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    return monkeypatch


def state() -> str:
    return SignedCopy.objects.get().state


def told() -> int:
    return Access.objects.filter(action="send-copy", about="signature:s1").count()


def in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def test_it_is_written_down_with_the_signature(signature: Signature) -> None:
    assert (state(), told(), mail.outbox) == ("waiting", 0, [])


def test_the_page_sends_it_at_once_and_only_once(signature: Signature, opened: Open) -> None:
    by = opened("mother").reader
    assert send_copy(signature, by=by)
    assert send_copy(signature, by=by)
    (sent,) = mail.outbox
    assert sent.to == [signature.account]
    assert sent.message()["Message-ID"] == SignedCopy.objects.get().message_id
    assert (state(), told()) == ("sent", 1)
    assert send_next(in_an_hour()) is None


def test_a_worker_sends_what_no_page_got_to(signature: Signature) -> None:
    now = datetime.now(UTC)
    assert send_next(now) is None
    assert send_next(now + FIRST_WAIT + timedelta(seconds=1))
    assert (len(mail.outbox), state(), told()) == (1, "sent", 1)
    row = Access.objects.get(action="send-copy")
    assert (row.person, row.role) == (signature.person, "parent")


def test_what_is_in_somebodys_hand_is_left_to_them_until_their_time_is_over(signature: Signature, opened: Open) -> None:
    later = in_an_hour()
    SignedCopy.objects.update(claimed_until=later + LEASE)
    assert send_next(later) is None
    assert not send_copy(signature, by=opened("mother").reader)
    assert mail.outbox == []
    assert send_next(later + LEASE + timedelta(seconds=1))
    assert state() == "sent"


def test_what_two_sent_is_told_once(signature: Signature, opened: Open) -> None:
    one = copies._claim(SignedCopy.objects.filter(signature=signature), datetime.now(UTC))
    assert one
    assert send_next(in_an_hour())
    copies._sent(one, opened("mother").reader)
    assert told() == 1


def test_a_server_that_is_down_is_tried_again(signature: Signature, opened: Open, down: pytest.MonkeyPatch) -> None:
    assert not send_copy(signature, by=opened("mother").reader)
    found = SignedCopy.objects.get()
    assert (found.state, found.reason, found.claimed_until) == ("waiting", "SMTPServerDisconnected", None)
    down.undo()
    assert send_next(in_an_hour())
    assert (state(), told(), len(mail.outbox)) == ("sent", 1, 1)


@pytest.mark.usefixtures("down")
def test_at_last_it_is_given_up(signature: Signature) -> None:
    now = in_an_hour()
    for number in range(MOST_TRIES):
        tried = send_next(now + timedelta(days=number))
        assert tried
    assert state() == "failed"
    assert send_next(now + timedelta(days=MOST_TRIES)) is None
    assert told() == 0


def test_the_workers_turn_sends_all_and_ends_where_the_server_is_down(
    signature: Signature, down: pytest.MonkeyPatch
) -> None:
    links = Links(lambda _case: "", "", lambda _user: "", "localhost")
    worker = Worker(Post(), links, in_an_hour, lambda: TODAY)
    assert send_copies(worker) is False
    assert worker.done == {}
    SignedCopy.objects.update(try_at=datetime.now(UTC))
    down.undo()
    assert send_copies(worker) is False
    assert worker.done == {"copies sent": 1}


def test_it_goes_with_the_case(signature: Signature, case: Case, opened: Open) -> None:
    SignedCopy.objects.get()
    Case.objects.filter(pk=case.pk).update(school=None)
    found = opened("mother", Action.DELETE)
    delete_case(found, by=found.reader)
    assert not SignedCopy.objects.exists()
