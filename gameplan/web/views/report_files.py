"""A file of a count that leaves this program; the numbers of a file that may be published."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.roles import Action
from gameplan.reports.code_words import code_said
from gameplan.reports.counting.file_text import CannotWrite, file_name, file_text
from gameplan.reports.counting.public import SMALLEST, public_tables
from gameplan.reports.counting.tally import Unit
from gameplan.reports.doors import asked_of, children_of, count_of, places_below, report_place, role_here
from gameplan.reports.edfi_out import edfi_lines
from gameplan.reports.files import note_taken, rows_of_file, sending_of
from gameplan.reports.results import tally_of
from gameplan.web.forms.reports import FileForm
from gameplan.web.views.reports import WHOLE, report_named

TYPES = {"csv": "text/csv", "tab": "text/tab-separated-values", "txt": "text/plain"}
LARGEST = 1000


@require_GET
def report_download(request: HttpRequest, place_id: UUID, count_id: UUID, name: str) -> HttpResponseBase:
    """The file, once the record of access of each child in it says who took it out; 422 with what is in the way."""
    here = report_place(person_of(request), place_id, to=Action.SHARE)
    count, report = count_of(here, count_id), report_named(name)
    form = FileForm(request.GET, levels=report.levels)
    about = {"place": here, "count": count, "report": report, "take_form": form}
    if not form.is_valid():
        return render(request, "pages/reports/cannot_write.html", about, status=422)
    asked, told = asked_of(count), form.cleaned_data
    sending = sending_of(
        here.organisation, told["level"], asked, ending=told["ending"], version=told["version"],
        checked=told["checked"],
    )  # fmt: skip
    rows = rows_of_file(report, told["level"], children_of(count), places_below(here))
    try:
        records = file_text(report, rows, sending)
    except CannotWrite as refused:
        return render(request, "pages/reports/cannot_write.html", {**about, "obstacles": refused.obstacles}, status=422)
    note_taken(report, children_of(count), here.person.acting_as(role_here(here, Action.SHARE)))
    answer = StreamingHttpResponse(records, content_type=f"{TYPES[sending.ending]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(report, sending)}"'
    return answer


@require_GET
def report_public(request: HttpRequest, place_id: UUID, count_id: UUID, name: str) -> HttpResponse:
    """The numbers of a file without those that could name a child: `?smallest=10` is the least that is shown."""
    here = report_place(person_of(request), place_id)
    count, report = count_of(here, count_id), report_named(name)
    told = request.GET.get("smallest", "")
    smallest = int(told) if told.isdigit() and 2 <= int(told[:6]) <= LARGEST else SMALLEST
    tables = [
        (report.categories[one.category].title if one.category else "",
         [(code_said(one.category, cell.code), cell.amount) for cell in one.cells])
        for one in public_tables(tally_of(count, report, WHOLE, Unit()), smallest)
    ]  # fmt: skip
    about = {"place": here, "count": count, "report": report, "tables": tables, "smallest": smallest}
    return render(request, "pages/reports/public.html", about)


@require_GET
def report_edfi(request: HttpRequest, place_id: UUID) -> StreamingHttpResponse:
    """The children of a place for an Ed-Fi interface; each record of access says who took it out."""
    here = report_place(person_of(request), place_id, to=Action.SHARE)
    person = here.person.acting_as(role_here(here, Action.SHARE))
    lines = edfi_lines([place_id], person, today())
    answer = StreamingHttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ed-fi-{today().isoformat()}.jsonl"'
    return answer


_FILE = "places/<uuid:place_id>/reports/counts/<uuid:count_id>/<slug:name>/"
urlpatterns = [
    path("places/<uuid:place_id>/reports/ed-fi.jsonl", report_edfi, name="report-edfi"),
    path(f"{_FILE}file/", report_download, name="report-download"),
    path(f"{_FILE}public/", report_public, name="report-public"),
]
