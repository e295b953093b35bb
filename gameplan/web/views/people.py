"""The people of a case: who is in it, in which role, since when; inviting, taking back, ending."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gameplan.cases import inviting
from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.people.invitations import open_invitations
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES, Action, Side
from gameplan.web.accounts.mail import send_invitation
from gameplan.web.guiding import known_state, place_context
from gameplan.web.templatetags.look import say

View = Callable[..., HttpResponse]


class InviteForm(forms.Form):
    """Whom to invite, and to what. `rights`: the form asks who holds the educational rights, too."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Their role"))
    language = forms.ChoiceField(label=gettext_lazy("Their language"), choices=settings.LANGUAGES)
    decides = forms.BooleanField(
        label=gettext_lazy("Holds the educational rights (for a parent, guardian or surrogate)"),
        required=False, initial=True,
    )  # fmt: skip
    limits = forms.CharField(
        label=gettext_lazy("What a court order takes away"), required=False, max_length=2000,
        help_text=gettext_lazy("In the words of the order. Only those who lead the case see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, roles: tuple[str, ...], *args: Any, rights: bool, **told: Any) -> None:
        super().__init__(*args, **told)
        listed = [("", _("Choose")), *((name, say(ROLES[name].title)) for name in roles)]
        self.fields["role"].choices = listed  # type: ignore[attr-defined]
        if not rights:
            del self.fields["decides"], self.fields["limits"]


def only_shared(view: View) -> View:
    """The page is there only where people have accounts."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        if not settings.GAMEPLAN_SHARED:
            raise Http404("At home there is one household.")
        return view(request, *args, **told)

    return shown


@require_http_methods(["GET", "POST"])
@only_shared
def people(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who is in this case; a form invites somebody."""
    action = Action.READ if request.method == "GET" else Action.PEOPLE
    case = case_for(person_of(request), case_id, to=action)
    roles = inviting.roles_to_invite(case)
    rights = case.reader.side is Side.SCHOOL
    form = InviteForm(roles, request.POST or None, rights=rights, initial={"language": case.language})
    if request.method == "POST" and form.is_valid() and _invite(request, case, form):
        return redirect("web:people", case_id=case.pk)
    return render(request, "pages/people/people.html", _context(case, form), status=422 if form.errors else 200)


def _invite(request: HttpRequest, case: Case, form: InviteForm) -> bool:
    """Invite as the form says and send the mail; what is wrong goes into the form, and nobody is invited then."""
    try:
        made, token = inviting.invite_to_case(case, by=case.reader, **form.cleaned_data)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        return False
    try:
        send_invitation(request, made, token)
    except OSError:  # what a mail server says is one of these, too
        inviting.withdraw_invitation(case, by=case.reader, invitation=made)
        form.add_error(None, _("The mail could not be sent, so nobody is invited. Try again later."))
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": made.email})
    return True


@require_POST
@only_shared
def withdraw(request: HttpRequest, case_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    case = case_for(person_of(request), case_id, to=Action.PEOPLE)
    invitation = inviting.invitation_to(case, invitation_id)
    inviting.withdraw_invitation(case, by=case.reader, invitation=invitation)
    messages.success(request, _("The invitation is taken back. Its link does not work any more."))
    return redirect("web:people", case_id=case.pk)


@require_http_methods(["GET", "POST"])
@only_shared
def end(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """Ask once more, then end somebody's place in the case."""
    case = case_for(person_of(request), case_id, to=Action.PEOPLE)
    member = inviting.member_of(case, number)
    seat = next(one for one in inviting.seats_of(case) if one.member.pk == member.pk)
    if request.method == "POST":
        inviting.end_membership(case, by=case.reader, member=member)
        messages.success(request, _("They are not in this case any more, from now on."))
        return redirect("web:people", case_id=case.pk)
    return render(request, "pages/people/end.html", {"case": case, "seat": seat, "role": ROLES[member.role].title})


def _context(case: Case, form: InviteForm) -> dict[str, object]:
    leads = may_now(case, Action.PEOPLE)
    seats = [(seat, ROLES[seat.member.role].title) for seat in inviting.seats_of(case)]
    waiting = [(one, ROLES[one.role].title) for one in open_invitations(case_id=case.pk)] if leads else []
    mine = set(inviting.roles_to_invite(case))
    return {
        "case": case, "guide": place_context(known_state(case.child_state)), "form": form,
        "deciding": inviting.DECIDING, "leads": leads, "seats": seats,
        "waiting": [(one, title) for one, title in waiting if one.role in mine],
    }  # fmt: skip


urlpatterns = [
    path("case/<uuid:case_id>/people/", people, name="people"),
    path("case/<uuid:case_id>/people/invitation/<uuid:invitation_id>/withdraw/", withdraw, name="withdraw-invitation"),
    path("case/<uuid:case_id>/people/<int:number>/end/", end, name="end-member"),
]
