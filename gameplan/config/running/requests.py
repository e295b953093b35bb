"""Around each request: an id that the answer names, a line in the log, and the numbers for /metrics."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.crypto import salted_hmac

from gameplan.config.running.log_lines import request_id
from gameplan.config.running.numbers import NUMBERS

HEADER = "X-Request-ID"
LETTERS_OF_A_HASH = 10
SLOWEST_OF = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The limits of the classes of times, in seconds."""
NO_ROUTE = "none"
log = logging.getLogger("gameplan.request")


class RequestsMiddleware:
    """Stands before all others, so that it sees what each of them answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with the request's id, noted."""
        given, begun = secrets.token_hex(8), time.perf_counter()
        was = request_id.set(given)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = given
            if settings.GAMEPLAN_SHARED:
                _note(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            request_id.reset(was)


def _note(request: HttpRequest, status: int, seconds: float) -> None:
    route, case_id = _route(request)
    NUMBERS.add("gameplan_requests_total", route=route, status=f"{status // 100}xx")
    NUMBERS.add("gameplan_request_seconds_sum", seconds, route=route)
    NUMBERS.add("gameplan_request_seconds_bucket", route=route, le=_class_of(seconds))
    if log.isEnabledFor(logging.INFO):
        told = {
            "route": route, "method": request.method, "status": status, "ms": round(seconds * 1000, 1),
            "from": network_of(request), **({"case": hash_of_case(case_id)} if case_id else {}),
        }  # fmt: skip
        log.info("request", extra={"fields": told})


def _class_of(seconds: float) -> str:
    return next((f"{limit:g}" for limit in SLOWEST_OF if seconds <= limit), "+Inf")


def _route(request: HttpRequest) -> tuple[str, str]:
    """The name of the page, and the id of its case if it has one; of what stands nowhere, `none`."""
    match = request.resolver_match
    if match is None:
        if request.path_info.startswith(settings.STATIC_URL):
            return "static", ""
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return NO_ROUTE, ""
    return match.view_name or NO_ROUTE, str(match.kwargs.get("case_id", ""))


def hash_of_case(case_id: str) -> str:
    """A case in the log: the same for the same case on this installation, and nothing that leads back to it."""
    return salted_hmac("gameplan.log.case", case_id, algorithm="sha256").hexdigest()[:LETTERS_OF_A_HASH]


def network_of(request: HttpRequest) -> str:
    """The network that asks, cut to what names no household: 24 bits of IPv4, 48 of IPv6."""
    address = client_address(request)
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return "unknown"
    found = getattr(found, "ipv4_mapped", None) or found
    bits = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network(f"{found}/{bits}", strict=False))


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the address that the outermost of our own proxies saw."""
    proxies: int = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    passed_on = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed_on) >= proxies:
        return passed_on[-proxies]
    told: str = request.META.get("REMOTE_ADDR", "")
    return told
