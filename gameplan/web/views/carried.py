"""Bringing existing cases in: templates, a file, a preview, a yes, and undo. Names for who may see children."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from gameplan.arriving.faults import read_kept
from gameplan.arriving.steps import confirm, drop, start
from gameplan.carrying import receiving
from gameplan.carrying.deciding import decide
from gameplan.carrying.doors import Carrier, batch_of, batches_of, carrier_for
from gameplan.carrying.models import Batch, Line
from gameplan.carrying.staging import NO_ACCOUNT
from gameplan.carrying.taking import take_in, work_out
from gameplan.carrying.templates import template_zip
from gameplan.carrying.undoing import undo
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts.asked import uuid_in
from gameplan.districts.doors import schools_below
from gameplan.people.doors import named
from gameplan.people.refusals import Refused
from gameplan.web.arrived import language_here, try_it
from gameplan.web.carried.lines import odd_counts, page_of_lines
from gameplan.web.downloads import download
from gameplan.web.forms.carried import CasesFileForm
from gameplan.web.views.places import say_refused

State = Batch.State
MOST_SHOWN = 25
WAITING = (State.WAITING, State.READING, State.CONFIRMED)
KINDS = (Line.Kind.UNCLEAR, Line.Kind.MATCHED, Line.Kind.NEW, Line.Kind.THERE)


@require_http_methods(["GET", "POST"])
def carried(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The templates, a form for a file, and the files before it."""
    carrier = carrier_for(person_of(request), place_id)
    schools = [one for one in schools_below([carrier.place.pk]).order_by("name") if one.closed_on is None]
    form = CasesFileForm(request.POST or None, request.FILES or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = receiving.receive(
                carrier, file.chunks(), name=file.name, source=form.cleaned_data["source"],
                school=form.chosen_school(), language=language_here(),
            )  # fmt: skip
        except Refused as refused:
            say_refused(form, refused)
        else:
            return _go_on(batch)
    batches = list(batches_of(carrier)[:MOST_SHOWN])
    names = named(batch.by for batch in batches)
    context = {"carrier": carrier, "form": form, "batches": [(one, names.get(one.by, "")) for one in batches]}
    return render(request, "pages/carried/carried.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def carried_templates(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The templates in one zip."""
    carrier_for(person_of(request), place_id)
    return download(template_zip(), "application/zip", "case-templates.zip")


@require_GET
def carried_batch(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """One file: how far it is, what is wrong with it, what it would bring or has brought."""
    carrier, batch = _carrier_and_batch(request, place_id, number)
    is_waiting = batch.state in WAITING
    if request.htmx and not is_waiting:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    return render(request, "pages/carried/batch.html", _context(request, carrier, batch, is_waiting=is_waiting))


def _context(request: HttpRequest, carrier: Carrier, batch: Batch, *, is_waiting: bool) -> dict[str, object]:
    kinds = [one for one in KINDS if batch.counts.get(one)]
    kind = next((one for one in kinds if request.GET.get("kind") == one), kinds[0] if kinds else Line.Kind.NEW)
    shows = carrier.sees_children and batch.state in (State.PREVIEWED, State.TAKEN)
    lines, following = page_of_lines(batch, kind, request.GET.get("after", "")) if shows else ([], 0)
    return {
        "carrier": carrier, "batch": batch, "is_waiting": is_waiting, "faults": read_kept(batch.faults),
        "more_faults": batch.fault_count - len(batch.faults), "counts": batch.counts,
        "no_account": batch.counts.get(NO_ACCOUNT, 0), "odd": odd_counts(batch),
        "kind": kind.value, "kinds": [one.value for one in kinds], "lines": lines, "next": following,
    }  # fmt: skip


@require_POST
def carried_take_in(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Bring the cases in: at once if the file is small, else by the worker."""
    carrier, batch = _carrier_and_batch(request, place_id, number)

    def take() -> None:
        take_in(batch, person=carrier.person, by=carrier.by)
        work_out(batch, on=today())

    if receiving.has_few(batch):
        try_it(request, take, _("The cases are here."))
    else:
        try_it(request, lambda: confirm(batch, by=carrier.by, role=carrier.person.role), _("They will come in now."))
    return redirect("web:carried-batch", place_id=place_id, number=number)


@require_POST
def carried_drop(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Do not bring the cases in, and forget what was read of the file."""
    _carrier, batch = _carrier_and_batch(request, place_id, number)
    try_it(request, lambda: drop(batch), _("The file is forgotten. Nothing has changed."))
    return redirect("web:carried", place_id=place_id)


@require_POST
def carried_undo(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Take the cases back, as long as nobody has changed one."""
    carrier, batch = _carrier_and_batch(request, place_id, number)
    try_it(request, lambda: undo(batch, by=carrier.by), _("It is undone. These cases are gone."))
    return redirect("web:carried-batch", place_id=place_id, number=number)


@require_POST
def carried_decide(request: HttpRequest, place_id: UUID, number: int, line: int) -> HttpResponse:
    """Say whose case an unclear one is. For those who may see children."""
    carrier, batch = _carrier_and_batch(request, place_id, number)
    if carrier.sees_children:
        said = uuid_in(request.POST.get("same_as", ""))
        try_it(request, lambda: decide(batch, line, same_as=said, by=carrier.by), _("It is noted."))
    else:
        messages.error(request, _("A director says which student it is."))
    return redirect("web:carried-batch", place_id=place_id, number=number)


def _go_on(batch: Batch) -> HttpResponse:
    """Read a small file at once; a large one waits for the worker."""
    if receiving.is_small(batch) and start(batch):
        receiving.read_now(batch, on=today())
    return redirect("web:carried-batch", place_id=batch.place_id, number=batch.pk)


def _carrier_and_batch(request: HttpRequest, place_id: UUID, number: int) -> tuple[Carrier, Batch]:
    carrier = carrier_for(person_of(request), place_id)
    return carrier, batch_of(carrier, number)


urlpatterns = [
    path("places/<uuid:place_id>/cases/", carried, name="carried"),
    path("places/<uuid:place_id>/cases/templates/", carried_templates, name="carried-templates"),
    path("places/<uuid:place_id>/cases/<int:number>/", carried_batch, name="carried-batch"),
    path("places/<uuid:place_id>/cases/<int:number>/take/", carried_take_in, name="carried-take-in"),
    path("places/<uuid:place_id>/cases/<int:number>/drop/", carried_drop, name="carried-drop"),
    path("places/<uuid:place_id>/cases/<int:number>/undo/", carried_undo, name="carried-undo"),
    path("places/<uuid:place_id>/cases/<int:number>/lines/<int:line>/", carried_decide, name="carried-decide"),
]
