"""Ana's mother and father, each at a desk of their own, and the first draft of Ana's IEP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from gameplan.cases import verbs
from gameplan.cases.models import Case, Member
from gameplan.cases.people import HOME, Person
from gameplan.core.facts import Child
from gameplan.planning import writing
from gameplan.planning.models import Written

Type = Callable[..., writing.Outcome]


@pytest.fixture
def mother() -> Person:
    """May do everything with Ana's case."""
    return HOME


@pytest.fixture
def case(db: None, mother: Person) -> Case:
    """Ana's case, with nothing told yet."""
    child = Child(name="Ana", born=date(2016, 5, 2), state="TX", grade="3", school="Oak", district="Sample")
    return verbs.start_case(mother, child=child)


@pytest.fixture
def father(case: Case) -> Person:
    """Another person who writes in the same plan."""
    person = Person(id="father", role="parent")
    Member.objects.create(case=case, person=person.id, role=person.role)
    return person


@pytest.fixture
def plan(case: Case, mother: Person) -> Written:
    """Ana's IEP, with nothing in it yet."""
    return writing.begin(case, by=mother, form_id="iep")


@pytest.fixture
def types(plan: Written, mother: Person) -> Type:
    """Somebody types into one field, and it is saved."""

    def _types(
        path: str,
        *words: str,
        by: Person = mother,
        base: int = 0,
        was: Sequence[str] | None = None,
        desk: str = "",
    ) -> writing.Outcome:
        change = writing.Change(path, words, base, was)
        return writing.save(plan, by=by, desk=desk or by.id, changes=[change])[0]

    return _types
