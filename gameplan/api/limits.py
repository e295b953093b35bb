"""How often somebody may ask: counted in the database, by the minute, over all processes."""

from __future__ import annotations

import time
from typing import Final

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from gameplan.api.models import Spent
from gameplan.api.problems import Problem

MINUTE: Final = 60
A_TOKEN: Final = 300
AN_ADDRESS: Final = 600
WRONG_TOKENS: Final = 30
"""As often may an address show a token that does not work, in a minute."""
SALT: Final = "gameplan.api.limits"


def spend(what: str, who: str, most: int) -> None:
    """Count one request of somebody. Raises Problem (429) with the seconds to wait, once it is more than `most`."""
    now = int(time.time())
    minute, left = now // MINUTE, MINUTE - now % MINUTE
    if _counted(_named(what, who), minute) > most:
        detail = _("Wait %(seconds)s seconds.") % {"seconds": left}
        raise Problem("too-many", detail, headers={"Retry-After": str(left)})


def refuse_if_spent(what: str, who: str, most: int) -> None:
    """Raises Problem (429) for somebody who has reached that number already; counts nothing. One query."""
    now = int(time.time())
    found = Spent.objects.filter(who=_named(what, who), minute=now // MINUTE, number__gte=most)
    if found.exists():
        raise Problem("too-many", headers={"Retry-After": str(MINUTE - now % MINUTE)})


def _counted(who: str, minute: int) -> int:
    """The number of this request in its minute. What is older than the minute before is forgotten."""
    mine = Spent.objects.filter(who=who, minute=minute)
    if not mine.update(number=F("number") + 1):
        Spent.objects.filter(minute__lt=minute - 1).delete()
        Spent.objects.bulk_create([Spent(who=who, minute=minute)], ignore_conflicts=True)
        mine.update(number=F("number") + 1)
    return mine.values_list("number", flat=True).get()


def _named(what: str, who: str) -> str:
    return salted_hmac(SALT, f"{what}:{who}", algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the outermost of our own proxies saw, else who is connected."""
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
