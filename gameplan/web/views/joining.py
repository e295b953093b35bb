"""Joining, as the family sees it: find a school, see what it will read, choose, ask; later show more, or stop."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.joining import ask, open_asking, take_back
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.people.doors import place_named, places_called
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.together.showing import change, groups_of, lines_of, ticked
from gameplan.web.showing_lines import described

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def join(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Bring a case to a school: which one, what it will see, and the question to it."""
    case = case_for(person_of(request), case_id, to=Action.SHOW)
    needs_accounts()
    if case.school_id is not None:
        return redirect("web:shared", case_id=case_id)
    if request.method == "POST":
        return _asked(request, case)
    words = request.GET.get("q", "").strip()
    school = place_named(request.GET.get("school", ""))
    context: dict[str, object] = {
        "case": case, "q": words, "found": places_called(words), "asking": open_asking(case), "school": school,
    }  # fmt: skip
    if school is not None:
        context["groups"] = described(case, groups_of(ticked(lines_of(case), None)))
    return render(request, "pages/joining/join.html", context)


def _asked(request: HttpRequest, case: Case) -> HttpResponse:
    if request.POST.get("go") == "take-back":
        take_back(case, by=case.reader)
        messages.success(request, _("Taken back. The school does not learn of it any more."))
        return redirect("web:child", case_id=case.pk)
    school = place_named(request.POST.get("school", ""))
    if school is None:
        messages.error(request, _("Choose the school first."))
        return redirect("web:join", case_id=case.pk)
    return _ask(request, case, school)


def _ask(request: HttpRequest, case: Case, school: Organisation) -> HttpResponse:
    known = {one.name for one in lines_of(case)}
    try:
        ask(case, by=case.reader, school=school, chosen=known & set(request.POST.getlist("show")))
    except Refused as refused:
        say_refused(request, refused)
        return redirect("web:join", case_id=case.pk)
    said = _("{school} is asked. Until it says yes it sees your child’s name, the birth date and your name.")
    messages.success(request, said.format(school=school.name))
    return redirect("web:child", case_id=case.pk)


@GET_OR_POST
def shared(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the school sees of what the family wrote; the family shows more, or stops showing what is its own."""
    needed = Action.SHOW if request.method == "POST" else Action.LETTER
    case = case_for(person_of(request), case_id, to=needed)
    needs_accounts()
    if case.reader.side is not Side.FAMILY:
        raise PermissionDenied("This is the family's own page.")
    if case.school_id is None:
        return redirect("web:child", case_id=case_id)
    if request.method == "POST":
        shown, listed = set(request.POST.getlist("show")), set(request.POST.getlist("listed"))
        more, less = change(case, by=case.reader, shown=shown, listed=listed)
        messages.success(request, _told(more, less))
        return redirect("web:shared", case_id=case_id)
    context = {"case": case, "school": case.school, "groups": described(case, groups_of(lines_of(case)))}
    return render(request, "pages/joining/shared.html", context)


def _told(more: int, less: int) -> str:
    said = []
    if more:
        now = ngettext("The school sees {n} thing more.", "The school sees {n} things more.", more)
        said.append(now.format(n=more))
    if less:
        now = ngettext("You do not show {n} thing any more.", "You do not show {n} things any more.", less)
        said.append(now.format(n=less))
    return " ".join(said) or _("Nothing has changed.")


def say_refused(request: HttpRequest, refused: Refused) -> None:
    """Each fault as a message."""
    for fault in refused.faults:
        messages.error(request, f"{fault.what} {fault.mend}")


def needs_accounts() -> None:
    """Raises Http404 at the kitchen table: there is no school that could hold a case."""
    if not settings.GAMEPLAN_SHARED:
        raise Http404("There are no schools here.")


urlpatterns = [
    path("case/<uuid:case_id>/join/", join, name="join"),
    path("case/<uuid:case_id>/shared/", shared, name="shared"),
]
