"""What the verbs of this room share: the case held, ids, moments, and faults that stop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from gameplan.cases.doors import held, may_now
from gameplan.cases.models import Case
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action


def held_for(case: Case, action: Action) -> Case:
    """The case, held, if its reader may do that. Raises PermissionDenied and Http404."""
    found = held(case)
    if not may_now(found, action):
        raise PermissionDenied(f"This person may not {action} in this case.")
    return found


def free_id(taken: QuerySet[Any], column: str, letter: str) -> str:
    """The next id that no row has: a letter and a number."""
    ids = set(taken.values_list(column, flat=True))
    number = len(ids) + 1
    while f"{letter}{number}" in ids:
        number += 1
    return f"{letter}{number}"


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Refused with the faults, if there are any."""
    found = list(faults)
    if found:
        raise Refused(found)


def moment() -> datetime:
    """Now, to the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def told(at: datetime) -> str:
    """A moment as the rows have it: 2025-09-03T20:15:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
