"""The pupils of cases, for who reads many: a room above asks for them by the cases that it may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.rosters.models import Pupil
from gameplan.together.renaming import Renamed


def pupils_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, Pupil]:
    """The pupil that somebody linked with each of these cases, by case; who has none is left out. One query."""
    return {one.case_id: one for one in Pupil.objects.filter(case__in=list(case_ids)) if one.case_id}


def carry_pupil(source: Case, into: Case, _names: Renamed, _by: Person) -> None:
    """Where two cases become one, the pupil stays with the child; one that the other case has already goes before."""
    is_there = Pupil.objects.filter(case=into).exists()
    Pupil.objects.filter(case=source).update(case=None if is_there else into)


def pupils_alike(
    place: Organisation, *, ids: Collection[str], numbers: Collection[str], names: Collection[str]
) -> list[Pupil]:
    """The pupils of a roster with one of these ids, numbers of the State, or names (`names.folded`). One query.

    Which of them a child is, whoever asks has to say.
    """
    alike = Q(sourced_id__in=set(ids) - {""}) | Q(state_id__in=set(numbers) - {""}) | Q(sought__in=set(names) - {""})
    return list(Pupil.objects.filter(alike, place=place, active=True).order_by("sought", "pk"))


def link_brought(pupil_id: UUID, case: Case, *, by: Person) -> None:
    """Say that a case that was brought in is this pupil's. Call it in the transaction that brings the case in.

    Raises Refused if the pupil has a case already.
    """
    if not Pupil.objects.filter(pk=pupil_id, case__isnull=True).update(case=case):
        what = _("A student of this file has got a case since it was read.")
        raise Refused([Fault("pupil", what, _("Choose the file again, and look at what it brings now."))])
    note_access(case.pk, by, "link-pupil", about=f"pupil:{pupil_id}")
