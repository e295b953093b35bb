"""A school's view of extra help: who is in which tier and group, how it stands, and the groups themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from gameplan.cases.people import person_of
from gameplan.cases.today import today
from gameplan.core.words import Say
from gameplan.districts.doors import Place, organisation_for, schools_below
from gameplan.people.refusals import Refused
from gameplan.progress.grouping import begin_group, end_group, group_of, groups_at, may_group, rename_group
from gameplan.progress.models_supports import Group
from gameplan.progress.school_supports import Followed, Line, Wanted, supports_at
from gameplan.progress.tiers import AREAS, TIER_NAMES, amount_said
from gameplan.web.forms.supports import FilterForm, GroupForm, RenameForm
from gameplan.web.progress.words import standing_chip
from gameplan.web.views.places import say_refused

PLANS = {"iep": gettext_lazy("IEP"), "section-504": gettext_lazy("504 plan")}


@dataclass(frozen=True)
class Row:
    """One help of one child, in words."""

    line: Line
    measures: list[tuple[Followed, SafeString]]

    @property
    def amount(self) -> Say | None:
        """How much of it there is."""
        one = self.line.support
        return amount_said(one.minutes, one.times, one.per)

    @property
    def plans(self) -> list[Any]:
        """The plans that are kept, by their names."""
        return [PLANS[kind] for kind in self.line.plans if kind in PLANS]

    @property
    def area(self) -> Say | str:
        """The name of its area."""
        return AREAS.get(self.line.support.area, self.line.support.area)


@require_GET
def place_supports(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Each help that runs at a place, of the children that this person reaches."""
    return _page(request, organisation_for(person_of(request), place_id))


@require_POST
def add_group(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Begin a group of a school."""
    here = _to_group(request, place_id)
    form = GroupForm(request.POST, auto_id="group-%s")
    if form.is_valid():
        try:
            made = begin_group(here.organisation, by=here.person, words=form.words())
        except Refused as refused:
            say_refused(form, refused)
        else:
            messages.success(request, _("The group %(name)s is there now.") % {"name": made.name})
            return redirect("web:place-supports", place_id=place_id)
    return _page(request, here, group_form=form, status=422)


@require_POST
def change_group(request: HttpRequest, place_id: UUID, group_id: UUID) -> HttpResponse:
    """Call a group otherwise."""
    here = _to_group(request, place_id)
    group = group_of(here.organisation, group_id)
    try:
        rename_group(group, by=here.person, name=request.POST.get("name", ""), who=request.POST.get("who", ""))
    except Refused as refused:
        for fault in refused.faults:
            messages.error(request, f"{fault.what} {fault.mend}")
    else:
        messages.success(request, _("Kept."))
    return redirect("web:place-supports", place_id=place_id)


@require_POST
def close_group(request: HttpRequest, place_id: UUID, group_id: UUID) -> HttpResponse:
    """End a group."""
    here = _to_group(request, place_id)
    end_group(group_of(here.organisation, group_id), by=here.person, on=today())
    messages.success(request, _("The group has ended. The help of each child goes on until somebody ends it."))
    return redirect("web:place-supports", place_id=place_id)


def _to_group(request: HttpRequest, place_id: UUID) -> Place:
    here = organisation_for(person_of(request), place_id)
    if not may_group(here.person, here.organisation):
        raise PermissionDenied("Groups are made by those who plan for children at the school.")
    return here


def _page(
    request: HttpRequest, here: Place, *, group_form: forms.Form | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    asked = FilterForm(request.GET)
    said = asked.cleaned_data if asked.is_valid() else {}
    wanted = Wanted(said.get("tier"), said.get("area", ""))
    number = _number(request.GET.get("page", ""))
    found = supports_at(here.person, here.organisation.pk, today(), wanted, page=number)
    may = may_group(here.person, here.organisation)
    context = {
        "place": here, "on": today(), "form": asked, "tiers": _by_tier(found.lines), "more": found.more,
        "counts": [(TIER_NAMES[tier], AREAS.get(area, area), count) for tier, area, count in found.counts],
        "next": _address(request, number + 1), "may_group": may, "has_any": bool(found.counts),
        "groups": [(one, _renaming(one) if may else None) for one in _groups(here)],
        "group_form": group_form or (GroupForm(auto_id="group-%s") if may else None),
    }  # fmt: skip
    return render(request, "pages/places/supports.html", context, status=status)


def _groups(here: Place) -> list[Group]:
    """The groups of the schools of a place that this person sees: those where they work, or above which they do."""
    if here.roles:
        return groups_at(one.pk for one in schools_below([here.organisation.pk]))
    held = [one.organisation for one in here.person.posts]
    below = {one.pk for one in schools_below([here.organisation.pk])}
    return groups_at(one.pk for one in schools_below(held) if one.pk in below)


def _by_tier(lines: tuple[Line, ...]) -> list[tuple[Say, list[Row]]]:
    rows = [Row(one, [(each, standing_chip(each.look.status)) for each in one.followed]) for one in lines]
    return [
        (TIER_NAMES[tier], some)
        for tier in sorted(TIER_NAMES, reverse=True)
        if (some := [one for one in rows if one.line.support.tier == tier])
    ]


def _renaming(group: Group) -> RenameForm:
    return RenameForm(initial={"name": group.name, "who": group.who}, auto_id=f"g{group.pk.hex[:8]}-%s")


def _number(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 4 else 0


def _address(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"


urlpatterns = [
    path("places/<uuid:place_id>/supports/", place_supports, name="place-supports"),
    path("places/<uuid:place_id>/supports/group/", add_group, name="begin-group"),
    path("places/<uuid:place_id>/supports/group/<uuid:group_id>/", change_group, name="rename-group"),
    path("places/<uuid:place_id>/supports/group/<uuid:group_id>/end/", close_group, name="end-group"),
]
