"""Organisations: the places where somebody works, what lies in them, who works there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.districts import staff
from gameplan.districts.doors import Act, Place, organisation_for, parts_of, places_of, post_of, staff_of
from gameplan.districts.places import LIES_IN, add_place
from gameplan.districts.years import held_years
from gameplan.people.models import Organisation
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES
from gameplan.reports.doors import may_report
from gameplan.rosters.doors import ways_in
from gameplan.web.accounts.mail import send_invitation
from gameplan.web.forms.places import PartForm, PostForm

KINDS = {
    Organisation.Kind.STATE.value: gettext_lazy("State agency"),
    Organisation.Kind.DISTRICT.value: gettext_lazy("District"),
    Organisation.Kind.SCHOOL.value: gettext_lazy("School"),
}


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The places where this person works. 404 for somebody who works in none."""
    person = person_of(request)
    roles: dict[UUID, list[object]] = {}
    for held in person.posts:
        roles.setdefault(held.organisation, []).append(ROLES[held.role].title)
    found = [(one, KINDS[one.kind], roles[one.pk]) for one in places_of(person)]
    return render(request, "pages/places/places.html", {"places": found})


@require_GET
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place: what lies in it, who works there, its school years. Forms for those who run it."""
    return _page(request, organisation_for(person_of(request), place_id))


@require_POST
def give_post(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Give a post to somebody: at once if they have an account, else with an invitation by e-mail."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    form = PostForm(request.POST, roles=staff.roles_to_give(here), today=today())
    if form.is_valid():
        try:
            said = _give_or_invite(request, here, form)
        except Refused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, said)
            return redirect("web:place", place_id=place_id)
    return _page(request, here, post_form=form, status=422)


def _give_or_invite(request: HttpRequest, here: Place, form: PostForm) -> str:
    """What was done, in words. Raises Refused."""
    about = dict(form.cleaned_data)
    language = about.pop("language")
    if staff.holder_of(about["email"]):
        return _("%(name)s has the post now.") % {"name": staff.give(here, **about).user}
    made, token = staff.invite(here, email=about["email"], role=about["role"], language=language)
    send_invitation(request, made, token)
    return _("The invitation is on its way to %(email)s.") % {"email": made.email}


@require_POST
def withdraw_post(request: HttpRequest, place_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Take an invitation to this place back."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    staff.take_back(here, invitation_id)
    messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return redirect("web:place", place_id=place_id)


@require_POST
def end_post(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """End a post at once."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    post = staff.end(here, post_of(here, number), on=today())
    messages.success(request, _("The post of %(name)s has ended.") % {"name": post.user})
    return redirect("web:place", place_id=place_id)


@require_POST
def sign_out(request: HttpRequest, place_id: UUID, number: int) -> HttpResponse:
    """Sign the holder of a post out of every browser, as when a device was lost. The post goes on."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    post = post_of(here, number)
    staff.sign_out(here, post)
    if post.user == request.user:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": post.user})
    return redirect("web:place", place_id=place_id)


@require_POST
def add_part(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Add a school or a district that lies in this place."""
    here = organisation_for(person_of(request), place_id, to=Act.RUN)
    form = PartForm(request.POST, kinds=kinds_in(here))
    if form.is_valid():
        try:
            part = add_place(**form.cleaned_data, parent=here.organisation)
        except Refused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, _("%(name)s is there now.") % {"name": part})
            return redirect("web:place", place_id=place_id)
    return _page(request, here, part_form=form, status=422)


def kinds_in(here: Place) -> list[tuple[str, object]]:
    """The kinds of organisation that may lie in this one; a school is none of them."""
    return [(kind, KINDS[kind]) for kind, above in LIES_IN.items() if here.organisation.kind in above]


def say_refused(form: Form, refused: Refused) -> None:
    """Each fault beside its field."""
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def _page(
    request: HttpRequest,
    here: Place,
    *,
    post_form: PostForm | None = None,
    part_form: PartForm | None = None,
    status: int = 200,
) -> HttpResponse:
    given = staff.roles_to_give(here)
    kinds = kinds_in(here)
    context = {
        "place": here,
        "kind": KINDS[here.organisation.kind],
        "parts": [(part, KINDS[part.kind]) for part in parts_of(here)],
        "staff": [(post, ROLES[post.role].title, here.runs and post.role in given) for post in staff_of(here, today())],
        "waiting": [(one, ROLES[one.role].title) for one in staff.waiting(here)],
        "years": held_years(here.organisation),
        "may_report": may_report(here),
        "roster_ways": ways_in(here.person, here.organisation.pk),
        "post_form": post_form or (PostForm(roles=given, today=today()) if here.runs else None),
        "part_form": part_form or (PartForm(kinds=kinds) if here.runs and kinds else None),
    }
    return render(request, "pages/places/place.html", context, status=status)


urlpatterns = [
    path("places/", places, name="places"),
    path("places/<uuid:place_id>/", place, name="place"),
    path("places/<uuid:place_id>/posts/", give_post, name="give-post"),
    path("places/<uuid:place_id>/posts/<int:number>/end/", end_post, name="end-post"),
    path("places/<uuid:place_id>/posts/<int:number>/sign-out/", sign_out, name="sign-out-post"),
    path("places/<uuid:place_id>/invitation/<uuid:invitation_id>/withdraw/", withdraw_post, name="withdraw-post"),
    path("places/<uuid:place_id>/parts/", add_part, name="add-part"),
]
