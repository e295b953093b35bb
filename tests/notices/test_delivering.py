"""E-mails with private links: sent once, tried again while the server is down, never lost, never naming the child."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Access, Case
from gameplan.core.facts import Fact, standing_facts
from gameplan.notices import delivering, sending
from gameplan.notices.delivering import LEASE, MOST_TRIES, NotSent, deliver_next, next_at, returned
from gameplan.notices.mails import Mail
from gameplan.notices.models import Delivery, Link, Notice
from gameplan.notices.travelling import WAITED, stop_waiting
from gameplan.people.refusals import Refused
from tests.notices.conftest import NOW, TODAY, Post, later, link

pytestmark = pytest.mark.django_db
Send = Callable[..., Delivery]


def told(case: Case) -> Fact:
    return next(fact for fact in standing_facts(facts_of(case).facts) if fact.kind == "pwn-sent")


def marks(delivery: Delivery) -> list[str]:
    return list(delivery.proved.values_list("what", flat=True))


def test_an_email_waits_and_is_sent_once(notice: Notice, send: Send, by_email: None, at_school: Case) -> None:
    delivery, post = send(notice.about, "email"), Post()
    assert (delivery.state, next_at()) == ("queued", NOW)
    assert not [fact for fact in facts_of(at_school).facts if fact.kind == "pwn-sent"]
    sent = deliver_next(NOW, post, link=link)
    assert sent
    assert sent.state == "sent"
    assert deliver_next(NOW, post, link=link) is None
    assert next_at() is None
    assert len(post.mails) == 1
    assert marks(delivery) == ["queued", "sent"]
    fact = told(at_school)
    assert fact.on == TODAY
    assert "received" not in fact.data
    assert fact.data["about_event"] == "f1"


def test_the_email_says_nothing_of_the_child(notice: Notice, send: Send, by_email: None) -> None:
    send(notice.about, "email")
    post = Post()
    deliver_next(NOW, post, link=link)
    mail = post.mails[0]
    whole = f"{mail.subject} {mail.text} {mail.message_id}"
    assert "Ana" not in whole
    assert "evaluation" not in whole
    assert mail.to == "rosa@example.org"
    assert post.token() not in str(list(Link.objects.values()))


def test_a_server_that_is_down_loses_nothing(notice: Notice, send: Send, by_email: None) -> None:
    delivery, tried, post = send(notice.about, "email"), [], Post()

    def down(mail: Mail) -> None:
        tried.append(mail.message_id)
        raise NotSent("no answer", again=True)

    deliver_next(NOW, down, link=link)
    assert deliver_next(NOW, post, link=link) is None
    assert next_at() == later(minutes=5)
    deliver_next(later(minutes=5), down, link=link)
    assert next_at() == later(minutes=15)
    deliver_next(later(minutes=15), post, link=link)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("sent", "")
    assert {*tried, post.mails[0].message_id} == {delivery.message_id}
    assert marks(delivery) == ["queued", "tried", "tried", "sent"]


def test_it_gives_up_after_many_tries_and_a_person_sends_it_again(
    notice: Notice, send: Send, by_email: None, at_school: Case
) -> None:
    delivery, moment = send(notice.about, "email"), NOW

    def down(_mail: Mail) -> None:
        raise NotSent("no answer", again=True)

    for _ in range(MOST_TRIES):
        moment = next_at() or moment
        deliver_next(moment, down, link=link)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", "no answer")
    delivery.case = at_school
    sending.send_again(delivery, by=at_school.reader, now=moment)
    post = Post()
    deliver_next(moment, post, link=link)
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    delivery.case = at_school
    with pytest.raises(Refused, match="did not fail"):
        sending.send_again(delivery, by=at_school.reader, now=moment)


def test_an_address_that_is_none_fails_at_once(notice: Notice, send: Send, by_email: None, at_school: Case) -> None:
    delivery = send(notice.about, "email")

    def no_such(_mail: Mail) -> None:
        raise NotSent("no such address", again=False)

    deliver_next(NOW, no_such, link=link)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", "no such address")
    assert not [fact for fact in facts_of(at_school).facts if fact.kind == "pwn-sent"]
    assert Access.objects.filter(case_id=at_school.pk, action="paper-failed", about="proof:d1/2").count() == 1


def test_what_one_worker_holds_no_other_sends(notice: Notice, send: Send, by_email: None) -> None:
    send(notice.about, "email")
    inner = Post()

    def slow(_mail: Mail) -> None:
        assert deliver_next(later(minutes=1), inner, link=link) is None

    assert deliver_next(NOW, slow, link=link)
    assert inner.mails == []


def test_a_worker_that_dies_leaves_the_mail_to_the_next_with_the_same_id(
    notice: Notice, send: Send, by_email: None
) -> None:
    delivery, seen = send(notice.about, "email"), []

    def dies(mail: Mail) -> None:
        seen.append(mail.message_id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_next(NOW, dies, link=link)
    post = Post()
    assert deliver_next(later(minutes=9), post, link=link) is None
    assert deliver_next(NOW + LEASE * 1.1, post, link=link)
    assert seen == [post.mails[0].message_id] == [delivery.message_id]
    assert marks(delivery) == ["queued", "sent"]


def test_a_worker_that_comes_late_writes_nothing_twice(notice: Notice, send: Send, by_email: None) -> None:
    delivery, post = send(notice.about, "email"), Post()

    def very_slow(_mail: Mail) -> None:
        deliver_next(later(minutes=30), post, link=link)

    deliver_next(NOW, very_slow, link=link)
    assert marks(delivery) == ["queued", "sent"]


def test_one_that_kills_every_worker_is_given_up(notice: Notice, send: Send, by_email: None) -> None:
    delivery = send(notice.about, "email")
    Delivery.objects.filter(pk=delivery.pk).update(tries=MOST_TRIES)
    found = deliver_next(NOW, Post(), link=link)
    assert found
    assert (found.state, found.reason) == ("failed", delivering.GAVE_UP)


def test_a_mail_that_comes_back_failed(notice: Notice, send: Send, by_email: None) -> None:
    delivery = send(notice.about, "email")
    deliver_next(NOW, Post(), link=link)
    back = returned(delivery.message_id, "mailbox full", later(hours=1))
    assert back
    assert (back.state, back.reason) == ("failed", "mailbox full")
    assert returned("<nobody@knows>", "x", NOW) is None
    assert returned("", "x", NOW) is None


def test_a_case_does_not_close_while_a_worker_has_an_email_in_hand(
    notice: Notice, send: Send, by_email: None, at_school: Case
) -> None:
    delivery = send(notice.about, "email")

    def closes(_mail: Mail) -> None:
        with pytest.raises(Refused, match="going out at this moment"):
            stop_waiting(at_school, by=at_school.reader, now=NOW, on=TODAY)
        raise NotSent("no answer", again=True)

    deliver_next(NOW, closes, link=link)
    stop_waiting(at_school, by=at_school.reader, now=NOW, on=TODAY)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("failed", WAITED)
    assert marks(delivery) == ["queued", "tried", "closed", "failed"]
    assert next_at() is None
