"""The school years of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from gameplan.api.answers import JSON, Answer, said
from gameplan.api.callers import opened, seen_tag, writing
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ, FACTS_WRITE
from gameplan.api.shapes import Day, Told
from gameplan.cases.doors import calendars_of, own_years
from gameplan.cases.verbs import save_calendar
from gameplan.core.calendars import SchoolYear
from gameplan.core.casefile import read_case
from gameplan.core.casewrite import year_json
from gameplan.core.faults import CaseFileError, Fault
from gameplan.law import vocabulary
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action

router = Router(tags=["Calendars"])
LONGEST_NAME: Final = 40
YEAR = {
    "school_year": "2025-26", "first_day": "2025-08-13", "last_day": "2026-05-28",
    "closed": ["2025-09-01", {"from": "2025-12-22", "to": "2026-01-02", "name": "Winter break"}],
}  # fmt: skip


class YearShape(Schema):
    """A school year: the first and the last day of class, days off, and extra days."""

    school_year: str
    first_day: date
    last_day: date
    closed: list[Any] = Field(description="A day, two days, or from, to and name.")
    open: list[date] = []
    weekdays: list[str] = []
    own: bool = Field(False, description="It was written in this case; else it is the school's.")


class Years(Schema):
    """School years."""

    items: list[YearShape]


class YearTold(Told):
    """A school year as it is sent."""

    first_day: Day
    last_day: Day
    closed: list[Any] = Field([], max_length=400)
    open: list[Day] = Field([], max_length=400)
    weekdays: list[str] = Field([], max_length=7)
    source: str = Field("", max_length=500)


@route(router, "GET", "/cases/{uuid:case_id}/calendars", Needs(CASES_READ, Action.READ),
       Gives(Years, example={"items": [{**YEAR, "own": True}]}), about="The school years of a case")  # fmt: skip
def calendars(request: HttpRequest, case_id: UUID) -> Answer:
    """The school years that count for a case: its own, and those of its school."""
    case = opened(request, case_id)
    own = own_years(case)
    items = [{**year_json(year), "own": year.school_year in own} for year in calendars_of(case)]
    return said({"items": items}, etag=seen_tag(case))


@route(router, "PUT", "/cases/{uuid:case_id}/calendars/{school_year}", Needs(FACTS_WRITE, Action.WRITE),
       Gives(YearShape, example={**YEAR, "own": True}, takes=(JSON,), tagged=True,
             sample={name: value for name, value in YEAR.items() if name != "school_year"}),
       about="Save a school year")  # fmt: skip
def save(request: HttpRequest, case_id: UUID, school_year: str, body: YearTold) -> Answer:
    """Keeps one school year of the child's school, in place of an older one of the same name."""
    with writing(request, case_id) as case:
        year = _year(school_year, body)
        save_calendar(case, by=case.reader, year=year, source=body.source)
        return said({**year_json(year), "own": True}, etag=seen_tag(case))


def _year(school_year: str, body: YearTold) -> SchoolYear:
    """The year that was sent, read as a case file has it. Raises Refused with every fault."""
    if len(school_year) > LONGEST_NAME:
        raise Refused([Fault("school_year", _("This name is too long."), _("Write it like 2025-26."))])
    told = body.model_dump(mode="json", exclude={"source"})
    year = {"school_year": school_year, **{name: value for name, value in told.items() if value}}
    try:
        read = read_case({"gameplan": 1, "child": {}, "calendars": [year], "facts": []}, vocabulary())
    except CaseFileError as error:
        faults = [replace(one, where=one.where.removeprefix("calendars[0].")) for one in error.faults]
        raise Refused(faults) from error
    return read.calendars[0]
