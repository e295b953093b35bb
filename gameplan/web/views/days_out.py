"""Days out of school: each removal, how the days add up, the tests of the law, what is owed and what one may do."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.core.standing import Duty
from gameplan.web.behavior.out import (
    RULES,
    clock_of,
    duties_of_discipline,
    limit_of,
    options_of_discipline,
    years_shown,
)
from gameplan.web.guiding import known_state, place_context
from gameplan.web.sides import Reading
from gameplan.web.standings import opened
from gameplan.web.supposition import option_what_if
from gameplan.web.templatetags.look import page_tongue
from gameplan.web.views.child import PASSED, option_url, why_url


@require_GET
def days_out(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same for family and school, worked out from the facts of the case and the rules in force."""
    viewed = opened(request, case_id)
    duties = [(duty, why_url(viewed, duty)) for duty in duties_of_discipline(viewed)]
    context = {
        "case": viewed.case, "reading": Reading(viewed.case),
        "guide": place_context(known_state(viewed.told.child.state)), "years": years_shown(viewed, page_tongue()),
        "limit": limit_of(viewed.law), "duties": [one for one in duties if not _is_past(one[0])],
        "past": [one for one in duties if _is_past(one[0])],
        "options": [
            (one, option_url(viewed, one), option_what_if(viewed, one.leads_to))
            for one in options_of_discipline(viewed)
        ],
        "rules": [clock_of(viewed.law, name) for name in RULES],
    }  # fmt: skip
    return render(request, "pages/behavior/days_out.html", context)


def _is_past(duty: Duty) -> bool:
    return duty.status in PASSED or duty.lapsed


urlpatterns = [path("case/<uuid:case_id>/days-out/", days_out, name="days-out")]
