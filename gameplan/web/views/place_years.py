"""School years of an organisation: typed, pasted or from a file, confirmed line by line, kept, taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core.calendars import Closure
from gameplan.districts.doors import Act, Place, organisation_for
from gameplan.districts.years import add_days, held_years, known_above, remove_year, save_year
from gameplan.exchange.school_calendar import ReadAs
from gameplan.people.refusals import Refused
from gameplan.people.school_years import year_in
from gameplan.web.forms.places import ADDS, ConfirmAddedForm, PlaceYearForm
from gameplan.web.forms.story_calendar import ConfirmForm
from gameplan.web.story import read_calendar
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.calendar import doubts, rows_of
from gameplan.web.views.places import say_refused


@require_GET
def place_year(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """A form for a school year of this place."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    return _year_page(request, here, _form(here))


@require_POST
def place_year_read(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Read what was typed, pasted or uploaded, and go on to confirm it."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    form = _form(here, request)
    if form.is_valid():
        said = form.cleaned_data
        adds = said.get("how") == ADDS
        if adds and known_above(here.organisation, said["school_year"]) is None:
            form.add_error("how", _("There is no calendar of this year above. Write the whole school year."))
        else:
            return _read_on(request, here, form, adds=adds)
    return _year_page(request, here, form, status=422)


def _read_on(request: HttpRequest, here: Place, form: PlaceYearForm, *, adds: bool) -> HttpResponse:
    read = read_calendar.read_calendar(form.cleaned_data, page_tongue().say)
    try:
        read_calendar.keep(here.person, None, read, _screen(here))
    except Refused as refused:
        say_refused(form, refused)
        return _year_page(request, here, form, status=422)
    return redirect(_confirm(here, adds=adds))


@require_http_methods(["GET", "POST"])
def place_year_confirm(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Every line as it was read, to be confirmed. With `?year=2025-26` what is kept already."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    if request.method == "GET" and request.GET.get("year"):
        return _to_change(here, request.GET["year"])
    read = read_calendar.kept(here.person, None, _screen(here))
    if read is None:
        return redirect("web:place-year", place_id=place_id)
    adds = "adds" in request.GET
    form = (ConfirmAddedForm if adds else ConfirmForm)(request.POST or None, read=read)
    if request.method == "POST" and form.is_valid() and _save(here, form, adds=adds):
        messages.success(request, _("The school year is saved. The children of this place are counted with it now."))
        return redirect("web:place", place_id=place_id)
    return _confirm_page(request, here, form, adds=adds)


@require_POST
def place_year_remove(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Take back what this place wrote of a school year."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    remove_year(here, request.POST.get("school_year", ""))
    messages.success(request, _("It is removed. What the places above say holds again."))
    return redirect("web:place", place_id=place_id)


def _to_change(here: Place, school_year: str) -> HttpResponse:
    """Lay out what this place wrote of a year, to be changed."""
    held = next((one for one in held_years(here.organisation) if one.name == school_year), None)
    if held is None or held.own is None:
        return redirect("web:place-year", place_id=here.organisation.pk)
    read_calendar.keep(here.person, None, read_calendar.to_change(year_in(held.own)), _screen(here))
    return redirect(_confirm(here, adds=held.own.adds))


def _save(here: Place, form: ConfirmForm, *, adds: bool) -> bool:
    """Keep the year as confirmed; False if it was refused."""
    read, said = form.read, form.cleaned_data
    closed = [Closure(first, last, line.name) for line, first, last in form.closed_lines()]
    held = next((one for one in held_years(here.organisation) if one.name == read.school_year), None)
    old = year_in(held.own) if held and held.own and held.own.adds == adds else None
    try:
        if adds:
            add_days(here, read.school_year, tuple(closed), opened=old.open if old else ())
        else:
            save_year(here, read_calendar.year_from(read, said["first_day"], said["last_day"], closed, old))
    except Refused as refused:
        say_refused(form, refused)
        return False
    read_calendar.drop(here.person, None, _screen(here))
    return True


def _form(here: Place, request: HttpRequest | None = None) -> PlaceYearForm:
    above = str(here.organisation.parent) if here.organisation.parent else ""
    if request is not None:
        return PlaceYearForm(request.POST, request.FILES, today=today(), above=above)
    known = [one.name for one in held_years(here.organisation) if one.own]
    return PlaceYearForm(today=today(), known=known, above=above)


def _year_page(request: HttpRequest, here: Place, form: PlaceYearForm, *, status: int = 200) -> HttpResponse:
    return render(request, "pages/places/year.html", {"place": here, "form": form}, status=status)


def _confirm_page(request: HttpRequest, here: Place, form: ConfirmForm, *, adds: bool) -> HttpResponse:
    read = form.read
    context = {
        "place": here,
        "form": form,
        "read": read,
        "adds": adds,
        "unsure": rows_of(form, read.of(ReadAs.UNSURE)),
        "problems": rows_of(form, read.problems),
        "closed": rows_of(form, read.of(ReadAs.CLOSED)),
        "left_out": rows_of(form, read.of(ReadAs.IGNORED, ReadAs.SCHOOL_DAY)),
        "notes": read.notes if adds else (*read.notes, *doubts(read)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/places/confirm.html", context, status=status)


def _confirm(here: Place, *, adds: bool) -> str:
    address = reverse("web:place-year-confirm", args=(here.organisation.pk,))
    return f"{address}?adds=1" if adds else address


def _screen(here: Place) -> str:
    return f"calendar of {here.organisation.pk}"


urlpatterns = [
    path("places/<uuid:place_id>/year/", place_year, name="place-year"),
    path("places/<uuid:place_id>/year/read/", place_year_read, name="place-year-read"),
    path("places/<uuid:place_id>/year/confirm/", place_year_confirm, name="place-year-confirm"),
    path("places/<uuid:place_id>/year/remove/", place_year_remove, name="place-year-remove"),
]
