"""Noting results: several measures in one sitting, on a phone, also without a network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.doors import GOAL, measures_of
from gameplan.progress.measuring import point_faults
from gameplan.progress.sitting import Told, note_sitting
from gameplan.web.forms.points import PointForm, SittingForm
from gameplan.web.progress.showing import Shown, shown_of
from gameplan.web.sides import Reading
from gameplan.web.views.progress import told_faults

Rows = list[tuple[Shown, PointForm]]


@require_http_methods(["GET", "POST"])
def note_points(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One form for all that is measured now; `?measure=m1` sets that one first.

    A script that asks for JSON gets `{"go": address}`, or with 422 `{"faults": [sentences]}`.
    """
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    sitting = SittingForm(
        request.POST if request.method == "POST" else None, initial={"form_key": uuid4(), "on": today()}
    )
    rows = _rows(request, case)
    status = 200
    if request.method == "POST":
        kept = _note(case, sitting, rows)
        if kept:
            return _kept(request, case, kept)
        if _wants_json(request):
            return JsonResponse({"faults": _faults(sitting, rows)}, status=422)
        status = 422
    context = {"case": case, "reading": Reading(case), "sitting": sitting, "rows": rows, "on": today()}
    return render(request, "pages/progress/note.html", context, status=status)


def _rows(request: HttpRequest, case: Case) -> Rows:
    """What is measured now with its form: goals first, and before all the one that was asked for."""
    first, data = request.GET.get("measure", ""), request.POST if request.method == "POST" else None
    shown = shown_of(case, list(measures_of(case)), today())
    named = {name.partition("-")[0] for name in data or ()}
    kept = [one for one in shown if one.is_open or one.measure.measure_id in named]
    kept.sort(key=lambda one: (one.measure.measure_id != first, one.measure.about != GOAL))
    return [(one, PointForm(data, measure=one.measure)) for one in kept]


def _note(case: Case, sitting: SittingForm, rows: Rows) -> int:
    """How many results were kept: all that were filled in, or none, and then the forms say what is wrong."""
    filled = [form for _shown, form in rows if form.is_filled]
    on = sitting.cleaned_data["on"] if sitting.is_valid() else None
    for form in filled:
        if form.is_valid():
            _tell_faults(sitting, form, on)
    if not sitting.is_valid() or not all(form.is_valid() for form in filled):
        return 0
    told = [Told(form.measure, form.told(), form.cleaned_data["note"]) for form in filled]
    try:
        return len(note_sitting(told, by=case.reader, on=sitting.cleaned_data["on"], form_key=_key(sitting)))
    except Refused as refused:
        told_faults(sitting, refused)
        return 0


def _tell_faults(sitting: SittingForm, form: PointForm, on: date | None) -> None:
    """What is wrong with one check; what is wrong with the day stands beside the day, once."""
    for fault in point_faults(form.measure, on or today(), form.told(), form.cleaned_data["note"]):
        words = f"{fault.what} {fault.mend}"
        if fault.where != "on":
            form.fault(fault.where, words)
        elif words not in sitting.errors.get("on", []):
            sitting.add_error("on", words)


def _key(sitting: SittingForm) -> UUID | None:
    key: UUID | None = sitting.cleaned_data["form_key"]
    return key


def _kept(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    words = ngettext("%(number)d result is kept.", "%(number)d results are kept.", number) % {"number": number}
    if not _wants_json(request) or request.POST.get("looks"):
        messages.success(request, words)
    if _wants_json(request):
        return JsonResponse({"go": reverse("web:progress", args=(case.pk,))})
    return redirect("web:progress", case_id=case.pk)


def _faults(sitting: SittingForm, rows: Rows) -> list[str]:
    """Every fault of the sitting as a sentence that names its measure and field."""
    found = list(_sentences("", sitting))
    for shown, form in rows:
        if form.is_filled:
            found += _sentences(f"{shown.series.title}: ", form)
    return found


def _sentences(before: str, form: SittingForm | PointForm) -> Sequence[str]:
    named: list[str] = []
    for name, errors in form.errors.items():
        label: Any = "" if name == "__all__" else f"{form.fields[name].label}: "
        named += [f"{before}{label}{error}" for error in errors]
    return named


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


@require_GET
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that opens the noting page without a network. Browsers want it at or above the pages it serves."""
    script = Path(finders.find("web/js/offline.js") or "")
    return HttpResponse(script.read_bytes(), "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


urlpatterns = [
    path("case/<uuid:case_id>/progress/note/", note_points, name="note-points"),
    path("case/offline.js", offline_worker, name="offline-worker"),
]
