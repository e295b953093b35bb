"""Family and school: one page that leads to everything the two sides do with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import person_of
from gameplan.people.roles import Action, Side


@dataclass(frozen=True, slots=True)
class Way:
    """A page that can be gone to: its mark, its name, and what it is for."""

    mark: str
    url: str
    name: str
    what: str


@require_GET
def together(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the two sides do with each other, as far as this reader may: ask and answer, tell, see, put right."""
    case = case_for(person_of(request), case_id)
    groups = [
        (_("Ask and answer"), list(_answering(case))),
        (_("Who is in"), list(_people(case)) if settings.GAMEPLAN_SHARED else []),
        (_("The record"), list(_record(case))),
    ]
    context = {"case": case, "groups": [(title, ways) for title, ways in groups if ways]}
    return render(request, "pages/together.html", context)


def _answering(case: Case) -> Iterator[Way]:
    yield _way(case, "check", "consents", _("Permission"), _("What was asked, and what was answered."))
    yield _way(case, "letter", "notices", _("Notices"), _("What the school tells in writing, with proof."))
    yield _way(case, "people", "languages", _("Languages and e-mail"), _("Interpreters, translations, and mail."))


def _people(case: Case) -> Iterator[Way]:
    yield _way(case, "people", "people", _("People"), _("Who sees this file, in which role, and whom to invite."))
    if case.reader.side is Side.SCHOOL and Action.PEOPLE in case.can:
        yield _way(case, "people", "team", _("The school’s team"), _("Who works with this child, and who stands in."))
    if case.reader.side is Side.FAMILY and Action.PEOPLE in case.can:
        if case.school_id:
            yield _way(case, "route", "shared", _("What the school sees"), _("Show more, or keep something back."))
        else:
            yield _way(case, "route", "join", _("Bring this case to a school"), _("You choose what it will see."))
    if case.school_id and Action.PEOPLE in case.can:
        yield _way(case, "arrow", "move", _("The child changes schools"), _("The file goes along."))
        yield _way(case, "plus", "merge", _("Two files of one child"), _("Put them together; both accounts stay."))


def _record(case: Case) -> Iterator[Way]:
    yield _way(case, "clock", "record", _("Who looked at this file"), _("And who changed what, day by day."))
    yield _way(case, "pencil", "amendments", _("Ask to change the record"), _("When something in it is wrong."))
    if case.school_id:
        yield _way(case, "paper", "retention", _("How long records are kept"), _("And what happens before they go."))


def _way(case: Case, mark: str, page: str, name: str, what: str) -> Way:
    return Way(mark, reverse(f"web:{page}", args=(case.pk,)), name, what)


urlpatterns = [path("case/<uuid:case_id>/together/", together, name="together")]
