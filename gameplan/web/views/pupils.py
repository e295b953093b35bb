"""The students of a roster, for those who answer for their schools; and a student's case."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.people import person_of
from gameplan.districts.asked import uuid_in
from gameplan.districts.doors import schools_below
from gameplan.people.refusals import Refused
from gameplan.rosters import linking
from gameplan.rosters.doors import Reader, last_day_taken, pupil_for, pupils_of, reader_for
from gameplan.rosters.models import Pupil
from gameplan.web.forms.rosters import PupilSearchForm

A_PAGE = 50
MOST_PAGES = 10_000


@require_GET
def pupils(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The students by name, 50 at a time, with a search."""
    reader = reader_for(person_of(request), place_id)
    schools = list(schools_below([place_id]))
    schools = [one for one in schools if reader.sees_all or one.pk in reader.schools]
    form = PupilSearchForm(request.GET or None, schools=schools)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = min(int(said), MOST_PAGES) if (said := request.GET.get("page", "")).isdecimal() and len(said) < 6 else 0
    found = pupils_of(reader, words=asked.get("name", ""), school=uuid_in(asked.get("school", "")))
    several = list(found[page * A_PAGE : (page + 1) * A_PAGE + 1])
    context = {
        "reader": reader, "form": form, "pupils": several[:A_PAGE], "query": _query(asked),
        "next": page + 1 if len(several) > A_PAGE else 0, "page": page, "before": page - 1,
        "taken_on": last_day_taken(reader.place),
    }  # fmt: skip
    return render(request, "pages/roster/pupils.html", context)


@require_GET
def pupil(request: HttpRequest, place_id: UUID, pupil_id: UUID) -> HttpResponse:
    """One student: what the roster says, and the case."""
    reader, found = _reader_and_pupil(request, place_id, pupil_id)
    context = {
        "reader": reader, "pupil": found, "proposed": linking.proposed(reader, found),
        "may_begin": linking.may_begin(reader, found),
    }  # fmt: skip
    return render(request, "pages/roster/pupil.html", context)


@require_POST
def begin(request: HttpRequest, place_id: UUID, pupil_id: UUID) -> HttpResponse:
    """Begin the case of a student; the family is invited next."""
    reader, found = _reader_and_pupil(request, place_id, pupil_id)
    try:
        case = linking.begin(reader, found, language=(get_language() or "en")[:2])
    except Refused as refused:
        return _refused(request, found, refused)
    messages.success(request, _("The case is there. Invite the family next, so that both hold it."))
    return redirect("web:people", case_id=case.pk)


@require_POST
def link(request: HttpRequest, place_id: UUID, pupil_id: UUID) -> HttpResponse:
    """Say that a case is this student's."""
    reader, found = _reader_and_pupil(request, place_id, pupil_id)
    key = uuid_in(request.POST.get("case", ""))
    if key is None:
        raise Http404("There is no such case.")
    try:
        linking.link(reader, found, key)
    except Refused as refused:
        return _refused(request, found, refused)
    messages.success(request, _("It is noted."))
    return redirect("web:pupil", place_id=place_id, pupil_id=pupil_id)


@require_POST
def unlink(request: HttpRequest, place_id: UUID, pupil_id: UUID) -> HttpResponse:
    """Take back that a case is this student's."""
    reader, found = _reader_and_pupil(request, place_id, pupil_id)
    linking.unlink(reader, found)
    messages.success(request, _("It is taken back. The case stays as it is."))
    return redirect("web:pupil", place_id=place_id, pupil_id=pupil_id)


def _refused(request: HttpRequest, found: Pupil, refused: Refused) -> HttpResponse:
    for fault in refused.faults:
        messages.error(request, f"{fault.what} {fault.mend}")
    return redirect("web:pupil", place_id=found.place_id, pupil_id=found.pk)


def _reader_and_pupil(request: HttpRequest, place_id: UUID, pupil_id: UUID) -> tuple[Reader, Pupil]:
    reader = reader_for(person_of(request), place_id)
    return reader, pupil_for(reader, pupil_id)


def _query(asked: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


urlpatterns = [
    path("places/<uuid:place_id>/roster/pupils/", pupils, name="pupils"),
    path("places/<uuid:place_id>/roster/pupils/<uuid:pupil_id>/", pupil, name="pupil"),
    path("places/<uuid:place_id>/roster/pupils/<uuid:pupil_id>/begin/", begin, name="pupil-begin"),
    path("places/<uuid:place_id>/roster/pupils/<uuid:pupil_id>/link/", link, name="pupil-link"),
    path("places/<uuid:place_id>/roster/pupils/<uuid:pupil_id>/unlink/", unlink, name="pupil-unlink"),
]
