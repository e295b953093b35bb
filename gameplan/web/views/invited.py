"""The link of an invitation: who invites, to what; begin an account, or sign in and accept."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gameplan.cases.inviting import accept_invitation
from gameplan.people.accounts import account_of, make_account
from gameplan.people.doors import accounts
from gameplan.people.invitations import invitation_by
from gameplan.people.models import Invitation, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES
from gameplan.web.accounts.forms import FirstTimeForm
from gameplan.web.accounts.sso import INVITED, providers_for, start_of

WELCOME = _("Welcome. The invitation is accepted.")


@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is for, and the one thing to do next."""
    invitation = invitation_by(token)
    if invitation is None:
        return render(request, "pages/invited/gone.html", status=404)
    if isinstance(request.user, User):
        return _signed_in(request, invitation, token, request.user)
    if account_of(invitation.email):
        sign_in = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
        return render(request, "pages/invited/sign_in.html", _context(invitation) | {"sign_in": sign_in})
    return _first_time(request, invitation, token)


def _signed_in(request: HttpRequest, invitation: Invitation, token: str, user: User) -> HttpResponse:
    if user.email != invitation.email:
        return render(request, "pages/invited/other_address.html", _context(invitation), status=403)
    form = Form(request.POST or None)
    if request.method == "POST":
        try:
            accept_invitation(token, user)
        except Refused as refused:
            form.is_valid()
            for fault in refused.faults:
                form.add_error(None, f"{fault.what} {fault.mend}")
        else:
            messages.success(request, WELCOME)
            return redirect("web:front")
    return render(
        request, "pages/invited/accept.html", _context(invitation) | {"form": form}, status=422 if form.errors else 200
    )


def _first_time(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    spoken = {"language": request.LANGUAGE_CODE or invitation.language}
    form = FirstTimeForm(request.POST or None, initial=spoken, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = _begin(invitation, token, form)
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(None, f"{fault.what} {fault.mend}")
        else:
            record_authentication(request, user, method="password", reauthenticated=True)
            answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=reverse("web:front")))
            messages.success(request, WELCOME)
            return answer
    request.session[INVITED] = token  # so that single sign-on finds the way back
    context = _context(invitation) | {"form": form, "providers": _providers(request, invitation)}
    return render(request, "pages/invited/first_time.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _begin(invitation: Invitation, token: str, form: FirstTimeForm) -> User:
    """The new account with what it was invited to: both or neither."""
    told = form.cleaned_data
    user = make_account(invitation.email, name=told["name"], language=told["language"], password=told["password"])
    accept_invitation(token, user)
    return user


def _providers(request: HttpRequest, invitation: Invitation) -> list[tuple[str, str]]:
    """Name and address of each provider of single sign-on that may vouch for this address."""
    return [(one.name, start_of(one, request.path)) for one in providers_for(invitation.email)]


def _context(invitation: Invitation) -> dict[str, object]:
    inviter = accounts([invitation.invited_by]).get(invitation.invited_by)
    return {"invitation": invitation, "inviter": inviter, "role": ROLES[invitation.role].title}


urlpatterns = [path("invited/<str:token>/", invited, name="invited")]
