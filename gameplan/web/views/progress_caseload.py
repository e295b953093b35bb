"""The goals of a whole caseload on one page, those off track first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from gameplan.cases.today import today
from gameplan.measures.rules import look
from gameplan.progress.caseload import PAGE, Watched, goals_at_work
from gameplan.web.progress.words import URGENCY, standing_chip
from gameplan.web.views.caseload import reach_for
from gameplan.web.views.progress import key_of


@dataclass(frozen=True)
class GoalRow:
    """One goal of one child in the list."""

    watched: Watched
    status: str
    chip: SafeString
    last_on: date | None


@require_GET
def caseload_progress(request: HttpRequest) -> HttpResponse:
    """The goals that are measured now, forty children a page."""
    person, after = reach_for(request).person, key_of(request.GET.get("after", ""))
    page = goals_at_work(person, after=after)
    rows = [_row(one) for one in page.lines]
    rows.sort(key=lambda row: (URGENCY[row.status], row.last_on or date.min, row.watched.case.child_name))
    context = {
        "rows": rows, "next": page.after, "is_first": after is None, "size": PAGE,
        "off": sum(row.status == "off-track" for row in rows),
    }  # fmt: skip
    return render(request, "pages/progress/caseload.html", context)


def _row(one: Watched) -> GoalRow:
    status = look(one.series, today()).status
    points = one.series.points
    return GoalRow(one, status, standing_chip(status), points[-1].on if points else None)


urlpatterns = [path("caseload/progress/", caseload_progress, name="caseload-progress")]
