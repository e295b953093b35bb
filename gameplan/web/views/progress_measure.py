"""One measure: its picture, every point, what was changed and decided; and all that is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action, Side
from gameplan.progress import measuring
from gameplan.progress.doors import all_terms, changes_of, decisions_of, measure_of, point_rows, row_of
from gameplan.progress.models import Measure, Terms
from gameplan.web.forms.measure import LESS, MORE, YES, ChangeAimForm, DecisionForm, EndForm, ShowForm, TeachingForm
from gameplan.web.forms.points import CorrectForm, filled
from gameplan.web.progress.goals import goals_in_force, plan_to_change
from gameplan.web.progress.showing import Shown, aim_said, letter_words, note_lines, point_lines, role_said, shown_of
from gameplan.web.progress.words import DOES, standing_chip
from gameplan.web.sides import Reading
from gameplan.web.views.progress import told_faults

RECENT: Final = 12
"""So many points stand open on the page; the older ones are folded."""
Forms = dict[str, forms.Form]
MAKERS: Final[dict[str, type[forms.Form]]] = {
    "teaching": TeachingForm, "decision": DecisionForm, "aim": ChangeAimForm, "end": EndForm, "show": ShowForm,
}  # fmt: skip


@require_GET
def measure(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """The measure as a whole."""
    case, found = opened(request, case_id, measure_id, Action.READ)
    return _page(request, case, found, {})


@require_POST
def note_teaching(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """From a day on something is taught in another way."""

    def keep(found: Measure, form: forms.Form) -> None:
        said = form.cleaned_data
        measuring.note_change(
            found, by=found.case.reader, on=said["on"], what=said["what"], form_key=said["form_key"]
        )  # fmt: skip

    return _done(request, case_id, measure_id, "teaching", keep, _("Kept. The picture has a line on that day."))


@require_POST
def decide(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """What was decided, with how the measure stood and why, as the rules say it at this moment."""

    def keep(found: Measure, form: forms.Form) -> None:
        said, now = form.cleaned_data, shown_of(found.case, [found], today())[0]
        measuring.decide(
            found, by=found.case.reader, on=said["on"], does=said["does"], why=said["why"], status=now.look.status,
            rule=now.look.rule, because=now.because, form_key=said["form_key"],
        )  # fmt: skip

    return _done(request, case_id, measure_id, "decision", keep, _("The decision is kept with its reasons."))


@require_POST
def change_aim(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """Another name, baseline or target from now on, and why."""

    def keep(found: Measure, form: forms.Form) -> None:
        aim = form.aim() if isinstance(form, ChangeAimForm) else measuring.Aim("")
        measuring.change_aim(found, by=found.case.reader, aim=aim, why=form.cleaned_data["why"])

    return _done(request, case_id, measure_id, "aim", keep, _("Changed. What held before stays to be read."))


@require_POST
def end(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """Nothing more is measured after a day."""

    def keep(found: Measure, form: forms.Form) -> None:
        measuring.end_measure(found, by=found.case.reader, on=form.cleaned_data["on"])

    return _done(request, case_id, measure_id, "end", keep, _("It has ended. All of it stays to be read."))


@require_POST
def show(request: HttpRequest, case_id: UUID, measure_id: str) -> HttpResponse:
    """The family shows a measure of its own to the school, or stops."""

    def keep(found: Measure, form: forms.Form) -> None:
        measuring.show_measure(found, by=found.case.reader, shown=form.cleaned_data["shown"] == YES)

    return _done(request, case_id, measure_id, "show", keep, _("Kept."))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, case_id: UUID, measure_id: str, number: int) -> HttpResponse:
    """Put a point right; the old one stays to be read."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    row = row_of(point_rows(found), number)
    start = {**filled(found, row.data, row.note), "on": row.on}
    form = CorrectForm(request.POST if request.method == "POST" else None, measure=found, initial=start)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _correct(found, number, form):
            messages.success(request, _("Put right. The old result stays to be read."))
            return redirect("web:measure", case_id=case_id, measure_id=measure_id)
        status = 422
    shown = shown_of(case, [found], today())[0]
    context = {"case": case, "shown": shown, "form": form, "number": number}
    return render(request, "pages/progress/correct.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, measure_id: str, number: int) -> HttpResponse:
    """Take a point back; it stays to be read."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    measuring.withdraw_point(found, number, by=case.reader)
    messages.success(request, _("Taken back. It stays to be read."))
    return redirect("web:measure", case_id=case_id, measure_id=measure_id)


def opened(request: HttpRequest, case_id: UUID, measure_id: str, to: Action) -> tuple[Case, Measure]:
    """The case through its door, and one measure in it. Raises Http404 and PermissionDenied."""
    case = case_for(person_of(request), case_id, to=to)
    return case, measure_of(case, measure_id)


def _done(
    request: HttpRequest, case_id: UUID, measure_id: str, name: str, keep: Callable[[Measure, forms.Form], None],
    words: str,
) -> HttpResponse:  # fmt: skip
    """Do what a form of the page asks for, or show the page with what is wrong."""
    case, found = opened(request, case_id, measure_id, Action.WRITE)
    form = _read(request, found, name)
    if form.is_valid():
        try:
            keep(found, form)
        except Refused as refused:
            told_faults(form, refused)
        else:
            messages.success(request, words)
            return redirect("web:measure", case_id=case_id, measure_id=measure_id)
    return _page(request, case, found, {name: form}, status=422)


def _read(request: HttpRequest, found: Measure, name: str) -> forms.Form:
    """The form that was sent. A decision beside reasons that do not hold any more gets a fault and the new ones."""
    form = MAKERS[name](request.POST, auto_id=f"{name}_%s")
    if name != "decision" or not request.POST.get("rule"):
        return form
    now = shown_of(found.case, [found], today())[0].look.rule
    if request.POST["rule"] != now:
        form = DecisionForm({**request.POST.dict(), "rule": now}, auto_id=f"{name}_%s")
        form.add_error(None, _("New results have come, and it stands in another way now. Read it, then send again."))
    return form


def _correct(found: Measure, number: int, form: CorrectForm) -> bool:
    said = form.cleaned_data
    try:
        measuring.correct_point(
            found, number, by=found.case.reader, on=said["on"], data=form.told(), note=said["note"]
        )  # fmt: skip
    except Refused as refused:
        for fault in refused.faults:
            form.fault(fault.where, f"{fault.what} {fault.mend}")
        return False
    return True


def _page(request: HttpRequest, case: Case, found: Measure, bound: Forms, status: int = 200) -> HttpResponse:
    shown, terms, reading = shown_of(case, [found], today())[0], all_terms(found), Reading(case)
    points = point_lines(case, found, point_rows(found))
    goal = next((one for one in goals_in_force(case, today()) if one.row_id == found.row_id), None)
    context = {
        "case": case, "reading": reading, "shown": shown, "measure": found, "goal": goal if found.row_id else None,
        "points": points[:RECENT], "older": points[RECENT:], "changes": _changes(case, found),
        "decisions": _decisions(case, found),
        "earlier": [(one, role_said(one.role), *aim_said(shown.series, one)) for one in terms],
        "forms": _forms(shown, terms[-1]) | bound, "opened": next(iter(bound), ""), "plan_id": plan_to_change(case),
        "letter": letter_words(shown) if shown.next_step == "ask" else "",
        "decides": reading.writes and shown.is_open and (reading.side == Side.SCHOOL or not reading.is_joined),
        "shows": shown.is_own and reading.is_family and reading.is_joined and reading.writes,
    }  # fmt: skip
    return render(request, "pages/progress/measure.html", context, status=status)


def _forms(shown: Shown, terms: Terms) -> Forms:
    starts: dict[str, dict[str, Any]] = {
        "teaching": {"form_key": uuid4(), "on": today()},
        "decision": {"form_key": uuid4(), "on": today(), "rule": shown.look.rule},
        "aim": {
            "title": terms.title, "rises": MORE if terms.rises else LESS, "baseline": _plain(terms.baseline),
            "baseline_on": terms.baseline_on, "target": _plain(terms.target), "target_on": terms.target_on,
        },
        "end": {"on": today()}, "show": {},
    }  # fmt: skip
    return {name: make(initial=starts[name], auto_id=f"{name}_%s") for name, make in MAKERS.items()}


def _plain(number: Any) -> str | None:
    """A number as it was written: 42, not 42.000."""
    return None if number is None else f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number}"


def _changes(case: Case, found: Measure) -> list[Any]:
    return note_lines(case, changes_of(found), lambda row: row.note)


def _decisions(case: Case, found: Measure) -> list[Any]:
    lines = note_lines(case, decisions_of(found), lambda row: str(DOES.get(row.does, row.does)))
    by_number = {one.number: one for one in decisions_of(found)}
    return [(line, by_number[line.row.number], standing_chip(by_number[line.row.number].status)) for line in lines]


HERE = "case/<uuid:case_id>/progress/<str:measure_id>/"
urlpatterns = [
    path(HERE, measure, name="measure"),
    path(f"{HERE}teaching/", note_teaching, name="note-teaching"),
    path(f"{HERE}decide/", decide, name="decide-progress"),
    path(f"{HERE}aim/", change_aim, name="change-aim"),
    path(f"{HERE}end/", end, name="end-measure"),
    path(f"{HERE}show/", show, name="show-measure"),
    path(f"{HERE}point/<int:number>/", correct, name="correct-point"),
    path(f"{HERE}point/<int:number>/withdraw/", withdraw, name="withdraw-point"),
]
