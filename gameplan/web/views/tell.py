"""Telling what has happened, one question a screen. Everything is kept as it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gameplan.cases.today import today
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.web.forms.story import StoryForm
from gameplan.web.standings import opened
from gameplan.web.story.early import SAME_DAY
from gameplan.web.story.keeping import Desk
from gameplan.web.story.path import BY_SLUG, CALENDAR, DONE, story_of
from gameplan.web.story.screens import FactScreen, Said, Screen


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, case_id: UUID, screen: str) -> HttpResponse:
    """One question. Saving makes facts, skipping leaves it open, going back loses nothing."""
    desk = _desk(request, case_id)
    if screen in (CALENDAR, DONE):
        return _end(request, desk, screen)
    asked = _screen(screen)
    go = request.POST.get("go", "on")
    if request.method == "POST" and go in ("skip", "back"):
        return _elsewhere(request, desk, asked, go)
    form = _form(request, desk, asked, today())
    if request.method == "POST" and form.is_valid() and _answer(request, desk, asked, form):
        return _to(desk.case.pk, _desk(request, case_id).story.after(screen))
    if request.method == "POST":
        desk.keep_if_possible(asked, request.POST)
    return _page(request, desk, asked, form)


@require_POST
def keep_draft(request: HttpRequest, case_id: UUID, screen: str) -> HttpResponse:
    """Keep what is being typed on a question, without saving it as an answer."""
    desk = _desk(request, case_id)
    try:
        desk.keep_typed(_screen(screen), request.POST)
    except Refused as refused:
        return HttpResponse(" ".join(f"{fault.what} {fault.mend}" for fault in refused.faults), "text/plain")
    return render(request, "parts/kept.html")


def _desk(request: HttpRequest, case_id: UUID) -> Desk:
    viewed = opened(request, case_id, to=Action.LETTER)
    person = viewed.case.reader
    return Desk(viewed.case, person, story_of(viewed.told, viewed.case, person))


def _screen(slug: str) -> Screen:
    found = BY_SLUG.get(slug)
    if found is None:
        raise Http404("There is no such question.")
    return found


def _form(request: HttpRequest, desk: Desk, screen: Screen, now: date) -> StoryForm:
    if request.method == "POST":
        form = screen.form(request.POST, today=now)
    else:
        form = screen.form(today=now, initial=desk.typed(screen) or desk.story.said(screen))
    if screen.lead:
        form.fields[screen.lead].label = screen.question
    return form


def _answer(request: HttpRequest, desk: Desk, screen: Screen, form: StoryForm) -> bool:
    """Keep the answer and say what is left out of it; False if it was refused."""
    try:
        made = desk.answer(screen, form, form.today)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(None, f"{fault.what} {fault.mend}")
        return False
    if isinstance(screen, FactScreen):
        _say_what_is_left_out(request, screen, form.cleaned_data, made=made)
    return True


def _say_what_is_left_out(request: HttpRequest, screen: FactScreen, said: Said, *, made: bool) -> None:
    """A day that is not known: the answer is kept, but the timeline needs the day."""
    if said.get("unknown"):
        words = _("Your answer to “%(question)s” is kept. It goes on the timeline when you add the day.")
        messages.info(request, words % {"question": screen.question})
        return
    receipt_open = made and "received" in said and not said["received"] and said["gate"] != "yes-refused"
    if receipt_open and said.get("how") not in SAME_DAY:
        messages.info(request, _("Until we know when the school got it, we count from the day you told us."))


def _elsewhere(request: HttpRequest, desk: Desk, screen: Screen, go: str) -> HttpResponse:
    desk.keep_if_possible(screen, request.POST)
    if go == "skip":
        desk.skip(screen.slug)
        return _to(desk.case.pk, desk.story.after(screen.slug))
    return _to(desk.case.pk, desk.story.before(screen.slug) or screen.slug)


def _end(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The last two steps are other pages: the school calendar, then the child's page."""
    desk.skip(CALENDAR)
    if slug == CALENDAR:
        return redirect(f"{reverse('web:calendar', args=(desk.case.pk,))}?from=questions")
    messages.success(request, _("Thank you. Here is where things stand now."))
    return redirect("web:child", case_id=desk.case.pk)


def _page(request: HttpRequest, desk: Desk, screen: Screen, form: StoryForm) -> HttpResponse:
    way = desk.story.way
    place = way.index(screen.slug) + 1 if screen.slug in way else 0
    context: dict[str, Any] = {
        "case": desk.case,
        "screen": screen,
        "form": form,
        "step": place,
        "total": len(way) if place else 0,
        "can_skip": True,
        "can_go_back": desk.story.before(screen.slug) is not None,
        "kept": request.method == "GET" and bool(desk.typed(screen)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/tell/question.html", context, status=status)


def _to(case_id: UUID, slug: str) -> HttpResponse:
    return redirect("web:tell", case_id=case_id, screen=slug)


urlpatterns = [
    path("case/<uuid:case_id>/tell/<slug:screen>/", tell, name="tell"),
    path("case/<uuid:case_id>/tell/<slug:screen>/draft/", keep_draft, name="keep-draft"),
]
