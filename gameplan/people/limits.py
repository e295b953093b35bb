"""How often somebody may do something: counted in the database, over all processes, for pages and programs alike."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gameplan.people.models import Spent

MINUTE: Final = 60
SALT: Final = "gameplan.people.limits"
KEPT_FOR: Final = 2 * 60 * 60
"""Counts of times that are over are forgotten after these seconds; no limit counts over longer."""


class TooMany(Exception):
    """Raised for somebody who did something too often; `wait`: the seconds until it counts from nothing again."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"wait {wait} seconds")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of so many seconds, and the seconds that are left of it."""

    start: int
    left: int


def span_now(seconds: int) -> Span:
    """The stretch that it is now."""
    now = int(time.time())
    return Span(now - now % seconds, seconds - now % seconds)


def spend(what: str, who: str, most: int, *, seconds: int = MINUTE) -> None:
    """Count one more time for somebody. Raises TooMany once it is more than `most` in a stretch of `seconds`."""
    span = span_now(seconds)
    if _counted(named(what, who), span) > most:
        raise TooMany(span.left)


def refuse_if_spent(what: str, who: str, most: int, *, seconds: int = MINUTE) -> None:
    """Raises TooMany for somebody who has reached that number already; counts nothing. One query."""
    span = span_now(seconds)
    if Spent.objects.filter(who=named(what, who), start=span.start, number__gte=most).exists():
        raise TooMany(span.left)


def _counted(who: str, span: Span) -> int:
    """The number of this time in its stretch; what is long over is forgotten."""
    mine = Spent.objects.filter(who=who, start=span.start)
    if not mine.update(number=F("number") + 1):
        Spent.objects.filter(start__lt=span.start - KEPT_FOR).delete()
        Spent.objects.bulk_create([Spent(who=who, start=span.start)], ignore_conflicts=True)
        mine.update(number=F("number") + 1)
    return mine.values_list("number", flat=True).get()


def named(what: str, who: str) -> str:
    """Under which name somebody is counted: a hash with the installation's key, so that no address is kept."""
    return salted_hmac(SALT, f"{what}:{who}", algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the outermost of our own proxies saw, else who is connected."""
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
