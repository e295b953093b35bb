"""Finding care: the list of providers, one's own entries, what is wrong with an entry, and offices of each State."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.care import entries
from gameplan.care.contacts import offices_of
from gameplan.care.entries import NoSuchEntry, Reader, reader_of
from gameplan.care.kinds import KINDS, Kind, kinds_called
from gameplan.care.models import OwnEntry, WrongNote
from gameplan.care.places import miles_between, place_of
from gameplan.care.searching import MOST_PRINTED, PAGE, Found, Page, Wanted, has_listings, listing_of, search
from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core.words import Say
from gameplan.law import states
from gameplan.people.refusals import Refused
from gameplan.progress.minutes import ledger_of
from gameplan.web.forms.care import USUAL_MILES, OwnEntryForm, SearchForm, WrongForm

GET_OR_POST = require_http_methods(["GET", "POST"])
MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """A listing on the page, with what its reader noted of it."""

    found: Found
    notes: tuple[WrongNote, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """An entry of one's own on the page: its kind, how far away it is, and whether the reader may change it."""

    entry: OwnEntry
    kind: Kind
    miles: float | None
    may_change: bool


@require_GET
def care(request: HttpRequest) -> HttpResponse:
    """The list: filters, one's own entries, the listings that fit, a page at a time; with `print` up to 200 at once."""
    reader = _reader(request)
    form = SearchForm(request.GET or None, initial={"miles": USUAL_MILES})
    wanted = form.wanted() if form.is_bound and form.is_valid() else Wanted()
    is_paper = "print" in request.GET
    page = None
    if not wanted.is_empty:
        page = search(wanted, page=1 if is_paper else _number(request), size=MOST_PRINTED if is_paper else PAGE)
    context = {
        "form": form, "wanted": wanted, "page": page, "shown": _shown(reader, page), "own": _own(reader, wanted),
        "kinds": [KINDS[kind] for kind in wanted.kinds], "has_listings": has_listings(), "today": today(),
        "query": _query(wanted), "states": states(), "most_printed": MOST_PRINTED,
    }  # fmt: skip
    if page:
        context |= {"next": _url(wanted, page.number + 1) if page.has_next else "", "before": _before(wanted, page)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"pages/care/{'printed' if is_paper else 'list'}.html", context, status=status)


