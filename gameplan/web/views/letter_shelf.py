"""The letters of a family: those that the case needs now, all that can be written, and those that are finished."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.papers.doors import letters_of
from gameplan.people.roles import Action
from gameplan.web.letter_help import by_topic, offered_now
from gameplan.web.letter_titles import titled
from gameplan.web.standings import opened


@require_GET
def shelf(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every letter that a family can write, the ones that fit now first."""
    viewed = opened(request, case_id, to=Action.LETTER)
    context = {
        "case": viewed.case,
        "now": offered_now(viewed),
        "topics": by_topic(viewed),
        "written": titled(letters_of(viewed.case)),
    }
    return render(request, "pages/letters/shelf.html", context)


urlpatterns = [path("case/<uuid:case_id>/letters/", shelf, name="letters")]
