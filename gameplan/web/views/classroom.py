"""In class: the checklist of a child's accommodations, one tap each."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.classroom import DECLINED, GIVEN, NOT_GIVEN, accommodations_on, note_given, take_back, tallies

CHOICES = (
    (GIVEN, gettext_lazy("Given")),
    (DECLINED, gettext_lazy("The child said no")),
    (NOT_GIVEN, gettext_lazy("Not given")),
)


@require_GET
def classroom(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is to be done in class today, and what was noted over the last four weeks."""
    case = case_for(person_of(request), case_id)
    on = today()
    noted, words = tallies(case, on), dict(CHOICES)
    rows = []
    for one in accommodations_on(case, on):
        tally = noted.get(one.key)
        counts = [(words[name], tally.counts[name]) for name in words if tally and tally.counts.get(name)]
        last = tally.last if tally and tally.last and tally.last.on == on else None
        rows.append(
            (one, counts, last, words.get(last.was) if last else "", bool(last) and last.side == case.reader.side)
        )
    context = {
        "case": case, "rows": rows, "choices": CHOICES, "day": on, "writes": Action.WRITE in case.can,
        "is_family": sees_all(case),
    }  # fmt: skip
    return render(request, "pages/classroom.html", context)


@require_POST
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One tap: what became of one accommodation today."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    asked = request.POST
    try:
        key = UUID(asked.get("form_key", ""))
    except ValueError:
        key = uuid4()
    try:
        note_given(case, by=case.reader, key=asked.get("key", ""), was=asked.get("was", ""), on=today(), form_key=key)
        messages.success(request, _("Noted for today."))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    return redirect("web:classroom", case_id=case_id)


@require_POST
def undo(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """Take the note of one accommodation back."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    take_back(case, number, by=case.reader)
    messages.success(request, _("Taken back. It stays in the list of changes."))
    return redirect("web:classroom", case_id=case_id)


urlpatterns = [
    path("case/<uuid:case_id>/class/", classroom, name="classroom"),
    path("case/<uuid:case_id>/class/note/", note, name="note-accommodation"),
    path("case/<uuid:case_id>/class/<int:number>/undo/", undo, name="undo-accommodation"),
]
