"""What every verb of this room shares: the case held, an id that is free, a mark written, faults refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.notices.models import Delivery, Mark
from gameplan.notices.proofs import What
from gameplan.people.refusals import Refused


def held_delivery(delivery: Delivery, case: Case) -> Delivery:
    """The delivery as it is now, held until the end of the transaction; call it after `cases.doors.held`."""
    found = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    found.case = case
    return found


def free_id(taken: models.QuerySet[models.Model], column: str, letter: str) -> str:
    """The next id that no row has, such as "n3"."""
    ids = set(taken.values_list(column, flat=True))
    number = len(ids) + 1
    while f"{letter}{number}" in ids:
        number += 1
    return f"{letter}{number}"


def mark(
    delivery: Delivery,
    what: What,
    on: date,
    *,
    by: Person | None = None,
    lang: str = "",
    sha256: str = "",
    by_link: bool = False,
    reason: str = "",
) -> Mark:
    """Write down what is proved about a delivery. Without `by` the program itself did it."""
    return Mark.objects.create(
        delivery=delivery, what=what, on=on, lang=lang, sha256=sha256, by_link=by_link, reason=reason,
        person=by.id if by else "", role=by.role if by else "",
    )  # fmt: skip


def sender_of(delivery: Delivery) -> Person:
    """Who sent it, in the role of that day: what the program does later is done for them."""
    return Person(delivery.by_person, delivery.by_role)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Refused with the faults, if there are any."""
    found = list(faults)
    if found:
        raise Refused(found)
