"""A paper goes out: by hand, by mail, in the program, by e-mail; what is proved, and the one fact that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from gameplan.cases.doors import case_for, facts_of
from gameplan.cases.models import Access, Case
from gameplan.cases.people import person_of_user
from gameplan.cases.verbs import record_fact
from gameplan.core.facts import Fact, standing_facts
from gameplan.notices import language, opening, recipients, sending, writing
from gameplan.notices.delivering import deliver_next
from gameplan.notices.doors import deliveries_of, delivery_of, notices_of
from gameplan.notices.models import Delivery, Edition, Link, Notice
from gameplan.notices.named import delivery_digest
from gameplan.notices.opening import NotWhole
from gameplan.notices.proofs import What
from gameplan.notices.recipients import Recipient
from gameplan.notices.shelf import paper_of
from gameplan.papers import verbs
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from tests.notices.conftest import NOW, TODAY, Post, later, link, who
from tests.papers.request import TYPED as LETTER

pytestmark = pytest.mark.django_db
Send = Callable[..., Delivery]
NEXT = date(2025, 9, 23)


def told(case: Case, kind: str = "pwn-sent") -> list[Fact]:
    return [fact for fact in standing_facts(facts_of(case).facts) if fact.kind == kind]


def test_by_hand_it_is_given_and_received(notice: Notice, send: Send, at_school: Case) -> None:
    delivery = send(notice.about, signed=True)
    assert (delivery.state, delivery.arrived, delivery.signed) == ("sent", TODAY, True)
    assert [mark.what for mark in delivery.proved.all()] == ["sent", "arrived"]
    (fact,) = told(at_school)
    assert (fact.on, fact.said_by) == (TODAY, "school")
    assert fact.data == {
        "given": TODAY, "decision": "propose", "subject": ("evaluation", "identification"),
        "matter": "First evaluation", "about_event": "f1", "received": TODAY,
    }  # fmt: skip
    row = Access.objects.get(case_id=at_school.pk, action="send-notice")
    assert (row.about, row.digest) == ("delivery:d1", delivery_digest(delivery))


def test_by_mail_it_is_received_only_when_that_is_known(notice: Notice, send: Send, at_school: Case) -> None:
    delivery = send(notice.about, "mail")
    assert "received" not in told(at_school)[0].data
    sending.mark_arrived(delivery, by=at_school.reader, arrived=NEXT)
    (fact,) = told(at_school)
    assert (fact.on, fact.data["received"]) == (TODAY, NEXT)
    with pytest.raises(Refused, match="already known"):
        sending.mark_arrived(delivery, by=at_school.reader, arrived=NEXT)


def test_two_deliveries_tell_one_fact(notice: Notice, send: Send, at_school: Case) -> None:
    send(notice.about, "mail")
    send(notice.about, on=NEXT)
    assert len(told(at_school)) == 1


def test_a_plan_that_told_the_notice_is_not_told_again(notice: Notice, send: Send, at_school: Case) -> None:
    data = {"given": TODAY, "decision": "propose", "subject": ["identification", "evaluation"], "matter": "The tests"}
    record_fact(at_school, by=at_school.reader, kind="pwn-sent", on=TODAY, data=data, said_by="school")
    send(notice.about)
    (fact,) = told(at_school)
    assert fact.data["received"] == TODAY


def test_the_yearly_list_of_rights_is_a_fact(at_school: Case, send: Send) -> None:
    values = {
        "child": "Ana", "reason": "annual", "list_language": "English", "school": "Oak", "sender": "Hill",
        "parents": "Rosa", "phone": "1",
    }  # fmt: skip
    made = writing.finish(
        at_school, by=at_school.reader, kind="safeguards-notice-cover", lang="en", values=values, on=TODAY
    )
    send(made.about)
    (fact,) = told(at_school, "safeguards-given")
    assert fact.data == {"given": TODAY, "reason": "annual", "language": "en", "by_email": False}


@pytest.mark.parametrize(("passed", "count"), [("", 0), ("yes", 1)])
def test_only_the_notice_on_the_day_is_a_fact(at_school: Case, send: Send, passed: str, count: int) -> None:
    values = {
        "child": "Ana", "majority_on": "2025-09-20", "age": "18", "state": "Texas", "school": "Oak", "sender": "Hill",
        "parents": "Rosa", "phone": "1", "passed": passed,
    }  # fmt: skip
    made = writing.finish(at_school, by=at_school.reader, kind="majority-notice", lang="en", values=values, on=TODAY)
    send(made.about)
    assert len(told(at_school, "document-given")) == count


def test_email_needs_the_choice_of_the_family(notice: Notice, send: Send, at_home: Case, mother: User) -> None:
    with pytest.raises(Refused, match="has not chosen"):
        send(notice.about, "email")
    said = {"by": at_home.reader, "person": str(mother.pk), "on": TODAY, "how": "here"}
    recipients.choose(at_home, by_email=True, address="rosa@example.org", **said)  # type: ignore[arg-type]
    assert send(notice.about, "email").state == "queued"
    recipients.choose(at_home, by_email=False, **said)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"300\.505"):
        send(notice.about, "email")


def test_nobody_chooses_for_somebody_else(at_home: Case, manager: User) -> None:
    with pytest.raises(PermissionDenied):
        recipients.choose(
            at_home, by=at_home.reader, person=str(manager.pk), by_email=False, address="", on=TODAY, how="told"
        )
    with pytest.raises(PermissionDenied):
        language.wish(at_home, by=at_home.reader, person="name:x", papers="en", meetings="en", on=TODAY)


def test_a_choice_without_an_address_is_refused(at_home: Case, mother: User) -> None:
    with pytest.raises(Refused) as refused:
        recipients.choose(
            at_home, by=at_home.reader, person=str(mother.pk), by_email=True, address="rosa", on=TODAY, how="x"
        )
    assert [fault.where for fault in refused.value.faults] == ["address", "how"]


def test_it_goes_out_in_the_language_of_the_family(notice: Notice, send: Send, at_home: Case, mother: User) -> None:
    language.wish(at_home, by=at_home.reader, person=str(mother.pk), papers="es", meetings="es", on=TODAY)
    with pytest.raises(Refused, match=r"300\.503"):
        send(notice.about)
    assert send(notice.about, no_translation="Nobody here can translate it before Monday.").no_translation
    words = {one.id: "palabras" for one in writing.to_translate(notice)}
    writing.translate(notice, by=at_home.reader, lang="es", values=words, translated_by="Ms. Ortega")
    delivery = send(notice.about)
    assert (delivery.lang, sorted(delivery.leaves)) == ("es", ["en", "es"])


def test_a_language_that_is_not_written_needs_no_translation(
    notice: Notice, send: Send, at_home: Case, mother: User
) -> None:
    by = at_home.reader
    language.wish(at_home, by=by, person=str(mother.pk), papers="Hmong", meetings="Hmong", on=TODAY, is_written=False)
    assert send(notice.about).no_translation == ""


@pytest.mark.parametrize(
    ("how", "said", "fault"),
    [
        ("by-hand", {"handed_by": " "}, "who handed it over"),
        ("mail", {"arrived": date(2025, 9, 1)}, "before it was sent"),
        ("pigeon", {}, "how it goes out"),
    ],
)
def test_a_way_that_cannot_be_is_refused(
    notice: Notice, send: Send, how: str, said: dict[str, object], fault: str
) -> None:
    with pytest.raises(Refused, match=fault):
        send(notice.about, how, **said)
    assert not Delivery.objects.exists()


def test_somebody_without_an_account_gets_paper_or_a_link(notice: Notice, at_school: Case) -> None:
    key = recipients.key_of("Tou Vang")
    by = at_school.reader
    recipients.choose(
        at_school, by=by, person=key, name="Tou Vang", by_email=True, address="tou@example.org", on=TODAY, how="told"
    )
    to = who(at_school, key)
    assert (to.name, to.has_account, to.by_email) == ("Tou Vang", False, True)
    with pytest.raises(Refused, match="no account"):
        sending.send(at_school, notice.about, by=by, to=to, way=sending.Way("portal", TODAY), now=NOW)
    sending.send(at_school, notice.about, by=by, to=to, way=sending.Way("email", TODAY), now=NOW)
    post = Post()
    deliver_next(NOW, post, link=link)
    waits = opening.waiting(post.token(), NOW)
    assert waits.needs_account is False
    assert waits.is_for(None)


def test_opening_is_proved_once_a_day_and_makes_it_received(
    notice: Notice, send: Send, at_school: Case, at_home: Case
) -> None:
    delivery = send(notice.about, "portal")
    assert list(notices_of(at_home)) == [notice]
    mine = opening.mine(at_home, notice.about)
    assert mine == delivery
    paper = opening.paper_delivered(mine, at_home)
    leaf = opening.leaf_for(paper, mine)
    for _ in range(2):
        opening.write_down(mine, What.OPENED, leaf, by=at_home.reader, on=NEXT)
    opening.write_down(mine, What.CONFIRMED, leaf, by=at_home.reader, on=NEXT)
    opening.write_down(mine, What.CONFIRMED, leaf, by=at_home.reader, on=date(2025, 9, 30))
    marks = [(mark.what, mark.lang, mark.sha256 == leaf.sha256) for mark in delivery.proved.all()]
    assert marks == [("sent", "", False), ("opened", "en", True), ("confirmed", "en", True)]
    assert told(at_school)[0].data["received"] == NEXT
    rows = Access.objects.filter(case_id=at_school.pk, about__startswith="proof:d1/").order_by("id")
    assert [(row.action, row.about) for row in rows] == [
        ("paper-sent", "proof:d1/1"), ("open-notice", "proof:d1/2"), ("confirm-notice", "proof:d1/3"),
    ]  # fmt: skip


def test_changed_words_are_not_shown_as_what_was_sent(notice: Notice, send: Send, at_home: Case) -> None:
    delivery = send(notice.about, "portal")
    Edition._base_manager.filter(notice=notice).update(text="Something else.")
    with pytest.raises(NotWhole):
        opening.paper_delivered(delivery, at_home)
    with pytest.raises(Refused, match="do not have their hash"):
        send(notice.about)


def test_one_parent_never_sees_the_address_of_the_other(notice: Notice, send: Send, shared: Case) -> None:
    send(notice.about)
    father = User.objects.create_user("other@example.org", name="The father")
    shared.members.create(person=str(father.pk), role="parent")
    his = case_for(person_of_user(father), shared.pk)
    assert list(notices_of(his)) == [notice]
    assert list(deliveries_of(his)) == []
    with pytest.raises(Http404):
        delivery_of(his, "d1")


def test_a_closed_link_opens_nothing(notice: Notice, send: Send, by_email: None, at_school: Case) -> None:
    delivery, post = send(notice.about, "email"), Post()
    deliver_next(NOW, post, link=link)
    assert opening.waiting(post.token(), NOW).needs_account
    delivery = delivery_of(at_school, delivery.delivery_id)
    assert sending.close_links(delivery, by=at_school.reader, now=NOW, on=TODAY) == 1
    assert sending.close_links(delivery, by=at_school.reader, now=NOW, on=TODAY) == 0
    with pytest.raises(Http404):
        opening.waiting(post.token(), NOW)


def test_a_link_ends_after_sixty_days(notice: Notice, send: Send, by_email: None) -> None:
    send(notice.about, "email")
    post = Post()
    deliver_next(NOW, post, link=link)
    assert opening.waiting(post.token(), later(days=59)).needs_account
    with pytest.raises(Http404):
        opening.waiting(post.token(), later(days=60))
    assert "November 18, 2025" in post.mails[0].text
    assert Link.objects.count() == 1


def test_papers_that_are_not_there_are_not_sent(send: Send) -> None:
    for about in ("notice:n9", "nothing", "cloud:7", "version:p9/1", "version:p1/x", "letter:l9"):
        with pytest.raises(Http404):
            send(about)


def test_a_letter_can_be_delivered_like_a_notice(at_home: Case, mother: User) -> None:
    made = verbs.finish(
        at_home, by=at_home.reader, kind="evaluation-request", lang="en", values=LETTER, on=date(2025, 9, 3)
    )
    paper = paper_of(at_home, f"letter:{made.letter_id}")
    assert (paper.leaves[0].sha256, paper.leaves[0].is_whole, paper.needs_choice) == (made.sha256, True, False)
    assert paper.leaves[0].pdf()[:5] == b"%PDF-"


def test_the_same_form_sends_once(notice: Notice, at_school: Case, rosa: Recipient) -> None:
    key, way = uuid4(), sending.Way("by-hand", TODAY, handed_by="Ms. Hill")
    for _ in range(2):
        sending.send(at_school, notice.about, by=at_school.reader, to=rosa, way=way, now=NOW, form_key=key)
    assert Delivery.objects.count() == 1
