"""What a place owes its State: counts are taken and looked at; who stands behind a number; what is wrong."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts.doors import Place
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.reports.counting.checks import CHECKS
from gameplan.reports.counting.edit_checks import count_day_faults
from gameplan.reports.counting.file_forms import FileForm as Report
from gameplan.reports.counting.file_forms import file_form, file_names
from gameplan.reports.doors import (
    children_named,
    count_of,
    counts_of,
    may_report,
    places_below,
    report_place,
)
from gameplan.reports.models import Count, CountedChild
from gameplan.reports.reading import units_of
from gameplan.reports.results import behind_row, children_with, overview, result_of
from gameplan.reports.taking_counts import drop_count, take_count
from gameplan.web.forms.reports import LEVEL_NAMES, CountForm, FileForm
from gameplan.web.reporting.tables import UNIT, row_in, row_said, set_tables, unit_in, unit_text
from gameplan.web.views.places import say_refused
from gameplan.web.views.report_worksheets import NAMES

SHOWN = 100
"""So many children on a page."""
WHOLE = "SEA"


@require_GET
def place_reports(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The counts of a place, and what can be made of them."""
    return _front(request, report_place(person_of(request), place_id))


@require_POST
def add_count(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Count the children of a place on a day."""
    here, on = report_place(person_of(request), place_id), today()
    form = CountForm(request.POST, today=on)
    if form.is_valid():
        try:
            made = take_count(here, form.cleaned_data["on"], on)
        except Refused as refused:
            say_refused(form, refused)
        else:
            return redirect("web:report-count", place_id=place_id, count_id=made.pk)
    return _front(request, here, form=form, status=422)


def _front(request: HttpRequest, here: Place, *, form: CountForm | None = None, status: int = 200) -> HttpResponse:
    about = {
        "place": here,
        "counts": counts_of(here)[:SHOWN],
        "form": form or CountForm(today=today()),
        "sheets": NAMES.items(),
        "may_take_out": may_report(here, Action.SHARE),
        "reports": [file_form(name) for name in file_names()],
    }
    return render(request, "pages/reports/front.html", about, status=status)


@require_GET
def report_count(request: HttpRequest, place_id: UUID, count_id: UUID) -> HttpResponse:
    """One count: what is wrong with it first, then each file with its number."""
    here = report_place(person_of(request), place_id)
    count = count_of(here, count_id)
    seen = overview(count)
    about = {
        **_about(here, count),
        "wrong": seen.wrong,
        "files": [(file_form(name), seen.amounts[name]) for name in file_names()],
        "day_faults": count_day_faults(count.on),
    }
    return render(request, "pages/reports/count.html", about)


@require_POST
def remove_count(request: HttpRequest, place_id: UUID, count_id: UUID) -> HttpResponse:
    """Forget a count."""
    here = report_place(person_of(request), place_id, to=Action.SHARE)
    drop_count(here, count_of(here, count_id).pk)
    messages.success(request, _("The count is forgotten. Nothing changed in the cases."))
    return redirect("web:place-reports", place_id=place_id)


@require_GET
def report_file(request: HttpRequest, place_id: UUID, count_id: UUID, name: str) -> HttpResponse:
    """One file of a count: what is wrong first, then its numbers for one unit, and how to take it out."""
    here = report_place(person_of(request), place_id)
    count, report = count_of(here, count_id), report_named(name)
    level = _level(request, report)
    units = units_of(places_below(here), level)
    unit = unit_in(request.GET.get(UNIT, "")) if UNIT in request.GET or not units else min(units)
    found = result_of(count, report, level, unit, units)
    about = {
        **_about(here, count),
        "report": report,
        "level": level,
        "levels": [(one, LEVEL_NAMES[one]) for one in report.levels],
        "units": [(unit_text(one), one, one == unit) for one in found.units] if level != WHOLE else [],
        "wrong": found.wrong,
        "tables": list(set_tables(report, found.rows, found.sums, level)),
        "day_faults": count_day_faults(count.on) if report.counts in ("school-age", "early-childhood") else (),
        "take_form": FileForm(levels=report.levels) if may_report(here, Action.SHARE) else None,
    }
    return render(request, "pages/reports/file.html", about)


@require_GET
def report_children(request: HttpRequest, place_id: UUID, count_id: UUID, name: str) -> HttpResponse:
    """The children behind one number of a file."""
    here = report_place(person_of(request), place_id)
    count, report = count_of(here, count_id), report_named(name)
    row = row_in(report, request.GET)
    found = behind_row(count, report, _level(request, report), row)
    about = {**_about(here, count), "report": report, "words": row_said(row)}
    return _children_page(request, here, found, about)


@require_GET
def report_check(request: HttpRequest, place_id: UUID, count_id: UUID, check: str) -> HttpResponse:
    """The children of whom an edit check says something; with `?file=FS002` only where it matters in that file."""
    here = report_place(person_of(request), place_id)
    count = count_of(here, count_id)
    if check not in CHECKS:
        raise Http404("There is no such check.")
    found = children_with(count, check, request.GET.get("file", ""))
    return _children_page(request, here, found, {**_about(here, count), "check": CHECKS[check]})


def _children_page(
    request: HttpRequest, here: Place, found: QuerySet[CountedChild], about: dict[str, object]
) -> HttpResponse:
    """Some of these children, by name; the rest on further pages."""
    page = int(told) if (told := request.GET.get("page", "")).isdigit() and len(told) < 6 else 0
    named = children_named(here.person, found.values("case"))
    number, seen = found.count(), named.count()
    query = request.GET.copy()
    query["page"] = str(page + 1)
    some = named[page * SHOWN : (page + 1) * SHOWN]
    shown = {"children": some, "number": number, "unseen": number - seen}
    more = f"?{query.urlencode()}" if seen > (page + 1) * SHOWN else ""
    return render(request, "pages/reports/children.html", {**about, **shown, "next": more})


def report_named(name: str) -> Report:
    """The file of that name. Raises Http404 for any other."""
    if name not in file_names():
        raise Http404("There is no such report.")
    return file_form(name)


def _level(request: HttpRequest, report: Report) -> str:
    told = request.GET.get("level", WHOLE)
    return told if told in report.levels else WHOLE


def _about(here: Place, count: Count) -> dict[str, object]:
    return {"place": here, "count": count, "is_open": count.state == Count.State.WAITING}


_COUNT = "places/<uuid:place_id>/reports/counts/<uuid:count_id>/"
urlpatterns = [
    path("places/<uuid:place_id>/reports/", place_reports, name="place-reports"),
    path("places/<uuid:place_id>/reports/counts/", add_count, name="add-count"),
    path(_COUNT, report_count, name="report-count"),
    path(f"{_COUNT}remove/", remove_count, name="remove-count"),
    path(f"{_COUNT}checks/<slug:check>/", report_check, name="report-check"),
    path(f"{_COUNT}<slug:name>/", report_file, name="report-file"),
    path(f"{_COUNT}<slug:name>/children/", report_children, name="report-children"),
]
