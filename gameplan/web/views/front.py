"""The front door: two ways in, the cases that are here, help, and how the page looks."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from gameplan.care.samples import make_listings
from gameplan.cases.doors import family_cases_of
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.cases.verbs import start_case
from gameplan.core.facts import Child
from gameplan.planning.samples import load_samples
from gameplan.progress.samples import tell_progress
from gameplan.web.gallery import gallery, gallery_question
from gameplan.web.look import set_look


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """Two doors: look at a sample family, or start with my child; and the cases that are already here.

    Who works with other people's children finds the way to them here, and of cases only those of their own family.
    """
    person = person_of(request)
    context = {
        "cases": family_cases_of(person), "works": bool(person.posts), "form_key": uuid4(),
        "has_accounts": settings.GAMEPLAN_SHARED,
    }  # fmt: skip
    return render(request, "pages/front.html", context)


@require_POST
def sample(request: HttpRequest) -> HttpResponse:
    """Make the sample families where they are not there yet, and open the first one."""
    cases = load_samples(person_of(request), today(), request.LANGUAGE_CODE or "en")
    tell_progress(cases, today())
    if not settings.GAMEPLAN_SHARED:
        make_listings()
    return redirect("web:child", case_id=cases[0].pk)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a case for my child and go to the first question. The same form sent twice begins one."""
    try:
        form_key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        form_key = uuid4()
    language = request.LANGUAGE_CODE or "en"
    case = start_case(person_of(request), child=Child(), language=language, form_key=form_key)
    return redirect("web:tell", case_id=case.pk, screen="name")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to get along: what the page shows, where things are kept, whom to ask."""
    return render(request, "pages/help.html")


urlpatterns = [
    path("", front, name="front"),
    path("sample/", sample, name="sample"),
    path("start/", start, name="start"),
    path("help/", help_page, name="help"),
    path("look/", set_look, name="look"),
    path("gallery/", gallery, name="gallery"),
    path("gallery/question/", gallery_question, name="gallery-question"),
]
