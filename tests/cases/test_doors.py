"""The doors: who gets in, to do what, and what is written down about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from gameplan.cases import verbs
from gameplan.cases.doors import case_for, cases_of, facts_of, paper_of
from gameplan.cases.models import Access, Case, Entry
from gameplan.cases.people import Person
from gameplan.core import facts
from gameplan.core.facts import Child
from gameplan.people.roles import Action

NOBODYS = UUID("8f58d7c6-2300-4a61-8ced-156d442e4b95")


def written_down(case: Case, person: Person) -> list[str]:
    found = Access.objects.filter(case_id=case.pk, person=person.id)
    return list(found.values_list("action", flat=True))


@pytest.mark.parametrize("to", list(Action))
def test_the_mother_may_do_everything(case: Case, mother: Person, to: Action) -> None:
    assert case_for(mother, case.pk, to=to) == case


@pytest.mark.parametrize("to", list(Action))
def test_for_a_stranger_there_is_no_such_case(case: Case, stranger: Person, to: Action) -> None:
    with pytest.raises(Http404):
        case_for(stranger, case.pk, to=to)
    assert written_down(case, stranger) == []


def test_a_helper_may_look(case: Case, helper: Person) -> None:
    assert case_for(helper, str(case.pk)) == case


@pytest.mark.parametrize("to", [Action.WRITE, Action.SHARE, Action.DELETE])
def test_a_helper_may_only_look(case: Case, helper: Person, to: Action) -> None:
    with pytest.raises(PermissionDenied):
        case_for(helper, case.pk, to=to)
    assert written_down(case, helper) == []


@pytest.mark.parametrize("bad_id", ["", "1", "not-a-case", "' OR 1=1", str(NOBODYS), NOBODYS])
def test_a_bad_id_is_no_case(case: Case, mother: Person, bad_id: str) -> None:
    with pytest.raises(Http404):
        case_for(mother, bad_id)


def test_each_person_sees_only_their_cases(case: Case, mother: Person, stranger: Person) -> None:
    assert list(cases_of(mother)) == [case]
    assert list(cases_of(stranger)) == []


def test_looking_is_written_down_once_a_day(case: Case, helper: Person) -> None:
    for _ in range(3):
        case_for(helper, case.pk)
    assert written_down(case, helper) == ["read"]


def test_sharing_is_written_down_each_time(case: Case, mother: Person) -> None:
    for _ in range(2):
        case_for(mother, case.pk, to=Action.SHARE)
    assert written_down(case, mother)[-2:] == ["share", "share"]


def test_each_change_is_written_down_with_its_verb(case: Case, mother: Person, ask: Callable[..., Entry]) -> None:
    asked = ask()
    verbs.withdraw_fact(case, by=mother, fact_id=asked.fact_id)
    assert written_down(case, mother) == ["start-case", "record-fact", "withdraw-fact"]


def test_the_bridge_gives_days_as_days_and_lists_as_tuples(case: Case, ask: Callable[..., Entry], letter: str) -> None:
    ask(
        data={"received": "2025-09-03", "type": "initial", "by": "parent", "areas": ["reading"]},
        note="By hand.", written_in={"document": "Letter", "page": "1"}, entry_attachments=[letter],
    )  # fmt: skip
    told = facts_of(case)
    (fact,) = told.facts
    assert told.child.state == "TX"
    assert fact.on == fact.data["received"] == date(2025, 9, 3)
    assert fact.data["areas"] == ("reading",)
    assert fact.attachments == (letter,)
    assert (fact.id, fact.said_by, fact.entered_by, fact.note) == ("f1", "parent", "parent", "By hand.")
    assert fact.entered_at.endswith("Z")
    assert fact.corrects is fact.account_of is None
    assert [paper.path for paper in told.attachments] == ["attachments/a1-letter.pdf"]


def test_the_bridge_asks_the_database_the_same_few_times_whatever_the_size(
    case: Case, ask: Callable[..., Entry], letter: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        ask(note=str(number), entry_attachments=[letter])
    with django_assert_num_queries(3):
        told = facts_of(case)
    assert len(told.facts) == 12


def test_going_in_takes_one_question_once_it_is_written_down(
    case: Case, mother: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case_for(mother, case.pk)
    with django_assert_num_queries(1):
        case_for(mother, case.pk)


def test_a_paper_comes_with_its_bytes(case: Case, letter: str) -> None:
    assert bytes(paper_of(case, letter).content).startswith(b"%PDF-")


def test_a_paper_of_another_case_is_no_paper(case: Case, letter: str, stranger: Person) -> None:
    theirs = verbs.import_case(stranger, facts.Case(Child(), (), ()), {})
    with pytest.raises(Http404):
        paper_of(theirs, letter)
