"""Asking the school to change the record: what was asked, what was answered, the hearing, the statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases import amending
from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.models_records import Amendment, AmendmentStep
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.amend import TITLES, AskForm, StepForm
from gameplan.web.record_links import Link, links_of
from gameplan.web.templatetags.look import page_tongue

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def requests(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was asked so far, and where each request stands."""
    case = case_for(person_of(request), case_id)
    links = links_of(case)
    told = [(one, links.get(one.about), _stage(one)) for one in amending.amendments_of(case)]
    context = {"case": case, "told": told, "may_ask": may_now(case, Action.LETTER)}
    return render(request, "pages/amend/list.html", context)


@GET_OR_POST
def ask(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the school to change or take out something; `?about=fact:f3` chooses it beforehand."""
    case = case_for(person_of(request), case_id, to=Action.LETTER)
    first_words = {"form_key": uuid4(), "on": today().isoformat(), "about": request.GET.get("about", "")}
    form = AskForm(request.POST or None, things=_things(case), initial=first_words)
    if request.method == "POST" and form.is_valid():
        made = _asked(case, form)
        if made:
            messages.success(request, _("Asked. It stands on the timeline, and the school must answer."))
            return redirect("web:amendment", case_id=case_id, number=made.number)
    return render(request, "pages/amend/ask.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_GET
def amendment(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """One request: what was asked, all that followed, and what the reader can do now."""
    case = case_for(person_of(request), case_id)
    return _page(request, case, amending.amendment_of(case, number))


@require_POST
def school_step(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """The school answers, holds the hearing, decides it, or changes the record."""
    return _step(request, case_for(person_of(request), case_id, to=Action.OFFER), number)


@require_POST
def family_step(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """The family asks for a hearing, or adds its statement."""
    return _step(request, case_for(person_of(request), case_id, to=Action.ANSWER), number)


def _step(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    found = amending.amendment_of(case, number)
    step = request.POST.get("step", "")
    if step not in amending.next_steps(found):
        messages.error(request, _("This step does not follow here any more. See where the request stands."))
        return redirect("web:amendment", case_id=case.pk, number=number)
    form = StepForm(request.POST, step=step)
    if form.is_valid() and _gone_on(found, form):
        messages.success(request, _("Written down."))
        return redirect("web:amendment", case_id=case.pk, number=number)
    return _page(request, case, found, form)


def _page(request: HttpRequest, case: Case, found: Amendment, wrong: StepForm | None = None) -> HttpResponse:
    links = links_of(case)
    context = {
        "case": case, "amendment": found, "link": links.get(found.about), "stage": amending.stage_of(found),
        "steps": [(TITLES[step.kind], step, links.get(f"paper:{step.paper_id}")) for step in amending.steps_of(found)],
        "forms": list(_forms(case, found, wrong)), "correct": _correctable(case, found), "sees_all": sees_all(case),
        "form": wrong,
    }  # fmt: skip
    return render(request, "pages/amend/one.html", context, status=422 if wrong else 200)


def _forms(case: Case, found: Amendment, wrong: StepForm | None) -> Any:
    """For each step that the reader may take now: its title, its form, and where the form goes."""
    may = {action: may_now(case, action) for action in (Action.OFFER, Action.ANSWER)}
    for step in amending.next_steps(found):
        needs = amending.STEPS[step].needs
        if not may[needs]:
            continue
        form = wrong if wrong is not None and wrong["step"].value() == step else _fresh(step)
        yield TITLES[step], form, "web:amend-answer" if needs is Action.OFFER else "web:amend-go-on"


def _fresh(step: str) -> StepForm:
    return StepForm(
        step=step, initial={"form_key": uuid4(), "on": today().isoformat()}, prefix=None, auto_id=f"{step}-%s"
    )


def _correctable(case: Case, found: Amendment) -> str:
    """The id of the fact that is now to be corrected by the reader, or ""."""
    kind, _colon, name = found.about.partition(":")
    is_due = amending.MENDED in amending.next_steps(found) and kind == "fact"
    return name if is_due and may_now(case, Action.OFFER) else ""


def _asked(case: Case, form: AskForm) -> Amendment | None:
    said = form.cleaned_data
    try:
        return amending.ask(
            case, by=case.reader, on=said["on"], today=today(), about=said["about"], wrong=said["wrong"],
            should=said["should"], form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _say(form, refused)
    return None


def _gone_on(found: Amendment, form: StepForm) -> AmendmentStep | None:
    said = form.cleaned_data
    try:
        return amending.go_on(
            found, said["step"], by=found.case.reader, on=said["on"], today=today(), text=said.get("text", ""),
            told_of_hearing=said.get("told_of_hearing"), form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        _say(form, refused)
    return None


def _say(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def _stage(one: Amendment) -> str:
    stage = amending.stage_of(one)
    return str(TITLES[stage]) if stage in TITLES else _("The school has not answered yet")


def _things(case: Case) -> list[tuple[str, str]]:
    """What the school wrote here, to choose from: facts with their day, papers, versions of plans."""
    links, said = links_of(case), page_tongue()
    facts, papers = amending.schools_own(case)
    days = {f"fact:{name}": on for name, on in facts.values_list("fact_id", "on")}
    own = {*days, *(f"paper:{name}" for name in papers.values_list("attachment_id", flat=True))}

    def words(about: str, link: Link) -> str:
        return f"{link.name}, {said.date(days[about])}" if about in days else link.name

    return [
        (about, words(about, link)) for about, link in links.items() if about in own or about.startswith("version:")
    ]  # fmt: skip


urlpatterns = [
    path("case/<uuid:case_id>/amend/", requests, name="amendments"),
    path("case/<uuid:case_id>/amend/new/", ask, name="amend-ask"),
    path("case/<uuid:case_id>/amend/<int:number>/", amendment, name="amendment"),
    path("case/<uuid:case_id>/amend/<int:number>/answer/", school_step, name="amend-answer"),
    path("case/<uuid:case_id>/amend/<int:number>/go-on/", family_step, name="amend-go-on"),
]
