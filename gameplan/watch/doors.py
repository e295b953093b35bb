"""Reading what was worked out: the rows of one side, for the rooms above. Nothing is worked out here.

Whoever reads them for a person says for which cases, schools or districts that person may see them, and which side
that person stands on. The indexes of `Due` and `Looked` begin with `school` or `district` (or `case`) and `side`, and
go on with `next_on`: named in that order, a page of fifty is read from the index, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, QuerySet, Sum

from gameplan.people.doors import within
from gameplan.people.roles import Side
from gameplan.people.stamps import touch
from gameplan.watch.models import AT_ONCE, Due, Looked, Message
from gameplan.watch.refreshing import COUNTED


def dues(side: Side) -> QuerySet[Due]:
    """The open duties as that side sees them, by day."""
    return Due.objects.filter(side=side)


def looks(side: Side) -> QuerySet[Looked]:
    """Each case once, as that side sees it, by its first day, with the numbers of its duties by status."""
    return Looked.objects.filter(side=side)


def counted(found: QuerySet[Looked]) -> Mapping[str, int]:
    """How many duties of each status these cases have together. One query, over the cases and not over the duties."""
    sums = found.order_by().aggregate(**{name: Sum(name, default=0) for name in COUNTED})
    return {name.replace("_", "-"): number for name, number in sums.items()}


def outbox(now: datetime) -> tuple[int, datetime | None]:
    """How many messages are due to be sent, and since when the first of them; for whoever runs the program."""
    due = Message.objects.filter(state=Message.State.QUEUED, try_at__lte=now).order_by()
    found = due.aggregate(number=Count("pk"), first=Min("try_at"))
    return found["number"], found["first"]


@transaction.atomic
def work_out_anew(organisations: Iterable[UUID]) -> int:
    """Mark every case of the schools of these organisations, for what changes them all: a calendar; the number."""
    found = Looked.objects.filter(within("school", organisations))
    touch(found.order_by().values_list("school", flat=True))
    return found.update(changes_on=AT_ONCE)
