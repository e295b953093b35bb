"""An IEP and a 504 plan side by side, with what stands for this child. The page only looks; it writes nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.guide.side_by_side import PAGE
from gameplan.web.guiding import known_state, place_context, rule_address
from gameplan.web.side_by_side import changes_of, matters_of, now_of
from gameplan.web.sides import Reading
from gameplan.web.standings import opened
from gameplan.web.views.child import why_url


@require_GET
def side_by_side(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How each way stands for the child, what it gives matter by matter, what a step to the other would change."""
    viewed = opened(request, case_id)
    state = known_state(viewed.told.child.state)
    now = now_of(viewed)
    context = {
        **place_context(state), "case": viewed.case, "told": viewed.told, "reading": Reading(viewed.case), "page": PAGE,
        "now": [(one, [(duty, why_url(viewed, duty)) for duty in one.duties]) for one in now],
        "matters": [
            (matter, [
                (name, half, [(number, rule_address(number, state)) for number in half.numbers], told)
                for name, half, told in halves
            ])
            for matter, halves in matters_of(viewed)
        ],
        "changes": changes_of(viewed, now),
    }  # fmt: skip
    return render(request, "pages/side_by_side.html", context)


urlpatterns = [path("case/<uuid:case_id>/side-by-side/", side_by_side, name="side-by-side")]
