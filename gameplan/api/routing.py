"""How an address of the API comes about: one line says what it needs, and everything around it follows from that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.operation import Operation

from gameplan.api.answers import JSON, Answer
from gameplan.api.callers import NeedsToken, public
from gameplan.api.once import HEADER, once
from gameplan.api.problems import Problem
from gameplan.api.shapes import ProblemShape
from gameplan.cases.virus_scan import NotJustNow, look_through
from gameplan.people.roles import Action

View = Callable[..., Answer]
ALWAYS: Final = (400, 404, 405, 422, 429, 500)
WITH_TOKEN: Final = (401, 403)
WITH_BODY: Final = (413, 415)
WITH_FILE: Final = (503,)
SECONDS_TO_WAIT: Final = "300"
IF_MATCH: Final = {
    "name": "If-Match", "in": "header", "schema": {"type": "string"}, "required": False,
    "description": "The ETag that you read. If the case has changed since then, nothing is kept (412).",
}  # fmt: skip
KEY: Final = {
    "name": HEADER, "in": "header", "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "The same request with the same key is done once, and gives the same answer for 24 hours.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What an address needs: the scope of a token (none: anybody may ask) and what its person may do in the case."""

    scope: str = ""
    action: Action | None = None
    with_token: bool = True


@dataclass(frozen=True, slots=True)
class Gives:
    """What an address gives: the shape of JSON (None: nothing), its status, or other kinds of content.

    `example`: an answer as it may look. `takes`: the kinds of content that it is sent; `sample`: what may be sent.
    `tagged`: a change that may name the state that it was made from (If-Match).
    """

    shape: Any = None
    status: int = 200
    media: tuple[str, ...] = ()
    example: Any = None
    takes: tuple[str, ...] = ()
    sample: Any = None
    tagged: bool = False

    @property
    def takes_files(self) -> bool:
        """True if it is sent the bytes of a file."""
        return bool(self.takes) and self.takes != (JSON,)


@dataclass(frozen=True, slots=True)
class Route:
    """One address with the way of asking, as the table of all addresses has it."""

    method: str
    path: str
    needs: Needs


ROUTES: list[Route] = []
"""Every address, in the order of the documentation."""


def route(router: Router, method: str, path: str, needs: Needs, gives: Gives, *, about: str) -> Callable[[View], View]:
    """Registers a view at an address. `about`: what it does, in a few words; the docstring says the rest."""
    ROUTES.append(Route(method, path, needs))

    def register(view: View) -> View:
        view._ninja_contribute_to_operation = [partial(_finished, gives)]  # type: ignore[attr-defined]
        name = f"{view.__module__.rpartition('.')[2]}-{view.__name__}".replace("_", "-")
        guard = NeedsToken(needs.scope, needs.action, gives.takes) if needs.with_token else public
        router.add_api_operation(
            path, [method], view, auth=guard, response=_responses(needs, gives), summary=about,
            openapi_extra=_extra(method, gives), operation_id=name, url_name=name,
        )  # fmt: skip
        return view

    return register


def _finished(gives: Gives, operation: Operation) -> None:
    """A view gives an `Answer`; a POST is done once. Set after ninja has read the view's own signature.

    A file is looked through before anything is held for it.
    """
    view: View = operation.view_func
    is_post = "POST" in operation.methods

    def run(request: HttpRequest, **values: Any) -> HttpResponse:
        if gives.takes_files:
            _look_through(request)
        if is_post:
            return once(request, lambda: view(request, **values)).response()
        return view(request, **values).response()

    operation.view_func = run


def _look_through(request: HttpRequest) -> None:
    """Raises Refused for a file with a virus, Problem (503) while nobody can tell."""
    try:
        look_through([request.body])
    except NotJustNow as later:
        raise Problem("not-now", faults=[later.fault], headers={"Retry-After": SECONDS_TO_WAIT}) from later


def _responses(needs: Needs, gives: Gives) -> Mapping[int, Any]:
    """Every status that an address can answer with, each with its shape."""
    wrong = [*ALWAYS, *(WITH_TOKEN if needs.with_token else ()), *(WITH_BODY if gives.takes else ())]
    wrong += [*([412] if gives.tagged else []), *(WITH_FILE if gives.takes_files else ())]
    return {gives.status: gives.shape, **dict.fromkeys(sorted(wrong), ProblemShape)}


def _extra(method: str, gives: Gives) -> dict[str, Any]:
    """What ninja does not know of an address: headers, examples, and content that is not JSON."""
    extra: dict[str, Any] = {}
    headers = [*([KEY] if method == "POST" else []), *([IF_MATCH] if gives.tagged else [])]
    if headers:
        extra["parameters"] = headers
    raw = {"schema": {"type": "string", "format": "binary"}}
    if gives.takes_files:
        extra["requestBody"] = {"required": True, "content": dict.fromkeys(gives.takes, raw)}
    elif gives.sample is not None:
        extra["requestBody"] = {"content": {JSON: {"example": gives.sample}}}
    if gives.media:
        extra["responses"] = {gives.status: {"content": dict.fromkeys(gives.media, raw)}}
    elif gives.example is not None:
        extra["responses"] = {gives.status: {"content": {JSON: {"example": gives.example}}}}
    return extra
