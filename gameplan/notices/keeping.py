"""What every verb of this room shares: a delivery held, an id that is free, a mark written, faults refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import models

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import row_digest
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.notices.models import Delivery, Mark
from gameplan.notices.named import about_mark
from gameplan.notices.proofs import What
from gameplan.people.refusals import Refused

ACTIONS: Final = {
    What.QUEUED: "queue-paper", What.TRIED: "try-paper", What.SENT: "paper-sent", What.FAILED: "paper-failed",
    What.OPENED: "open-notice", What.DOWNLOADED: "save-notice", What.CONFIRMED: "confirm-notice",
    What.ARRIVED: "paper-arrived", What.CLOSED: "close-link",
}  # fmt: skip
"""How the trail calls what is proved of a delivery."""


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
    """Write down what is proved about a delivery, in the trail too. Without `by` the program did it for the sender."""
    made = Mark.objects.create(
        delivery=delivery, what=what, on=on, lang=lang, sha256=sha256, by_link=by_link, reason=reason,
        person=by.id if by else "", role=by.role if by else "",
    )  # fmt: skip
    who, action = by or sender_of(delivery), ACTIONS[what]
    note_access(delivery.case_id, who, action, about=about_mark(made), digest=row_digest(made))
    return made


def sender_of(delivery: Delivery) -> Person:
    """Who sent it, in the role of that day: what the program does later is done for them."""
    return Person(delivery.by_person, delivery.by_role)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Refused with the faults, if there are any."""
    found = list(faults)
    if found:
        raise Refused(found)
