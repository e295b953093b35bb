"""Reading a plan as a page, as it stands now or as a version was proposed, and commenting on it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning import remarks
from gameplan.planning.doors import plan_of, proposed, remarks_of, standing_of, version_of
from gameplan.plans.plan import Plan
from gameplan.plans.sheets import NoSuchSheet, Sheet, sheet_of, sheets_for
from gameplan.web.plans.papers import SHEETS
from gameplan.web.plans.reading import sheet_html
from gameplan.web.templatetags.look import page_tongue


@require_GET
def read_plan(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """The plan as it stands now; `?as=` takes another of its papers, such as the one in plain words."""
    case = case_for(person_of(request), case_id)
    plan = plan_of(case, plan_id)
    whole = standing_of(plan).plan
    sheet = _sheet(request, whole, case)
    context = {
        "case": case, "plan": plan, "form": whole.form, "sheet": sheet, "body": sheet_html(sheet),
        "kinds": _kinds(whole), "remarks": list(remarks_of(plan)), "form_key": uuid4(),
    }  # fmt: skip
    return render(request, "pages/plans/read.html", context)


@require_GET
def read_version(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """A version as it was proposed."""
    case = case_for(person_of(request), case_id)
    version = version_of(plan_of(case, plan_id), number)
    whole = proposed(version)
    sheet = _sheet(request, whole, case)
    context = {
        "case": case, "plan": version.plan, "version": version, "sheet": sheet, "body": sheet_html(sheet),
        "kinds": _kinds(whole),
    }  # fmt: skip
    return render(request, "pages/plans/read.html", context)


@require_POST
def comment_plan(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """A comment on a part of the plan, from its reading page."""
    plan = plan_of(case_for(person_of(request), case_id, to=Action.WRITE), plan_id)
    section = next((one for one in plan.form.sections if one.id == request.POST.get("section")), plan.form.sections[0])
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        key = None
    try:
        text = request.POST.get("text", "")
        remarks.remark(plan, by=plan.case.reader, path=f"section:{section.id}", text=text, form_key=key)
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    return redirect("web:read-plan", case_id=case_id, plan_id=plan_id)


def _kinds(whole: Plan) -> list[tuple[str, object]]:
    return [(as_, SHEETS[as_]) for as_ in sheets_for(whole.form)]


def _sheet(request: HttpRequest, whole: Plan, case: Case) -> Sheet:
    """The paper that was asked for; else the whole plan for who writes it, and plain words for who reads it."""
    kinds = sheets_for(whole.form)
    usual = kinds[0] if Action.PLAN in case.can or "plain" not in kinds else "plain"
    as_ = request.GET.get("as") or usual
    try:
        return sheet_of(whole, as_, page_tongue(), on=today())
    except NoSuchSheet as unknown:
        raise Http404("There is no such paper.") from unknown


urlpatterns = [
    path("case/<uuid:case_id>/plan/<str:plan_id>/read/", read_plan, name="read-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/comment/", comment_plan, name="comment-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/version/<int:number>/read/", read_version, name="read-version"),
]
