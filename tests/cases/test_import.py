"""Taking in a whole case: the same case comes out, or nothing goes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from gameplan.cases import verbs
from gameplan.cases.doors import cases_of, facts_of
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import HOME, Person
from gameplan.core import facts
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import case_json
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused

PAPER = b"%PDF-1.7 the letter"
LABOR_DAY = date(2025, 9, 1)
TOLD = facts.Case(
    child=facts.Child("Ana", date(2016, 5, 2), "TX", "3", "Oak", "Sample"),
    calendars=(
        SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (Closure(LABOR_DAY, LABOR_DAY),)),
    ),
    facts=(
        facts.Fact(
            "asked", "evaluation-requested", date(2025, 9, 3),
            {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "areas": ("reading",)},
            note="By hand.", written_in={"document": "Letter", "page": "1"},
            entered_at="2025-09-03T20:15:00Z", entered_by="parent", attachments=("a1",),
        ),
        facts.Fact("f2", "evaluation-requested", date(2025, 9, 5), {}, "school", account_of="asked"),
        facts.Fact("f3", "meeting-held", date(2025, 12, 1), {}, planned=True),
        facts.Fact("f4", "meeting-held", date(2025, 12, 1), {}, planned=True, corrects="f3", withdrawn=True),
    ),
    attachments=(
        facts.Attachment(
            "a1", "letter.pdf", "application/pdf", sha256(PAPER).hexdigest(), len(PAPER),
            "attachments/a1-letter.pdf",
        ),
    ),
)  # fmt: skip


def test_the_imported_case_is_the_same_case(db: None, mother: Person) -> None:
    case = verbs.import_case(mother, TOLD, {"a1": PAPER})
    assert facts_of(case) == TOLD
    assert read_case(case_json(facts_of(case)), vocabulary()) == TOLD
    assert list(cases_of(mother)) == [case]


def test_an_imported_case_can_be_told_further(db: None, mother: Person) -> None:
    case = verbs.import_case(mother, TOLD, {"a1": PAPER})
    assert verbs.withdraw_fact(case, by=mother, fact_id="f2").fact_id == "f5"
    assert verbs.attach(case, by=mother, name="b.pdf", content=b"%PDF-2").attachment_id == "a2"


def test_importing_twice_makes_two_cases(db: None, mother: Person) -> None:
    assert len({verbs.import_case(mother, TOLD, {"a1": PAPER}).pk for _ in range(2)}) == 2


def test_a_case_from_here_arrives_whole_elsewhere(case: Case, stranger: Person, ask: Callable[..., Entry]) -> None:
    asked = ask()
    verbs.correct_fact(case, by=HOME, fact_id=asked.fact_id, on=date(2025, 9, 4))
    arrived = verbs.import_case(stranger, facts_of(case))
    assert facts_of(arrived) == facts_of(case)


@pytest.mark.parametrize(
    ("wrong", "contents"),
    [
        (TOLD, {}),
        (TOLD, {"a1": PAPER + b"!"}),
        (TOLD, {"a1": b"%PDF-1.7 the lettex"}),
        (replace(TOLD, attachments=(replace(TOLD.attachments[0], media_type="text/html"),)), {"a1": PAPER}),
        (replace(TOLD, attachments=TOLD.attachments * 2), {"a1": PAPER}),
        (replace(TOLD, child=facts.Child(name="\x00")), {"a1": PAPER}),
        (replace(TOLD, facts=(facts.Fact("..", "child-born", date(2016, 5, 2)),)), {"a1": PAPER}),
        (replace(TOLD, facts=(facts.Fact("x" * 500, "child-born", date(2016, 5, 2)),)), {"a1": PAPER}),
    ],
)
def test_a_refused_import_writes_nothing(
    db: None, mother: Person, wrong: facts.Case, contents: dict[str, bytes]
) -> None:
    with pytest.raises(Refused) as refused:
        verbs.import_case(mother, wrong, contents)
    assert all(fault.mend for fault in refused.value.faults)
    assert not Case.objects.exists()
