"""Measurements and sessions as tables: out for a spreadsheet, and in again, all of it or nothing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.doors import measures_of, terms_of
from gameplan.progress.minutes import known_services
from gameplan.progress.table_rows import MOST_BYTES
from gameplan.progress.tables import (
    POINT_COLUMNS,
    SESSION_COLUMNS,
    points_table,
    sessions_table,
    take_points,
    take_sessions,
)
from gameplan.web.downloads import download
from gameplan.web.forms.progress_table import POINTS, SESSIONS, TableForm

CSV = "text/csv; charset=utf-8"
NEXT = {POINTS: "web:take-progress", SESSIONS: "web:minutes"}
TABLES = {POINTS: points_table, SESSIONS: sessions_table}


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a table in. Every fault stands on the page with its row and column; nothing is kept until all are gone."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    form = TableForm(request.POST or None, request.FILES or None, initial={"kind": POINTS})
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _taken(case, form))
            return redirect(NEXT[form.cleaned_data["kind"]], case_id=case_id)
        except Refused as refused:
            faults = refused.faults
    measures = list(measures_of(case))
    terms = terms_of(measures)
    context = {
        "case": case, "form": form, "faults": faults, "is_family": sees_all(case),
        "measures": [(one.measure_id, terms[one.pk].title) for one in measures],
        "services": sorted(name for name, key in known_services(case).items() if name != key),
        "point_columns": POINT_COLUMNS, "session_columns": SESSION_COLUMNS, "shares": Action.SHARE in case.can,
    }  # fmt: skip
    return render(request, "pages/progress/table.html", context, status=422 if form.errors or faults else 200)


@require_GET
def table(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """What stands, as a table that can be taken in again."""
    case = case_for(person_of(request), case_id, to=Action.SHARE)
    if kind not in TABLES:
        raise Http404("There is no such table.")
    return download(TABLES[kind](case).encode("utf-8-sig"), CSV, f"gameplan-{kind}-{today()}.csv")


def _taken(case: Case, form: TableForm) -> str:
    """Takes the table in, and says how much came in. Raises Refused."""
    take = take_sessions if form.cleaned_data["kind"] == SESSIONS else take_points
    done = take(case, form.cleaned_data["file"].read(MOST_BYTES + 1), by=case.reader)
    said = ngettext("%(number)s row came in.", "%(number)s rows came in.", done.new) % {"number": done.new}
    return f"{said} {_('What was there already stays as it was.')}" if done.there else said


urlpatterns = [
    path("case/<uuid:case_id>/progress-table/", take_in, name="take-progress"),
    path("case/<uuid:case_id>/progress-table/<slug:kind>.csv", table, name="progress-table"),
]
