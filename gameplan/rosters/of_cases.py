"""The pupils of cases, for who reads many: a room above asks for them by the cases that it may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gameplan.rosters.models import Pupil


def pupils_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, Pupil]:
    """The pupil that somebody linked with each of these cases, by case; who has none is left out. One query."""
    return {one.case_id: one for one in Pupil.objects.filter(case__in=list(case_ids)) if one.case_id}
