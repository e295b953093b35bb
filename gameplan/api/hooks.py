"""Webhooks: an address of a program that is told of changes, and the secret by which it knows us."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gameplan.api.models import Delivery, Hook, Token
from gameplan.api.outward import target_of
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

MOST: Final = 10
OLD_SECRET_HOLDS: Final = timedelta(hours=24)
SALT: Final = "gameplan.api.hooks"
SHOWN_AS: Final = "gameplan_hook_"
SIGNATURE, EVENT = "Gameplan-Signature", "Gameplan-Event"


@transaction.atomic
def add_hook(token: Token, url: str) -> tuple[Hook, str]:
    """A new webhook of a token, and its secret, which is shown this once. Raises Refused."""
    target_of(url)
    if hooks_of(token).count() >= MOST:
        raise Refused([Fault("url", _("This token has too many webhooks."), _("Take one away first."))])
    made = Hook.objects.create(token=token, url=url)
    return made, secret_of(made, made.secret_number)


def hooks_of(token: Token) -> QuerySet[Hook]:
    """The webhooks of a token, oldest first."""
    return Hook.objects.filter(token=token)


def hook_of(token: Token, hook_id: UUID) -> Hook:
    """One webhook of a token. Raises Http404."""
    return _found(hooks_of(token), hook_id)


def hooks_of_person(person: Person) -> QuerySet[Hook]:
    """The webhooks of all tokens of a person that still work, oldest first."""
    now = timezone.now()
    mine = Hook.objects.filter(token__person=person.id, token__revoked_at__isnull=True, token__expires_at__gt=now)
    return mine.select_related("token")


def own_hook(person: Person, hook_id: UUID) -> Hook:
    """One webhook of any token of this person. Raises Http404."""
    return _found(hooks_of_person(person), hook_id)


def _found(hooks: QuerySet[Hook], hook_id: UUID) -> Hook:
    found = hooks.filter(pk=hook_id).first()
    if found is None:
        raise Http404("There is no such webhook.")
    return found


def new_secret(hook: Hook) -> str:
    """The next secret of a webhook, shown this once. The one before signs beside it for a day."""
    hook.secret_number += 1
    hook.old_secret_until = timezone.now() + OLD_SECRET_HOLDS
    hook.save(update_fields=["secret_number", "old_secret_until"])
    return secret_of(hook, hook.secret_number)


def resume(hook: Hook) -> Hook:
    """The webhook, told again from now on; what waits for less than a day is sent."""
    hook.paused_at, hook.failures = None, 0
    hook.save(update_fields=["paused_at", "failures"])
    return hook


def remove(hook: Hook) -> None:
    """Nothing is sent there any more, and its log goes."""
    hook.delete()


def deliveries_of(hook: Hook) -> QuerySet[Delivery]:
    """What was sent to a webhook, or waits, the newest first."""
    return Delivery.objects.filter(hook=hook).select_related("event").order_by("-id")


def secret_of(hook: Hook, number: int) -> str:
    """The secret of that number: worked out from the installation's key, so that no copy of the database holds it."""
    made = salted_hmac(SALT, f"{hook.pk}:{number}", algorithm="sha256")
    return SHOWN_AS + made.hexdigest()


def signature(hook: Hook, body: bytes, now: datetime) -> str:
    """The header that proves who sent this and when: `t=seconds,v1=hex`, twice `v1` while an old secret still holds.

    The hex is the HMAC-SHA256 of the seconds, a full stop and the body, with the secret as it was shown.
    """
    seconds = int(now.timestamp())
    numbers = [hook.secret_number]
    if hook.old_secret_until and now < hook.old_secret_until:
        numbers.append(hook.secret_number - 1)
    signed = [signed_with(secret_of(hook, number), seconds, body) for number in numbers]
    return ",".join([f"t={seconds}", *(f"v1={one}" for one in signed)])


def signed_with(secret: str, seconds: int, body: bytes) -> str:
    """The signature of a body that was sent at a moment."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
