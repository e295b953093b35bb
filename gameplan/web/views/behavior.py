"""A behavior as a whole: every note of it, what they have in common, and what the team makes of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.cases.today import today
from gameplan.people.roles import Action
from gameplan.progress.behavior_plans import behavior_plans_of, summaries_of
from gameplan.progress.doors import titles_of
from gameplan.progress.incidents import incident_rows, must_be_behavior
from gameplan.progress.noted import standing
from gameplan.web.behavior.studying import Study, incident_lines, within
from gameplan.web.behavior.written import may_write, plans_shown, summaries_shown
from gameplan.web.forms.behavior import PeriodForm
from gameplan.web.sides import Reading
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.progress_measure import opened

RECENT = 6
"""So many notes stand open on the page; the older ones are folded."""


@require_GET
def behavior(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """The notes and their pictures; `?since=` and `?until=` choose the days that are looked at."""
    case, found = opened(request, case_id, measure_id, Action.READ)
    rows, form = incident_rows(must_be_behavior(found)), PeriodForm(request.GET or None)
    since, until = period_of(form)
    lines = incident_lines(case, rows)
    context = {
        "case": case, "reading": Reading(case), "measure": found, "title": titles_of([found])[found.pk],
        "study": Study(found, within(standing(rows), since, until), since, until or today(), page_tongue()),
        "period": form, "is_part": bool(since or until), "lines": lines[:RECENT], "older": lines[RECENT:],
        "summaries": summaries_shown(case, summaries_of(found)), "is_writer": may_write(case, found),
        "plans": plans_shown(case, behavior_plans_of(found), today()),
        "writes": Reading(case).writes and (found.ended_on is None or found.ended_on >= today()),
    }  # fmt: skip
    return render(request, "pages/behavior/behavior.html", context, status=422 if form.errors else 200)


def period_of(form: PeriodForm) -> tuple[date | None, date | None]:
    """The first and the last day that are looked at; None where it is left open or cannot be read."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return said.get("since"), said.get("until")


HERE = "case/<uuid:case_id>/progress/<str:measure_id>/behavior/"
urlpatterns = [path(HERE, behavior, name="behavior")]
