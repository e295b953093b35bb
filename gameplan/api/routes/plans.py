"""Plans: those of a case, their versions, the plan in force on a day, and meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import opened
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routes.standing import InLang, On
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ
from gameplan.api.shapes import Json
from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.core.words import Tongue
from gameplan.people.roles import Action
from gameplan.planning.doors import plan_of, plans_of, standing_of, version_of, versions_of
from gameplan.planning.events import day_of
from gameplan.planning.models import Version, Written
from gameplan.plans.life import InForce, OpenItem, PlanDay
from gameplan.plans.meeting_form import KIND as MEETING
from gameplan.plans.meeting_form import meeting_of
from gameplan.plans.plan import plan_json
from gameplan.tongues import tongue

router = Router(tags=["Plans and meetings"])
READS = Needs(CASES_READ, Action.READ)
PlanKind = Annotated[Literal["iep", "section-504"], Query(), Field(description="Which kind of plan.")]
ROW = {"id": "p1", "form": "iep", "kind": "iep", "lang": "en", "side": "school", "begun": "2025-09-01T12:00:00Z"}
CONTENT = {"gameplan_plan": 1, "form": "iep", "language": "en", "child": {"name": "Ana"}, "content": {}}
VERSION = {"number": 1, "how": "first", "on": "2025-09-01", "sha256": "9f86d081…"}
MEETING_ROW = {
    "id": "p2", "on": "2025-10-02", "at": "15:30", "place": "Room 4", "means": "in-person", "kinds": ["iep-initial"],
    "papers": [{"number": 1, "how": "invitation", "on": "2025-09-20", "sha256": "9f86d081…"}],
}  # fmt: skip
DAY = {
    "on": "2025-10-09", "in_force": {"plan": CONTENT, "since_version": 1, "review_by": "2026-09-01", "items": []},
    "open": [], "because": [], "cite": [], "doubts": [],
}  # fmt: skip


class PlanRow(Schema):
    """A plan in the making or proposed."""

    id: str
    form: str
    kind: str
    lang: str
    side: str
    begun: datetime


class PlanShape(PlanRow):
    """A plan with what stands in it now."""

    plan: Json


class Plans(Schema):
    """A page of plans."""

    items: list[PlanRow]
    next: str | None


class VersionRow(Schema):
    """A version as it was proposed."""

    number: int
    how: str
    on: date
    sha256: str


class VersionShape(VersionRow):
    """A version with its whole content."""

    plan: Json


class Versions(Schema):
    """The versions of a plan."""

    items: list[VersionRow]


class DayShape(Schema):
    """How the plan stands on a day; `in_force` is null where none is, and `because` says why."""

    on: date
    in_force: Json | None
    open: list[Json]
    because: list[str]
    cite: list[str]
    doubts: list[str]


class MeetingRow(Schema):
    """A meeting, planned or held, with the papers that went out of it."""

    id: str
    on: date | None
    at: str
    place: str
    means: str
    kinds: list[str]
    papers: list[VersionRow]


class MeetingShape(MeetingRow):
    """A meeting with all that is written of it."""

    plan: Json


class Meetings(Schema):
    """A page of meetings."""

    items: list[MeetingRow]
    next: str | None


@route(router, "GET", "/cases/{uuid:case_id}/plans", READS, Gives(Plans, example={"items": [ROW], "next": None}),
       about="The plans of a case")  # fmt: skip
def plans(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """The plans that your side sees, the newest first: its own, and those that the other side shows."""
    case = opened(request, case_id)
    found = [one for one in plans_of(case) if one.form_id != MEETING]
    return said(page_of(found, f"plans.{case.pk}", after, limit, lambda one: one.plan_id, _row))


@route(router, "GET", "/cases/{uuid:case_id}/plans/{plan_id}", READS,
       Gives(PlanShape, example={**ROW, "plan": CONTENT}), about="One plan as it stands now")  # fmt: skip
def plan(request: HttpRequest, case_id: UUID, plan_id: str) -> Answer:
    """What stands in a plan now, in the format of plan files."""
    found = _plan(opened(request, case_id), plan_id)
    return said({**_row(found), "plan": plan_json(standing_of(found).plan)})


@route(router, "GET", "/cases/{uuid:case_id}/plans/{plan_id}/versions", READS,
       Gives(Versions, example={"items": [VERSION]}), about="The versions of a plan")  # fmt: skip
def versions(request: HttpRequest, case_id: UUID, plan_id: str) -> Answer:
    """Every version as it was proposed, the oldest first."""
    found = _plan(opened(request, case_id), plan_id)
    return said({"items": [_version(one) for one in versions_of(found)]})


@route(router, "GET", "/cases/{uuid:case_id}/plans/{plan_id}/versions/{int:number}", READS,
       Gives(VersionShape, example={**VERSION, "plan": CONTENT}), about="One version of a plan")  # fmt: skip
def version(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> Answer:
    """A version with its whole content. It never changes."""
    found = version_of(_plan(opened(request, case_id), plan_id), min(number, 2**31 - 1))
    return said({**_version(found), "plan": found.content})


@route(router, "GET", "/cases/{uuid:case_id}/plan-in-force", READS, Gives(DayShape, example=DAY),
       about="The plan in force on a day")  # fmt: skip
def plan_in_force(
    request: HttpRequest, case_id: UUID, on: On = None, kind: PlanKind = "iep", lang: InLang = "en"
) -> Answer:
    """Which plan is in force on a day, thing by thing, what is open, and why."""
    return said(_day(day_of(opened(request, case_id), on or today(), kind), tongue(lang)))


@route(router, "GET", "/cases/{uuid:case_id}/meetings", READS,
       Gives(Meetings, example={"items": [MEETING_ROW], "next": None}), about="The meetings of a case")  # fmt: skip
def meetings(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """The meetings that your side sees, the newest first."""
    case = opened(request, case_id)
    found = [one for one in plans_of(case) if one.form_id == MEETING]
    for one in found:
        one.case = case
    return said(page_of(found, f"meetings.{case.pk}", after, limit, lambda one: one.plan_id, _meeting))


@route(router, "GET", "/cases/{uuid:case_id}/meetings/{meeting_id}", READS,
       Gives(MeetingShape, example={**MEETING_ROW, "plan": CONTENT}), about="One meeting")  # fmt: skip
def meeting(request: HttpRequest, case_id: UUID, meeting_id: str) -> Answer:
    """A meeting with all that is written of it, in the format of plan files."""
    found = plan_of(opened(request, case_id), meeting_id)
    if found.form_id != MEETING:
        raise Http404("This is no meeting.")
    return said({**_meeting(found), "plan": plan_json(standing_of(found).plan)})


def _plan(case: Case, plan_id: str) -> Written:
    found = plan_of(case, plan_id)
    if found.form_id == MEETING:
        raise Http404("This is a meeting.")
    return found


def _row(one: Written) -> dict[str, Any]:
    return {
        "id": one.plan_id, "form": one.form_id, "kind": one.form.kind, "lang": one.lang, "side": one.side,
        "begun": one.begun_at,
    }  # fmt: skip


def _version(one: Version) -> dict[str, Any]:
    return {"number": one.number, "how": one.how, "on": one.on, "sha256": one.sha256}


def _meeting(one: Written) -> dict[str, Any]:
    said_so = meeting_of(standing_of(one).plan)
    return {
        "id": one.plan_id, "on": said_so.on, "at": said_so.at, "place": said_so.place, "means": said_so.means,
        "kinds": list(said_so.kinds), "papers": [_version(each) for each in versions_of(one)],
    }  # fmt: skip


def _day(day: PlanDay, words: Tongue) -> dict[str, Any]:
    return {
        "on": day.on,
        "in_force": _in_force(day.in_force, words) if day.in_force else None,
        "open": [_open(one, words) for one in day.open],
        "because": [words.say(one) for one in day.because],
        "cite": list(day.cite),
        "doubts": [words.say(one) for one in day.doubts],
    }


def _in_force(found: InForce, words: Tongue) -> dict[str, Any]:
    items = [
        {"key": key, "label": words.say(one.item.label), "version": one.version, "since": one.since,
         "because": [words.say(each) for each in one.because], "cite": list(one.cite)}
        for key, one in found.items.items()
    ]  # fmt: skip
    return {"plan": plan_json(found.plan), "since_version": found.rest, "review_by": found.review_by, "items": items}


def _open(one: OpenItem, words: Tongue) -> dict[str, Any]:
    return {
        "key": one.item.key, "label": words.say(one.item.label), "change": one.item.change, "version": one.version,
        "answer": one.answer, "waits_for": one.waits_for, "because": [words.say(each) for each in one.because],
        "cite": list(one.cite),
    }  # fmt: skip
