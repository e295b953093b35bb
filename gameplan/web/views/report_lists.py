"""Lists of children that somebody puts together: columns, filters, kept and shared; taken out as CSV or a workbook."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import chain, islice
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts.doors import Place, schools_below
from gameplan.people.roles import Action
from gameplan.reports.doors import list_of, lists_of, may_report, report_place
from gameplan.reports.list_columns import Cell, head_of
from gameplan.reports.list_lines import ListFilters, lines_of
from gameplan.reports.lists import change_list, columns_of, forget_list, keep_list, list_csv, list_xlsx
from gameplan.reports.models import ListKept
from gameplan.web.forms.reports import ListForm, list_initial
from gameplan.web.templatetags.look import in_words, page_tongue

SHOWN = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def place_lists(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The lists of a place, and a form for a new one."""
    here = report_place(person_of(request), place_id)
    form = ListForm(request.POST or None, schools=schools_below([place_id]))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = keep_list(here, told["name"], told["columns"], asdict(form.filters()), shared=told["shared"])
        return redirect("web:report-list", place_id=place_id, list_id=made.pk)
    status = 422 if request.method == "POST" else 200
    about = {"place": here, "lists": lists_of(here), "form": form}
    return render(request, "pages/reports/lists.html", about, status=status)


@require_http_methods(["GET", "POST"])
def report_list(request: HttpRequest, place_id: UUID, list_id: UUID) -> HttpResponse:
    """One list with its first children; whoever made it may change it here."""
    here = report_place(person_of(request), place_id)
    found = list_of(here, list_id)
    filters = ListFilters.kept(found.filters)
    initial = list_initial(found.name, found.columns, filters, shared=found.is_shared)
    form = ListForm(request.POST or None, schools=schools_below([place_id]), initial=initial)
    if request.method == "POST":
        own_list(here, found)
        if form.is_valid():
            told = form.cleaned_data
            change_list(found, told["name"], told["columns"], asdict(form.filters()), shared=told["shared"])
            return redirect("web:report-list", place_id=place_id, list_id=list_id)
    status = 422 if request.method == "POST" else 200
    about = {**_shown(here, found, filters), "form": form if _is_own(here, found) else None}
    return render(request, "pages/reports/list.html", about, status=status)


def _shown(here: Place, found: ListKept, filters: ListFilters) -> dict[str, object]:
    columns, tongue = columns_of(found), page_tongue()
    lines = list(islice(chain.from_iterable(lines_of(here, filters, today())), SHOWN + 1))
    rows = [(known.case, [_cell(one.says(known, tongue)) for one in columns]) for known in lines[:SHOWN]]
    return {
        "place": here, "list": found, "heads": [head_of(one, tongue, ceds=False) for one in columns], "rows": rows,
        "has_more": len(lines) > SHOWN, "may_take_out": may_report(here, Action.SHARE),
    }  # fmt: skip


def _cell(cell: Cell) -> str:
    """What stands in a cell on the page: a day in words, a stroke for nothing."""
    if isinstance(cell, date):
        return in_words(cell)
    return "–" if cell in (None, "") else f"{cell:g}" if isinstance(cell, float) else str(cell)


@require_GET
def report_list_file(request: HttpRequest, place_id: UUID, list_id: UUID, ending: str) -> HttpResponseBase:
    """The whole list as CSV or a workbook; `?heads=ceds` names columns as CEDS does."""
    here = report_place(person_of(request), place_id, to=Action.SHARE)
    found = list_of(here, list_id)
    blocks = lines_of(here, ListFilters.kept(found.filters), today())
    told = (here, blocks, columns_of(found), page_tongue())
    ceds, name = request.GET.get("heads") == "ceds", f"list-{today().isoformat()}.{ending}"
    if ending == "xlsx":
        book = list_xlsx(*told, ceds=ceds)
        return FileResponse(book, as_attachment=True, filename=name, content_type=WORKBOOK)
    answer = StreamingHttpResponse(list_csv(*told, ceds=ceds), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def remove_list(request: HttpRequest, place_id: UUID, list_id: UUID) -> HttpResponse:
    """Forget a list. Only who made it may."""
    here = report_place(person_of(request), place_id)
    found = list_of(here, list_id)
    own_list(here, found)
    forget_list(found)
    messages.success(request, _("The list is forgotten. Nothing changed in the cases."))
    return redirect("web:report-lists", place_id=place_id)


def own_list(here: Place, found: ListKept) -> None:
    """Raises PermissionDenied for a list that somebody else made."""
    if not _is_own(here, found):
        raise PermissionDenied("Somebody else made this list.")


def _is_own(here: Place, found: ListKept) -> bool:
    return found.made_by == here.person.id


_LISTS = "places/<uuid:place_id>/reports/lists/"
urlpatterns = [
    path(_LISTS, place_lists, name="report-lists"),
    path(f"{_LISTS}<uuid:list_id>/", report_list, name="report-list"),
    path(f"{_LISTS}<uuid:list_id>/remove/", remove_list, name="remove-list"),
    path(f"{_LISTS}<uuid:list_id>/list.csv", report_list_file, {"ending": "csv"}, name="report-list-csv"),
    path(f"{_LISTS}<uuid:list_id>/list.xlsx", report_list_file, {"ending": "xlsx"}, name="report-list-xlsx"),
]
