"""Which cases have to be worked out again.

A case is marked by `Looked.changes_on`: a day that has come, or AT_ONCE where somebody has just changed the case. So
the worker asks one index what is to do, and a case in which nothing changes is not worked out again, for weeks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from gameplan.audit.fingerprint import fingerprint
from gameplan.cases.machine import Place, every_place, schools_of
from gameplan.people.roles import Side
from gameplan.people.stamps import touch
from gameplan.watch.models import AT_ONCE, SIDES, Looked


def stale(on: date, most: int) -> list[UUID]:
    """Up to so many cases that have to be worked out again for that day, the changed ones first. One query."""
    found = Looked.objects.filter(changes_on__lte=on).order_by("changes_on", "case_id")
    return list(dict.fromkeys(found.values_list("case_id", flat=True)[: most * len(SIDES)]))[:most]


@transaction.atomic
def mark(case_id: UUID) -> None:
    """Say that a case has changed: it is worked out again at the next turn, and lists of its school are made anew."""
    touch_lists_of(case_id)
    if not Looked.objects.filter(case=case_id).update(changes_on=AT_ONCE):
        Looked.objects.bulk_create([_first(case_id)], ignore_conflicts=True)


def _first(case_id: UUID) -> Looked:
    """The row of a case that was never worked out."""
    return Looked(case_id=case_id, side=Side.FAMILY, revision=0, as_of=AT_ONCE, changes_on=AT_ONCE)


@transaction.atomic
def mark_many(case_ids: Collection[UUID]) -> None:
    """Mark many cases as `mark` does one. A few queries."""
    keys = list(case_ids)
    looks = Looked.objects.filter(case__in=keys)
    touch(looks.filter(school__isnull=False).order_by().values_list("school", flat=True).union(schools_of(keys)))
    known = set(looks.values_list("case_id", flat=True))
    looks.update(changes_on=AT_ONCE)
    new = [_first(key) for key in keys if key not in known]
    Looked.objects.bulk_create(new, ignore_conflicts=True)


def touch_lists_of(case_id: UUID) -> None:
    """Touch the school that holds a case, and the one in whose lists it still stands. Two queries."""
    listed = Looked.objects.filter(case=case_id, school__isnull=False).order_by().values_list("school", flat=True)
    touch(listed.union(schools_of([case_id])))


def is_marked(case_id: UUID) -> bool:
    """True if the case waits to be worked out. One query."""
    return Looked.objects.filter(case=case_id, changes_on=AT_ONCE).exists()


def mark_what_nobody_marked(on: date) -> int:
    """Look through all cases for what no mark tells, and mark it; the number of rows and cases found.

    That is: a case never worked out or changed without a mark, another law or program, a school that lies in another
    district now, a clock that was set back. For the start of a worker and once in a while, not for each turn.
    """
    of_others = ~Q(law=fingerprint()) | Q(as_of__gt=on) | ~Q(revision=F("case__revision"))
    keys = list(Looked.objects.filter(of_others, changes_on__gt=on).values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        _mark_rows(keys[start : start + 500])
    number = len(keys)
    for places in every_place():
        for key in _misplaced(places):
            mark(key)
            number += 1
    return number


@transaction.atomic
def _mark_rows(keys: Sequence[int]) -> None:
    found = Looked.objects.filter(pk__in=keys)
    touch(found.order_by().values_list("school", flat=True))
    found.update(changes_on=AT_ONCE)


def sides_of(place: Place) -> tuple[Side, ...]:
    """The sides that hold a case: the family, and the school where one has joined."""
    return SIDES if place.school else (Side.FAMILY,)


def _misplaced(places: Mapping[UUID, Place]) -> Iterator[UUID]:
    """The cases without a row for each side that says where the case stands now, and not marked yet."""
    columns = ("case_id", "side", "school_id", "district_id", "changes_on")
    found = defaultdict(set)
    for key, side, school, district, changes_on in Looked.objects.filter(case__in=list(places)).values_list(*columns):
        found[key].add("marked" if changes_on == AT_ONCE else (side, school, district))
    for key, place in places.items():
        wanted = {(str(side), place.school, place.district) for side in sides_of(place)}
        if "marked" not in found[key] and found[key] != wanted:
            yield key
