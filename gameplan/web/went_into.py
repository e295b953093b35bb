"""Old links of a case that went into another one lead to the same thing there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from gameplan.cases.doors import WentInto
from gameplan.cases.merging import where_now

NAMES = {
    "fact_id": "fact", "attachment_id": "paper", "letter_id": "letter", "plan_id": "plan", "meeting_id": "plan",
    "notice_id": "notice", "measure_id": "measure", "support_id": "support", "about": "",
}  # fmt: skip
NUMBERED = {"web:amendment": "amendment", "web:session": "session"}
"""Pages of what has a number and no id."""


class WentIntoMiddleware:
    """Leads who looks at a closed case to the one that has everything now; nothing that is sent there is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The way to the other case, for somebody of the closed one who looks; else nothing."""
        if not isinstance(exception, WentInto) or request.method not in ("GET", "HEAD"):
            return None
        return redirect(_address(request, exception))


def _address(request: HttpRequest, gone: WentInto) -> str:
    found = request.resolver_match
    kwargs: dict[str, Any] = dict(found.kwargs) if found else {}
    old = kwargs.get("case_id")
    named = {name: _now(old, NAMES[name], kwargs[name]) for name in NAMES if name in kwargs} if old else {}
    if found and old and found.view_name in NUMBERED:
        named = {"number": where_now(old, NUMBERED[found.view_name], str(kwargs["number"]))}
    if found is None or not named or not all(named.values()):
        return reverse("web:child", args=[gone.case_id])
    return reverse(found.view_name, kwargs={**kwargs, **named, "case_id": gone.case_id})


def _now(old: UUID, what: str, name: str) -> str:
    """The name that something has now; of a paper that is named like "notice:n1", that whole. Empty if it has none."""
    if what:
        return where_now(old, what, name)
    sort, _colon, inner = name.partition(":")
    new = where_now(old, sort, inner)
    return f"{sort}:{new}" if new else ""
