"""Programs that may do something in somebody's name: their tokens, and what they are told of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.api import hooks
from gameplan.api.manual import sections
from gameplan.api.models import Token
from gameplan.api.problems import PROBLEMS
from gameplan.api.scopes import SCOPES
from gameplan.api.tokens import make_token, revoke, tokens_of
from gameplan.cases.doors import cases_of
from gameplan.cases.people import Person, person_of
from gameplan.people.doors import account
from gameplan.people.refusals import Refused
from gameplan.web.accounts.second_factor import has_second_factor
from gameplan.web.forms.programs import TokenForm

MOST_CASES = 100
MOST_LINES = 200


@never_cache
@require_http_methods(["GET", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """The programs of this person, and a form for a token. Where people sign in, they first say who they are again."""
    if settings.GAMEPLAN_SHARED:
        return reauthentication_required(_programs)(request)  # type: ignore[no-any-return]
    return _programs(request)


def _programs(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = _form(request, person)
    if request.method != "POST":
        return _page(request, person, form)
    if form.is_valid():
        user = account(request.user) if settings.GAMEPLAN_SHARED else None
        try:
            token = make_token(person, form.wanted(), user=user, second_step=bool(user) and has_second_factor(request))
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        else:
            return _page(request, person, _form(request, person, empty=True), token=token)
    return _page(request, person, form, status=422)


@require_POST
def end_program(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    revoke(person_of(request), token_id)
    messages.success(request, _("Ended. That program can do nothing any more."))
    return redirect("web:programs")


@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, hook_id: UUID) -> HttpResponse:
    """What a program was told, and what waits; a POST starts it again, or ends it."""
    found = hooks.own_hook(person_of(request), hook_id)
    if request.method == "POST":
        if "end" in request.POST:
            hooks.remove(found)
            messages.success(request, _("Ended. Nothing is sent there any more."))
            return redirect("web:programs")
        hooks.resume(found)
        messages.success(request, _("It is told again from now on."))
        return redirect("web:webhook", hook_id)
    lines = list(hooks.deliveries_of(found)[:MOST_LINES])
    return render(request, "pages/programs/webhook.html", {"hook": found, "lines": lines})


@require_GET
def manual(request: HttpRequest) -> HttpResponse:
    """The documentation of the API, made from its own description."""
    problems = [(code, status, _(title)) for code, (status, title) in PROBLEMS.items()]
    scopes = [(name, _(say.text)) for name, say in SCOPES.items()]
    context = {"sections": sections(), "problems": problems, "scopes": scopes}
    return render(request, "pages/programs/manual.html", context)


def _form(request: HttpRequest, person: Person, *, empty: bool = False) -> TokenForm:
    cases = [(one.pk, one.child_name) for one in cases_of(person)[:MOST_CASES]]
    data = request.POST if request.method == "POST" and not empty else None
    return TokenForm(data, shared=settings.GAMEPLAN_SHARED, cases=cases)


def _page(request: HttpRequest, person: Person, form: TokenForm, *, token: str = "", status: int = 200) -> HttpResponse:
    tokens = [_line(one) for one in tokens_of(person)]
    context = {"form": form, "tokens": tokens, "token": token, "hooks": hooks.hooks_of_person(person)}
    return render(request, "pages/programs/programs.html", context, status=status)


def _line(token: Token) -> dict[str, Any]:
    return {
        "token": token, "may": [_(SCOPES[name].text) for name in token.scopes if name in SCOPES],
        "ends": localdate(token.expires_at), "used": localdate(token.last_used_at) if token.last_used_at else None,
    }  # fmt: skip


urlpatterns = [
    path("api/v1/docs/", manual, name="api-docs"),
    path("programs/", programs, name="programs"),
    path("programs/<uuid:token_id>/end/", end_program, name="end-program"),
    path("programs/webhooks/<uuid:hook_id>/", webhook, name="webhook"),
]
