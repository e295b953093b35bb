"""Telling webhooks: what the worker does with events, at least once each, for up to a day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Count, F, Min
from django.http import Http404

from gameplan.api.events import DATES, fact_kind_seen, is_told, payload
from gameplan.api.hooks import EVENT, SIGNATURE, signature
from gameplan.api.models import Delivery, Event, Hook
from gameplan.api.outward import NotTaken, send
from gameplan.api.scopes import WEBHOOKS
from gameplan.api.tokens import needs_second_step, person_of_token
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case

TOGETHER: Final = 50
LEASE: Final = timedelta(minutes=2)
FAILURES_TO_PAUSE: Final = 10
WAITS: Final = tuple(timedelta(minutes=number) for number in (1, 5, 15, 60, 180, 360, 720))
"""How long to wait after each try; together almost a day."""
LONGEST: Final = timedelta(hours=24)
LOG_KEPT: Final = timedelta(days=30)
Send = Callable[[str, bytes, Mapping[str, str]], int]


@transaction.atomic
def spread(now: datetime) -> int:
    """Put events on their way to each webhook whose person may know of them; the number of events."""
    waiting = Event.objects.select_for_update(skip_locked=True).filter(spread_at__isnull=True)
    events = list(waiting.order_by("made_at", "id")[:TOGETHER])
    hooks = list(_listening(now)) if events else []
    for event in events:
        told = [hook for hook in hooks if _may_know(hook, event)]
        Delivery.objects.bulk_create(
            [Delivery(hook=hook, event=event, next_at=now) for hook in told], ignore_conflicts=True
        )
        event.spread_at = now
        event.save(update_fields=["spread_at", "fact_kind"])
    return len(events)


def _listening(now: datetime) -> Iterable[Hook]:
    going = Hook.objects.filter(token__revoked_at__isnull=True, token__expires_at__gt=now)
    return going.select_related("token__user").order_by("made_at")


def _may_know(hook: Hook, event: Event) -> bool:
    """True if the person of the webhook's token may know of the event now. An event of a fact learns its kind here."""
    if event.made_at < hook.made_at:
        return False
    case = _case(hook, event)
    if case is None or not is_told(case, event):
        return False
    if event.kind != DATES:
        event.fact_kind = fact_kind_seen(case, event) or ""
    return True


def _case(hook: Hook, event: Event) -> Case | None:
    """The case through its door, for the person of the token; it is a look, and stands in the record of access."""
    token = hook.token
    person = person_of_token(token) if token.works and WEBHOOKS in token.scopes else None
    if person is None or token.case_id not in (None, event.case_id):
        return None
    if needs_second_step(person) and not token.second_step:
        return None
    try:
        return case_for(person, event.case_id)
    except Http404:
        return None


def waiting(now: datetime) -> tuple[int, datetime | None]:
    """How many deliveries are due, and since when the first of them; for whoever runs the program."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=now, hook__paused_at__isnull=True)
    found = due.order_by().aggregate(number=Count("pk"), first=Min("next_at"))
    return found["number"], found["first"]


def deliver_next(now: datetime, post: Send = send) -> bool:
    """Try one delivery that is due; False if there is none.

    Whoever takes it puts it off by the lease, so that no other worker does the same, and one that dies loses nothing.
    """
    due = Delivery.objects.filter(state=Delivery.State.WAITING, next_at__lte=now, hook__paused_at__isnull=True)
    for found in due.select_related("hook__token__user", "event").order_by("next_at")[:TOGETHER]:
        mine = Delivery.objects.filter(pk=found.pk, state=Delivery.State.WAITING, next_at=found.next_at)
        if mine.update(next_at=now + LEASE):
            _deliver(found, now, post)
            return True
    return False


def _deliver(one: Delivery, now: datetime, post: Send) -> None:
    too_old = now - one.event.made_at > LONGEST
    if too_old or not _may_know(one.hook, one.event):
        _end(one, Delivery.State.GIVEN_UP, now, trouble="too-late" if too_old else "may-not-know")
        return
    body = json.dumps(payload(one.event), cls=DjangoJSONEncoder, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json", "User-Agent": "gameplan", EVENT: str(one.event_id),
        SIGNATURE: signature(one.hook, body, now),
    }  # fmt: skip
    try:
        answer, trouble = post(one.hook.url, body, headers), ""
    except NotTaken as error:
        answer, trouble = 0, error.why
    one.tries, one.answer = one.tries + 1, answer
    if 200 <= answer < 300:
        Hook.objects.filter(pk=one.hook_id).update(failures=0)
        _end(one, Delivery.State.SENT, now)
        return
    _failed(one, now, trouble or "refused")


def _failed(one: Delivery, now: datetime, trouble: str) -> None:
    """Try it again later, or give it up; ten failures in a row pause the webhook."""
    Hook.objects.filter(pk=one.hook_id).update(failures=F("failures") + 1)
    failing = Hook.objects.filter(pk=one.hook_id, paused_at__isnull=True, failures__gte=FAILURES_TO_PAUSE)
    failing.update(paused_at=now)
    if one.tries > len(WAITS):
        _end(one, Delivery.State.GIVEN_UP, now, trouble=trouble)
        return
    one.next_at = now + WAITS[one.tries - 1]
    _end(one, Delivery.State.WAITING, now, trouble=trouble)


def _end(one: Delivery, state: str, now: datetime, *, trouble: str = "") -> None:
    one.state, one.tried_at, one.trouble = Delivery.State(state), now, trouble
    one.save(update_fields=["state", "tried_at", "trouble", "tries", "answer", "next_at"])


def forget_old_events(now: datetime) -> None:
    """Forget events, and what became of them, after a month."""
    Event.objects.filter(made_at__lt=now - LOG_KEPT).delete()
