"""Private links to one paper for one recipient: long, random, kept only as a hash, and not for ever."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.http import Http404

from gameplan.notices.models import Delivery, Link

LASTS: Final = timedelta(days=60)
BYTES: Final = 32


def new_link(delivery: Delivery, now: datetime) -> str:
    """The token of a new link to this delivery. It cannot be shown again: only its hash stays here."""
    token = secrets.token_urlsafe(BYTES)
    Link.objects.create(delivery=delivery, token_hash=hash_of(token), made_at=now, expires_at=now + LASTS)
    return token


def delivery_by(token: str, now: datetime) -> Delivery:
    """The delivery of a link. Raises Http404 for a wrong link, one that is too old, and one that was closed."""
    links = Link.objects.select_related("delivery__case").filter(token_hash=hash_of(token))
    found = links.filter(expires_at__gt=now, ended_at__isnull=True).first()
    if found is None:
        raise Http404("There is no such link.")
    return found.delivery


def end_links(delivery: Delivery, now: datetime) -> int:
    """Close every link to this delivery; gives how many were open."""
    return Link.objects.filter(delivery=delivery, ended_at__isnull=True, expires_at__gt=now).update(ended_at=now)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
