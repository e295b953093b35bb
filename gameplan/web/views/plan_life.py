"""The life of a plan on the pages: share, propose, answer thing by thing, and what is in force on any day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.law.consent import consent_rule
from gameplan.papers.pdf import CannotPrint
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.planning import life
from gameplan.planning.doors import pdf_of, plan_of, proposed, standing_of, steps_of, version_of
from gameplan.planning.events import (
    ANSWERED,
    CORRECTED,
    EVALUATION,
    IEP,
    SECTION_504,
    day_of,
    in_force_days,
    value_at,
    versions_of_kind,
)
from gameplan.planning.models import Version, Written
from gameplan.plans.check import check_plan
from gameplan.plans.compare import compare
from gameplan.plans.items import items_between
from gameplan.plans.life_events import FIRST
from gameplan.plans.meeting_form import KIND as MEETING
from gameplan.plans.sheets import NoSuchSheet, sheet_of
from gameplan.web.downloads import download
from gameplan.web.forms.plan_life import HOWS, AnswerForm, CorrectForm, EndForm, ProposeForm, ShareForm
from gameplan.web.plans.inputs import word_places
from gameplan.web.plans.papers import paper
from gameplan.web.plans.signed_answer import ON_SCREEN, sign_answer, signs_on_screen
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])
IN_FORCE_KINDS = (IEP, SECTION_504)


@require_POST
def share(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """The family got the draft, before the meeting."""
    _case, plan = _opened(request, case_id, plan_id, Action.OFFER)
    form = ShareForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        life.share_draft(
            plan, by=plan.case.reader, on=said["on"], meeting_on=said["meeting_on"], form_key=said["form_key"]
        )
        messages.success(request, _("Written down. It stands on the timeline now."))
    else:
        messages.error(request, _("Fill in the day on which the family got the draft."))
    return redirect("web:plan", case_id=case_id, plan_id=plan_id)


@GET_OR_POST
def propose(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """Make a version that is proposed: its words, hash and paper are frozen, and nothing agreed is overwritten."""
    case, plan = _opened(request, case_id, plan_id, Action.OFFER)
    if plan.form.kind not in life.PAPERS:
        raise Http404("This is no plan to propose.")
    whole, now = standing_of(plan).plan, day_of(case, today(), plan.form.kind)
    starts = whole.day("start")
    first_words = {"form_key": uuid4(), "on": today().isoformat(), "starts": starts.isoformat() if starts else ""}
    ways, report = life.ways_to_propose(plan, today()), plan.form.kind == EVALUATION
    form = ProposeForm(request.POST or None, ways=ways, report=report, initial=first_words)
    if request.method == "POST" and form.is_valid():
        version = _propose(request, plan, form, ways[0])
        if version:
            messages.success(request, _("Frozen, with its paper. What follows from it stands on the timeline."))
            return redirect("web:version", case_id=case_id, plan_id=plan_id, number=version.number)
    context = {
        "case": case, "plan": plan, "form": form, "check": check_plan(whole, today()),
        "comparison": compare(now.in_force.plan, whole) if now.in_force and not report else None, "report": report,
    }  # fmt: skip
    return render(request, "pages/plans/propose.html", context, status=422 if form.errors else 200)


def _propose(request: HttpRequest, plan: Written, form: ProposeForm, way: str) -> Version | None:
    said = form.cleaned_data
    try:
        return life.propose(
            plan, by=plan.case.reader, on=said["on"], how=said.get("how", way),
            starts=said.get("starts", said["on"]), notice=said.get("notice"),
            copy_given=said["copy_given"], matter=said["note"], note=said["note"], form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _say(form, refused)
    except CannotPrint as error:
        form.add_error(None, page_tongue().say(error.say))
    return None


@require_GET
def version(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """One version as it was proposed: its paper, the answers, what is in force of it, and what was put right."""
    case, plan = _opened(request, case_id, plan_id, Action.READ)
    found = version_of(plan, number)
    steps = list(steps_of(found))
    day = day_of(case, today(), plan.form.kind)
    before = next((one for one in reversed(versions_of_kind(case, plan.form.kind)) if one.number < number), None)
    context = {
        "case": case, "plan": plan, "version": found, "how": HOWS.get(found.how, ""), "day": day,
        "starts": date.fromisoformat(found.data["starts"]),
        "answers": [one for one in steps if one.kind == ANSWERED],
        "corrections": [one for one in steps if one.kind == CORRECTED],
        "items": {one.key: one.label for one in items_between(None, proposed(found))},
        "open": [one for one in day.open if one.version == number], "asked": plan.form.kind == IEP,
        "comparison": compare(proposed(before), proposed(found)) if before else None,
    }  # fmt: skip
    return render(request, "pages/plans/version.html", context)


@require_GET
def version_pdf(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """The paper of a version as it was made."""
    _case, plan = _opened(request, case_id, plan_id, Action.READ)
    found = version_of(plan, number)
    return download(pdf_of(found), "application/pdf", f"{plan.form.kind}-version-{number}.pdf")


@GET_OR_POST
def answer(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """The family's answer, thing by thing, with what a yes, a no and silence mean before anybody signs.

    Where people sign in, the answer on a screen is signed: its words are shown once more, with the signature below.
    """
    case, plan = _opened(request, case_id, plan_id, Action.ANSWER)
    found = version_of(plan, number)
    if plan.form.kind != IEP:
        raise Http404("Nobody is asked for permission for this plan.")
    now = day_of(case, found.on, IEP).in_force
    items = [one for one in items_between(now.plan if now else None, proposed(found)) if one.change != "kept"]
    means = ON_SCREEN if settings.GAMEPLAN_SHARED else "paper"
    first_words = {"form_key": uuid4(), "on": today().isoformat(), "means": means}
    form = AnswerForm(request.POST or None, items=items, first=found.how == FIRST, initial=first_words)
    if request.method == "POST" and form.is_valid() and _says_something(form):
        done = sign_answer(request, found, form) if signs_on_screen(form) else _answer(request, found, form)
        if done:
            return done
    state = case.child_state or None
    context = {
        "case": case, "plan": plan, "version": found, "form": form, "first": found.how == FIRST,
        "rule": consent_rule("iep-content", state), "services_rule": consent_rule("initial-services", state),
    }  # fmt: skip
    return render(request, "pages/plans/answer.html", context, status=422 if form.errors else 200)


def _says_something(form: AnswerForm) -> bool:
    if form.answers() or form.cleaned_data.get("everything") or form.services() is not None:
        return True
    form.add_error(None, _("Nothing is answered yet. Say yes or no to at least one thing."))
    return False


def _answer(request: HttpRequest, found: Version, form: AnswerForm) -> HttpResponse | None:
    said, plan = form.cleaned_data, found.plan
    try:
        life.answer(
            found, by=plan.case.reader, on=said["on"], all_=said.get("everything", ""), items=form.answers(),
            services=form.services(), means=said["means"], form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _say(form, refused)
        return None
    messages.success(request, _("Written down. What was agreed to counts; the rest stays as it was."))
    return redirect("web:version", case_id=plan.case_id, plan_id=plan.plan_id, number=found.number)


@GET_OR_POST
def correct(request: HttpRequest, case_id: UUID, plan_id: str, number: int) -> HttpResponse:
    """Put a slip of the pen right: choose the place, say what should stand there, and what was wrong."""
    case, plan = _opened(request, case_id, plan_id, Action.OFFER)
    found = version_of(plan, number)
    where = request.POST.get("path") or request.GET.get("path", "")
    form = None
    if where:
        stands = value_at(case, plan.form.kind, found, where)
        form = CorrectForm(request.POST or None, initial={"form_key": uuid4(), "path": where, "now": stands})
    if form and request.method == "POST" and form.is_valid() and _correct(request, found, form):
        messages.success(request, _("Put right. What stood there can still be seen."))
        return redirect("web:version", case_id=case_id, plan_id=plan_id, number=number)
    context = {"case": case, "plan": plan, "version": found, "form": form, "places": list(word_places(proposed(found)))}
    return render(request, "pages/plans/correct.html", context, status=422 if form and form.errors else 200)


def _correct(request: HttpRequest, found: Version, form: CorrectForm) -> bool:
    said = form.cleaned_data
    try:
        life.correct(
            found, by=found.plan.case.reader, on=today(), path=said["path"], now=said["now"].replace("\r\n", "\n"),
            why=said["why"], form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _say(form, refused)
        return False
    return True


@require_GET
def in_force(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The plan that is in force on a day, each thing with since when and why; and all that were in force before."""
    case = case_for(person_of(request), case_id)
    on = _day(request)
    context = {
        "case": case, "kind": _kind(kind), "on": on, "day": day_of(case, on, kind),
        "before": in_force_days(case, on, kind), "papers": [life.PAPERS[kind], "glance", "plain", "student"],
    }  # fmt: skip
    return render(request, "pages/plans/in_force.html", context)


