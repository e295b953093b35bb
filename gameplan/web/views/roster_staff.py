"""The staff of a roster beside the accounts that there are: who runs the place gives them posts, or invites them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts import staff
from gameplan.districts.doors import Act, organisation_for
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Side
from gameplan.rosters.colleagues import colleagues
from gameplan.rosters.doors import keeper_for, staff_member, staff_told
from gameplan.web.accounts.mail import send_invitation
from gameplan.web.forms.rosters import ColleagueForm
from gameplan.web.views.pupils import A_PAGE, MOST_PAGES

OFFERED = tuple(role for role in staff.POST_ROLES if ROLES[role].side is Side.SCHOOL and not ROLES[role].by_post)
"""The roles that are offered here: of those who work with single children. Others are given on the place's page."""


@require_GET
def roster_staff(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """The staff by name, 50 at a time, each with their account and posts."""
    keeper = keeper_for(person_of(request), place_id)
    page = min(int(said), MOST_PAGES) if (said := request.GET.get("page", "")).isdecimal() and len(said) < 6 else 0
    several = list(staff_told(keeper)[page * A_PAGE : (page + 1) * A_PAGE + 1])
    found = colleagues(keeper, several[:A_PAGE], today())
    context = {
        "keeper": keeper, "form": ColleagueForm(roles=OFFERED, initial={"role": "iep-manager"}),
        "staff": [(one, [ROLES[role].title for role in one.roles]) for one in found],
        "next": page + 1 if len(several) > A_PAGE else 0, "page": page, "before": page - 1,
    }  # fmt: skip
    return render(request, "pages/roster/staff.html", context)


@require_POST
def roster_invite(request: HttpRequest, place_id: UUID, staff_id: UUID) -> HttpResponse:
    """Give somebody of the staff a post at their school: at once if they have an account, else by invitation."""
    person = person_of(request)
    one = staff_member(keeper_for(person, place_id), staff_id)
    here = organisation_for(person, one.school_id or place_id, to=Act.RUN)
    form = ColleagueForm(request.POST, roles=OFFERED)
    if form.is_valid():
        role, language = form.cleaned_data["role"], form.cleaned_data["language"] or "en"
        try:
            if staff.holder_of(one.email):
                post = staff.give(here, email=one.email, role=role, since=today())
                messages.success(request, _("%(name)s has the post now.") % {"name": post.user})
            else:
                made, token = staff.invite(here, email=one.email, role=role, language=language)
                send_invitation(request, made, token)
                messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": made.email})
        except Refused as refused:
            for fault in refused.faults:
                messages.error(request, f"{fault.what} {fault.mend}")
    else:
        messages.error(request, _("Choose one from the list."))
    return redirect("web:roster-staff", place_id=place_id)


urlpatterns = [
    path("places/<uuid:place_id>/roster/staff/", roster_staff, name="roster-staff"),
    path("places/<uuid:place_id>/roster/staff/<uuid:staff_id>/", roster_invite, name="roster-invite"),
]
