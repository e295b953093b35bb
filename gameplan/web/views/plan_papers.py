"""Papers of a plan as it stands, and two plans side by side."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.papers.pdf import CannotPrint
from gameplan.people.roles import Action
from gameplan.planning.doors import plan_of, standing_of
from gameplan.plans.compare import NotComparable, compare
from gameplan.plans.plan import Plan, plan_json
from gameplan.plans.sheets import NoSuchSheet, Sheet, sheet_of
from gameplan.tongues import NoSuchTongue, tongue
from gameplan.web.downloads import download
from gameplan.web.plans.papers import ENDINGS, paper
from gameplan.web.templatetags.look import page_tongue


@require_GET
def print_plan(request: HttpRequest, case_id: UUID, plan_id: str, as_: str, ending: str) -> HttpResponse:
    """The plan as it stands now, as a paper marked as a draft; `?lang=` gives it with the words of another language."""
    found = plan_of(case_for(person_of(request), case_id), plan_id)
    if ending not in ENDINGS:
        raise Http404("There is no such kind of paper.")
    sheet = _sheet(standing_of(found).plan, as_, request.GET.get("lang", ""))
    try:
        return paper(sheet, ending, draft=True)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect("web:plan", case_id=case_id, plan_id=plan_id)


@require_GET
def plan_file(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """The plan as it stands now as a file for other programs: the JSON of docs/plans.md."""
    found = plan_of(case_for(person_of(request), case_id, to=Action.SHARE), plan_id)
    text = json.dumps(plan_json(standing_of(found).plan), ensure_ascii=False, indent=2) + "\n"
    return download(text.encode(), "application/json", f"{found.form.kind}.json")


@require_GET
def compare_plan(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """What is different from the plan that this one was carried over from."""
    case = case_for(person_of(request), case_id)
    found = plan_of(case, plan_id)
    if not found.follows:
        raise Http404("This plan follows no other.")
    before, after = standing_of(plan_of(case, found.follows)).plan, standing_of(found).plan
    try:
        comparison = compare(before, after)
    except NotComparable as wrong:
        raise Http404(str(wrong)) from wrong
    context = {"case": case, "plan": found, "form": after.form, "comparison": comparison}
    return render(request, "pages/plans/compare.html", context)


def _sheet(plan: Plan, as_: str, lang: str) -> Sheet:
    try:
        return sheet_of(plan, as_, tongue(lang) if lang else page_tongue(), on=today())
    except (NoSuchSheet, NoSuchTongue) as unknown:
        raise Http404("There is no such paper.") from unknown


urlpatterns = [
    path("case/<uuid:case_id>/plan/<str:plan_id>/plan.json", plan_file, name="plan-file"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/print/<str:as_>.<str:ending>", print_plan, name="print-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/compare/", compare_plan, name="compare-plan"),
]
