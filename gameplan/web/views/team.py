"""Who of the school works with a child: giving and ending it, standing in, and moving a whole caseload."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.assigning import ASSIGNABLE, assign, unassign
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.districts.assignments import case_of_team, managers_below, move_caseload, staff_for, substitute, team_of
from gameplan.people.doors import accounts
from gameplan.people.models import User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES
from gameplan.web.forms.team import AssignForm, MoveForm, StandInForm
from gameplan.web.guiding import known_state, place_context
from gameplan.web.views.caseload import reach_for
from gameplan.web.views.people import only_shared
from gameplan.web.views.places import say_refused


@require_GET
@only_shared
def team(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The people of the school who work with the child, and forms to change that."""
    return _page(request, case_of_team(person_of(request), case_id))


@require_POST
@only_shared
def team_assign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the child to somebody of the school."""
    case = case_of_team(person_of(request), case_id)
    staff = staff_for(case)
    form = AssignForm(request.POST, staff=staff, roles=ASSIGNABLE)
    if form.is_valid():
        said = form.cleaned_data
        try:
            assign(case, _user(said["person"]), said["role"], until=said["until"], by=case.reader)
        except Refused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, _("%(name)s works with this child now.") % {"name": _user(said["person"])})
            return redirect("web:team", case_id=case_id)
    return _page(request, case, assign_form=form)


@require_POST
@only_shared
def team_stand_in(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Somebody stands in for one of the people, until a day."""
    case = case_of_team(person_of(request), case_id)
    form = StandInForm(request.POST, team=[user for user, _held in team_of(case)], staff=staff_for(case))
    if form.is_valid():
        said = form.cleaned_data
        try:
            substitute(case, _user(said["person"]), said["away"], until=said["until"], by=case.reader)
        except Refused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, _("%(name)s stands in now.") % {"name": _user(said["person"])})
            return redirect("web:team", case_id=case_id)
    return _page(request, case, stand_in_form=form)


@require_POST
@only_shared
def team_end(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Somebody does not work with the child any more, at once."""
    case = case_of_team(person_of(request), case_id)
    member = unassign(case, request.POST.get("person", ""), by=case.reader)
    messages.success(request, _("This person does not work with this child any more."))
    return redirect("web:caseload") if member.person == case.reader.id else redirect("web:team", case_id=case_id)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """Hand all children of one IEP manager to another; for those who see all children of a place."""
    reach_for(request)
    person = person_of(request)
    form = MoveForm(request.POST or None, managers=managers_below(person))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            number = move_caseload(person, _user(said["leaves"]), _user(said["takes"]), until=said["until"])
        except Refused as refused:
            say_refused(form, refused)
        else:
            told = ngettext("%(number)d child is handed over.", "%(number)d children are handed over.", number)
            messages.success(request, told % {"number": number})
            return redirect("web:caseload")
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/caseload/move.html", {"form": form}, status=status)


def _user(key: str) -> User:
    return accounts([key])[key]


def _page(
    request: HttpRequest,
    case: Case,
    *,
    assign_form: AssignForm | None = None,
    stand_in_form: StandInForm | None = None,
) -> HttpResponse:
    there, staff = team_of(case), staff_for(case)
    context = {
        "case": case,
        "guide": place_context(known_state(case.child_state)),
        "team": [(user, ROLES[held.role].title, held) for user, held in there],
        "assign_form": assign_form or AssignForm(staff=staff, roles=ASSIGNABLE),
        "stand_in_form": stand_in_form or StandInForm(team=[user for user, _held in there], staff=staff),
    }
    status = 422 if assign_form or stand_in_form else 200
    return render(request, "pages/caseload/team.html", context, status=status)


urlpatterns = [
    path("case/<uuid:case_id>/team/", team, name="team"),
    path("case/<uuid:case_id>/team/assign/", team_assign, name="team-assign"),
    path("case/<uuid:case_id>/team/stand-in/", team_stand_in, name="team-stand-in"),
    path("case/<uuid:case_id>/team/end/", team_end, name="team-end"),
    path("caseload/move/", move, name="move-caseload"),
]
