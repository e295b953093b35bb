"""Who leads a case from the day it comes in: by address, if that person has an account and works at the school."""

from __future__ import annotations

from gameplan.cases.people import Person, person_of_user
from gameplan.cases.today import today
from gameplan.people.doors import accounts_at, works_at
from gameplan.people.models import Organisation


def manager_of(email: str, school: Organisation) -> Person | None:
    """The person of that address; None without one, and for somebody who has no account or does not work there."""
    user = accounts_at([email]).get(email) if email else None
    return person_of_user(user) if user and works_at(user, school, today()) else None
