"""Writing what a team makes of a behavior, and the plan for it; and all of it as a paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.models import Case
from gameplan.cases.today import today
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.behavior_paper import Looked, sheet_of_behavior
from gameplan.progress.behavior_plans import behavior_plans_of, may_finish, summaries_of, write_plan, write_summary
from gameplan.progress.doors import titles_of
from gameplan.progress.incidents import incidents_of, must_be_behavior
from gameplan.progress.models import Measure
from gameplan.web.behavior.studying import Study, within
from gameplan.web.behavior.written import goal_names, measure_names
from gameplan.web.forms.behavior import PeriodForm, PlanForm, SummaryForm
from gameplan.web.plans.papers import paper
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.behavior import period_of
from gameplan.web.views.progress import told_faults
from gameplan.web.views.progress_measure import opened


@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """What the team makes of it. With it is kept what the notes have in common at this moment."""
    case, found = opened(request, case_id, measure_id, Action.PLAN)
    form = SummaryForm(
        request.POST if request.method == "POST" else None, initial=_start_summary(must_be_behavior(found)),
        finishes=may_finish(case),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _write_summary(case, found, form):
        messages.success(request, _("Kept. What stood there before stays to be read."))
        return redirect("web:behavior", case_id=case_id, measure_id=measure_id)
    return _page(request, case, found, form, "summary")


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """The plan: what is taught instead, what adults change, and which goals and measures belong to it."""
    case, found = opened(request, case_id, measure_id, Action.PLAN)
    form = PlanForm(
        request.POST if request.method == "POST" else None, initial=_start_plan(must_be_behavior(found)),
        goals=goal_names(case, today()), measures=measure_names(case), finishes=may_finish(case),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _write_plan(case, found, form):
        messages.success(request, _("Kept. What stood there before stays to be read."))
        return redirect("web:behavior", case_id=case_id, measure_id=measure_id)
    return _page(request, case, found, form, "plan")


@require_GET
def behavior_pdf(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """All of it as a PDF; `?since=` and `?until=` choose the days as on the page."""
    case, found = opened(request, case_id, measure_id, Action.READ)
    rows = incidents_of(must_be_behavior(found))
    looked = Looked(found, within(rows, *period_of(PeriodForm(request.GET or None))), goal_names(case, today()))
    try:
        return paper(sheet_of_behavior(case, looked, today(), page_tongue()), "pdf", draft=False)
    except CannotPrint as error:
        messages.error(request, page_tongue().say(error.say))
        return redirect("web:behavior", case_id=case_id, measure_id=measure_id)


def _page(request: HttpRequest, case: Case, found: Measure, form: Any, what: str) -> HttpResponse:
    context = {"case": case, "measure": found, "title": titles_of([found])[found.pk], "form": form, "what": what}
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/behavior/write.html", context, status=status)


def _write_summary(case: Case, found: Measure, form: SummaryForm) -> bool:
    said = form.cleaned_data
    rows = within(incidents_of(found), said["since"], said["on"])
    because = Study(found, rows, said["since"], said["on"], page_tongue()).says
    try:
        write_summary(
            found, by=case.reader, on=said["on"], told=form.told(because), finished=said.get("finished", False),
            form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        told_faults(form, refused)
        return False
    return True


def _write_plan(case: Case, found: Measure, form: PlanForm) -> bool:
    said = form.cleaned_data
    try:
        write_plan(
            found, by=case.reader, on=said["on"], told=form.told(), finished=said.get("finished", False),
            form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        told_faults(form, refused)
        return False
    return True


def _start_summary(found: Measure) -> dict[str, Any]:
    """What a new version begins with: the last one; for the first one the notes."""
    start = {"form_key": uuid4(), "on": today()}
    rows, written = incidents_of(found), summaries_of(found)
    if written:
        names = ("when", "does", "purpose", "gets", "looked_at", "people", "since")
        return {**start, **{name: getattr(written[-1], name) for name in names}}
    notes = ngettext("%(number)d note", "%(number)d notes", len(rows)) % {"number": len(rows)} if rows else ""
    return {**start, "does": titles_of([found])[found.pk], "looked_at": notes, "since": rows[0].on if rows else None}


def _start_plan(found: Measure) -> dict[str, Any]:
    """What a new version begins with: the last one; the first one is measured by the notes themselves."""
    start = {"form_key": uuid4(), "on": today(), "measures": [found.measure_id]}
    written = behavior_plans_of(found)
    if not written:
        return start
    names = ("teach", "prevent", "respond", "safety", "by_whom", "review_on", "goals")
    return {**start, **{name: getattr(written[-1], name) for name in names}, "measures": written[-1].measure_ids}


HERE = "case/<uuid:case_id>/progress/<str:measure_id>/behavior/"
urlpatterns = [
    path(f"{HERE}summary/", summary, name="behavior-summary"),
    path(f"{HERE}plan/", plan, name="behavior-plan"),
    path(f"{HERE}behavior.pdf", behavior_pdf, name="behavior-pdf"),
]