@require_GET
def care_for_child(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The list with the child's State and the kinds that the plan names. Nothing else of the case goes along."""
    case = case_for(person_of(request), case_id)
    services = [one.name.text if isinstance(one.name, Say) else one.name for one in ledger_of(case, today()).services]
    return redirect(
        _url(Wanted(kinds_called(services), state=case.child_state if case.child_state in states() else ""))
    )


@GET_OR_POST
def add_entry(request: HttpRequest) -> HttpResponse:
    """Write a provider down."""
    reader = _reader(request)
    first = {"kind": request.GET.get("kind", ""), "state": request.GET.get("state", "")}
    form = OwnEntryForm(_sent(request), places=reader.works_at, initial=first)
    if form.is_bound and form.is_valid():
        return _done(
            request,
            form,
            lambda: entries.add_entry(reader, form.words(), place=form.chosen_place()),
            _("It is in your list."),
        )
    return _entry_page(request, form, None)


@GET_OR_POST
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry of one's own."""
    reader, kept = _reader(request), _entry(request, entry_id)
    first = {name: getattr(kept, name) for name in entries.Words.__dataclass_fields__}
    form = OwnEntryForm(_sent(request), places=(), initial=first)
    if form.is_bound and form.is_valid():
        return _done(request, form, lambda: entries.change_entry(reader, entry_id, form.words()), _("Changed."), kept)
    return _entry_page(request, form, kept)


@require_POST
def remove_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take an entry of one's own away."""
    kept = _entry(request, entry_id)
    entries.remove_entry(_reader(request), kept.pk)
    messages.success(request, _("It is gone."))
    return redirect("web:care")


@GET_OR_POST
def wrong(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an entry of the file is wrong, and read what was noted of it."""
    reader, found = _reader(request), listing_of(number)
    if found is None:
        raise Http404("There is no such entry.")
    form = WrongForm(_sent(request), places=reader.works_at)
    if form.is_bound and form.is_valid():
        try:
            entries.note_wrong(reader, number, form.cleaned_data["words"], place=form.chosen_place())
        except Refused as refused:
            _tell_faults(form, refused)
        else:
            messages.success(request, _("Noted. It stays here and is shown with the entry."))
            return redirect("web:care-wrong", number=number)
    shown = Shown(found, tuple(entries.notes_on(reader, [number]).get(number, ())))
    status = 422 if form.is_bound else 200
    return render(
        request, "pages/care/wrong.html", {"form": form, "shown": shown, "mine": _mine(reader)}, status=status
    )


@require_POST
def take_note_back(request: HttpRequest, number: int, note_id: UUID) -> HttpResponse:
    """Take a note away."""
    try:
        entries.take_note_back(_reader(request), note_id)
    except NoSuchEntry as error:
        raise Http404("There is no such note.") from error
    messages.success(request, _("Taken back."))
    return redirect("web:care-wrong", number=number)


@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Choose a State."""
    chosen = request.GET.get("state", "")
    if chosen in states():
        return redirect("web:care-office", state=chosen)
    return render(request, "pages/care/offices.html", {"states": states()})


@require_GET
def office(request: HttpRequest, state: str) -> HttpResponse:
    """Where to turn in a State: agency, complaint, mediation, hearing, parent centers."""
    if state not in states():
        raise Http404("There is no such State.")
    return render(
        request, "pages/care/office.html", {"state": state, "name": states()[state], "offices": offices_of(state)}
    )


def _reader(request: HttpRequest) -> Reader:
    person = person_of(request)
    return reader_of(person.id, person.posts)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _number(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return min(int(said), MOST_PAGES) if said.isascii() and said.isdigit() else 1


def _query(wanted: Wanted) -> str:
    said: list[tuple[str, Any]] = [("kind", kind) for kind in wanted.kinds]
    said += [(name, value) for name in ("zip", "name", "state") if (value := getattr(wanted, name))]
    return urlencode([*said, ("miles", wanted.miles)] if wanted.zip else said)


def _url(wanted: Wanted, page: int = 1) -> str:
    query = _query(wanted) + (f"&page={page}" if page > 1 else "")
    return reverse("web:care") + (f"?{query}" if query else "")


def _before(wanted: Wanted, page: Page) -> str:
    return _url(wanted, page.number - 1) if page.number > 1 else ""


def _shown(reader: Reader, page: Page | None) -> list[Shown]:
    found = page.found if page else ()
    notes = entries.notes_on(reader, [one.listing.npi for one in found])
    return [Shown(one, tuple(notes.get(one.listing.npi, ()))) for one in found]


def _own(reader: Reader, wanted: Wanted) -> list[Own]:
    """One's own entries that fit: the kinds, the name, the State and the distance, where they say it."""
    here, mine = place_of(wanted.zip) if wanted.zip else None, _mine(reader)
    found = []
    for one in entries.fitting(reader, wanted.kinds, wanted.name):
        there = place_of(one.zip) if here and one.zip else None
        miles = miles_between(here, there) if here and there else None
        if miles is not None and miles > wanted.miles:
            continue
        found.append(Own(one, KINDS[one.kind], miles, one.person == reader.person or one.organisation_id in mine))
    return found


def _mine(reader: Reader) -> set[UUID]:
    return {place.pk for place in reader.works_at}


def _entry(request: HttpRequest, entry_id: UUID) -> OwnEntry:
    try:
        return entries.entry_of(_reader(request), entry_id)
    except NoSuchEntry as error:
        raise Http404("There is no such entry.") from error


def _entry_page(request: HttpRequest, form: forms.Form, kept: OwnEntry | None) -> HttpResponse:
    return render(request, "pages/care/entry.html", {"form": form, "entry": kept}, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, form: forms.Form, keep: Any, says: str, kept: OwnEntry | None = None) -> HttpResponse:
    try:
        made = keep()
    except Refused as refused:
        _tell_faults(form, refused)
        return _entry_page(request, form, kept)
    messages.success(request, says)
    return redirect(_url(replace(Wanted(), kinds=(made.kind,))))


def _tell_faults(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


urlpatterns = [
    path("care/", care, name="care"),
    path("care/own/", add_entry, name="care-add"),
    path("care/own/<uuid:entry_id>/", entry, name="care-entry"),
    path("care/own/<uuid:entry_id>/remove/", remove_entry, name="care-entry-remove"),
    path("care/wrong/<int:number>/", wrong, name="care-wrong"),
    path("care/wrong/<int:number>/<uuid:note_id>/back/", take_note_back, name="care-wrong-back"),
    path("care/offices/", offices, name="care-offices"),
    path("care/offices/<str:state>/", office, name="care-office"),
    path("case/<uuid:case_id>/care/", care_for_child, name="care-for"),
]
