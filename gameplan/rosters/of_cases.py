"""The pupils of cases, for who reads many: a room above asks for them by the cases that it may see."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.rosters.models import Pupil
from gameplan.together.renaming import Renamed


def pupils_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, Pupil]:
    """The pupil that somebody linked with each of these cases, by case; who has none is left out. One query."""
    return {one.case_id: one for one in Pupil.objects.filter(case__in=list(case_ids)) if one.case_id}


def carry_pupil(source: Case, into: Case, _names: Renamed, _by: Person) -> None:
    """Where two cases become one, the pupil stays with the child; one that the other case has already goes before."""
    is_there = Pupil.objects.filter(case=into).exists()
    Pupil.objects.filter(case=source).update(case=None if is_there else into)
