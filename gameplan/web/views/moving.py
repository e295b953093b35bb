"""A child who moves: to a school that is here, or away; what goes along, and what the old school keeps."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.joining import ask, open_asking, take_back
from gameplan.cases.models import Case
from gameplan.cases.moving import copies_of
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.doors import place_named, places_called
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.together.moving import agency_of, has_iep, move_away
from gameplan.together.showing import groups_of, lines_of
from gameplan.web.forms.joining import AwayForm, MoveForm
from gameplan.web.showing_lines import described
from gameplan.web.sides import Reading
from gameplan.web.views.joining import needs_accounts, say_refused


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where does the child go? The case goes along; the family chooses what the new school sees of its own."""
    case = case_for(person_of(request), case_id, to=Action.PEOPLE)
    needs_accounts()
    if case.reader.side is Side.NEITHER:
        raise PermissionDenied("Only the family and the school move a case.")
    if case.school is None:
        return redirect("web:child", case_id=case_id)
    form = MoveForm(request.POST or None, initial={"starts": today(), "had_iep": "yes" if has_iep(case) else "no"})
    if request.method == "POST":
        done = _moved(request, case, form)
        if done is not None:
            return done
    return _page(request, case, form)


def _page(request: HttpRequest, case: Case, form: MoveForm) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    school = place_named(request.POST.get("school", "") or request.GET.get("school", ""))
    reading = Reading(case)
    context: dict[str, object] = {
        "case": case, "reading": reading, "q": words, "found": places_called(words), "school": school, "form": form,
        "away": AwayForm(on=today()), "asking": open_asking(case), "copies": copies_of(case),
    }  # fmt: skip
    if school is not None and case.school is not None:
        context["is_transfer"] = agency_of(school).pk != agency_of(case.school).pk
        context["groups"] = described(case, groups_of(lines_of(case))) if reading.is_family else []
    return render(request, "pages/joining/move.html", context, status=422 if form.errors else 200)


def _moved(request: HttpRequest, case: Case, form: MoveForm) -> HttpResponse | None:
    """What the button asked for; None to show the page again with what is wrong."""
    go = request.POST.get("go", "")
    if go == "take-back":
        take_back(case, by=case.reader)
        messages.success(request, _("Taken back. Everything stays as it is."))
        return redirect("web:move", case_id=case.pk)
    if go == "away":
        return _away(request, case)
    school = place_named(request.POST.get("school", ""))
    if school is None:
        messages.error(request, _("Choose the school first."))
        return redirect("web:move", case_id=case.pk)
    return _ask(request, case, school, form) if form.is_valid() else None


def _ask(request: HttpRequest, case: Case, school: Organisation, form: MoveForm) -> HttpResponse:
    chosen = None
    if case.reader.side is Side.FAMILY:
        chosen = {one.name for one in lines_of(case)} & set(request.POST.getlist("show"))
    try:
        ask(case, by=case.reader, school=school, chosen=chosen, move=form.move().told())
    except Refused as refused:
        say_refused(request, refused)
        return redirect("web:move", case_id=case.pk)
    messages.success(request, _("{school} is asked to go on with this case.").format(school=school.name))
    return redirect("web:child", case_id=case.pk)


def _away(request: HttpRequest, case: Case) -> HttpResponse:
    form = AwayForm(request.POST, on=today())
    if not form.is_valid():
        messages.error(request, _("Write the last day at this school."))
        return redirect("web:move", case_id=case.pk)
    by = case.reader
    try:
        move_away(case, by=by, on=form.cleaned_data["on"], to_state=form.cleaned_data["to_state"])
    except Refused as refused:
        say_refused(request, refused)
        return redirect("web:move", case_id=case.pk)
    if by.side is Side.FAMILY:
        messages.success(request, _("The school is out. Save the whole case here and take it to the new school."))
        return redirect("web:keep", case_id=case.pk)
    messages.success(request, _("The child has left. Your school keeps the copy below."))
    return redirect("web:joining")


urlpatterns = [path("case/<uuid:case_id>/move/", move, name="move")]
