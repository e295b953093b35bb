"""Taking a count: a place's children on a day are read once and kept, some at a time.

A small place is counted while somebody waits. A large one is left to the worker (`count_some`), which goes on where it
stopped, also after it was killed: a block of children and how far it goes are kept together or not at all.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from gameplan.cases.machine import keys_within
from gameplan.cases.people import Person
from gameplan.cases.trail import note_many
from gameplan.core.faults import Fault
from gameplan.districts.doors import Place
from gameplan.people.doors import organisations_below
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.reports.doors import asked_of, counts_of, role_here
from gameplan.reports.keeping_counts import keep_children
from gameplan.reports.models import Count
from gameplan.reports.reading import counted_cases, with_districts
from gameplan.reports.words import NOT_YET, NOT_YET_MEND
from gameplan.watch.turns import Worker

AT_ONCE = 500
WHILE_SOMEBODY_WAITS = 2
"""So many blocks are read at once; what is left waits for the worker."""


def take_count(here: Place, on: date, today: date) -> Count:
    """A new count of the place for a day: done, or as far as it went while somebody waited.

    Raises Refused for a day that has not come: nobody knows who will have a plan then.
    """
    if on > today:
        raise Refused([Fault("on", str(NOT_YET), str(NOT_YET_MEND))])
    made = Count.objects.create(
        place=here.organisation, on=on, until=today, made_by=here.person.id, made_as=role_here(here, Action.READ)
    )
    for _block in range(WHILE_SOMEBODY_WAITS):
        if not count_on(made.pk):
            break
    made.refresh_from_db()
    return made


@transaction.atomic
def count_on(count_id: UUID) -> bool:
    """Read the next children of a count; True if there may be more. Several at once wait for each other."""
    count = Count.objects.select_for_update().filter(pk=count_id, state=Count.State.WAITING).first()
    if count is None:
        return False
    below = organisations_below([count.place_id])
    keys = next(keys_within(below, AT_ONCE, after=count.read_to), [])
    kept = keep_children(count, counted_cases(keys, with_districts(below), asked_of(count)))
    note_many(keys, Person(count.made_by, count.made_as), "export-for-audit")
    count.children += kept
    count.read_to = keys[-1] if keys else count.read_to
    is_over = len(keys) < AT_ONCE
    count.state = Count.State.DONE if is_over else Count.State.WAITING
    count.save(update_fields=["children", "read_to", "state"])
    return not is_over


def count_some() -> int:
    """Read some children of the count that waits longest; how many were read."""
    waiting = Count.objects.filter(state=Count.State.WAITING).order_by("made_at").first()
    if waiting is None:
        return 0
    before = waiting.children
    count_on(waiting.pk)
    waiting.refresh_from_db()
    return waiting.children - before


def count_children(worker: Worker) -> bool:
    """The worker's turn: some children of a large place are counted; True while a count waits."""
    worker.count("children counted", count_some())
    return Count.objects.filter(state=Count.State.WAITING).exists()


def drop_count(here: Place, count_id: UUID) -> None:
    """Forget a count of the place with all its children; the cases stay."""
    counts_of(here).filter(pk=count_id).delete()
