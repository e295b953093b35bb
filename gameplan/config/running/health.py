"""Is it alive, is it ready: for whoever watches the program. Public, so each answer is a word and a short reason."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gameplan.cases.virus_scan import scanner
from gameplan.config.running.beats import last_turn

LONGEST_WITHOUT_A_TURN = timedelta(minutes=5)
SECONDS_AN_ANSWER_HOLDS = 2.0
MEGABYTE = 1024 * 1024


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """`ok`: this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 with a short reason a line: the database, its migrations, the worker, the disk.

    A virus scanner that is away is told, and keeps the status: only files wait for it, and a proxy that took the
    server out would keep everybody from everything.
    """
    reasons, waits = _READINESS.reasons(), _READINESS.waits()
    told = "".join(f"not ok: {reason}\n" for reason in reasons) or "ok\n"
    told += "".join(f"but: {reason}\n" for reason in waits)
    answer = HttpResponse(told, status=503 if reasons else 200, content_type="text/plain")
    vars(answer)["_has_been_logged"] = True  # for Django: it is an answer, and no fault of a page
    return answer


class Readiness:
    """What stands in the way, asked at most every two seconds: anybody may ask, and asking must cost nothing."""

    def __init__(self) -> None:
        self._asked_at = float("-inf")
        self._reasons: tuple[str, ...] = ()
        self._waits: tuple[str, ...] = ()

    def reasons(self) -> tuple[str, ...]:
        """What stands in the way of answering, in a few words each."""
        self._ask()
        return self._reasons

    def waits(self) -> tuple[str, ...]:
        """What a part of the program waits for, while all else goes on."""
        self._ask()
        return self._waits

    def _ask(self) -> None:
        if time.monotonic() - self._asked_at >= SECONDS_AN_ANSWER_HOLDS:
            self._reasons = tuple(reason for check in (_stored, _disk) for reason in check())
            self._waits = tuple(_scanner())
            self._asked_at = time.monotonic()


_READINESS = Readiness()


def _stored() -> Iterator[str]:
    """The database and what is asked of it."""
    try:
        yield from _migrations()
        if settings.GAMEPLAN_SHARED:
            yield from _worker()
    except DatabaseError:
        yield "the database does not answer"


def _migrations() -> Iterator[str]:
    there = set(MigrationRecorder(connection).applied_migrations())
    if _of_this_program() - there:
        yield "the database is of an older version"
    elif {one for one in there if one[0] in _apps()} - _of_this_program():
        yield "the database is of a newer version"


@cache
def _of_this_program() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


@cache
def _apps() -> frozenset[str]:
    return frozenset(app for app, _name in _of_this_program())


def _worker() -> Iterator[str]:
    last = last_turn()
    if last is None or abs(timezone.now() - last) > LONGEST_WITHOUT_A_TURN:
        yield "the worker has taken no turn lately"


def _scanner() -> Iterator[str]:
    daemon = scanner()
    if daemon and not daemon.answers():
        yield "the virus scanner does not answer, so no file is taken in"


def _disk() -> Iterator[str]:
    try:
        free = shutil.disk_usage(settings.GAMEPLAN_DATA).free
    except OSError:
        yield "the data folder is not there"
        return
    if free < settings.GAMEPLAN_LEAST_DISK * MEGABYTE:
        yield "the disk is nearly full"
