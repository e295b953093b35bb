"""The end of the records: no longer needed, the notice, a copy, destroyed, and what a school may keep for good."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases import retention
from gameplan.cases.doors import case_for, may_now
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.seeing import sees_all
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.retention import LABELS, TITLES, DestroyForm, StepForm

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def end_of_records(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where it stands, the notice, what was done, and what the reader can do now."""
    case = case_for(person_of(request), case_id)
    done = retention.steps_of(case)
    now = retention.standing_of(done)
    context = {
        "case": case, "now": now, "done": [(TITLES[step.kind], step) for step in reversed(done)],
        "notice": retention.notice().split("\n\n"), "sees_all": sees_all(case), "forms": list(_forms(case, now)),
        "may_destroy": _is_ready(case, now) and may_now(case, Action.OFFER),
    }  # fmt: skip
    return render(request, "pages/retention/retention.html", context)


@require_POST
def school_step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The school marks the records, gives the notice or a copy, or takes its mark back."""
    return _step(request, case_for(person_of(request), case_id, to=Action.OFFER))


@require_POST
def family_step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The family asks for a copy, asks to destroy the records, or takes that back."""
    return _step(request, case_for(person_of(request), case_id, to=Action.ANSWER))


@GET_OR_POST
def destroy(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Destroy the records for good, after asking twice; before that nothing is lost."""
    case = case_for(person_of(request), case_id, to=Action.OFFER)
    if retention.standing_of(retention.steps_of(case)).told is None:
        messages.error(request, _("The parent must be told first that the records are no longer needed."))
        return redirect("web:retention", case_id=case_id)
    first_words = {"on": today().isoformat(), "name": case.child_name, "grade_level": case.child_grade}
    form = DestroyForm(request.POST or None, initial=first_words)
    if request.method == "POST" and form.is_valid() and _destroyed(case, form):
        messages.success(request, _("The records are destroyed. Only what the law lets a school keep is left."))
        return redirect("web:permanent-record", case_id=case_id)
    context = {"case": case, "form": form, "word": retention.word_to_type(case)}
    return render(request, "pages/retention/destroy.html", context, status=422 if form.errors else 200)


@require_GET
def permanent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is left of a case whose records were destroyed, for those who lead in its school."""
    found = retention.permanent_of(person_of(request), case_id)
    kept = [(label, getattr(found, name)) for name, label in LABELS.items()]
    return render(request, "pages/retention/permanent.html", {"record": found, "kept": kept})


def _step(request: HttpRequest, case: Case) -> HttpResponse:
    form = StepForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        text = retention.notice() if said["step"] == retention.TOLD else ""
        try:
            retention.go_on(
                case, said["step"], by=case.reader, on=said["on"], today=today(), text=text, form_key=said["form_key"]
            )
            messages.success(request, _("Written down."))
        except Refused as refused:
            for fault in refused.faults:
                messages.error(request, f"{fault.what} {fault.mend}")
    else:
        messages.error(request, _("Fill in the day."))
    return redirect("web:retention", case_id=case.pk)


def _forms(case: Case, now: retention.Standing) -> Iterator[tuple[object, StepForm, str]]:
    """For each step that the reader may take now: its title, its form, and where the form goes."""
    if case.school_id is None:
        return
    may = {action: may_now(case, action) for action in (Action.OFFER, Action.ANSWER)}
    for step in now.next_steps():
        needs = retention.STEPS[step].needs
        first_words = {"form_key": uuid4(), "on": today().isoformat(), "step": step}
        form = StepForm(initial=first_words, auto_id=f"{step}-%s")
        if may[needs]:
            yield TITLES[step], form, "web:retention-school" if needs is Action.OFFER else "web:retention-family"


def _is_ready(case: Case, now: retention.Standing) -> bool:
    """True once the records may be destroyed as far as notice, copy and the family's wish go."""
    first = now.may_destroy_from(family_here=retention.family_here(case, today()))
    return first is not None and first <= today()


def _destroyed(case: Case, form: DestroyForm) -> bool:
    said = form.cleaned_data
    try:
        retention.destroy(
            case, by=case.reader, on=said["on"], today=today(), typed=said["typed"], checked=said["checked"],
            permanent={name: said[name] for name in LABELS},
        )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")
        return False
    return True


urlpatterns = [
    path("case/<uuid:case_id>/retention/", end_of_records, name="retention"),
    path("case/<uuid:case_id>/retention/school/", school_step, name="retention-school"),
    path("case/<uuid:case_id>/retention/family/", family_step, name="retention-family"),
    path("case/<uuid:case_id>/retention/destroy/", destroy, name="destroy-records"),
    path("case/<uuid:case_id>/permanent/", permanent, name="permanent-record"),
]
