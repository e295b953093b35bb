"""The cast: Ana's mother, who writes letters, a stranger, and Ana's case in Texas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gameplan.cases.models import Case
from gameplan.cases.people import HOME, Person
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from gameplan.papers import verbs
from gameplan.papers.models import Letter
from tests.papers.request import DAY, TYPED


@pytest.fixture
def mother() -> Person:
    """May do everything with Ana's case."""
    return HOME


@pytest.fixture
def stranger() -> Person:
    """Another family: knows nothing of Ana."""
    return Person(id="another-family", role="parent")


@pytest.fixture
def case(db: None, mother: Person) -> Case:
    """Ana's case, with nothing told yet."""
    child = Child("Ana Lopez", date(2016, 5, 2), "TX", "3", "Oak School", "Sample District")
    return start_case(mother, child=child)


@pytest.fixture
def finish(case: Case, mother: Person) -> Callable[..., Letter]:
    """Finish the request for an evaluation on September 3, 2025."""

    def _finish(**changes: Any) -> Letter:
        told: dict[str, Any] = {"kind": "evaluation-request", "lang": "en", "values": TYPED, "on": DAY}
        return verbs.finish(case, by=mother, **(told | changes))

    return _finish
