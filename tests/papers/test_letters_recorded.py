"""A letter of a family that is a fact puts that fact on the timeline, whole, when it is sent and when it arrives."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.verbs import record_fact
from gameplan.core.facts import Fact, standing_facts
from gameplan.law import vocabulary
from gameplan.letters import fields_of, is_recorded, kind_of, kinds
from gameplan.papers import verbs
from gameplan.papers.models import Letter
from tests.letters.golden import EXAMPLES

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 6)
RECORDING = [kind for kind in kinds() if kind_of(kind).frame == "family" and kind_of(kind).records]


def finished(case: Case, by: Person, kind: str) -> Letter:
    """The first example of the letter that records its fact, finished."""
    record = kind_of(kind).records
    said = next(one.values for one in EXAMPLES if one.kind == kind and (not record or is_recorded(record, one.values)))
    asked = {field.id for field in fields_of(kind) if not field.given}
    values = {name: value for name, value in said.items() if name in asked} | {"date": DAY.isoformat()}
    return verbs.finish(case, by=by, kind=kind, lang="en", values=values, on=DAY)


def recorded(case: Case, kind: str) -> list[Fact]:
    record = kind_of(kind).records
    return [fact for fact in standing_facts(facts_of(case).facts) if record and fact.kind == record.kind]


def evaluated(case: Case, by: Person) -> str:
    """An evaluation of the school, which a letter may name."""
    day = date(2026, 2, 2)
    data = {"date": day, "type": "initial", "areas": ["academic"]}
    return record_fact(case, by=by, kind="evaluation-completed", on=day, data=data).fact_id


@pytest.mark.parametrize("kind", RECORDING)
def test_a_letter_given_by_hand_is_its_whole_fact_that_day(case: Case, mother: Person, kind: str) -> None:
    record = kind_of(kind).records
    assert record
    evaluation = evaluated(case, mother)
    verbs.mark_sent(finished(case, mother, kind), by=mother, how="by-hand", on=DAY)
    [fact] = recorded(case, kind)
    assert (fact.on, fact.planned) == (DAY, False)
    assert {field.name for field in vocabulary().kinds[fact.kind].fields if field.required} <= set(fact.data)
    assert dict(fact.data).items() >= record.facts.items()
    assert all(fact.data[name] == evaluation for name in record.latest)


@pytest.mark.parametrize("kind", RECORDING)
def test_a_letter_in_the_mail_is_planned_until_it_arrives(case: Case, mother: Person, kind: str) -> None:
    evaluated(case, mother)
    sending = verbs.mark_sent(finished(case, mother, kind), by=mother, how="mail", on=DAY)
    assert [fact.planned for fact in recorded(case, kind)] == [True]
    verbs.mark_received(sending, by=mother, received=LATER)
    assert [(fact.on, fact.planned) for fact in recorded(case, kind)] == [(LATER, False)]


def test_a_letter_about_a_fact_that_is_not_there_records_nothing(case: Case, mother: Person) -> None:
    verbs.mark_sent(finished(case, mother, "iee-request"), by=mother, how="by-hand", on=DAY)
    assert recorded(case, "iee-request") == []
