"""Choosing a time by link, without an account: the page shows times and nothing else of the case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.planning.choosing import TimeToChoose, TooManyAnswers, meeting_by, say_times, times_of
from gameplan.planning.models import Written
from gameplan.web.forms.meeting import TimesForm
from gameplan.web.templatetags.look import page_tongue


@never_cache
@require_http_methods(["GET", "POST"])
def choose_time(request: HttpRequest, token: str) -> HttpResponse:
    """The times to choose from; a POST keeps which of them work for whom. A wrong or old link is not found."""
    plan = meeting_by(token, today())
    choices = [(one.row, _words(one)) for one in times_of(plan)]
    if request.method != "POST":
        return _page(request, TimesForm(choices=choices))
    form = TimesForm(request.POST, choices=choices)
    status = _keep(plan, form) if form.is_valid() else 422
    return redirect(f"{request.path}?kept=1") if status == 200 else _page(request, form, status)


def _keep(plan: Written, form: TimesForm) -> int:
    """Keeps the answer, and gives the status: 200, 422 for an answer that cannot be kept, 429 for too many."""
    try:
        say_times(plan, name=form.cleaned_data["name"], rows=form.cleaned_data["times"])
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(None, f"{fault.what} {fault.mend}")
        return 422
    except TooManyAnswers:
        form.add_error(None, _("Too many answers came in. Please try again in an hour."))
        return 429
    return 200


def _page(request: HttpRequest, form: TimesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "kept": "kept" in request.GET and not form.is_bound}
    response = render(request, "pages/meetings/choose_time.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _words(one: TimeToChoose) -> str:
    return " · ".join(said for said in (page_tongue().date(one.on), one.time, one.place) if said)


urlpatterns = [path("time/<str:token>/", choose_time, name="choose-time")]
