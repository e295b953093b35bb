"""Somebody's work: the caseload, the places where they work, and the school years there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import caller_of
from gameplan.api.paging import USUAL, After, Limit, mark_of, place_in
from gameplan.api.routes.standing import InLang
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import PLACES_READ
from gameplan.api.shapes import Json
from gameplan.cases.reach import reach_of
from gameplan.cases.today import today
from gameplan.core.casewrite import year_json
from gameplan.core.faults import Fault
from gameplan.core.words import Tongue
from gameplan.districts.asked import STATUSES, after_in, read_asked
from gameplan.districts.caseload import Line, page_of
from gameplan.districts.doors import organisation_for, parts_of, places_of
from gameplan.districts.years import HeldYear, held_years
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.tongues import tongue
from gameplan.watch.models import Due

router = Router(tags=["Caseload and places"])
READS = Needs(PLACES_READ)
Place = Annotated[str, Query(), Field(max_length=36, description="Only a school or district, by its id.")]
Status = Annotated[str, Query(), Field(max_length=20, description=f"Only duties that are: {', '.join(STATUSES)}.")]
KEY = "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01"
CHILD = {
    "case": KEY, "child": "Ana", "school": "Pecan Elementary", "next_on": "2025-11-18", "managers": ["Lee"],
    "duties": [{"clock": "initial-evaluation", "title": "Finish the first evaluation", "status": "running",
                "due": "2025-11-18", "due_earliest": None, "due_latest": None, "owed_by": ["school"]}],
}  # fmt: skip
SCHOOL = {"id": KEY, "kind": "school", "name": "Pecan Elementary", "state": "TX", "nces_id": "", "inside": None}
HELD = {"school_year": "2025-26", "from": SCHOOL["name"], "year": {"school_year": "2025-26", "first_day": "2025-08-13",
        "last_day": "2026-05-28", "closed": []}}  # fmt: skip


class ChildRow(Schema):
    """A child of the caseload, with the duties that were asked for."""

    case: UUID
    child: str
    school: str
    next_on: date | None
    managers: list[str]
    duties: list[Json]


class Caseload(Schema):
    """A page of the caseload."""

    items: list[ChildRow]
    next: str | None


class PlaceShape(Schema):
    """A school, a district or a State; `inside` is the id of what it lies in."""

    id: UUID
    kind: str
    name: str
    state: str
    nces_id: str
    inside: UUID | None


class Places(Schema):
    """Places."""

    items: list[PlaceShape]


class OnePlace(PlaceShape):
    """A place with what lies in it."""

    parts: list[PlaceShape]


class HeldYears(Schema):
    """School years as they hold in a place: `year` is null where only additions are written."""

    items: list[Json]


@route(router, "GET", "/caseload", READS, Gives(Caseload, example={"items": [CHILD], "next": None}),
       about="The children you work with")  # fmt: skip
def caseload(
    request: HttpRequest, place: Place = "", status: Status = "", lang: InLang = "en", limit: Limit = USUAL,
    after: After = "",
) -> Answer:  # fmt: skip
    """Each child in reach by the next day that matters, as the school sees the case, from stored dates."""
    if status and status not in STATUSES:
        raise Refused([Fault("status", _("There is no such status."), ", ".join(STATUSES))])
    asked = read_asked({"place": place, "status": status})
    behind = place_in("caseload", after)
    found = page_of(
        reach_of(caller_of(request).person), asked, on=today(), after=after_in(behind) if behind else None, size=limit
    )
    words = tongue(lang)
    more = mark_of("caseload", str(found.after)) if found.after else None
    return said({"items": [_child(one, words) for one in found.lines], "next": more})


@route(router, "GET", "/places", READS, Gives(Places, example={"items": [SCHOOL]}), about="The places where you work")
def places(request: HttpRequest) -> Answer:
    """The organisations in which the person of the token holds a post today."""
    return said({"items": [_place(one) for one in places_of(caller_of(request).person)]})


@route(router, "GET", "/places/{uuid:place_id}", READS, Gives(OnePlace, example={**SCHOOL, "parts": []}),
       about="One place, and what lies in it")  # fmt: skip
def place(request: HttpRequest, place_id: UUID) -> Answer:
    """A school, district or State that the person of the token may see."""
    found = organisation_for(caller_of(request).person, place_id)
    return said({**_place(found.organisation), "parts": [_place(one) for one in parts_of(found)]})


@route(router, "GET", "/places/{uuid:place_id}/school-years", READS, Gives(HeldYears, example={"items": [HELD]}),
       about="The school years of a place")  # fmt: skip
def school_years(request: HttpRequest, place_id: UUID) -> Answer:
    """Every school year as it holds there, the newest first, and who wrote it."""
    found = organisation_for(caller_of(request).person, place_id)
    return said({"items": [_year(one) for one in held_years(found.organisation)]})


def _child(line: Line, words: Tongue) -> dict[str, Any]:
    return {
        "case": line.case.pk, "child": line.case.child_name, "school": line.school, "next_on": line.day,
        "managers": line.managers, "duties": [_due(one, words) for one in line.duties],
    }  # fmt: skip


def _due(one: Due, words: Tongue) -> dict[str, Any]:
    return {
        "clock": one.clock, "title": words.say(one.says), "status": one.status, "due": one.due,
        "due_earliest": one.due_earliest, "due_latest": one.due_latest, "owed_by": one.owed_by,
    }  # fmt: skip


def _place(one: Organisation) -> dict[str, Any]:
    return {
        "id": one.pk, "kind": one.kind, "name": one.name, "state": one.state, "nces_id": one.nces_id,
        "inside": one.parent_id,
    }  # fmt: skip


def _year(one: HeldYear) -> dict[str, Any]:
    return {
        "school_year": one.name, "from": str(one.source) if one.source else None,
        "year": year_json(one.year) if one.year else None,
    }  # fmt: skip
