"""The child's page: where we are, what is owed, what you can do now, what happened, papers; and why."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from gameplan.cases.doors import case_for
from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core.facts import Fact
from gameplan.core.standing import Duty, OptionView
from gameplan.papers.doors import letters_of
from gameplan.people.roles import Action
from gameplan.web.duty_lines import NO_START
from gameplan.web.guiding import in_place
from gameplan.web.kept_pages import kept_answer
from gameplan.web.lawbook import shelf
from gameplan.web.letter_titles import titled
from gameplan.web.pictures.timeline import timeline
from gameplan.web.side_by_side import compares
from gameplan.web.sides import FAMILY_DOES, Holding, Reading
from gameplan.web.standings import Viewed, opened, viewed_of
from gameplan.web.story.path import CALENDAR, open_screen
from gameplan.web.supposition import option_what_if, what_ifs_of
from gameplan.web.templatetags.look import page_tongue

DISAGREEING = (
    "request-refused", "found-ineligible", "iee", "due-process", "after-hearing", "after-state-complaint", "discipline",
)  # fmt: skip
PASSED = ("met", "met-late", "excused")


@require_GET
def child(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The child's page. It is worked out once for each reader, revision of the case, day, language and look.

    What stands on it depends on who reads: each side sees what it may.
    """
    case, day = case_for(person_of(request), case_id), today()
    key = (case.reader.role, case.revision, day)

    def context() -> dict[str, object]:
        return _context(viewed_of(case, on=day))

    return kept_answer(request, "pages/child.html", context, reader=case.reader.id, key=key)


def _context(viewed: Viewed) -> dict[str, object]:
    standing, reading = viewed.standing, Reading(viewed.case)
    yours = [
        (option, option_url(viewed, option), option_what_if(viewed, option.leads_to))
        for option in standing.options
        if option.who in reading.does and not (option.power == "must-not" and option.who not in FAMILY_DOES)
    ]
    others = [option for option in standing.options if option.who not in reading.does]
    place = shelf.find_place(viewed.told.child.state or "") or shelf.FEDERAL
    return {
        "case": viewed.case,
        "place": place,
        "state_name": "" if place == shelf.FEDERAL else shelf.place_name(place),
        "reading": reading,
        "holding": Holding(reading),
        "told": viewed.told,
        "standing": standing,
        "guide": in_place(standing.stage, viewed.told.child.state, on=standing.on),
        "compares": compares(viewed),
        "disagreeing": standing.stage in DISAGREEING,
        "duties": [(duty, why_url(viewed, duty)) for duty in standing.open_duties() if not duty.lapsed],
        "passed": [(duty, why_url(viewed, duty)) for duty in standing.duties if duty.status in PASSED or duty.lapsed],
        "yours": [one for one in yours if not one[0].always and not one[0].closed],
        "always": [one for one in yours if one[0].always and not one[0].closed],
        "closed": [one for one in yours if one[0].closed],
        "never": [one for one in standing.options if one.power == "must-not" and one.who not in FAMILY_DOES],
        "theirs": [one for one in others if one.who not in FAMILY_DOES and one.power != "must-not"],
        "familys": [one for one in others if one.who in FAMILY_DOES and not one.closed],
        "timeline": story(viewed),
        "letters": titled(letters_of(viewed.case)),
        "papers": viewed.told.attachments,
    }


@require_GET
def questions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Go on with the questions: to the first one that is open, else to the first of all."""
    viewed = opened(request, case_id, to=Action.LETTER)
    screen = open_screen(viewed, viewed.case.reader)
    if screen == CALENDAR:
        return redirect("web:calendar", case_id=case_id)
    return redirect("web:tell", case_id=case_id, screen=screen or "name")


@require_GET
def why(request: HttpRequest, case_id: UUID, pack: str, clock: str, started_by: str) -> HttpResponse:
    """Why one duty is due on its day: the reasons, each day counted or skipped, the rule, what would change it."""
    viewed = opened(request, case_id)
    key = (pack, clock, "" if started_by == NO_START else started_by)
    duty = next((d for d in viewed.standing.duties if d.key == key), None)
    if duty is None:
        raise Http404("There is no such duty in this case.")
    context = {"duty": duty, "what_ifs": what_ifs_of(viewed, duty), "reading": Reading(viewed.case)}
    if request.headers.get("HX-Request"):
        return render(request, "parts/why_opened.html", context)
    return render(request, "pages/why.html", {"case": viewed.case, "told": viewed.told, **context})


def why_url(viewed: Viewed, duty: Duty) -> str:
    """The address of the page that says why."""
    pack, clock, started_by = duty.key
    return reverse("web:why", args=(viewed.case.pk, pack, clock, started_by or NO_START))


def option_url(viewed: Viewed, option: OptionView) -> str:
    """Where an option is done: its letter, or writing down the fact it leads to; empty if it only can be known."""
    reading = Reading(viewed.case)
    if option.letter and reading.has_desk:
        return reverse("web:write", args=(viewed.case.pk, option.letter))
    if option.leads_to and reading.writes:
        return reverse("web:add-fact", args=(viewed.case.pk, option.leads_to[0]))
    return ""


def story(viewed: Viewed) -> str:
    """The timeline of the case, each fact linked to where it can be corrected."""

    def fact_url(fact: Fact) -> str:
        return reverse("web:fact", args=(viewed.case.pk, fact.id))

    return timeline(viewed.told, viewed.standing, page_tongue(), names=viewed.names, fact_url=fact_url)


urlpatterns = [
    path("case/<uuid:case_id>/", child, name="child"),
    path("case/<uuid:case_id>/questions/", questions, name="questions"),
    path("case/<uuid:case_id>/why/<str:pack>/<slug:clock>/<str:started_by>/", why, name="why"),
]
