"""The cast: Ana's mother, a helper whom she asked to look, and a stranger; and Ana's case in Texas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gameplan.cases import verbs
from gameplan.cases.models import Case, Entry, Member
from gameplan.cases.people import HOME, Person
from gameplan.core.facts import Child

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"


@pytest.fixture
def mother() -> Person:
    """May do everything with Ana's case."""
    return HOME


@pytest.fixture
def helper(case: Case) -> Person:
    """May look at Ana's case and change nothing."""
    person = Person(id="helper", role="helper")
    Member.objects.create(case=case, person=person.id, role=person.role)
    return person


@pytest.fixture
def stranger() -> Person:
    """Another family: knows nothing of Ana."""
    return Person(id="another-family", role="parent")


@pytest.fixture
def case(db: None, mother: Person) -> Case:
    """Ana's case, with nothing told yet."""
    child = Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3", school="Oak", district="Sample")
    return verbs.start_case(mother, child=child)


@pytest.fixture
def ask(case: Case, mother: Person) -> Callable[..., Entry]:
    """Record that Ana's mother asked for an evaluation on September 3, 2025."""

    def _ask(**changes: Any) -> Entry:
        told: dict[str, Any] = {
            "kind": "evaluation-requested",
            "on": date(2025, 9, 3),
            "data": {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "written": True},
        }
        return verbs.record_fact(case, by=mother, **(told | changes))

    return _ask


@pytest.fixture
def letter(case: Case, mother: Person) -> str:
    """The id of a paper kept with Ana's case."""
    return verbs.attach(case, by=mother, name="letter.pdf", content=PDF).attachment_id
