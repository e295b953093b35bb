"""The verbs: facts are added, corrected and taken back, and never edited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import cases_of, facts_of
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import Person
from gameplan.core.facts import Child, standing_facts
from gameplan.people.refusals import Refused

Ask = Callable[..., Entry]


def test_a_case_starts_with_what_is_known_of_the_child(case: Case) -> None:
    child = facts_of(case).child
    assert (child.name, child.born, child.state, child.grade) == ("Ana", date(2016, 5, 2), "TX", "3")


def test_a_case_may_start_with_nothing_known(db: None, mother: Person) -> None:
    assert facts_of(verbs.start_case(mother, child=Child())).child == Child()


def test_the_same_start_sent_twice_makes_one_case(db: None, mother: Person) -> None:
    key = uuid4()
    first, second = (verbs.start_case(mother, child=Child(name="Ana"), form_key=key) for _ in range(2))
    assert first == second
    assert cases_of(mother).count() == 1


def test_a_start_key_opens_no_door_to_another_familys_case(case: Case, stranger: Person) -> None:
    with pytest.raises(Http404):
        verbs.start_case(stranger, child=Child(), form_key=case.pk)


def test_an_unknown_state_is_refused(case: Case, mother: Person) -> None:
    with pytest.raises(Refused, match="State"):
        verbs.change_child(case, by=mother, child=Child(state="ZZ"))
    assert facts_of(case).child.state == "TX"


def test_the_child_can_be_told_anew(case: Case, mother: Person) -> None:
    changed = verbs.change_child(case, by=mother, child=Child(name="Anita", state=None), language="es")
    assert facts_of(changed).child == Child(name="Anita")
    assert changed.language == "es"


def test_facts_get_ids_in_the_order_they_are_told(ask: Ask) -> None:
    assert [ask().fact_id for _ in range(3)] == ["f1", "f2", "f3"]


def test_a_form_sent_twice_makes_one_fact(case: Case, ask: Ask) -> None:
    key = uuid4()
    assert ask(form_key=key) == ask(form_key=key)
    assert len(facts_of(case).facts) == 1


def test_the_same_form_key_in_another_case_is_another_fact(case: Case, mother: Person, ask: Ask) -> None:
    key = uuid4()
    ask(form_key=key)
    other = verbs.start_case(mother, child=Child())
    verbs.record_fact(other, by=mother, kind="supports-started", on=date(2025, 9, 3), form_key=key)
    assert len(facts_of(other).facts) == 1


def test_a_fact_outside_the_vocabulary_is_refused_with_every_fault(case: Case, ask: Ask) -> None:
    with pytest.raises(Refused) as refused:
        ask(data={"type": "first", "written": "yes"}, said_by="nobody")
    assert {fault.where.split(".")[-1] for fault in refused.value.faults} == {"type", "written", "said_by"}
    assert all(fault.mend for fault in refused.value.faults)
    assert facts_of(case).facts == ()


@pytest.mark.parametrize("broken", ["zero \x00 byte", "half \ud83d letter"])
def test_text_that_no_database_can_hold_is_refused(case: Case, ask: Ask, broken: str) -> None:
    with pytest.raises(Refused, match=r"fact\.note"):
        ask(note=broken)
    assert facts_of(case).facts == ()


def test_a_fact_with_a_paper_of_another_case_is_refused_whole(case: Case, ask: Ask) -> None:
    with pytest.raises(Http404):
        ask(entry_attachments=["a9"])
    assert facts_of(case).facts == ()


def test_a_correction_stands_and_the_old_fact_stays(case: Case, mother: Person, ask: Ask, letter: str) -> None:
    old = ask(entry_attachments=[letter])
    verbs.correct_fact(case, by=mother, fact_id=old.fact_id, on=date(2025, 9, 5), note="The stamp says the 5th.")
    first, second = facts_of(case).facts
    assert (first.on, second.on) == (date(2025, 9, 3), date(2025, 9, 5))
    assert second.corrects == first.id
    assert (second.kind, second.data, second.attachments) == (first.kind, first.data, first.attachments)
    assert standing_facts(facts_of(case).facts) == (second,)


def test_a_fact_is_corrected_or_taken_back_only_once(case: Case, mother: Person, ask: Ask) -> None:
    old = ask()
    verbs.withdraw_fact(case, by=mother, fact_id=old.fact_id)
    with pytest.raises(Refused, match="already corrected"):
        verbs.correct_fact(case, by=mother, fact_id=old.fact_id, on=old.on)
    with pytest.raises(Refused, match="already corrected"):
        verbs.withdraw_fact(case, by=mother, fact_id=old.fact_id)
    assert len(facts_of(case).facts) == 2


def test_a_correction_sent_twice_is_one_correction(case: Case, mother: Person, ask: Ask) -> None:
    old, key = ask(), uuid4()
    twice = [
        verbs.correct_fact(case, by=mother, fact_id=old.fact_id, on=date(2025, 9, 5), form_key=key) for _ in range(2)
    ]
    assert twice[0] == twice[1]


def test_a_fact_taken_back_stands_no_more_but_stays(case: Case, mother: Person, ask: Ask) -> None:
    verbs.withdraw_fact(case, by=mother, fact_id=ask().fact_id, note="That was my other child.")
    told = facts_of(case).facts
    assert len(told) == 2
    assert told[1].withdrawn
    assert standing_facts(told) == ()


def test_what_was_taken_back_can_be_put_back(case: Case, mother: Person, ask: Ask) -> None:
    taken_back = verbs.withdraw_fact(case, by=mother, fact_id=ask().fact_id)
    verbs.correct_fact(case, by=mother, fact_id=taken_back.fact_id, on=date(2025, 9, 3))
    (stands,) = standing_facts(facts_of(case).facts)
    assert not stands.withdrawn


def test_two_accounts_stand_side_by_side(case: Case, mother: Person, ask: Ask) -> None:
    ours = ask()
    verbs.add_account(
        case, by=mother, fact_id=ours.fact_id, said_by="school", on=date(2025, 9, 11),
        data={"received": date(2025, 9, 11), "type": "initial", "by": "parent", "written": True},
    )  # fmt: skip
    told = facts_of(case).facts
    assert [(fact.said_by, fact.on.day, fact.account_of) for fact in told] == [
        ("parent", 3, None),
        ("school", 11, "f1"),
    ]
    assert standing_facts(told) == told


def test_the_same_side_cannot_give_a_second_account(case: Case, mother: Person, ask: Ask) -> None:
    with pytest.raises(Refused, match="other side"):
        verbs.add_account(case, by=mother, fact_id=ask().fact_id, said_by="parent", on=date(2025, 9, 4))


@pytest.mark.parametrize("fact_id", ["", "f9", "'"])
def test_a_fact_that_is_not_there_is_not_found(case: Case, mother: Person, fact_id: str) -> None:
    with pytest.raises(Http404):
        verbs.correct_fact(case, by=mother, fact_id=fact_id, on=date(2025, 9, 4))
    with pytest.raises(Http404):
        verbs.withdraw_fact(case, by=mother, fact_id=fact_id)


def test_nothing_is_added_to_a_case_that_is_gone(case: Case, mother: Person, ask: Ask) -> None:
    verbs.delete_case(case, by=mother)
    with pytest.raises(Http404):
        ask()


def test_a_planned_fact_is_kept_as_planned(case: Case, ask: Ask) -> None:
    ask(kind="meeting-held", on=date(2025, 12, 1), data={}, planned=True)
    assert facts_of(case).facts[0].planned
