"""The one shape of everything that goes wrong: RFC 9457, with every fault, where it is, and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gameplan.cases.doors import WentInto
from gameplan.core.faults import CaseFileError, Fault
from gameplan.letters import MissingFields, UnknownLetter, WrongFields
from gameplan.measures.log import LogError
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.tongues import tongue

MEDIA_TYPE: Final = "application/problem+json"
PLACE: Final = "/api/v1/"
TYPES: Final = f"{PLACE}docs/#problem-"

PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "unreadable": (400, gettext_noop("This request cannot be read.")),
    "no-token": (401, gettext_noop("This address needs a token that works.")),
    "in-the-open": (403, gettext_noop("This was sent in the open. Ask by https.")),
    "may-not": (403, gettext_noop("The person of this token may not do that here.")),
    "no-scope": (403, gettext_noop("This token was not made for that.")),
    "second-step": (403, gettext_noop("This token was made without a second step.")),
    "not-there": (404, gettext_noop("There is nothing here for this token.")),
    "wrong-way": (405, gettext_noop("This address cannot be asked in that way.")),
    "changed": (412, gettext_noop("It has changed since you read it.")),
    "too-big": (413, gettext_noop("This is too big.")),
    "wrong-type": (415, gettext_noop("This kind of content is not taken here.")),
    "refused": (422, gettext_noop("This cannot be kept as it was sent.")),
    "other-request": (422, gettext_noop("This key was used for another request.")),
    "too-many": (429, gettext_noop("These were too many requests.")),
    "not-now": (503, gettext_noop("This cannot be done just now.")),
    "trouble": (500, gettext_noop("Something went wrong here. Nothing was kept.")),
}
"""Each problem with its status and its title."""

BY_STATUS: Final = {400: "unreadable", 401: "no-token", 403: "may-not", 404: "not-there", 405: "wrong-way"}
BY_STATUS_TOO: Final = {**BY_STATUS, 413: "too-big", 415: "wrong-type", 429: "too-many"}


class Problem(Exception):
    """Raised where a request ends: which problem, what exactly, every fault, further members and headers."""

    def __init__(
        self, code: str, detail: str = "", *, faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:  # fmt: skip
        self.code, self.detail, self.faults = code, detail, tuple(faults)
        self.headers, self.more = dict(headers or {}), more
        super().__init__(code)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return PROBLEMS[self.code][0]


def answer_to(problem: Problem) -> HttpResponse:
    """The problem as an answer, in the language of the request."""
    status, title = PROBLEMS[problem.code]
    told: dict[str, Any] = {"type": TYPES + problem.code, "title": _(title), "status": status}
    if problem.detail:
        told["detail"] = problem.detail
    told["faults"] = [{"where": one.where, "what": one.what, "mend": one.mend} for one in problem.faults]
    text = json.dumps({**told, **problem.more}, default=str)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=problem.headers)


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception of the house means; None for one that is nobody's fault but ours."""
    if isinstance(error, Problem):
        return error
    read = next((reads for kind, reads in _READ.items() if isinstance(error, kind)), None)
    return read(error) if read else None


def _into(error: Any) -> Problem:
    return Problem("not-there", _("This case was put together with another one."), case=str(error.case_id))


def _invalid(error: Any) -> Problem:
    return Problem("refused", faults=[_fault_of(one) for one in error.errors])


def _fault_of(one: Mapping[str, Any]) -> Fault:
    """One thing that does not fit the description of an address."""
    where = ".".join(str(part) for part in one["loc"] if part not in ("body", "query", "path", "header"))
    mends = {"missing": _("Add it."), "extra_forbidden": _("Take it out.")}
    mend = mends.get(str(one["type"]), _("See how it is described in the documentation."))
    return Fault(where or "body", f"{one['msg']}.", mend)


def _wrong_fields(error: Any) -> Problem:
    said, mend = tongue(get_language() or "en"), _("Write it as the list of fields says.")
    return Problem(
        "refused", faults=[Fault(f"fields.{name}", said.say(say), mend) for name, say in error.faults.items()]
    )


def _missing_fields(error: Any) -> Problem:
    what, mend = _("The letter needs this."), _("Write it into the fields.")
    return Problem("refused", faults=[Fault(f"fields.{one.id}", f"{one.label}. {what}", mend) for one in error.fields])


_READ: Final[Mapping[type[Exception], Callable[[Any], Problem]]] = {
    WentInto: _into,
    Http404: lambda _error: Problem("not-there"),
    UnknownLetter: lambda _error: Problem("not-there"),
    PermissionDenied: lambda _error: Problem("may-not"),
    Refused: lambda error: Problem("refused", faults=error.faults),
    CaseFileError: lambda error: Problem("refused", faults=error.faults),
    LogError: lambda error: Problem("refused", faults=error.faults),
    ValidationError: _invalid,
    MissingFields: _missing_fields,
    WrongFields: _wrong_fields,
    CannotPrint: lambda error: Problem("refused", str(error)),
    RequestDataTooBig: lambda _error: Problem("too-big"),
    AuthenticationError: lambda _error: Problem("no-token", headers={"WWW-Authenticate": "Bearer"}),
    HttpError: lambda error: Problem(BY_STATUS_TOO.get(error.status_code, "unreadable")),
}


class ProblemMiddleware:
    """Below /api/v1/ whatever fails has the shape of a problem, also what fails before an address is found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        if not request.path_info.startswith(PLACE):
            return self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return answer_to(Problem("in-the-open", _("End this token, make a new one, and send it only to https.")))
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return answer_to(Problem("unreadable", _("There is a broken letter in the address.")))
        response = self.get_response(request)
        if response.status_code < 400 or response.get("Content-Type") == MEDIA_TYPE:
            return response
        code = BY_STATUS_TOO.get(response.status_code, "trouble" if response.status_code >= 500 else "unreadable")
        kept = {name: response[name] for name in ("Allow",) if name in response}
        return answer_to(Problem(code, headers=kept))
