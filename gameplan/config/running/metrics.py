"""The numbers of the program as Prometheus reads them: for this machine, or for who has the token."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from gameplan.api.telling import waiting as deliveries
from gameplan.cases.virus_scan import scanner
from gameplan.config.running.beats import last_turn, turns_taken
from gameplan.config.running.numbers import NUMBERS, series
from gameplan.config.running.requests import SLOWEST_OF
from gameplan.watch.doors import outbox

CONTENT = "text/plain; version=0.0.4; charset=utf-8"
HERE = ("127.0.0.1", "::1")
HOSTS_HERE = ("127.0.0.1", "localhost", "[::1]")
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
COUNTED: Mapping[str, str] = {
    "gameplan_requests_total": "Requests answered, by name of the page and class of the status.",
    "gameplan_request_seconds": "How long answering took, by name of the page.",
    "gameplan_database_seconds_total": "Time spent waiting for the database.",
    "gameplan_database_queries_total": "Queries to the database.",
}
"""What processes count, and what it is; everything else is asked for at once."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number of this moment: its full name with labels, what it is, and whether it only grows."""

    name: str
    says: str
    value: float
    kind: str = "gauge"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers. Raises Http404 for everybody who may not see them: there is nothing to try tokens on."""
    if not (is_from_here(request) or _has_token(request)):
        raise Http404("There is no such page.")
    return HttpResponse(written(NUMBERS.all(), gauges()), content_type=CONTENT)


def is_from_here(request: HttpRequest) -> bool:
    """True for a program on this machine that asks directly: what a proxy here passes on comes from anywhere."""
    passed_on = any(request.headers.get(name) for name in PASSED_ON)
    host = request.META.get("HTTP_HOST", "").rpartition(":")[0] or request.META.get("HTTP_HOST", "")
    return request.META.get("REMOTE_ADDR") in HERE and host in HOSTS_HERE and not passed_on


def _has_token(request: HttpRequest) -> bool:
    token: str = settings.GAMEPLAN_METRICS_TOKEN
    way, _, given = request.headers.get("Authorization", "").partition(" ")
    return bool(token) and way.lower() == "bearer" and constant_time_compare(given.strip(), token)


def gauges() -> Iterator[Gauge]:
    """What is asked for when somebody looks: a few short queries. A room with a queue of its own adds it here."""
    now = timezone.now()
    yield Gauge(series("gameplan_build_info", {"version": version("gameplan")}), "The version that runs.", 1)
    yield from _queue("gameplan_outbox", "Messages that wait to be sent.", now, outbox(now))
    yield from _queue("gameplan_webhooks", "Events that wait to be told to a webhook.", now, deliveries(now))
    yield Gauge("gameplan_worker_turns_total", "Turns of the workers.", turns_taken(), "counter")
    daemon = scanner()
    if daemon:
        yield Gauge("gameplan_virus_scanner_up", "1 if the virus scanner answers.", int(daemon.answers()))
    last = last_turn()
    if last:
        yield Gauge("gameplan_worker_last_turn_seconds", "When a worker took its last turn (Unix).", last.timestamp())


def _queue(name: str, says: str, now: datetime, found: tuple[int, datetime | None]) -> Iterator[Gauge]:
    number, oldest = found
    yield Gauge(f"{name}_waiting", says, number)
    age = (now - oldest).total_seconds() if oldest else 0
    yield Gauge(f"{name}_oldest_seconds", "How long the oldest of them has been due.", max(age, 0))


def written(counted: Mapping[str, float], found: Iterable[Gauge]) -> str:
    """Everything in the text format of Prometheus, each kind of number with its help and type."""
    lines: list[str] = []
    for name, says in COUNTED.items():
        histogram = not name.endswith("_total")
        lines += _head(name, says, "histogram" if histogram else "counter")
        if histogram:
            lines += _histogram(name, counted)
        else:
            own = {key: value for key, value in counted.items() if key.partition("{")[0] == name}
            lines += [f"{key} {_number(value)}" for key, value in sorted(own.items())]
    for gauge in found:
        lines += _head(gauge.name.partition("{")[0], gauge.says, gauge.kind)
        lines.append(f"{gauge.name} {_number(gauge.value)}")
    return "\n".join(lines) + "\n"


def _head(name: str, says: str, kind: str) -> list[str]:
    return [f"# HELP {name} {says}", f"# TYPE {name} {kind}"]


def _histogram(name: str, counted: Mapping[str, float]) -> Iterator[str]:
    """The classes of a histogram, each with all that are below it, as the format wants it."""
    prefix = f'{name}_sum{{route="'
    routes = sorted(key.removeprefix(prefix).removesuffix('"}') for key in counted if key.startswith(prefix))
    for route in routes:
        below = 0.0
        for limit in (*(f"{one:g}" for one in SLOWEST_OF), "+Inf"):
            key = series(f"{name}_bucket", {"route": route, "le": limit})
            below += counted.get(key, 0.0)
            yield f"{key} {_number(below)}"
        total = series(f"{name}_sum", {"route": route})
        yield f"{total} {_number(counted[total])}"
        yield f"{series(f'{name}_count', {'route': route})} {_number(below)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(round(value, 6))


def time_queries(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """From here on the queries of this connection are counted; for Django's signal of a new connection."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        NUMBERS.add("gameplan_database_seconds_total", time.perf_counter() - begun)
        NUMBERS.add("gameplan_database_queries_total")
