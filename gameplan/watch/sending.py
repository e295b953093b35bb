"""Sending what lies in the outbox, one e-mail at a time, by any number of workers.

A worker claims a few messages for LEASE in one short transaction: PostgreSQL passes over rows that another transaction
holds (SKIP LOCKED); on SQLite one writer at a time claims, so two never take the same. Each is then handed to the mail
server outside of any transaction, and what came of it is written down at once.

**At least once.** Where a process dies between the server's yes and our writing it down, the claim runs out and the
message goes out a second time, with the same Message-ID, which mail programs show once. At most one message a process
can be in that state. In every other case, a process killed included, each message goes out exactly once. We chose this
over "at most once", in which the same death would lose a reminder, and nobody would know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gameplan.people.doors import accounts_of
from gameplan.watch.models import Message, Wish
from gameplan.watch.post import NotTaken

LEASE = timedelta(minutes=10)
MARGIN = timedelta(minutes=2)
"""No message is begun so near the end of its claim: handing it over takes less than this (`post.SECONDS_TO_WAIT`)."""
TOGETHER = 20
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
MOST_TRIES = 12

WORDLESS = {"text": "", "html": ""}
"""A mail that is out, or never will be, leaves its words nowhere here: they name children and their days."""
CASE_IN_LINK = re.compile(r"/case/([0-9a-f-]{36})")
Send = Callable[[Message], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Sent:
    """How many messages were taken in hand and how many of them the server took; `is_down`: it cannot be reached."""

    taken: int
    sent: int
    is_down: bool = False


def send_some(send: Send, clock: Clock, *, most: int = TOGETHER, lease: timedelta = LEASE) -> Sent:
    """Claim up to so many messages that are due, and hand each to `send`; 0 taken if none is due.

    `send` returns once the server took the message, and raises NotTaken where it did not. Call it outside of a
    transaction, until nothing is taken. A server that is down ends the turn: what is left waits.
    """
    claim, until = uuid4(), clock() + lease
    messages = _claim(claim, clock(), until, most)
    sent = 0
    for index, message in enumerate(messages):
        if clock() > until - min(MARGIN, lease / 2):
            _let_go(messages[index:], claim)
            break
        try:
            send(message)
        except NotTaken as error:
            _not_taken(message, claim, clock(), error)
            if error.is_down:
                _let_go(messages[index + 1 :], claim)
                return Sent(len(messages), sent, is_down=True)
        else:
            sent += _took(message, claim, clock())
    return Sent(len(messages), sent)


@transaction.atomic
def _claim(claim: UUID, now: datetime, until: datetime, most: int) -> list[Message]:
    """Messages that are due and in nobody's hand, now in this one's; those that are not wanted any more are dropped."""
    found = list(_due(now).select_for_update(skip_locked=True)[:most])
    unwanted = _unwanted(found)
    _update(unwanted, state=Message.State.DROPPED, **WORDLESS)
    given_up = [message for message in found if message not in unwanted and message.tries >= MOST_TRIES]
    _update(given_up, state=Message.State.FAILED, **WORDLESS)
    wanted = [message for message in found if message not in (*unwanted, *given_up)]
    _update(wanted, claim=claim, claimed_until=until, tries=F("tries") + 1)
    for message in wanted:
        message.tries += 1
    return wanted


def _due(now: datetime) -> QuerySet[Message]:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Message.objects.filter(free, state="queued", try_at__lte=now).order_by("try_at", "id")


def _unwanted(messages: list[Message]) -> list[Message]:
    """Those of people who stopped their mails or have no account any more, since the message was made."""
    users = {message.user_id for message in messages}
    off = set(Wish.objects.filter(user__in=users, how=Wish.How.OFF).values_list("user_id", flat=True))
    there = accounts_of(users - off)
    return [message for message in messages if message.user_id not in there]


def _update(messages: list[Message], **changes: object) -> None:
    if messages:
        Message.objects.filter(pk__in=[message.pk for message in messages]).update(**changes)


def _took(message: Message, claim: UUID, now: datetime) -> int:
    """The server took it. Also where the claim has run out meanwhile: it is out."""
    return Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
        state=Message.State.SENT, sent_at=now, claim=None, claimed_until=None, reason="", **WORDLESS
    )


def _not_taken(message: Message, claim: UUID, now: datetime, error: NotTaken) -> None:
    """Wait and try again, longer each time, or give up."""
    again = error.again and message.tries < MOST_TRIES
    wait = min(FIRST_WAIT * 2 ** (message.tries - 1), LONGEST_WAIT)
    state = Message.State.QUEUED if again else Message.State.FAILED
    Message.objects.filter(pk=message.pk, claim=claim).update(
        state=state,
        reason=error.reason,
        try_at=now + wait,
        claim=None,
        claimed_until=None,
        **({} if again else WORDLESS),
    )


def forget_mails(case_id: UUID) -> None:
    """Take back what waits and speaks of a case that goes, and of no other.

    A mail that tells of other children, too, goes out, so that none of their days is missed; then its words go.
    """
    waiting = Message.objects.filter(state=Message.State.QUEUED).only("id", "text").iterator()
    about = [message for message in waiting if set(CASE_IN_LINK.findall(message.text)) == {str(case_id)}]
    _update(about, state=Message.State.DROPPED, claim=None, claimed_until=None, **WORDLESS)


def _let_go(messages: list[Message], claim: UUID) -> None:
    """Give back what was claimed and not begun."""
    keys = [message.pk for message in messages]
    Message.objects.filter(pk__in=keys, claim=claim).update(claim=None, claimed_until=None, tries=F("tries") - 1)
