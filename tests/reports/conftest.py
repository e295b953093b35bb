"""The cast of the districts, with numbers for its places, pupils beside cases, and what a school tells of a child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gameplan.cases import verbs
from gameplan.cases.models import Case, Entry
from gameplan.cases.people import Person
from gameplan.people.models import Organisation, User
from gameplan.rosters.models import Pupil
from tests.districts.conftest import (
    ana,
    as_person,
    director,
    district,
    elm,
    hire,
    installer,
    join,
    manager,
    monitor,
    mother,
    oak,
    shared,
    texas,
    today,
    window,
)

__all__ = [
    "ana", "as_person", "director", "district", "elm", "hire", "installer", "join", "manager", "monitor", "mother",
    "oak", "shared", "texas", "today", "window",
]  # fmt: skip
COUNT_DAY = date(2026, 10, 1)
Tell = Callable[..., Entry]
Enroll = Callable[..., Pupil]


@pytest.fixture
def numbered(district: Organisation, oak: Organisation, elm: Organisation) -> Organisation:
    """The district, once it and its schools have the numbers of the State."""
    for place, number in ((district, "4800001"), (oak, "480000100101"), (elm, "480000100202")):
        place.nces_id = number
        place.save(update_fields=["nces_id"])
    return district


@pytest.fixture
def tell(director: User) -> Tell:
    """The school writes a fact down."""
    person = as_person(director).acting_as("district-director")

    def tell(case: Case, kind: str, on: date, /, **data: Any) -> Entry:
        case.reader = person
        return verbs.record_fact(case, by=person, kind=kind, on=on, said_by="school", data=data)

    return tell


@pytest.fixture
def served(tell: Tell) -> Callable[..., None]:
    """A child gets an IEP and services, as the timeline tells it."""

    def served(case: Case, category: str = "autism", adopted: date = date(2026, 3, 2)) -> None:
        tell(case, "eligibility-determined", date(2026, 2, 16), date=date(2026, 2, 16), eligible=True,
             categories=(category,))  # fmt: skip
        tell(case, "iep-adopted", adopted, date=adopted, effective=adopted, services_start=adopted,
             progress_schedule="quarterly", has_transition=False, has_majority_statement=False)  # fmt: skip
        tell(case, "consent-given", date(2026, 3, 1), signed=date(2026, 3, 1), received=date(2026, 3, 1),
             **{"for": "initial-services"})  # fmt: skip

    return served


@pytest.fixture
def enroll() -> Enroll:
    """The pupil of a case, as the roster tells it."""

    def enroll(case: Case, **about: Any) -> Pupil:
        assert case.school is not None
        assert case.school.parent is not None
        told = {"grade": "03", "sex": "male", "white": True, "hispanic": False, "english_learner": "no"}
        return Pupil.objects.create(
            place=case.school.parent, school=case.school, source="test", sourced_id=str(case.pk), case=case,
            state_id=f"S-{case.pk.hex[:8]}", **(told | about),
        )  # fmt: skip

    return enroll


def family(user: User) -> Person:
    return Person(str(user.pk), "parent")
