"""Ana's case, held by her mother and by Oak School: the cast with accounts, names and posts."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.cases import verbs
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of_user
from gameplan.core.facts import Child
from gameplan.people.models import Organisation, User
from gameplan.people.verbs import give_post


def account(name: str, email: str = "") -> User:
    return User.objects.create_user(email or f"{name.split()[0].lower()}@example.org", name=name)


@pytest.fixture
def school(db: None) -> Organisation:
    """Oak School, in its district and State."""
    state = Organisation.objects.create(kind="state", name="Texas", state="TX")
    district = Organisation.objects.create(kind="district", name="Sample District", parent=state)
    return Organisation.objects.create(kind="school", name="Oak School", parent=district)


@pytest.fixture
def case(school: Organisation) -> Case:
    """Begun by Rosa, Ana's mother, joined with Oak School; Ms. Hill looks after the plan, Mr. Ortiz teaches."""
    rosa = person_of_user(account("Rosa Lopez")).acting_as("parent")
    case = verbs.start_case(rosa, child=Child(name="Ana", born=date(2016, 5, 2), state="TX"))
    Case.objects.filter(pk=case.pk).update(school=school)
    for name, role in (("Hill", "iep-manager"), ("Ortiz", "general-teacher")):
        user = account(name)
        give_post(user, school, role, since=date(2020, 1, 1))
        case.members.create(person=str(user.pk), role=role)
    return case


def opened_by(name: str, case: Case) -> Case:
    """The case as somebody opens it; their look is written down."""
    return case_for(person_of_user(User.objects.get(name=name)), case.pk)


@pytest.fixture
def family(case: Case) -> Case:
    """The case as Rosa opened it."""
    return opened_by("Rosa Lopez", case)


@pytest.fixture
def school_side(case: Case) -> Case:
    """The case as Ms. Hill opened it."""
    return opened_by("Hill", case)
