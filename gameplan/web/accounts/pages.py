"""Pages of one's own account: name and language, the browsers that are signed in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.providers.saml import views as saml
from allauth.usersessions.internal.flows import sessions as ending
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from gameplan.people.accounts import change_account
from gameplan.people.models import User
from gameplan.web.accounts.adapter import speak
from gameplan.web.accounts.forms import AboutMeForm
from gameplan.web.accounts.last_used import use_in_words
from gameplan.web.accounts.second_factor import FACTORS, lacks_second_factor

GET_OR_POST = require_http_methods(["GET", "POST"])

# A form of another house comes in here, so it has no token of ours; what counts is the signature in it.
saml_back = csrf_exempt(require_POST(saml.acs))


@GET_OR_POST
def about_me(request: HttpRequest) -> HttpResponse:
    """Name and language of one's own account, and the ways to the rest."""
    user = _user(request)
    form = AboutMeForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_account(user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Kept."))
        answer: HttpResponse = redirect("account")
        speak(answer, user.language)
        return answer
    context = {
        "form": form,
        "has_second_step": is_mfa_enabled(user, FACTORS),
        "must_have_it": lacks_second_factor(request),
        "address": EmailAddress.objects.get_primary(user) or user,
    }
    return render(request, "account/about_me.html", context, status=422 if form.errors else 200)


@GET_OR_POST
def sessions(request: HttpRequest) -> HttpResponse:
    """The browsers in which this account is signed in; a form ends all but this one."""
    user = _user(request)
    if request.method == "POST":
        ending.end_other_sessions(request, user)
        messages.success(request, _("All other browsers are signed out."))
        return redirect("usersessions_list")
    now = timezone.now()
    found = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
    lines = [(one, timezone.localdate(one.created_at), use_in_words(one.last_seen_at, now)) for one in found]
    return render(request, "usersessions/usersession_list.html", {"sessions": lines})


@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign one browser of this account out."""
    session = get_object_or_404(UserSession, pk=number, user=_user(request))
    was_this = session.is_current()
    ending.end_sessions(request, [session])
    if was_this:
        return redirect("account_login")
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied("This browser is not signed in.")
    return request.user
