"""Sending: what was sent to whom and when, and the one fact that it puts on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import attach, correct_fact, withdraw_fact
from gameplan.core.assess import assess
from gameplan.core.facts import Fact, standing_facts
from gameplan.law import law_for
from gameplan.papers import verbs
from gameplan.papers.models import Letter, Sending
from gameplan.people.refusals import Refused
from tests.papers.request import DAY, TYPED

Finish = Callable[..., Letter]
LATER = date(2025, 9, 8)


def requests_of(case: Case) -> list[Fact]:
    return [fact for fact in standing_facts(facts_of(case).facts) if fact.kind == "evaluation-requested"]


@pytest.mark.parametrize("how", ["by-hand", "email", "fax", "portal"])
def test_what_arrives_at_once_is_received_the_same_day(case: Case, finish: Finish, mother: Person, how: str) -> None:
    sending = verbs.mark_sent(finish(), by=mother, how=how, on=DAY, to=" the \n principal ")
    [fact] = requests_of(case)
    assert (sending.received, sending.to, sending.fact_id) == (DAY, "the principal", fact.id)
    assert (fact.on, fact.planned, fact.said_by) == (DAY, False, "parent")
    assert dict(fact.data) == {
        "type": "initial", "by": "parent", "written": True, "received": DAY, "sent": DAY, "how": how,
        "to": "the principal", "letter": "l1",
    }  # fmt: skip


def test_what_is_mailed_is_only_planned_until_it_arrives(case: Case, finish: Finish, mother: Person) -> None:
    sending = verbs.mark_sent(finish(), by=mother, how="mail", on=DAY)
    [fact] = requests_of(case)
    assert (fact.on, fact.planned, "received" in fact.data) == (DAY, True, False)
    verbs.mark_received(sending, by=mother, received=LATER)
    [fact] = requests_of(case)
    assert (fact.on, fact.planned, fact.data["received"], fact.data["sent"]) == (LATER, False, LATER, DAY)
    assert Sending.objects.get().fact_id == fact.id


def test_mail_whose_day_of_arrival_is_known_counts_from_that_day(case: Case, finish: Finish, mother: Person) -> None:
    verbs.mark_sent(finish(), by=mother, how="mail", on=DAY, received=LATER)
    [fact] = requests_of(case)
    assert (fact.on, fact.planned, fact.data["sent"]) == (LATER, False, DAY)


def test_the_receipt_is_kept_with_the_fact(case: Case, finish: Finish, mother: Person) -> None:
    paper = attach(case, by=mother, name="receipt.pdf", content=b"%PDF-1.7\n%%EOF\n")
    sending = verbs.mark_sent(finish(), by=mother, how="mail", on=DAY, receipt=paper.attachment_id)
    assert sending.receipt == paper.attachment_id
    assert requests_of(case)[0].attachments == (paper.attachment_id,)


def test_a_receipt_that_is_not_there_is_not_found_and_nothing_is_written(
    case: Case, finish: Finish, mother: Person
) -> None:
    with pytest.raises(Http404):
        verbs.mark_sent(finish(), by=mother, how="mail", on=DAY, receipt="a9")
    assert not Sending.objects.exists()
    assert requests_of(case) == []


def test_the_same_letter_sent_twice_is_one_request_from_the_earlier_day(
    case: Case, finish: Finish, mother: Person
) -> None:
    letter = finish()
    verbs.mark_sent(letter, by=mother, how="mail", on=DAY)
    verbs.mark_sent(letter, by=mother, how="by-hand", on=LATER, to="the principal")
    [fact] = requests_of(case)
    assert (fact.on, fact.planned, fact.data["how"]) == (LATER, False, "by-hand")
    verbs.mark_sent(letter, by=mother, how="email", on=date(2025, 9, 9))
    assert [fact.on for fact in requests_of(case)] == [LATER]
    verbs.mark_received(Sending.objects.order_by("id")[0], by=mother, received=date(2025, 9, 5))
    assert [fact.on for fact in requests_of(case)] == [date(2025, 9, 5)]


def test_a_corrected_letter_does_not_start_the_time_anew(case: Case, finish: Finish, mother: Person) -> None:
    verbs.mark_sent(finish(), by=mother, how="by-hand", on=DAY)
    second = finish(values=TYPED | {"date": "2025-09-08"}, corrects="l1")
    verbs.mark_sent(second, by=mother, how="by-hand", on=LATER)
    assert [fact.on for fact in requests_of(case)] == [DAY]


def test_a_second_letter_is_a_second_request(case: Case, finish: Finish, mother: Person) -> None:
    verbs.mark_sent(finish(), by=mother, how="by-hand", on=DAY)
    verbs.mark_sent(finish(), by=mother, how="by-hand", on=LATER)
    assert [fact.on for fact in requests_of(case)] == [DAY, LATER]


def test_a_fact_corrected_on_the_timeline_is_not_told_again(case: Case, finish: Finish, mother: Person) -> None:
    letter = finish()
    sending = verbs.mark_sent(letter, by=mother, how="by-hand", on=DAY)
    correct_fact(case, by=mother, fact_id=sending.fact_id, on=date(2025, 9, 2))
    verbs.mark_sent(letter, by=mother, how="email", on=LATER)
    assert [fact.on for fact in requests_of(case)] == [date(2025, 9, 2)]


def test_a_fact_taken_back_on_the_timeline_is_told_anew(case: Case, finish: Finish, mother: Person) -> None:
    letter = finish()
    sending = verbs.mark_sent(letter, by=mother, how="by-hand", on=DAY)
    withdraw_fact(case, by=mother, fact_id=sending.fact_id)
    verbs.mark_sent(letter, by=mother, how="email", on=LATER)
    assert [fact.on for fact in requests_of(case)] == [LATER]


def test_a_form_sent_twice_makes_one_sending_and_one_fact(case: Case, finish: Finish, mother: Person) -> None:
    letter, key = finish(), uuid4()
    first, second = (verbs.mark_sent(letter, by=mother, how="fax", on=DAY, form_key=key) for _ in range(2))
    assert first == second
    assert len(requests_of(case)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"how": "pigeon"}, "how"), ({"how": "mail", "received": date(2025, 9, 2)}, "received")],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    case: Case, finish: Finish, mother: Person, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        verbs.mark_sent(finish(), by=mother, on=DAY, **changes)
    assert not Sending.objects.exists()
    assert requests_of(case) == []


def test_the_day_of_arrival_is_written_down_once(case: Case, finish: Finish, mother: Person) -> None:
    sending = verbs.mark_sent(finish(), by=mother, how="mail", on=DAY)
    with pytest.raises(Refused, match="before it was sent"):
        verbs.mark_received(sending, by=mother, received=date(2025, 9, 1))
    verbs.mark_received(sending, by=mother, received=LATER)
    verbs.mark_received(sending, by=mother, received=LATER)
    with pytest.raises(Refused, match="timeline"):
        verbs.mark_received(sending, by=mother, received=DAY)
    assert Sending.objects.get().received == LATER


def test_a_stranger_sends_nothing(finish: Finish, stranger: Person, mother: Person) -> None:
    letter = finish()
    with pytest.raises(Http404):
        verbs.mark_sent(letter, by=stranger, how="email", on=DAY)
    sending = verbs.mark_sent(letter, by=mother, how="mail", on=DAY)
    with pytest.raises(Http404):
        verbs.mark_received(sending, by=stranger, received=LATER)


def test_the_states_time_to_answer_runs_from_the_day_the_school_has_the_letter(
    case: Case, finish: Finish, mother: Person
) -> None:
    def started(on: date) -> list[tuple[date | None, str]]:
        standing = assess(facts_of(case), law_for("TX", on=on), on=on)
        return [(duty.started, duty.status) for duty in standing.duties if duty.clock == "request-response"]

    sending = verbs.mark_sent(finish(), by=mother, how="mail", on=DAY)
    assert LATER not in [day for day, _ in started(date(2025, 9, 20))]
    assert DAY not in [day for day, _ in started(date(2025, 9, 20))]
    verbs.mark_received(sending, by=mother, received=LATER)
    [(day, status)] = started(date(2025, 9, 9))
    assert day == LATER
    assert status in ("running", "cannot-tell")
