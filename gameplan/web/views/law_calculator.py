"""The deadline calculator: asked with a plain address, answered on the page and as a calendar file. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from gameplan.cases.today import today
from gameplan.exchange.deadlines_ics import deadlines_ics
from gameplan.law.library import law_for
from gameplan.web.downloads import download
from gameplan.web.forms.reckoning import ReckoningForm
from gameplan.web.lawbook.reckoning import Answer, Asked, answer_to, key_of
from gameplan.web.lawbook.shelf import FEDERAL, place_name
from gameplan.web.lawbook.starting import label_of
from gameplan.web.templatetags.look import page_tongue


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Ask for a date, and the answer with its reasons. Without a day it is only the form, filled in as far as known."""
    if "on" not in request.GET:
        return _page(request, ReckoningForm(initial=request.GET.dict()))
    form = ReckoningForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.asked()
    return _page(request, form, _answered(request, asked, answer_to(asked)))


@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """The same answer as a file for one's own calendar; without a question, on to the form."""
    if "on" not in request.GET:
        return redirect("web:law-calculator")
    form = ReckoningForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.asked()
    content = deadlines_ics(
        answer_to(asked).standing, case_id=key_of(asked), tongue=page_tongue(), on=asked.on, sequence=0
    )
    return download(content, "text/calendar; charset=utf-8", f"gameplan-dates-{asked.on}.ics")


def _answered(request: HttpRequest, asked: Asked, answer: Answer) -> dict[str, object]:
    place = asked.state or FEDERAL
    return {
        "asked": asked,
        "answer": answer,
        "what": label_of(asked.start),
        "where": place_name(place),
        "dated": [(duty, _rule_address(place, duty.clock)) for duty in answer.dated],
        "others": [(duty, _rule_address(place, duty.clock)) for duty in answer.open],
        "today": today(),
        "ics": f"{reverse('web:law-dates')}?{request.GET.urlencode()}",
    }


def _rule_address(place: str, clock_id: str) -> str:
    known = law_for(None if place == FEDERAL else place).by_id
    return reverse("web:law-rule", args=(place, clock_id)) if clock_id in known else ""


def _page(
    request: HttpRequest, form: ReckoningForm, more: Mapping[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    return render(request, "pages/law/calculator.html", {"form": form, **(more or {})}, status=status)


urlpatterns = [
    path("law/calculator/", calculator, name="law-calculator"),
    path("law/calculator/dates.ics", dates, name="law-dates"),
]
