"""The goals of all children that somebody reaches at work, as the school sees them: a page of children at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.reach import cases_at_work
from gameplan.measures.series import Series
from gameplan.progress.doors import GOAL, series_by_key
from gameplan.progress.models import Measure

PAGE = 40


@dataclass(frozen=True, slots=True)
class Watched:
    """One goal of one child that is measured. Of the case only the child's name and school are shown."""

    case: Case
    measure: Measure
    series: Series


@dataclass(frozen=True, slots=True)
class Page:
    """The goals of some children, and the last of these children if there are more; else None."""

    lines: list[Watched]
    after: UUID | None


def goals_at_work(person: Person, *, after: UUID | None = None, size: int = PAGE) -> Page:
    """The goals that are measured now, of so many children by name, after the child `after`. Six queries at most."""
    found = _measured(person)
    cases = list(_behind(found, after).select_related("school")[: size + 1])
    shown = {one.pk: one for one in cases[:size]}
    measures = list(_seen().filter(case__in=list(shown)).order_by("case", "id"))
    series = series_by_key(measures)
    lines = [Watched(shown[one.case_id], one, series[one.pk]) for one in measures]
    return Page(lines, cases[size - 1].pk if len(cases) > size else None)


def _seen() -> QuerySet[Measure]:
    """Goals that are measured now and that a school sees."""
    return Measure.objects.filter(shown=True, about=GOAL, ended_on__isnull=True)


def _measured(person: Person) -> QuerySet[Case]:
    found = cases_at_work(person).filter(Exists(_seen().filter(case=OuterRef("pk"))), merged_into__isnull=True)
    return found.order_by("child_sought", "pk")


def _behind(found: QuerySet[Case], after: UUID | None) -> QuerySet[Case]:
    last = found.filter(pk=after).first() if after else None
    if last is None:
        return found
    return found.filter(Q(child_sought__gt=last.child_sought) | Q(child_sought=last.child_sought, pk__gt=last.pk))
