"""Permission: what a school asked for, and what was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import opened
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ
from gameplan.api.shapes import Json
from gameplan.cases.models import Case
from gameplan.consents.doors import request_of, requests_of, standing_of
from gameplan.consents.models import ConsentRequest
from gameplan.consents.travelling import told_consents
from gameplan.people.roles import Action

router = Router(tags=["Permission"])
READS = Needs(CASES_READ, Action.READ)
ROW = {
    "id": "c1", "kind": "initial-evaluation", "lang": "en", "on": "2025-09-05", "status": "waiting",
    "items": {"i1": ""},
}  # fmt: skip


class ConsentRow(Schema):
    """What was asked, and how it stands: each thing at yes, no or revoked, or open where it is empty."""

    model_config = ConfigDict(extra="allow")

    id: str
    kind: str
    lang: str
    on: str
    status: str = Field(description="waiting, yes, partly, no, revoked or withdrawn.")
    items: dict[str, str]


class ConsentShape(ConsentRow):
    """The same with the whole request as the case file has it."""

    request: Json


class Consents(Schema):
    """A page of requests."""

    items: list[ConsentRow]
    next: str | None


@route(router, "GET", "/cases/{uuid:case_id}/consents", READS, Gives(Consents, example={"items": [ROW], "next": None}),
       about="The permission that was asked for")  # fmt: skip
def consents(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """Every request for permission that your side sees, the newest first, and how it stands."""
    case = opened(request, case_id)
    return said(page_of(requests_of(case), f"consents.{case.pk}", after, limit, lambda one: one.request_id, _row))


@route(router, "GET", "/cases/{uuid:case_id}/consents/{consent_id}", READS,
       Gives(ConsentShape, example={**ROW, "request": {"id": "c1"}}),
       about="One request, with its answers")  # fmt: skip
def consent(request: HttpRequest, case_id: UUID, consent_id: str) -> Answer:
    """One request word for word, with every answer, as the case file has it."""
    case = opened(request, case_id)
    found = request_of(case, consent_id)
    return said({**_row(found), "request": _told(case, consent_id)})


def _told(case: Case, consent_id: str) -> dict[str, Any]:
    return next(dict(one) for one in told_consents(case) if one["id"] == consent_id)


def _row(one: ConsentRequest) -> dict[str, Any]:
    now = standing_of(one)
    return {
        "id": one.request_id, "kind": one.kind, "lang": one.lang, "on": one.on, "status": now.status,
        "items": dict(now.items),
    }  # fmt: skip
