"""What if: suppose a day or a choice and see what changes. These pages only look; they write nothing."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET

from gameplan.core.facts import Fact, standing_facts
from gameplan.core.supposing import main_day
from gameplan.core.what_if import compare
from gameplan.web.forms.suppose import SupposeForm, first_values
from gameplan.web.likely import DERIVED, likely_kinds, other_kinds
from gameplan.web.standings import Viewed, opened
from gameplan.web.supposition import Supposition, supposition_of
from gameplan.web.views.facts import fact_of, kind_of

FAMILY = ("parent", "student", "party", "anyone")


@require_GET
def what_if(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What would change if the facts of this address were so, or if today were another day."""
    viewed = opened(request, case_id)
    asked = supposition_of(viewed, request.GET)
    found = compare(viewed.told, viewed.law, on=viewed.standing.on, supposed=asked.facts, day=asked.day)
    likely = likely_kinds(viewed)
    context = {
        "case": viewed.case,
        "asked": asked,
        "found": found,
        "today": viewed.standing.on,
        "supposed": [(*named(viewed, fact), asked.without(fact).url()) for fact in asked.facts],
        "yours": [one for one in found.options if one.option.who in FAMILY],
        "theirs": [one for one in found.options if one.option.who not in FAMILY],
        "likely": [(kind.name, asked.asking_url(kind.id)) for kind in likely],
        "others": [(kind.name, asked.asking_url(kind.id)) for kind in other_kinds(viewed, likely)],
        "happened": list(_other_days(viewed, asked)),
    }
    return render(request, "pages/what_if/what_if.html", context, status=422 if asked.faults else 200)


@require_GET
def suppose(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """The day and the few fields of one supposed fact; a full form leads on to what would change."""
    viewed = opened(request, case_id)
    asked = supposition_of(viewed, request.GET)
    old = fact_of(viewed, request.GET["instead"]) if request.GET.get("instead") else None
    form = SupposeForm(
        request.GET if "on" in request.GET else None,
        kind=kind_of(viewed, old.kind if old else kind), law=viewed.law, fact=old,
        initial=first_values(dict(request.GET.lists())),
    )  # fmt: skip
    if form.is_valid():
        return redirect(asked.with_fact(form.supposed(old.id if old else asked.free_id())).url())
    context = {"case": viewed.case, "asked": asked, "form": form, "kind": form.kind, "old": old}
    return render(request, "pages/what_if/suppose.html", context, status=422 if form.is_bound else 200)


def named(viewed: Viewed, fact: Fact) -> tuple[str, object]:
    """The plain name of a fact and its day."""
    return viewed.names[fact.kind], main_day(fact, viewed.law.vocabulary)


def _other_days(viewed: Viewed, asked: Supposition) -> Iterable[tuple[str, object, str]]:
    """The facts of the case, the latest first, each with where another day for it can be supposed."""
    facts = [fact for fact in standing_facts(viewed.told.facts) if fact.kind not in DERIVED and not fact.account_of]
    for fact in sorted(facts, key=lambda one: one.on, reverse=True):
        yield (*named(viewed, fact), asked.asking_url(fact.kind, instead=fact.id))


urlpatterns = [
    path("case/<uuid:case_id>/what-if/", what_if, name="what-if"),
    path("case/<uuid:case_id>/what-if/<slug:kind>/", suppose, name="suppose"),
]
