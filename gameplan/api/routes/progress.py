"""Progress: what is measured and noted, sessions of services, and minutes promised against minutes given."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import JSON, Answer, said
from gameplan.api.callers import opened, writing
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routes.standing import InLang, On
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ, PROGRESS_WRITE
from gameplan.api.shapes import Day, Json, Told
from gameplan.cases.today import today
from gameplan.core.words import Tongue
from gameplan.measures.ledger import Cell, Ledger, Service, Sums
from gameplan.people.roles import Action
from gameplan.progress.doors import measure_of, measures_of, points_of, titles_of
from gameplan.progress.measuring import note_point
from gameplan.progress.minutes import Session, ledger_of, log_session, logs_of
from gameplan.progress.models import Measure, Point
from gameplan.progress.models_minutes import ServiceLog
from gameplan.tongues import tongue

router = Router(tags=["Progress and minutes"])
READS, WRITES = Needs(CASES_READ, Action.READ), Needs(PROGRESS_WRITE, Action.WRITE)
PlanKind = Literal["iep", "section-504"]
Kind = Annotated[PlanKind, Query(), Field(description="Which kind of plan promises the services.")]
MEASURE = {
    "id": "m1",
    "title": "Raises a hand",
    "about": "behavior",
    "way": "count",
    "side": "school",
    "ended_on": None,
}
POINT = {"number": 1, "on": "2025-10-09", "data": {"count": 4}, "note": "", "role": "special-teacher"}
SESSION = {
    "number": 1, "on": "2025-10-09", "service": "related-services/r1", "minutes": 30, "what": "delivered", "reason": "",
    "makes_up": None, "in_group": False, "role": "provider", "side": "school", "corrects": None, "withdrawn": False,
}  # fmt: skip
SUMS = {"promised": 60, "given": 30, "missed": 0, "made_up": 0, "owed": 0, "upcoming": 30, "extra": 0}
MINUTES = {
    "on": "2025-10-09", "until": "2026-05-28", "counts": "school", "doubts": [], "would_settle": [],
    "services": [{"id": "related-services/r1", "name": "Speech therapy", "not_counted": None, "total": SUMS,
                  "this_month": SUMS, "weeks": [{"week": "2025-10-06", **SUMS, "cannot_tell": None}]}],
}  # fmt: skip


class MeasureRow(Schema):
    """Something that is measured."""

    id: str
    title: str
    about: str
    way: str
    side: str
    ended_on: date | None


class Measures(Schema):
    """What is measured."""

    items: list[MeasureRow]


class PointShape(Schema):
    """One check: its day, and what was seen, in the fields of the way to measure."""

    number: int
    on: date
    data: Json
    note: str
    role: str


class Points(Schema):
    """A page of checks."""

    items: list[PointShape]
    next: str | None


class PointTold(Told):
    """A check to note."""

    on: Day
    data: Json = Field(description="Such as count, or correct and total: the fields of the way.")
    note: str = Field("", max_length=2000)


class SessionShape(Schema):
    """A session of a service, as it was noted."""

    number: int
    on: date
    service: str
    minutes: int
    what: str
    reason: str
    makes_up: int | None
    in_group: bool | None
    role: str
    side: str
    corrects: int | None
    withdrawn: bool


class Sessions(Schema):
    """A page of sessions."""

    items: list[SessionShape]
    next: str | None


class SessionTold(Told):
    """A session to note: given, or missed with the reason."""

    service: str = Field(max_length=120, description="The service of the plan in force, such as related-services/r1.")
    on: Day
    minutes: int = Field(ge=0, le=100_000)
    what: Literal["delivered", "missed"] = "delivered"
    reason: str = Field("", max_length=40)
    makes_up: int | None = Field(None, ge=1, le=2**31 - 1)
    in_group: bool | None = None
    note: str = Field("", max_length=2000)
    plan_kind: PlanKind = "iep"


class MinutesShape(Schema):
    """Minutes promised against minutes given; the same for both sides."""

    on: date
    until: date
    counts: str = Field(description="Whose notes make the numbers.")
    services: list[Json]
    would_settle: list[str]
    doubts: list[str]


@route(router, "GET", "/cases/{uuid:case_id}/measures", READS, Gives(Measures, example={"items": [MEASURE]}),
       about="What is measured")  # fmt: skip
def measures(request: HttpRequest, case_id: UUID) -> Answer:
    """Goals, extra help and behavior that are measured, as far as your side sees them."""
    found = list(measures_of(opened(request, case_id)))
    titles = titles_of(found)
    return said({"items": [_measure(one, titles.get(one.pk, "")) for one in found]})


@route(router, "GET", "/cases/{uuid:case_id}/measures/{measure_id}/points", READS,
       Gives(Points, example={"items": [POINT], "next": None}), about="The checks of a measure")  # fmt: skip
def points(request: HttpRequest, case_id: UUID, measure_id: str, limit: Limit = USUAL, after: After = "") -> Answer:
    """The checks that stand, by their days."""
    found = measure_of(opened(request, case_id), measure_id)
    return said(page_of(points_of(found), f"points.{found.pk}", after, limit, lambda one: one.number, _point))


@route(router, "POST", "/cases/{uuid:case_id}/measures/{measure_id}/points", WRITES,
       Gives(PointShape, 201, example=POINT, takes=(JSON,), tagged=True,
             sample={"on": "2025-10-09", "data": {"count": 4}}), about="Note a check")  # fmt: skip
def note(request: HttpRequest, case_id: UUID, measure_id: str, body: PointTold) -> Answer:
    """Notes one check of something that is measured."""
    with writing(request, case_id) as case:
        found = measure_of(case, measure_id)
        made = note_point(found, by=case.reader, on=body.on, data=body.data, note=body.note)
        return said(_point(made), status=201)


@route(router, "GET", "/cases/{uuid:case_id}/sessions", READS,
       Gives(Sessions, example={"items": [SESSION], "next": None}), about="The sessions of services")  # fmt: skip
def sessions(
    request: HttpRequest, case_id: UUID, kind: Kind = "iep", limit: Limit = USUAL, after: After = ""
) -> Answer:
    """Every session as it was noted, also what was put right since."""
    case = opened(request, case_id)
    found = logs_of(case, kind)
    return said(page_of(found, f"sessions.{case.pk}", after, limit, lambda one: one.number, _session))


@route(router, "POST", "/cases/{uuid:case_id}/sessions", WRITES,
       Gives(SessionShape, 201, example=SESSION, takes=(JSON,), tagged=True,
             sample={"service": "related-services/r1", "on": "2025-10-09", "minutes": 30}),
       about="Note a session")  # fmt: skip
def log(request: HttpRequest, case_id: UUID, body: SessionTold) -> Answer:
    """Notes a session of a service that was given or missed."""
    with writing(request, case_id) as case:
        made = log_session(case, by=case.reader, session=Session(**body.model_dump()))
        return said(_session(made), status=201)


@route(router, "GET", "/cases/{uuid:case_id}/minutes", READS, Gives(MinutesShape, example=MINUTES),
       about="Minutes promised and given")  # fmt: skip
def minutes(request: HttpRequest, case_id: UUID, on: On = None, kind: Kind = "iep", lang: InLang = "en") -> Answer:
    """What the plan in force promises of each service, and what was given, missed and made up, week by week."""
    return said(_ledger(ledger_of(opened(request, case_id), on or today(), kind), tongue(lang)))


def _measure(one: Measure, title: str) -> dict[str, Any]:
    return {
        "id": one.measure_id, "title": title, "about": one.about, "way": one.way, "side": one.side,
        "ended_on": one.ended_on,
    }  # fmt: skip


def _point(one: Point) -> dict[str, Any]:
    return {"number": one.number, "on": one.on, "data": one.data, "note": one.note, "role": one.role}


def _session(one: ServiceLog) -> dict[str, Any]:
    """A session without its note, which is for the side that wrote it, in the program."""
    return {
        "number": one.number, "on": one.on, "service": f"{one.field}/{one.row_id}", "minutes": one.minutes,
        "what": one.what, "reason": one.reason, "makes_up": one.makes_up, "in_group": one.in_group, "role": one.role,
        "side": one.side, "corrects": one.corrects, "withdrawn": one.withdrawn,
    }  # fmt: skip


def _ledger(found: Ledger, words: Tongue) -> dict[str, Any]:
    return {
        "on": found.on, "until": found.until, "counts": found.counts,
        "services": [_service(found, one, words) for one in found.services],
        "would_settle": [words.say(one) for one in found.would_settle],
        "doubts": [words.say(one) for one in found.doubts],
    }  # fmt: skip


def _service(found: Ledger, one: Service, words: Tongue) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name if isinstance(one.name, str) else words.say(one.name),
        "not_counted": words.say(one.not_counted) if one.not_counted else None,
        "total": _sums(found.total(one.id)), "this_month": _sums(found.this_month(one.id)),
        "weeks": [_week(week, words) for week in found.weeks(one.id)],
    }  # fmt: skip


def _week(week: Cell, words: Tongue) -> dict[str, Any]:
    cannot_tell = words.say(week.cannot_tell) if week.cannot_tell else None
    return {"week": week.week, **_sums(week.sums), "cannot_tell": cannot_tell}


def _sums(sums: Sums) -> dict[str, float]:
    return {name: _minutes(getattr(sums, name)) for name in SUMS}


def _minutes(number: Fraction) -> float:
    return int(number) if number.denominator == 1 else round(float(number), 2)
