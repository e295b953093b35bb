"""Progress of a child: every measure, how it stands and what comes next; and beginning a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.measures.ways import Way
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.progress.doors import BEHAVIOR, GOAL, OWN, measures_of
from gameplan.progress.measuring import LONGEST_TITLE, begin_measure
from gameplan.web.forms.measure import LESS, BeginForm
from gameplan.web.progress.goals import Goal, goals_in_force, number_in, plan_to_change
from gameplan.web.progress.reports import reports_for
from gameplan.web.progress.showing import Shown, shown_of
from gameplan.web.sides import Reading


@dataclass
class GoalLine:
    """A goal of the plan in force with what is measured of it."""

    goal: Goal
    measures: list[Shown] = field(default_factory=list)


@require_GET
def progress(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every measure that the reader sees: goals first, then what else is measured, then what has ended."""
    case, on = case_for(person_of(request), case_id), today()
    shown = shown_of(case, list(measures_of(case)), on)
    now = [one for one in shown if one.is_open]
    lines = {goal.row_id: GoalLine(goal) for goal in goals_in_force(case, on)}
    kinds: dict[str, list[Shown]] = {GOAL: [], BEHAVIOR: [], OWN: []}
    for one in now:
        about = one.measure.about
        line = lines.get(one.measure.row_id) if about == GOAL else None
        (line.measures if line else kinds.get(about, kinds[OWN])).append(one)
    context = {
        "case": case, "reading": Reading(case), "goals": list(lines.values()), "left": kinds[GOAL],
        "others": kinds[OWN], "behaviors": kinds[BEHAVIOR],
        "ended": [one for one in shown if not one.is_open], "has_open": bool(now), "plan_id": plan_to_change(case),
        "reports": reports_for(case, on),
    }  # fmt: skip
    return render(request, "pages/progress/progress.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin a measure; `?goal=g1` takes the words and numbers of that goal, `?about=behavior` is for a behavior."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    reading, goals = Reading(case), goals_in_force(case, today())
    chosen = next((one for one in goals if one.row_id == request.GET.get("goal")), None)
    form = BeginForm(
        request.POST if request.method == "POST" else None, goals=goals,
        shows=reading.is_family and reading.is_joined, initial=_start(chosen, request.GET.get("about", "")),
    )  # fmt: skip
    status = 200
    if request.method == "POST":
        measure_id = _begin(case, form) if form.is_valid() else ""
        if measure_id:
            if form.what().about == BEHAVIOR:
                messages.success(request, _("It is begun. Now note what happens, each time."))
                return redirect("web:behavior", case_id=case_id, measure_id=measure_id)
            messages.success(request, _("It is begun. Now note the first result."))
            return redirect("web:measure", case_id=case_id, measure_id=measure_id)
        status = 422
    context = {"case": case, "reading": reading, "form": form, "goal": chosen, "goals": goals}
    return render(request, "pages/progress/begin.html", context, status=status)


def told_faults(form: Any, refused: Refused) -> None:
    """Say each fault beside its field; where the form has no such field, above all of them."""
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def key_of(raw: object) -> UUID | None:
    """The key of a form that was sent, or None if there is none that can be read."""
    try:
        return raw if isinstance(raw, UUID) else UUID(str(raw))
    except ValueError:
        return None


def _begin(case: Case, form: BeginForm) -> str:
    said = form.cleaned_data
    try:
        made = begin_measure(
            case, by=case.reader, what=form.what(), aim=form.aim(), shown=said.get("shown", True),
            form_key=said["form_key"],
        )  # fmt: skip
    except Refused as refused:
        told_faults(form, refused)
        return ""
    return made.measure_id


def _start(goal: Goal | None, about: str) -> dict[str, Any]:
    """What a new measure begins with: the words of a goal, and its numbers where it names exactly one."""
    if goal is None and about == BEHAVIOR:
        more = {"belongs": BEHAVIOR, "way": Way.COUNT.value, "rises": LESS}
        return {"form_key": uuid4(), "baseline_on": today(), **more}
    if goal is None:
        return {"form_key": uuid4(), "belongs": OWN, "baseline_on": today()}
    return {
        "form_key": uuid4(), "belongs": f"{GOAL}:{goal.row_id}", "title": _short(filter(None, [goal.text, goal.area])),
        "baseline": number_in(goal.baseline), "baseline_on": today(), "target": number_in(goal.target),
        "target_on": goal.by,
    }  # fmt: skip


def _short(words: Iterable[str]) -> str:
    return next(iter(words), "")[:LONGEST_TITLE]


urlpatterns = [
    path("case/<uuid:case_id>/progress/", progress, name="progress"),
    path("case/<uuid:case_id>/progress/begin/", begin, name="begin-measure"),
]
