"""Extra help in class (MTSS, RTI): all of it by tier, begin it, and one help with its measures and notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
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
from gameplan.progress.grouping import groups_of
from gameplan.progress.measuring import begin_measure
from gameplan.progress.models_supports import Group, Support
from gameplan.progress.supporting import (
    begin_support,
    change_support,
    end_support,
    note,
    support_of,
    withdraw_note,
)
from gameplan.progress.tiers import NOTE
from gameplan.web.forms.supports import NOTING_FORMS, BeginForm, ChangeForm, EndForm, MeasureForm
from gameplan.web.sides import Reading
from gameplan.web.standings import viewed_of
from gameplan.web.supports.showing import asked_for, by_tier, shown_in, shown_of

GET_OR_POST = require_http_methods(["GET", "POST"])
Forms = dict[str, Any]


@require_GET
def supports(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All extra help of a child: what runs, the highest tier first, and what has ended."""
    case = case_for(person_of(request), case_id)
    found = shown_in(case, today())
    context = {
        **around(case), "tiers": by_tier(found), "ended": [one for one in found if not one.is_running],
        "has_any": bool(found),
    }  # fmt: skip
    return render(request, "pages/supports/supports.html", context)


@GET_OR_POST
def begin(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Begin help."""
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    first_words = {"form_key": uuid4(), "since": today().isoformat()}
    form = BeginForm(request.POST or None, groups=_groups(case), initial=first_words)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_support(case, by=case.reader, help_=form.help_(), form_key=form.cleaned_data["form_key"])
        except Refused as refused:
            tell_faults(form, refused)
        else:
            messages.success(request, _("It is begun. Now say how you will see if it works."))
            return redirect("web:support", case_id=case_id, support_id=made.support_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/supports/begin.html", {**around(case), "form": form}, status=status)


@require_GET
def support(request: HttpRequest, case_id: UUID, support_id: str) -> HttpResponse:
    """One help: how much, how it goes, what was noted, what the family was told."""
    case = case_for(person_of(request), case_id)
    return _page(request, case, support_of(case, support_id), {})


@require_POST
def change(request: HttpRequest, case_id: UUID, support_id: str) -> HttpResponse:
    """Another dose from now on."""
    case, found = _opened(request, case_id, support_id)
    form = ChangeForm(request.POST, groups=_groups(case, found), auto_id="change-%s")

    def keep() -> None:
        said = form.cleaned_data
        change_support(found, by=case.reader, dose=form.dose(), why=said["why"], form_key=said["form_key"])

    return _done(request, case, found, ("change", form), keep, _("Changed. What held before stays to be read."))


@require_POST
def end(request: HttpRequest, case_id: UUID, support_id: str) -> HttpResponse:
    """The help has ended."""
    case, found = _opened(request, case_id, support_id)
    form = EndForm(request.POST, auto_id="end-%s")

    def keep() -> None:
        end_support(found, by=case.reader, on=form.cleaned_data["on"], why=form.cleaned_data["why"])

    return _done(request, case, found, ("end", form), keep, _("It has ended. All of it stays to be read."))


@require_POST
def note_support(request: HttpRequest, case_id: UUID, support_id: str) -> HttpResponse:
    """Note one thing: how much was done, a review, what the family was told, or words."""
    case, found = _opened(request, case_id, support_id)
    kind = request.POST.get("kind", "")
    if kind not in NOTING_FORMS:
        kind = NOTE
    form = NOTING_FORMS[kind](request.POST, auto_id=f"{kind}-%s")

    def keep() -> None:
        note(found, by=case.reader, noting=form.noting(), form_key=form.cleaned_data["form_key"])

    return _done(request, case, found, (kind, form), keep, _("Noted."))


@require_POST
def withdraw(request: HttpRequest, case_id: UUID, support_id: str, number: int) -> HttpResponse:
    """Take a note back."""
    case, found = _opened(request, case_id, support_id)
    withdraw_note(found, number, by=case.reader)
    messages.success(request, _("Taken back. It stays in the list of changes."))
    return redirect("web:support", case_id=case_id, support_id=support_id)


@require_POST
def measure_support(request: HttpRequest, case_id: UUID, support_id: str) -> HttpResponse:
    """Begin to measure how the help works."""
    case, found = _opened(request, case_id, support_id)
    form = MeasureForm(request.POST, auto_id="measure-%s")

    def keep() -> None:
        begin_measure(
            case, by=case.reader, what=form.what(found.support_id), aim=form.aim(), shown=found.shown,
            form_key=form.cleaned_data["form_key"],
        )  # fmt: skip

    return _done(request, case, found, ("measure", form), keep, _("It is begun. Now note the first result."))


def around(case: Case) -> dict[str, Any]:
    """What stands on every page of extra help: whose page it is, and a request for an evaluation that waits."""
    return {"case": case, "reading": Reading(case), "asked": asked_for(viewed_of(case, on=today()))}


def tell_faults(form: forms.Form, refused: Refused) -> None:
    """Say each fault beside its field; where the form has no such field, above all of them."""
    for fault in refused.faults:
        form.add_error(fault.where if fault.where in form.fields else None, f"{fault.what} {fault.mend}")


def _opened(request: HttpRequest, case_id: UUID, support_id: str) -> tuple[Case, Support]:
    case = case_for(person_of(request), case_id, to=Action.WRITE)
    return case, support_of(case, support_id)


def _groups(case: Case, now: Support | None = None) -> list[Group]:
    """The groups that can be chosen: those of the school, and the one that the child is in although it is over."""
    if case.reader.side is not Side.SCHOOL:
        return []
    found = groups_of(case.school)
    there = now.group if now else None
    return [*found, there] if there and there not in found else found


def _done(
    request: HttpRequest, case: Case, found: Support, told: tuple[str, forms.Form], keep: Callable[[], None], says: str
) -> HttpResponse:
    name, form = told
    if form.is_valid():
        try:
            keep()
        except Refused as refused:
            tell_faults(form, refused)
        else:
            messages.success(request, says)
            return redirect("web:support", case_id=case.pk, support_id=found.support_id)
    return _page(request, case, found, {name: form}, status=422)


def _page(
    request: HttpRequest, case: Case, found: Support, sent: dict[str, forms.Form], status: int = 200
) -> HttpResponse:  # fmt: skip
    shown = shown_of(case, found, today())
    context = {
        **around(case), "shown": shown, "forms": {**_blank(case, found), **sent},
        **{f"faulty_{name}": True for name in sent},
    }  # fmt: skip
    return render(request, "pages/supports/support.html", context, status=status)


def _blank(case: Case, found: Support) -> Forms:
    """Each form of the page before anything is typed in it."""
    start: dict[str, Any] = {"form_key": uuid4(), "on": today().isoformat()}
    dose = {
        "form_key": uuid4(), "minutes": found.minutes, "times": found.times, "per": found.per, "who": found.who,
        "group": found.group_id, "until": found.until,
    }  # fmt: skip
    blank: Forms = {
        kind: made(initial={**start, "form_key": uuid4()}, auto_id=f"{kind}-%s") for kind, made in NOTING_FORMS.items()
    }
    blank["change"] = ChangeForm(groups=_groups(case, found), initial=dose, auto_id="change-%s")
    blank["end"] = EndForm(initial=start, auto_id="end-%s")
    blank["measure"] = MeasureForm(
        initial={"form_key": uuid4(), "baseline_on": found.since.isoformat()}, auto_id="measure-%s"
    )
    return blank


HERE = "case/<uuid:case_id>/supports/<str:support_id>/"
urlpatterns = [
    path("case/<uuid:case_id>/supports/", supports, name="supports"),
    path("case/<uuid:case_id>/supports/begin/", begin, name="begin-support"),
    path(HERE, support, name="support"),
    path(f"{HERE}change/", change, name="change-support"),
    path(f"{HERE}end/", end, name="end-support"),
    path(f"{HERE}note/", note_support, name="note-support"),
    path(f"{HERE}note/<int:number>/withdraw/", withdraw, name="withdraw-support-note"),
    path(f"{HERE}measure/", measure_support, name="measure-support"),
]
