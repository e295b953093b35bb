"""Who asks, the cases that they may see, and one case as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import caller_of, opened, seen_tag
from gameplan.api.paging import USUAL, After, Limit, page, place_in
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ
from gameplan.api.shapes import Json
from gameplan.cases.doors import cases_of
from gameplan.cases.models import Case
from gameplan.core.casewrite import case_json
from gameplan.exchange.doorway import told_case
from gameplan.people.roles import Action

router = Router(tags=["Cases"])


class Me(Schema):
    """What a token is, and what it may do."""

    name: str
    scopes: list[str]
    expires: datetime
    case: UUID | None = Field(description="The only case that it opens, if it is bound to one.")


class CaseRow(Schema):
    """A case in the list."""

    id: UUID
    child: str = Field(description="The child's name.")
    state: str
    begun: datetime
    joined: bool = Field(description="A school holds the case, too.")


class CaseSeen(CaseRow):
    """A case, and what the person of the token may do there."""

    role: str
    side: str
    may: list[str]


class Cases(Schema):
    """A page of cases."""

    items: list[CaseRow]
    next: str | None


class CaseFile(Schema):
    """A case as the case file; `docs/` and `gameplan law` have its JSON Schema. What is empty may be left out."""

    gameplan: int
    child: Json
    calendars: list[Json] = []
    facts: list[Json]
    attachments: list[Json] = []
    letters: list[Json] = []
    plans: list[Json] = []
    consents: list[Json] = []
    signatures: list[Json] = []


ROW = {
    "id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01", "child": "Ana", "state": "TX", "begun": "2025-09-03T14:00:00Z",
    "joined": True,
}  # fmt: skip
SEEN = {**ROW, "role": "iep-manager", "side": "school", "may": ["plan", "read", "write"]}
FILE = {"gameplan": 1, "child": {"name": "Ana", "state": "TX"}, "calendars": [], "facts": []}
ME = {"name": "Our pupil system", "scopes": ["cases:read"], "expires": "2026-01-02T00:00:00Z", "case": None}


@route(router, "GET", "/me", Needs(), Gives(Me, example=ME), about="What this token is")
def me(request: HttpRequest) -> Answer:
    """The token's name, what it may do, and until when."""
    token = caller_of(request).token
    return said({"name": token.name, "scopes": token.scopes, "expires": token.expires_at, "case": token.case_id})


@route(router, "GET", "/cases", Needs(CASES_READ), Gives(Cases, example={"items": [ROW], "next": None}),
       about="The cases you may see")  # fmt: skip
def cases(request: HttpRequest, limit: Limit = USUAL, after: After = "") -> Answer:
    """Every case that the person of the token may see now, the oldest first."""
    caller, place = caller_of(request), place_in("cases", after)
    found = cases_of(caller.person)
    if caller.token.case_id:
        found = found.filter(pk=caller.token.case_id)
    if place:
        found = found.filter(Q(created_at__gt=place[0]) | Q(created_at=place[0], pk__gt=place[1]))
    rows = list(found.order_by("created_at", "id")[: limit + 1])
    return said(page(rows[:limit], len(rows) > limit, "cases", _place, row_json))


@route(router, "GET", "/cases/{uuid:case_id}", Needs(CASES_READ, Action.READ), Gives(CaseSeen, example=SEEN),
       about="One case, and what you may do there")  # fmt: skip
def one_case(request: HttpRequest, case_id: UUID) -> Answer:
    """The answer's ETag names the timeline as you see it: send it as If-Match with a change."""
    case = opened(request, case_id)
    told = {**row_json(case), "role": case.reader.role, "side": case.reader.side, "may": sorted(case.can)}
    return said(told, etag=seen_tag(case))


@route(router, "GET", "/cases/{uuid:case_id}/file", Needs(CASES_READ, Action.SHARE), Gives(CaseFile, example=FILE),
       about="The whole case as a case file")  # fmt: skip
def case_file(request: HttpRequest, case_id: UUID) -> Answer:
    """The whole case as your side sees it, without the bytes of its papers. It is a copy that leaves the house: only
    who may take one out gets it, and each time is written into the record of access.
    """
    case = opened(request, case_id)
    return said(case_json(told_case(case)), etag=seen_tag(case))


def row_json(case: Case) -> dict[str, Any]:
    """A case as a row of a list."""
    return {
        "id": case.pk, "child": case.child_name, "state": case.child_state, "begun": case.created_at,
        "joined": case.school_id is not None,
    }  # fmt: skip


def _place(case: Case) -> list[str]:
    return [case.created_at.isoformat(), str(case.pk)]
