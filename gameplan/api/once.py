"""Once: the same request with the same key is done a single time, and gives the same answer again for a day at least.

The key is written in the transaction of what is asked for. Who asks at the same moment waits for the end of it: on
PostgreSQL at the unique key, on SQLite at the file. What fails is not kept, because nothing of it was done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.api.answers import Answer
from gameplan.api.callers import caller_of
from gameplan.api.models import LONGEST_KEY, Kept, Token
from gameplan.api.problems import Problem

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotent-Replayed"
KEPT_FOR: Final = timedelta(hours=48)
"""A day is promised; the second one is for a clock that is set forward by a day."""


def once(request: HttpRequest, do: Callable[[], Answer]) -> Answer:
    """The answer of `do`, or the kept one if this was asked before. Without a key, `do` is simply done.

    Raises Problem for a key that cannot be one, or that was used for another request.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return do()
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Problem("unreadable", _("The key must have 1 to 255 plain letters."))
    token, digest, case_id = caller_of(request).token, _digest(request), _case_in(request)
    try:
        with transaction.atomic():
            forget_old(timezone.now())
            kept = Kept.objects.create(token=token, key=key, digest=digest, case_id=case_id)
            answer = do()
            kept.status, kept.media_type, kept.headers = answer.status, answer.media_type, dict(answer.headers)
            kept.body = answer.body if answer.again is None else answer.again
            kept.save()
            return answer
    except IntegrityError:
        again = _again(token, key, digest)
        if again is None:
            raise
        return again


def _again(token: Token, key: str, digest: str) -> Answer | None:
    """The answer that was kept; None if the key is not there. Raises Problem if it was another request."""
    kept = Kept.objects.filter(token=token, key=key).first()
    if kept is None:
        return None
    if kept.digest != digest:
        raise Problem("other-request", _("Take a new key for a new request."))
    return Answer(bytes(kept.body), kept.status, kept.media_type, {**kept.headers, REPLAYED: "true"})


def forget_old(now: datetime) -> None:
    """Forget the answers that are older than `KEPT_FOR`."""
    Kept.objects.filter(made_at__lt=now - KEPT_FOR).delete()


def forget_case(case_id: UUID, **_more: Any) -> None:
    """Forget the answers about a case that goes: they hold what stood in it."""
    Kept.objects.filter(case_id=case_id).delete()


def _digest(request: HttpRequest) -> str:
    """What tells a request from another one: how, where, and what was sent."""
    about = f"{request.method} {request.get_full_path()} {request.content_type}\n".encode()
    return hashlib.sha256(about + request.body).hexdigest()


def _case_in(request: HttpRequest) -> UUID | None:
    found = request.resolver_match.kwargs.get("case_id") if request.resolver_match else None
    return UUID(str(found)) if found else None
