"""The facts of a case: read, record, put right, take back, and tell another side's account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from gameplan.api.answers import JSON, Answer, said
from gameplan.api.callers import opened, seen_tag, writing
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ, FACTS_WRITE
from gameplan.api.shapes import Json, Told
from gameplan.cases.doors import facts_of
from gameplan.cases.models import Case
from gameplan.cases.seeing import told_by
from gameplan.cases.verbs import add_account, correct_fact, record_fact, withdraw_fact
from gameplan.core.casefile import check_fact
from gameplan.core.casewrite import fact_json
from gameplan.core.facts import Fact
from gameplan.core.faults import Fault
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action

router = Router(tags=["Facts"])
OF_A_NEW_ONE: Final = "fact (new)."
READS, WRITES = Needs(CASES_READ, Action.READ), Needs(FACTS_WRITE, Action.WRITE)
FACT = {
    "id": "f1", "kind": "evaluation-requested", "on": "2025-09-03", "said_by": "parent",
    "data": {"received": "2025-09-03", "type": "initial", "by": "parent", "written": True},
}  # fmt: skip
SAMPLE = {name: FACT[name] for name in ("kind", "on", "data")}


class FactShape(Schema):
    """A fact as it stands in the case file; what is empty is left out."""

    id: str
    kind: str = Field(description="One of /fact-kinds.")
    on: str = Field(description="The day, or one known roughly: 2025-09, 2025, 2025-09-01/2025-09-05.")
    said_by: str = ""
    data: Json = Field({}, description="The fields of its kind.")
    planned: bool = False
    corrects: str | None = None
    account_of: str | None = None
    withdrawn: bool = False
    note: str = ""
    written_in: Json = {}
    entered: Json = {}
    attachments: list[str] = []


class Facts(Schema):
    """A page of facts."""

    items: list[FactShape]
    next: str | None


class WrittenIn(Told):
    """Where it is written."""

    document: Annotated[str, Field(max_length=500)] = ""
    page: Annotated[str, Field(max_length=50)] = ""


class FactTold(Told):
    """What happened. Of a correction, what is left out stays as it was."""

    kind: str = Field("", max_length=100, description="One of /fact-kinds; of a correction it may be left out.")
    on: str = Field("", max_length=21, description="The day; if left out, the day that stands in the data.")
    data: Json | None = None
    said_by: str | None = Field(None, max_length=40)
    planned: bool = False
    note: str = Field("", max_length=20_000)
    written_in: WrittenIn = WrittenIn()
    attachments: list[str] | None = Field(None, max_length=50, description="Ids of papers of the case.")


class Recorded(FactTold):
    """A new fact."""

    private: bool = Field(False, description="The family keeps it to itself; the school does not see it.")


class Withdrawal(Told):
    """Why a fact is taken back, if somebody wants to say so."""

    note: str = Field("", max_length=20_000)


@route(router, "GET", "/cases/{uuid:case_id}/facts", READS, Gives(Facts, example={"items": [FACT], "next": None}),
       about="The facts of a case")  # fmt: skip
def facts(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """Every fact that your side sees, in the order in which they were written, also what was put right since."""
    case = opened(request, case_id)
    told = page_of(facts_of(case).facts, f"facts.{case.pk}", after, limit, lambda one: one.id, fact_json)
    return said(told, etag=seen_tag(case))


@route(router, "POST", "/cases/{uuid:case_id}/facts", WRITES,
       Gives(FactShape, 201, example=FACT, takes=(JSON,), tagged=True, sample=SAMPLE),
       about="Record a fact")  # fmt: skip
def record(request: HttpRequest, case_id: UUID, body: Recorded) -> Answer:
    """Adds something that happened to the timeline. The dates that follow from it are worked out at once."""
    with writing(request, case_id) as case:
        fact = _checked(case, body, body.kind)
        made = record_fact(
            case, by=case.reader, kind=fact.kind, on=fact.on, said_by=body.said_by, data=fact.data,
            planned=fact.planned, note=fact.note, written_in=fact.written_in, entry_attachments=body.attachments or (),
            private=body.private,
        )  # fmt: skip
        return _told(case, made.fact_id, 201)


@route(router, "GET", "/cases/{uuid:case_id}/facts/{fact_id}", READS, Gives(FactShape, example=FACT), about="One fact")
def fact(request: HttpRequest, case_id: UUID, fact_id: str) -> Answer:
    """One fact that your side sees."""
    return _told(opened(request, case_id), fact_id)


@route(router, "POST", "/cases/{uuid:case_id}/facts/{fact_id}/correction", WRITES,
       Gives(FactShape, 201, example={**FACT, "id": "f2", "corrects": "f1"}, takes=(JSON,), tagged=True,
             sample={"on": "2025-09-04"}),
       about="Put a fact right")  # fmt: skip
def correction(request: HttpRequest, case_id: UUID, fact_id: str, body: FactTold) -> Answer:
    """Adds a fact in the place of one that your side told; the old one stays to be read as corrected."""
    with writing(request, case_id) as case:
        old = _fact(case, fact_id)
        known = {**fact_json(old), "planned": False, "note": ""}
        fact = _checked(case, body, body.kind or old.kind, known)
        made = correct_fact(
            case, by=case.reader, fact_id=fact_id, on=fact.on, kind=fact.kind, said_by=body.said_by, data=fact.data,
            planned=fact.planned, note=fact.note, written_in=fact.written_in,
            entry_attachments=body.attachments,
        )  # fmt: skip
        return _told(case, made.fact_id, 201)


@route(router, "POST", "/cases/{uuid:case_id}/facts/{fact_id}/withdrawal", WRITES,
       Gives(FactShape, 201, example={**FACT, "id": "f2", "corrects": "f1", "withdrawn": True}, takes=(JSON,),
             tagged=True, sample={"note": "It was another child."}),
       about="Take a fact back")  # fmt: skip
def withdrawal(request: HttpRequest, case_id: UUID, fact_id: str, body: Withdrawal) -> Answer:
    """Takes back a fact that your side told; it stays to be read as taken back."""
    with writing(request, case_id) as case:
        _fact(case, fact_id)
        made = withdraw_fact(case, by=case.reader, fact_id=fact_id, note=body.note)
        return _told(case, made.fact_id, 201)


@route(router, "POST", "/cases/{uuid:case_id}/facts/{fact_id}/account", WRITES,
       Gives(FactShape, 201, example={**FACT, "id": "f2", "account_of": "f1", "said_by": "school"}, takes=(JSON,),
             tagged=True, sample={"said_by": "school", "on": "2025-09-05"}),
       about="Tell another side’s account")  # fmt: skip
def account(request: HttpRequest, case_id: UUID, fact_id: str, body: FactTold) -> Answer:
    """Adds what another side says about the same event. Both accounts stand."""
    with writing(request, case_id) as case:
        old = _fact(case, fact_id)
        if not body.said_by:
            raise Refused([Fault("said_by", _("It is not said whose account this is."), _("Say who tells it so."))])
        fact = _checked(case, body, old.kind, fact_json(old))
        made = add_account(
            case, by=case.reader, fact_id=fact_id, said_by=body.said_by, on=fact.on, data=fact.data, note=fact.note,
            written_in=fact.written_in, entry_attachments=body.attachments or (),
        )  # fmt: skip
        return _told(case, made.fact_id, 201)


def _checked(case: Case, body: FactTold, kind: str, known: Json | None = None) -> Fact:
    """What was told as a fact of the vocabulary; what is left out is as `known`. Raises Refused with all faults."""
    sent = {
        "on": body.on, "data": body.data, "said_by": body.said_by, "planned": body.planned, "note": body.note,
        "written_in": {name: value for name, value in body.written_in.model_dump().items() if value},
    }  # fmt: skip
    kept = {name: value for name, value in (known or {}).items() if name in sent}
    raw: dict[str, Any] = {**kept, **{name: value for name, value in sent.items() if value}, "id": "new", "kind": kind}
    if body.data is not None and not body.on:
        raw.pop("on", None)
    fact, faults = check_fact(raw, vocabulary())
    faults = [*faults, *_paper_faults(case, body.attachments or ())]
    if faults or fact is None:
        raise Refused([replace(one, where=one.where.removeprefix(OF_A_NEW_ONE)) for one in faults])
    return fact


def _paper_faults(case: Case, ids: Iterable[str]) -> Iterable[Fault]:
    """What one does not see, one does not put to a fact either."""
    seen = {one.id for one in facts_of(case).attachments}
    for one in ids:
        if one not in seen:
            yield Fault("attachments", _("There is no such paper."), _("Upload it first, and use its id."))


def _fact(case: Case, fact_id: str) -> Fact:
    """A fact that the reader sees. Raises Http404, also for one of the other side that is there and not shown."""
    if not told_by(case, fact_id):
        raise Http404("There is no such fact.")
    return next(one for one in facts_of(case).facts if one.id == fact_id)


def _told(case: Case, fact_id: str, status: int = 200) -> Answer:
    return said(fact_json(_fact(case, fact_id)), status=status, etag=seen_tag(case))
