"""What happened: noting a behavior in a few taps, putting a note right, taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.doors import row_of, titles_of
from gameplan.progress.incidents import (
    correct_incident,
    incident_rows,
    must_be_behavior,
    note_incident,
    withdraw_incident,
)
from gameplan.progress.models import Measure
from gameplan.progress.noted import standing
from gameplan.web.forms.incident import IncidentForm, filled_in
from gameplan.web.views.progress import told_faults
from gameplan.web.views.progress_measure import opened


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """What happened? Two taps and one for keeping it, where the words that are offered fit."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    rows, title = standing(incident_rows(must_be_behavior(found))), titles_of([found])[found.pk]
    now = timezone.localtime().time().replace(second=0, microsecond=0)
    start = {"form_key": uuid4(), "on": today(), "at": now, "behavior": title}
    form = IncidentForm(request.POST if request.method == "POST" else None, rows=rows, initial=start)
    if request.method == "POST" and form.is_valid() and _note(found, form):
        messages.success(request, _("Noted. It stands first in the list."))
        return redirect("web:behavior", case_id=case_id, measure_id=measure_id)
    return _page(request, case, found, {"form": form, "title": title, "number": 0})


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, case_id: UUID, measure_id: str, number: int) -> HttpResponse:
    """Put a note right; the old one stays to be read."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    rows = incident_rows(must_be_behavior(found))
    row = row_of(rows, number)
    form = IncidentForm(
        request.POST if request.method == "POST" else None, rows=standing(rows), initial=filled_in(row, standing(rows))
    )
    if request.method == "POST" and form.is_valid() and _correct(found, number, form):
        messages.success(request, _("Put right. The old note stays to be read."))
        return redirect("web:behavior", case_id=case_id, measure_id=measure_id)
    return _page(request, case, found, {"form": form, "title": titles_of([found])[found.pk], "number": number})


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, measure_id: str, number: int) -> HttpResponse:
    """Take a note back; it stays to be read."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    withdraw_incident(found, number, by=case.reader)
    messages.success(request, _("Taken back. It stays to be read."))
    return redirect("web:behavior", case_id=case_id, measure_id=measure_id)


def _page(request: HttpRequest, case: Case, found: Measure, more: dict[str, Any]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/behavior/note.html", {"case": case, "measure": found, **more}, status=status)


def _note(found: Measure, form: IncidentForm) -> bool:
    try:
        note_incident(found, by=found.case.reader, seen=form.seen(), form_key=form.cleaned_data["form_key"])
    except Refused as refused:
        told_faults(form, refused)
        return False
    return True


def _correct(found: Measure, number: int, form: IncidentForm) -> bool:
    try:
        correct_incident(found, number, by=found.case.reader, seen=form.seen())
    except Refused as refused:
        told_faults(form, refused)
        return False
    return True


HERE = "case/<uuid:case_id>/progress/<str:measure_id>/incident/"
urlpatterns = [
    path(HERE, note, name="note-incident"),
    path(f"{HERE}<int:number>/", correct, name="correct-incident"),
    path(f"{HERE}<int:number>/withdraw/", withdraw, name="withdraw-incident"),
]
