"""Who looked at this file, and who changed it: the record of access (34 CFR 300.614), its check, and a copy of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gameplan.cases import record
from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.cases.verifying import head_of, verdicts
from gameplan.people.roles import Action
from gameplan.web.downloads import download
from gameplan.web.record_links import links_of
from gameplan.web.templatetags.look import say

LINES_A_PAGE = 300
LOOKS, CHANGES = "looks", "changes"
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


@require_GET
def record_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that was done with this file, day by day; `?check=1` verifies the trail."""
    case = case_for(person_of(request), case_id)
    lines = record.record_of(case)
    chosen = _chosen(lines, request.GET)
    page = Paginator(chosen, LINES_A_PAGE).get_page(request.GET.get("page"))
    links = links_of(case)
    days = [
        (day, [(line, links.get(line.about)) for line in some]) for day, some in record.by_day(page.object_list)
    ]  # fmt: skip
    context = {
        "case": case, "days": days, "page": page, "people": record.people_in(lines), "all": len(lines),
        "chosen": len(chosen), "who": request.GET.get("who", ""), "what": request.GET.get("what", ""),
        "query": _without_page(request.GET), "head": head_of(case), "sees_all": sees_all(case),
        "verdict": next(verdicts(case.pk)) if request.GET.get("check") else None,
    }  # fmt: skip
    return render(request, "pages/record/record.html", context)


@require_GET
def record_csv(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same as a table for other programs, each row with its hash and the end of the trail in its name."""
    case = case_for(person_of(request), case_id, to=Action.SHARE)
    written = StringIO()
    table = csv.writer(written)
    table.writerow([
        _("Row"), _("Day and time"), _("Who"), _("Role"), _("Works at"), _("Why they may"), _("What they did"),
        _("About"), _("Hash"),
    ])  # fmt: skip
    for line in reversed(record.record_of(case)):
        table.writerow([_harmless(cell) for cell in _cells(line)])
    return download(written.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"gameplan-record-{today()}.csv")


def _cells(line: record.Line) -> Iterable[str]:
    at = timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds")
    who = line.who
    return (
        str(line.number), at, say(who.name), say(who.role), who.organisation, say(who.purpose), say(line.said),
        line.about, line.hash,
    )  # fmt: skip


def _harmless(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(RISKY_STARTS) else cell


def _chosen(lines: Iterable[record.Line], asked: QueryDict) -> list[record.Line]:
    """The lines of one person, only looks, or only changes, as asked."""
    who, what = asked.get("who", ""), asked.get("what", "")
    return [
        line
        for line in lines
        if (not who or line.who.person == who) and (what not in (LOOKS, CHANGES) or line.looks == (what == LOOKS))
    ]


def _without_page(asked: QueryDict) -> str:
    kept = asked.copy()
    for name in ("page", "check"):
        kept.pop(name, None)
    return kept.urlencode()


urlpatterns = [
    path("case/<uuid:case_id>/record/", record_page, name="record"),
    path("case/<uuid:case_id>/record/record.csv", record_csv, name="record-csv"),
]
