"""When each browser that is signed in was last used: written at most once in ten minutes, and shown in words.

Where somebody works with other people's children, a browser that nobody used for a while is signed out. What the
database says of the session decides, before the page is made, and never whether something could be written.

This process remembers what is written down of a session, so that the other requests of these minutes ask nothing of
the database. Several processes may do so at once: the row changes only if nobody has written for ten minutes.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gameplan.cases.people import person_of, works_here
from gameplan.web.templatetags.look import page_tongue

EVERY: Final = timedelta(minutes=10)
PAUSE: Final = timedelta(minutes=1)
MOST_REMEMBERED: Final = 10_000

_written: OrderedDict[str, datetime] = OrderedDict()
"""By the key of a session, when it was last written down as used; oldest first. Never more than what is written."""
_writing: Final[set[str]] = set()
_pause: Final[list[datetime]] = []
"""Until when nothing is written, if the database was too busy."""
_lock: Final = Lock()


def note_use(request: HttpRequest, now: datetime) -> bool:
    """Writes down that the session of this request, whose person is known, was used now (an aware moment).

    Within ten minutes of the last time it does nothing. A database that is too busy to write is no reason to refuse the
    page: what is not written is not remembered either, and written a little later.
    False if the session rested too long for what its person may see: nothing is written, and it has to end. That is
    decided by what the database says, for each request by itself: those that come in the same moment all end.
    """
    key = request.session.session_key
    if not key or _is_known(key, now):
        return True
    if _rested_too_long(request, key, now):
        return False
    if _may_write(key, now):
        try:
            _remember(key, _write(key, now))
        except OperationalError:
            _wait_with_writing(now)
        finally:
            _has_written(key)
    return True


def _rested_too_long(request: HttpRequest, key: str, now: datetime) -> bool:
    """As a use is written down only every ten minutes, so much longer is allowed.

    A session whose row is gone was ended; only the key of one that stands in the database still counts.
    """
    longest = timedelta(minutes=settings.GAMEPLAN_IDLE_MINUTES)
    if not longest or not works_here(person_of(request)):
        return False
    last = _last_use(key)
    return last < now - longest - EVERY if last else not request.session.exists(key)


def _last_use(key: str) -> datetime | None:
    found: datetime | None = UserSession.objects.filter(session_key=key).values_list("last_seen_at", flat=True).first()
    return found


def use_in_words(at: datetime, now: datetime) -> str:
    """When a session was last used, in the language of the page and its time zone: "Last used today at 14:05"."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate(now):
        return _("Last used today at %(at)s") % {"at": f"{local:%H:%M}"}
    return _("Last used on %(day)s") % {"day": page_tongue().date(local.date())}


def forget() -> None:
    """What this process remembers is gone; the next request of each session asks the database again."""
    with _lock:
        _written.clear()
        _pause.clear()


def _is_known(key: str, now: datetime) -> bool:
    """True if it is written down that the session was used within the last ten minutes."""
    with _lock:
        last = _written.get(key)
    return last is not None and now - last < EVERY


def _may_write(key: str, now: datetime) -> bool:
    """True for one of the requests of a session that come at once, unless the database was just too busy to write."""
    with _lock:
        if key in _writing or (_pause and now < _pause[0]):
            return False
        _writing.add(key)
    return True


def _has_written(key: str) -> None:
    with _lock:
        _writing.discard(key)


def _wait_with_writing(now: datetime) -> None:
    with _lock:
        _pause[:] = [now + PAUSE]


def _write(key: str, now: datetime) -> datetime:
    """Writes it down unless another process just did; the moment that stands in the row then."""
    mine = UserSession.objects.filter(session_key=key)
    if mine.filter(last_seen_at__lte=now - EVERY).update(last_seen_at=now):
        return now
    return _last_use(key) or now


def _remember(key: str, at: datetime) -> None:
    with _lock:
        _keep(key, at)


def _keep(key: str, at: datetime) -> None:
    _written[key] = at
    _written.move_to_end(key)
    if len(_written) > MOST_REMEMBERED:
        _written.popitem(last=False)
