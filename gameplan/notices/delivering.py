"""E-mails with private links, one at a time: none is lost while the mail server is down, and no two workers send one.

For whoever runs the jobs (the layer above):

    deliver_next(now, send, link=link) -> Delivery | None     take one waiting e-mail, send it, write down what came
                                                              of it; None: nothing is due at `now`
    next_at() -> datetime | None                              when the next one is due: the stored next date
    returned(message_id, reason, now)                         a message came back

- `now` is an aware datetime. `send(mail: Mail) -> None` hands one e-mail to the mail server and returns once the server
  took it. It raises `NotSent(reason, again=True)` where a later try may work (server down, "try later") and
  `again=False` where none will (no such address). `link(token) -> str` gives the whole address of the page
  `/paper/<token>/`. `Mail` is in `notices.mails`.
- Call it again until it gives None. Any number of workers may do so at once, in one process or many: a row is claimed
  for `LEASE` before it is sent (PostgreSQL passes over rows that others hold; SQLite lets only the first change win).
  Call it outside a transaction.
- Guarantee: **at least once**. Where a worker dies after the server took the mail and before that was written down, the
  claim runs out and the mail goes out a second time, with the same Message-ID, which mail programs show once. We chose
  this because a notice that never comes takes a right away, and a second copy of one does not: both lead to the same
  delivery, which is proved once. In every other case a mail is sent once.
- After `NotSent(again=True)` it waits 5 minutes, 10, 20 ... up to 6 hours; after `MOST_TRIES` it fails for good. A
  failed delivery says why, and a person sends it again with `sending.send_again`.
- The row itself is the outbox: `sending.send(way="email")` writes it in the transaction of the notice, state "queued".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gameplan.cases.doors import held
from gameplan.cases.models import Case
from gameplan.notices.keeping import held_delivery, mark, sender_of
from gameplan.notices.links import LASTS, new_link
from gameplan.notices.mails import Mail, mail_of
from gameplan.notices.models import Delivery
from gameplan.notices.proofs import State, What
from gameplan.notices.telling import tell

LEASE: Final = timedelta(minutes=10)
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=6)
MOST_TRIES: Final = 12
GAVE_UP: Final = "gave up"


class NotSent(Exception):
    """Raised by `send` when the mail server did not take a mail. `again`: a later try may work."""

    def __init__(self, reason: str, *, again: bool) -> None:
        self.reason = reason
        self.again = again
        super().__init__(reason)


Send = Callable[[Mail], None]
MakeLink = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Claimed:
    delivery: Delivery
    claim: UUID


def deliver_next(now: datetime, send: Send, *, link: MakeLink) -> Delivery | None:
    """Send one waiting e-mail and write down what came of it; None if nothing is due. See the top of this file."""
    claimed = _claim(now)
    if claimed is None:
        return None
    delivery = claimed.delivery
    if delivery.tries > MOST_TRIES:
        return _not_sent(claimed, now, NotSent(delivery.reason or GAVE_UP, again=False))
    until = timezone.localdate(now + LASTS) - timedelta(days=1)
    mail = mail_of(delivery, link(new_link(delivery, now)), until)
    try:
        send(mail)
    except NotSent as error:
        return _not_sent(claimed, now, error)
    return _sent(claimed, now)


def next_at() -> datetime | None:
    """When the next waiting e-mail is due, or None if none waits."""
    waiting = Delivery.objects.filter(state=State.QUEUED).order_by("try_at")
    return waiting.values_list("try_at", flat=True).first()


@transaction.atomic
def returned(message_id: str, reason: str, now: datetime) -> Delivery | None:
    """A message came back after the server took it: the delivery failed. None if no delivery has that message.

    Where the case went into another one, the delivery is looked for there.
    """
    open_now = Delivery.objects.select_related("case").filter(case__merged_into__isnull=True)
    found = open_now.filter(message_id=message_id).exclude(message_id="").first()
    if found is None:
        return None
    delivery = held_delivery(found, _case_of(found))
    if delivery.state == State.SENT:
        _fail(delivery, now, reason)
    return delivery


def _claim(now: datetime) -> _Claimed | None:
    """One waiting delivery, taken for this worker alone until its lease ends."""
    while True:
        with transaction.atomic():
            row = _may_lock(_due(now)).first()
            if row is None:
                return None
            claim = uuid4()
            taken = _due(now).filter(pk=row.pk).update(claim=claim, claimed_until=now + LEASE, tries=F("tries") + 1)
        if taken:
            return _Claimed(Delivery.objects.select_related("case").get(pk=row.pk), claim)


def _due(now: datetime) -> QuerySet[Delivery]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Delivery.objects.filter(free, state=State.QUEUED, try_at__lte=now).order_by("try_at", "id")


def _may_lock(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else rows


def _case_of(delivery: Delivery) -> Case:
    return held(delivery.case, by=sender_of(delivery))


@transaction.atomic
def _sent(claimed: _Claimed, now: datetime) -> Delivery:
    """The server took it. Whoever else sent it too finds that written down already."""
    delivery = held_delivery(claimed.delivery, _case_of(claimed.delivery))
    if delivery.state == State.SENT:
        return delivery
    delivery.state, delivery.reason, delivery.claim, delivery.claimed_until = State.SENT, "", None, None
    delivery.on = timezone.localdate(now)
    mark(delivery, What.SENT, delivery.on)
    tell(delivery)
    delivery.save()
    return delivery


@transaction.atomic
def _not_sent(claimed: _Claimed, now: datetime, error: NotSent) -> Delivery:
    delivery = held_delivery(claimed.delivery, _case_of(claimed.delivery))
    if delivery.claim != claimed.claim or delivery.state != State.QUEUED:
        return delivery
    delivery.claim = delivery.claimed_until = None
    if error.again and delivery.tries < MOST_TRIES:
        delivery.try_at = now + min(FIRST_WAIT * 2 ** (delivery.tries - 1), LONGEST_WAIT)
        delivery.reason = error.reason
        mark(delivery, What.TRIED, timezone.localdate(now), reason=error.reason)
        delivery.save()
        return delivery
    _fail(delivery, now, error.reason)
    return delivery


def _fail(delivery: Delivery, now: datetime, reason: str) -> None:
    delivery.state, delivery.reason = State.FAILED, reason
    mark(delivery, What.FAILED, timezone.localdate(now), reason=reason)
    delivery.save()
