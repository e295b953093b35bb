"""Who of a school gets which extra help: each help that runs, with its group, its last result and how it stands.

Only children whose cases the person reaches at work (`cases.reach`), and only what the school sees of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.reach import reach_of
from gameplan.measures.rules import Look, look
from gameplan.measures.series import Series
from gameplan.planning.doors import kinds_kept
from gameplan.progress.doors import SUPPORT, series_by_key
from gameplan.progress.models import Measure
from gameplan.progress.models_supports import Support

PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which help is asked for; None and empty: all."""

    tier: int | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure of help: its numbers, how it stands, its last day and how many days ago that is; None without one."""

    series: Series
    look: Look
    last: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One help of one child. Of the case only the child's name and school are shown. `plans`: kinds of plan kept."""

    case: Case
    support: Support
    followed: tuple[Followed, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The help of a page, how much there is in all by tier and area, and whether there is a further page."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[int, str, int], ...]
    more: bool


def supports_at(person: Person, place: UUID, on: date, wanted: Wanted | None = None, *, page: int = 0) -> Overview:
    """The help that runs on a day at a place, the highest tier first, then by area and group. Eight queries at most.

    Nothing for somebody who reaches no case there.
    """
    found = _running(person, place, on)
    start = page * PAGE
    chosen = _chosen(found, wanted or Wanted()).order_by("-tier", "area", "group__name", "case__child_sought", "id")
    rows = list(chosen.select_related("case__school", "group")[start : start + PAGE + 1])
    shown = rows[:PAGE]
    measured, plans = _followed(shown, on), kinds_kept({one.case_id for one in shown})
    lines = (
        Line(one.case, one, tuple(measured.get((one.case_id, one.support_id), ())), plans.get(one.case_id, ()))
        for one in shown
    )
    return Overview(tuple(lines), tuple(_counts(found)), len(rows) > PAGE)


def _running(person: Person, place: UUID, on: date) -> QuerySet[Support]:
    reach = reach_of(person).narrowed(place)
    here = reach.rows(case="case", school="case__school", district="case__school__parent")
    lasts = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    return Support.objects.filter(here, lasts, shown=True, since__lte=on, case__merged_into__isnull=True)


def _chosen(found: QuerySet[Support], wanted: Wanted) -> QuerySet[Support]:
    if wanted.tier:
        found = found.filter(tier=wanted.tier)
    return found.filter(area=wanted.area) if wanted.area else found


def _counts(found: QuerySet[Support]) -> Collection[tuple[int, str, int]]:
    """How many children get help, by tier and area."""
    children: dict[tuple[int, str], set[UUID]] = defaultdict(set)
    for tier, area, case in found.order_by().values_list("tier", "area", "case"):
        children[tier, area].add(case)
    in_order = sorted(children, key=lambda one: (-one[0], one[1]))
    return [(tier, area, len(children[tier, area])) for tier, area in in_order]


def _followed(supports: Sequence[Support], on: date) -> dict[tuple[UUID, str], list[Followed]]:
    cases = {one.case_id for one in supports}
    seen = Measure.objects.filter(case__in=cases, about=SUPPORT, shown=True, ended_on__isnull=True)
    measures = list(seen.order_by("id"))
    series = series_by_key(measures, on)
    found: dict[tuple[UUID, str], list[Followed]] = defaultdict(list)
    for one in measures:
        told = series[one.pk]
        last = max((point.on for point in told.points), default=None)
        days = (on - last).days if last else None
        found[one.case_id, one.support_id].append(Followed(told, look(told, on), last, days))
    return found
