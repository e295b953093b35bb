"""Plans of a case: which there are, beginning one, one plan as a whole, and what is still lacking in it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.roles import Action
from gameplan.planning.doors import beside_of, plan_of, plans_of, remarks_of, standing_of, versions_of
from gameplan.planning.events import IEP, SECTION_504, day_of
from gameplan.planning.life import PAPERS
from gameplan.planning.meetings import begin_meeting
from gameplan.planning.models import Written
from gameplan.planning.writing import begin
from gameplan.plans.carry import carried
from gameplan.plans.check import check_plan
from gameplan.plans.form_files import form_for
from gameplan.plans.forms import KINDS
from gameplan.plans.meeting_form import KIND as MEETING
from gameplan.plans.sheets import sheets_for
from gameplan.web.forms.plan_life import ShareForm
from gameplan.web.plans.lacking import lacking_by_section
from gameplan.web.plans.papers import SHEETS


@require_GET
def plans(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plans of a case, newest first, and what can be begun."""
    case = case_for(person_of(request), case_id)
    standing = [(kind, day_of(case, today(), kind).in_force) for kind in (IEP, SECTION_504)]
    all_plans = list(plans_of(case))
    context = {
        "case": case, "plans": [one for one in all_plans if one.form.kind != MEETING],
        "meetings": [one for one in all_plans if one.form.kind == MEETING], "kinds": _kinds(case), "form_key": uuid4(),
        "meeting_key": uuid4(), "in_force": [(kind, now) for kind, now in standing if now],
    }  # fmt: skip
    return render(request, "pages/plans/list.html", context)


@require_POST
def begin_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin a plan on the State's form; with `follows`, last year's plan is carried forward."""
    case = case_for(person_of(request), case_id, to=Action.PLAN)
    kind, follows = request.POST.get("kind", ""), request.POST.get("follows", "")
    if kind not in KINDS:
        messages.error(request, _("Choose what to write."))
        return redirect("web:plans", case_id=case_id)
    if kind == MEETING:
        return _begin_meeting(request, case)
    start = carried(standing_of(plan_of(case, follows)).plan) if follows else None
    chosen = start.form if start else form_for(kind, case.child_state)
    plan = begin(
        case, by=case.reader, form_id=chosen.id, lang=(get_language() or "en")[:2], follows=follows,
        start=start, form_key=_key(request),
    )  # fmt: skip
    return redirect("web:plan", case_id=case_id, plan_id=plan.plan_id)


def _begin_meeting(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin a meeting; with `about`, about that plan."""
    about = request.POST.get("about", "")
    made = begin_meeting(
        case, by=case.reader, on=today(), about=plan_of(case, about) if about else None,
        lang=(get_language() or "en")[:2], form_key=_key(request),
    )  # fmt: skip
    return redirect("web:meeting", case_id=case.pk, meeting_id=made.plan_id)


@require_GET
def plan(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """One plan: its parts, what is lacking in each, comments, and what to do next."""
    case = case_for(person_of(request), case_id)
    found = plan_of(case, plan_id)
    if found.form.kind == MEETING:
        return redirect("web:meeting", case_id=case_id, meeting_id=plan_id)
    standing = standing_of(found)
    check = check_plan(standing.plan, today())
    lacking = lacking_by_section(standing.plan.form, check)
    context = {
        "case": case, "plan": found, "form": standing.plan.form, "check": check, "answer": standing.plan,
        "sections": [(section, lacking.get(section.id, ())) for section in standing.plan.form.sections],
        "can_propose": standing.plan.form.kind in PAPERS, "versions": list(versions_of(found)),
        "share_form": ShareForm(initial={"form_key": uuid4(), "on": today().isoformat()}),
        "sheets": [(as_, SHEETS[as_]) for as_ in sheets_for(standing.plan.form)],
        "open_remarks": [one for one in remarks_of(found) if one.settled_at is None],
        "beside": list(beside_of(found)), "form_key": uuid4(),
        "meetings": [one for one in plans_of(case).filter(follows=plan_id) if one.form.kind == MEETING],
    }  # fmt: skip
    return render(request, "pages/plans/plan.html", context)


@require_GET
def check(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """What the law asks for in this plan, item by item with its citation: there, missing, or cannot tell."""
    case = case_for(person_of(request), case_id)
    found = plan_of(case, plan_id)
    if found.form.kind == MEETING:
        return redirect("web:meeting", case_id=case_id, meeting_id=plan_id)
    standing = standing_of(found)
    context = {
        "case": case, "plan": found, "form": standing.plan.form, "check": check_plan(standing.plan, today()),
    }  # fmt: skip
    return render(request, "pages/plans/check.html", context)


def _kinds(case: Case) -> list[tuple[str, str, Written | None]]:
    """What can be begun: the kind, the name of its form, and the newest plan of the kind that could be carried on."""
    newest: dict[str, Written] = {}
    for one in plans_of(case):
        newest.setdefault(one.form.kind, one)
    return [(kind, form_for(kind, case.child_state).name, newest.get(kind)) for kind in KINDS if kind != MEETING]


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


urlpatterns = [
    path("case/<uuid:case_id>/plans/", plans, name="plans"),
    path("case/<uuid:case_id>/plans/begin/", begin_plan, name="begin-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/", plan, name="plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/check/", check, name="plan-check"),
]
