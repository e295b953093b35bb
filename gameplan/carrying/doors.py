"""The way to bringing cases in: for those who keep the roster of a place. Names see those who answer for children."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from gameplan.carrying.models import Batch, Line
from gameplan.cases.bringing import was_among_the_first
from gameplan.cases.joining import role_there
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.whole import INSTALLER
from gameplan.people.models import Organisation
from gameplan.rosters.doors import MACHINE, keeper_for, keeper_on_machine


@dataclass(frozen=True)
class Carrier:
    """Who brings cases into a place. `person` acts in the role in which they do; `by`: their account, or MACHINE.

    `sees_children`: whether they may see names.
    """

    place: Organisation
    person: Person
    by: str
    sees_children: bool


def carrier_for(person: Person, place_id: UUID) -> Carrier:
    """Who asks, as somebody who brings cases into that place.

    Raises Http404 for a stranger and a place without a roster of its own, PermissionDenied for who does not run it.
    """
    keeper = keeper_for(person, place_id)
    role = role_there(person, keeper.place) or INSTALLER.role
    return Carrier(keeper.place, person.acting_as(role), keeper.by, keeper.sees_children)


def carrier_on_machine(place: Organisation) -> Carrier:
    """Whoever works on the machine itself: no name of a child is shown. Raises Http404 for a place without a roster."""
    keeper = keeper_on_machine(place)
    return Carrier(keeper.place, INSTALLER, MACHINE, sees_children=False)


def batches_of(carrier: Carrier) -> QuerySet[Batch]:
    """What was ever brought in, or tried to, the newest first."""
    return Batch.objects.filter(place=carrier.place).select_related("school")


def batch_of(carrier: Carrier, number: int) -> Batch:
    """One batch. Raises Http404 if this place has none of that number."""
    return _found(Batch.objects.filter(place=carrier.place, pk=number))


def batch_on_machine(number: int) -> Batch:
    """Any batch, for who works on the machine itself. Raises Http404 if there is none of that number."""
    return _found(Batch.objects.filter(pk=number))


def lines_of(batch: Batch, kind: str, *, after: int = 0) -> QuerySet[Line]:
    """The cases of a batch of that kind, in the order of the file, from after one on."""
    found = Line.objects.filter(batch=batch, kind=kind, pk__gt=after).select_related("school")
    return found.order_by("id")


def came_with(case: Case, fact_id: str) -> Batch | None:
    """The batch that a fact of an opened case came with, or None for one that was written down here."""
    brought = Line.objects.filter(case_id=case.pk, batch__state=Batch.State.TAKEN, trail_number__isnull=False)
    line = brought.select_related("batch").first()
    return line.batch if line and was_among_the_first(case, fact_id, line.facts) else None


def _found(batches: QuerySet[Batch]) -> Batch:
    found = batches.select_related("place", "school__parent").first()
    if found is None:
        raise Http404("There is no such batch.")
    return found