@require_GET
def print_in_force(request: HttpRequest, case_id: UUID, kind: str, as_: str, ending: str) -> HttpResponse:
    """The paper of the plan in force on a day."""
    case = case_for(person_of(request), case_id)
    on = _day(request)
    now = day_of(case, on, _kind(kind)).in_force
    if now is None or ending not in ("pdf", "docx"):
        raise Http404("There is no such paper.")
    try:
        return paper(sheet_of(now.plan, as_, page_tongue(), on=on), ending, draft=False)
    except NoSuchSheet as unknown:
        raise Http404("There is no such paper.") from unknown


@GET_OR_POST
def end(request: HttpRequest, case_id: UUID, plan_id: str) -> HttpResponse:
    """Services and plan ended: when and why."""
    case, plan = _opened(request, case_id, plan_id, Action.OFFER)
    form = EndForm(request.POST or None, initial={"form_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        try:
            life.end(
                plan, by=plan.case.reader, on=said["on"], reason=said["reason"], revoked_on=said["revoked_on"],
                form_key=said["form_key"],
            )  # fmt: skip
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("Written down. What was in force until then can still be printed."))
            return redirect("web:plan", case_id=case_id, plan_id=plan_id)
    context = {"case": case, "plan": plan, "form": form}
    return render(request, "pages/plans/end.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, case_id: UUID, plan_id: str, to: Action) -> tuple[Case, Written]:
    case = case_for(person_of(request), case_id, to=to)
    found = plan_of(case, plan_id)
    if found.form.kind == MEETING:
        raise Http404("A meeting has a page of its own.")
    return case, found


def _kind(kind: str) -> str:
    if kind not in IN_FORCE_KINDS:
        raise Http404("There is no such kind of plan.")
    return kind


def _day(request: HttpRequest) -> date:
    """The day that is asked for; today if none or no day is."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def _say(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(None, f"{fault.what} {fault.mend}")


urlpatterns = [
    path("case/<uuid:case_id>/plans/in-force/<str:kind>/", in_force, name="in-force"),
    path("case/<uuid:case_id>/plans/in-force/<str:kind>/<str:as_>.<str:ending>", print_in_force, name="print-in-force"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/share/", share, name="share-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/propose/", propose, name="propose-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/end/", end, name="end-plan"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/version/<int:number>/", version, name="version"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/version/<int:number>/version.pdf", version_pdf, name="version-pdf"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/version/<int:number>/answer/", answer, name="answer-version"),
    path("case/<uuid:case_id>/plan/<str:plan_id>/version/<int:number>/correct/", correct, name="correct-version"),
]
