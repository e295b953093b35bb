"""The door for the program itself: a case as one side sees it, when nobody looks.

What is worked out beforehand (next dates, reminders) has to be right for each side, also at night. Whoever comes in
here is no person: it may do nothing with the case (no role, so `may` says no to every action), it is shown what its
side is shown and no more, and it writes no look into the record of access, because nobody has seen anything. What it
works out reaches a person only where that person may open the case. No page and no command hands out such a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.people.roles import Side

NOBODY = "machine"


@dataclass(frozen=True, slots=True)
class Machine(Person):
    """The program at work for one side of a case. Its role is in no table: it can be let in nowhere else."""

    works_for: Side = Side.NEITHER

    @property
    def side(self) -> Side:
        """The side whose view this is."""
        return self.works_for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands: its revision, and the child's school and district if a school holds it too."""

    revision: int
    school: UUID | None
    district: UUID | None


def case_for_machine(case_id: UUID, side: Side) -> Case | None:
    """The case as that side sees it, for working out only; None if it is not there (any more). One query."""
    found = Case.objects.select_related("school").filter(pk=case_id).first()
    if found is not None:
        found.reader = Machine(id=NOBODY, role=NOBODY, works_for=side)
    return found


def places_of(case_ids: Iterable[UUID], *, hold: bool = False) -> dict[UUID, Place]:
    """The places of these cases. With `hold` the rows are held until the end of the transaction, as a verb does."""
    found = Case.objects.filter(pk__in=list(case_ids)).order_by("pk")
    if hold:
        found = found.select_for_update(no_key=True, of=("self",))
    return {key: Place(*place) for key, *place in found.values_list(*_PLACE)}


def every_place(at_once: int = 1000) -> Iterator[dict[UUID, Place]]:
    """The places of all cases, so many at once."""
    found = Case.objects.order_by("pk").values_list(*_PLACE)
    block = list(found[:at_once])
    while block:
        yield {key: Place(*place) for key, *place in block}
        block = list(found.filter(pk__gt=block[-1][0])[:at_once])


_PLACE = ("pk", "revision", "school_id", "school__parent_id")
