"""The ways to disagree, side by side, as they stand in one case; and what the school must not do."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from gameplan.core.paths import NOT_YET, DisputePath, PathView, paths_of
from gameplan.core.standing import OptionView
from gameplan.core.words import Say
from gameplan.law.paths import dispute_paths
from gameplan.web.guiding import known_state, place_context
from gameplan.web.standings import Viewed, opened
from gameplan.web.supposition import option_what_if

GROUPS: tuple[tuple[str, str | Promise], ...] = (
    ("talk", _("Talk with the school")),
    ("neutral", _("Bring in somebody neutral")),
    ("decide", _("Let somebody else decide")),
    ("other", _("Records and disability rights")),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way with the addresses where it is begun and where one may ask what it would change."""

    view: PathView
    url: str
    what_if: str

    @property
    def path(self) -> DisputePath:
        """What this way is."""
        return self.view.path


@require_GET
def ways(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every way to disagree: what it is, cost, who decides, how long, what it stops, until when, what it leads to."""
    viewed = opened(request, case_id)
    found = [way_of(viewed, view) for view in paths_of(viewed.told, viewed.law, dispute_paths(), viewed.standing)]
    now = [way for way in found if way.view.state != NOT_YET]
    never = [option for option in viewed.standing.options if option.power == "must-not"]
    groups = [(group, name, [way for way in now if way.path.group == group]) for group, name in GROUPS]
    context = {
        "case": viewed.case,
        "guide": place_context(known_state(viewed.told.child.state)),
        "standing": viewed.standing,
        "groups": [one for one in groups if one[2]],
        "later": [way for way in found if way.view.state == NOT_YET],
        "never": never,
        "elsewhere": list(_elsewhere(viewed, {option.id for option in never})),
    }
    return render(request, "pages/ways/ways.html", context)


def _elsewhere(viewed: Viewed, shown: Container[str]) -> Iterator[OptionView]:
    """What the school must not do at other steps of the road."""
    for option in viewed.law.options:
        if option.power == "must-not" and option.id not in shown:
            note = Say(option.note) if option.note else None
            yield OptionView(option.id, option.who, option.power, Say(option.do), cite=option.cite, note=note)


def way_of(viewed: Viewed, view: PathView) -> Way:
    """A way with its letter, or where it is written down once it is begun."""
    path = view.path
    if path.letter:
        url = reverse("web:write", args=(viewed.case.pk, path.letter))
    else:
        url = reverse("web:add-fact", args=(viewed.case.pk, path.fact)) if path.fact else ""
    return Way(view, url, option_what_if(viewed, [path.fact] if path.fact else []))


urlpatterns = [path("case/<uuid:case_id>/ways/", ways, name="ways")]
