"""Stamps: whether anything that lists of a place show has changed since somebody last looked.

Whoever changes what a list of many children shows says so with `touch`, in the transaction that changes it. Who has
made a list keeps it under `stamp_of`, which is asked before anything else is read: as long as that number is the same,
so is everything that was touched. Writers only add rows, and none waits for another; the rows of a place are added up,
and now and then put together. A touch of a school touches its district and its State too, so that reading asks for a
few rows, however many schools there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from gameplan.people.models import EVERYWHERE, Organisation, Stamp

FOLDED_EVERY = 256


@transaction.atomic
def touch(places: Iterable[UUID | None] | QuerySet[Any, UUID | None]) -> None:
    """Say that something which lists show has changed in these organisations; None stands for none. Two queries.

    A query set of ids is asked within the first of them. Call it in the transaction of the change.
    """
    here = Q(pk__in=places) if isinstance(places, QuerySet) else Q(pk__in={key for key in places if key})
    chains = Organisation.objects.filter(here).order_by().values_list("pk", "parent_id", "parent__parent_id")
    found = {key for chain in chains for key in chain if key}
    made = Stamp.objects.bulk_create(Stamp(place=key) for key in sorted(found))
    if any(one.pk % FOLDED_EVERY == 0 for one in made):
        fold()


def stamp_of(places: Iterable[UUID]) -> int:
    """How often anything was touched in these organisations, below them, or everywhere: it only grows. One query."""
    found = Stamp.objects.filter(place__in={EVERYWHERE, *places})
    return int(found.aggregate(all=Sum("number", default=0))["all"])


@transaction.atomic
def fold() -> None:
    """Put the rows of each place into one. What another transaction has in hand is left to a later time."""
    many = Stamp.objects.values("place").annotate(rows=Count("pk")).filter(rows__gt=1).values("place")
    held = Stamp.objects.select_for_update(skip_locked=True).filter(
        place__in=list(many.values_list("place", flat=True))
    )
    sums: Counter[UUID] = Counter()
    old = []
    for key, place, number in held.values_list("pk", "place", "number"):
        old.append(key)
        sums[place] += number
    Stamp.objects.filter(pk__in=old).delete()
    Stamp.objects.bulk_create(Stamp(place=place, number=number) for place, number in sums.items())
