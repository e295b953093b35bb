"""Joining, as a school sees it: what waits for its answer, beginning a child's case, and the copies that it keeps."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gameplan.cases.joining import asking_for, begin_for_school, decline, leads_somewhere, waiting_for
from gameplan.cases.merging import twins_at
from gameplan.cases.models import Case
from gameplan.cases.models_joint import Asking
from gameplan.cases.moving import copies_for, read_copy
from gameplan.cases.people import Person, person_of
from gameplan.cases.today import today
from gameplan.people.doors import named, places_led, staff_of
from gameplan.people.refusals import Refused
from gameplan.people.roles import ROLES
from gameplan.together.joining import accept
from gameplan.together.merging import bring_together
from gameplan.web.downloads import download
from gameplan.web.forms.joining import BeginForm, TakeOnForm
from gameplan.web.views.joining import needs_accounts, say_refused

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def joining(request: HttpRequest) -> HttpResponse:
    """What waits for the schools for which this person answers, and what they keep."""
    person = _leader(request)
    waiting = [(one, ROLES[one.asked_role].title) for one in waiting_for(person)]
    context = {"waiting": waiting, "copies": copies_for(person)}
    return render(request, "pages/joining/waiting.html", context)


@GET_OR_POST
def answer(request: HttpRequest, asking_id: UUID) -> HttpResponse:
    """Say yes or no to a case that was brought to a school. What is in it is seen only after the yes."""
    asking, by = asking_for(_leader(request), asking_id)
    form = TakeOnForm(request.POST or None, me=by.id, staff=staff_of(asking.school, today()))
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("go") == "decline":
                decline(asking, by=by, words=request.POST.get("words", ""))
                messages.success(request, _("The answer is no. Who asked can read it now."))
                return redirect("web:joining")
            twin = _twin(asking, request.POST.get("into", ""))
            if twin is not None:
                bring_together(asking, twin, by=by)
                messages.success(request, _("The family can open your case now, and decides on its own one first."))
                return redirect("web:child", case_id=twin.pk)
            case = accept(asking, by=by, manager=form.lead())
            messages.success(request, _("{school} holds this case now.").format(school=asking.school.name))
            return redirect("web:child", case_id=case.pk)
        except Refused as refused:
            say_refused(request, refused)
            return redirect("web:joining-answer", asking_id=asking_id)
    context = {
        "asking": asking, "form": form, "name": named([asking.asked_by]).get(asking.asked_by, ""),
        "role": ROLES[asking.asked_role].title, "twins": _twins(asking),
        "waiting": next((one for one in waiting_for(by) if one.id == asking.pk), None),
    }  # fmt: skip
    return render(request, "pages/joining/answer.html", context, status=422 if form.errors else 200)


def _twins(asking: Asking) -> list[Case]:
    """The cases that the asked school holds already of a child of that name and birth date; none for a move."""
    if asking.leaves_id is not None:
        return []
    return twins_at(asking.school_id, asking.case.child_name, asking.case.child_born)


def _twin(asking: Asking, key: str) -> Case | None:
    return next((one for one in _twins(asking) if str(one.pk) == key), None)


@GET_OR_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the case of a child at one of the schools for which this person answers."""
    person = _leader(request)
    form = BeginForm(request.POST or None, schools=places_led(person.posts))
    if request.method == "POST" and form.is_valid():
        lang = (get_language() or "en")[:2]
        try:
            case = begin_for_school(person, school=form.place(), child=form.told(), language=lang)
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(None, f"{fault.what} {fault.mend}")
        else:
            messages.success(request, _("The case is there. Invite the family next, so that both hold it."))
            return redirect("web:people", case_id=case.pk)
    return render(request, "pages/joining/begin.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def kept_copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """A frozen copy of a case as a zip, for the school that keeps it and for the family."""
    person = person_of(request)
    needs_accounts()
    copy = read_copy(person, copy_id)
    return download(bytes(copy.content), "application/zip", f"gameplan-copy-{copy.at:%Y-%m-%d}.zip")


def _leader(request: HttpRequest) -> Person:
    """Who asks, if they answer for a school. Raises Http404 for everybody else."""
    needs_accounts()
    person = person_of(request)
    if not leads_somewhere(person):
        raise Http404("Nothing waits here.")
    return person


urlpatterns = [
    path("joining/", joining, name="joining"),
    path("joining/begin/", begin, name="joining-begin"),
    path("joining/kept/<uuid:copy_id>/", kept_copy, name="kept-copy"),
    path("joining/<uuid:asking_id>/", answer, name="joining-answer"),
]
