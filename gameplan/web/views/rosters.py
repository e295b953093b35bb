"""Keeping a roster: a file comes in, is looked at, taken in, and undone. Names are shown to who may see children."""

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
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts.asked import uuid_in
from gameplan.people.doors import named
from gameplan.people.refusals import Refused
from gameplan.rosters import receiving
from gameplan.rosters.deciding import decide
from gameplan.rosters.doors import Keeper, keeper_for, mapping_of, take_of, takes_of
from gameplan.rosters.models import Line, Take
from gameplan.rosters.plain.mapping import guess
from gameplan.rosters.taking import take_in
from gameplan.rosters.undoing import undo
from gameplan.web.arrived import language_here, try_it
from gameplan.web.forms.rosters import MappingForm, RosterFileForm
from gameplan.web.roster.lines import page_of_lines
from gameplan.web.views.places import say_refused

State = Take.State
MOST_SHOWN = 25
WAITING = (State.WAITING, State.READING, State.CONFIRMED)
KINDS = (Line.Kind.UNCLEAR, Line.Kind.ADDED, Line.Kind.CHANGED, Line.Kind.GONE)
MANY_GONE, SHARE_GONE = 10, 0.2
"""From so many children who leave at once, and such a share of all, the page asks to look twice."""


@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """A form for a file, and the files before it."""
    keeper = keeper_for(person_of(request), place_id)
    form = RosterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            take = receiving.receive(
                keeper, file.chunks(), name=file.name, kind=form.cleaned_data["kind"], language=language_here()
            )
        except Refused as refused:
            say_refused(form, refused)
        else:
            return _go_on(take)
    takes = list(takes_of(keeper)[:MOST_SHOWN])
    names = named(take.by for take in takes)
    context = {"keeper": keeper, "form": form, "takes": [(take, names.get(take.by, "")) for take in takes]}
    return render(request, "pages/roster/roster.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Which column of a plain CSV file says what: guessed, and confirmed here."""
    keeper, take = _keeper_and_take(request, place_id, number)
    if take.state != State.MAPPING:
        return redirect("web:roster-take", place_id=place_id, number=number)
    header = receiving.header(take)
    guessed = guess(header, mapping_of(keeper)).as_json()
    form = MappingForm(request.POST if request.method == "POST" else None, header=header, guessed=guessed)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_on(receiving.confirm(take, form.mapping()))
        except Refused as refused:
            say_refused(form, refused)
    context = {"keeper": keeper, "take": take, "form": form}
    return render(request, "pages/roster/mapping.html", context, status=422 if form.errors else 200)


@require_GET
def roster_take(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """One file: how far it is, what is wrong with it, what it would change or has changed."""
    keeper, take = _keeper_and_take(request, place_id, number)
    if take.state == State.MAPPING:
        return redirect("web:roster-mapping", place_id=place_id, number=number)
    is_waiting = take.state in WAITING
    if request.htmx and not is_waiting:  # type: ignore[attr-defined]
        return HttpResponseClientRefresh()
    return render(request, "pages/roster/take.html", _take_context(request, keeper, take, is_waiting=is_waiting))


def _take_context(request: HttpRequest, keeper: Keeper, take: Take, *, is_waiting: bool) -> dict[str, object]:
    kinds = [one for one in KINDS if take.counts.get(f"pupil {one}")]
    kind = next((one for one in kinds if request.GET.get("kind") == one), kinds[0] if kinds else Line.Kind.ADDED)
    shows = keeper.sees_children and take.state in (State.PREVIEWED, State.TAKEN)
    lines, following = page_of_lines(take, kind, request.GET.get("after", "")) if shows else ([], 0)
    return {
        "keeper": keeper, "take": take, "is_waiting": is_waiting, "faults": read_kept(take.faults),
        "more_faults": take.fault_count - len(take.faults), "looks_like_a_part": _loses_many(take),
        "counts": {key.replace(" ", "_"): count for key, count in take.counts.items()},
        "kind": kind.value, "kinds": [one.value for one in kinds], "lines": lines, "next": following,
    }  # fmt: skip


def _loses_many(take: Take) -> bool:
    """True if a whole roster would let so many children go that it may be only a part."""
    gone, others = take.counts.get("pupil gone", 0), ("pupil same", "pupil changed")
    all_there = gone + sum(take.counts.get(name, 0) for name in others)
    return take.state == State.PREVIEWED and gone >= MANY_GONE and gone > all_there * SHARE_GONE


@require_POST
def roster_take_in(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Take the file in: at once if it is small, else by the worker."""
    keeper, take = _keeper_and_take(request, place_id, number)
    if receiving.is_small(take):
        try_it(request, lambda: take_in(take, by=keeper.by), _("It is taken in."))
    else:
        try_it(request, lambda: confirm(take, by=keeper.by), _("It will be taken in now."))
    return redirect("web:roster-take", place_id=place_id, number=number)


@require_POST
def roster_drop(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Do not take the file in, and forget what was read of it."""
    _keeper, take = _keeper_and_take(request, place_id, number)
    try_it(request, lambda: drop(take), _("The file is forgotten. Nothing has changed."))
    return redirect("web:roster", place_id=place_id)


@require_POST
def roster_undo(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Put everything back as it was before the file."""
    keeper, take = _keeper_and_take(request, place_id, number)
    try_it(request, lambda: undo(take, by=keeper.by), _("It is undone. Every row is as it was before."))
    return redirect("web:roster-take", place_id=place_id, number=number)


@require_POST
def roster_decide(request: HttpRequest, place_id: UUID, number: int, line: int) -> HttpResponse:
    """Say which student an unclear row is. For those who may see children."""
    keeper, take = _keeper_and_take(request, place_id, number)
    if keeper.sees_children:
        said = uuid_in(request.POST.get("same_as", ""))
        try_it(request, lambda: decide(take, line, same_as=said, by=keeper.by), _("It is noted."))
    else:
        messages.error(request, _("A director says which student it is."))
    return redirect("web:roster-take", place_id=place_id, number=number)


def _go_on(take: Take) -> HttpResponse:
    """Read a small file at once; a large one waits for the worker."""
    place_id = take.place_id
    if take.state == State.MAPPING:
        return redirect("web:roster-mapping", place_id=place_id, number=take.pk)
    if receiving.is_small(take) and start(take):
        receiving.read_now(take, on=today())
    return redirect("web:roster-take", place_id=place_id, number=take.pk)


def _keeper_and_take(request: HttpRequest, place_id: UUID, number: int) -> tuple[Keeper, Take]:
    keeper = keeper_for(person_of(request), place_id)
    return keeper, take_of(keeper, number)


urlpatterns = [
    path("places/<uuid:place_id>/roster/", roster, name="roster"),
    path("places/<uuid:place_id>/roster/<int:number>/", roster_take, name="roster-take"),
    path("places/<uuid:place_id>/roster/<int:number>/mapping/", mapping, name="roster-mapping"),
    path("places/<uuid:place_id>/roster/<int:number>/take/", roster_take_in, name="roster-take-in"),
    path("places/<uuid:place_id>/roster/<int:number>/drop/", roster_drop, name="roster-drop"),
    path("places/<uuid:place_id>/roster/<int:number>/undo/", roster_undo, name="roster-undo"),
    path("places/<uuid:place_id>/roster/<int:number>/lines/<int:line>/", roster_decide, name="roster-decide"),
]
