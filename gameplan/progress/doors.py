"""Reading progress: the measures of a case, what was noted of them, and what was given, as far as its reader sees it.

Whoever asks has come through `cases.doors.case_for`; everything is only ever found within its case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from gameplan.cases.models import Case
from gameplan.cases.seeing import sees_all
from gameplan.measures.series import Phase, Series
from gameplan.measures.series import Point as Measured
from gameplan.measures.ways import PROMPTS, Way, unit, value_of
from gameplan.progress.models import Decision, Measure, Point, ProgressReport, TeachingChange, Terms
from gameplan.progress.models_daily import Given
from gameplan.progress.models_supports import Support
from gameplan.progress.noted import NotedRow, standing

GOAL, SUPPORT, BEHAVIOR, OWN = "goal", "support", "behavior", "own"
ABOUT = (GOAL, SUPPORT, BEHAVIOR, OWN)


def measures_of(case: Case) -> QuerySet[Measure]:
    """The measures of a case that its reader sees, oldest first; also those that have ended.

    The family sees all; the school its own and those that the family shows. What another school measured, and the
    family brought with a file of its own, is not shown.
    """
    found = Measure.objects.filter(case=case).order_by("id")
    return found if sees_all(case) else found.filter(shown=True)


def measure_of(case: Case, measure_id: str) -> Measure:
    """One measure of the case. Raises Http404 if its reader sees no such measure."""
    found = measures_of(case).filter(measure_id=measure_id).first()
    if found is None:
        raise Http404("There is no such measure.")
    found.case = case
    return found


def terms_of(measures: Iterable[Measure]) -> dict[int, Terms]:
    """What holds for each measure now, by its key. One query."""
    return {one.measure_id: one for one in Terms.objects.filter(measure__in=list(measures)).order_by("id")}


def titles_of(measures: Iterable[Measure]) -> dict[int, str]:
    """What each measure is called now, by its key. One query."""
    return {key: terms.title for key, terms in terms_of(measures).items()}


def all_terms(measure: Measure) -> list[Terms]:
    """What held for a measure, one after the other, oldest first."""
    return list(Terms.objects.filter(measure=measure).order_by("id"))


def points_of(measure: Measure) -> list[Point]:
    """The measurements that stand, in the order of their days."""
    return standing(list(Point.objects.filter(measure=measure)))


def point_rows(measure: Measure) -> list[Point]:
    """Every measurement as it was noted, also what was put right since, in the order in which it was kept."""
    return list(Point.objects.filter(measure=measure).order_by("id"))


def changes_of(measure: Measure) -> list[TeachingChange]:
    """What was changed in teaching, oldest first."""
    return standing(list(TeachingChange.objects.filter(measure=measure)))


def decisions_of(measure: Measure) -> list[Decision]:
    """What was decided about a measure, oldest first."""
    return standing(list(Decision.objects.filter(measure=measure)))


def series_of(measures: Sequence[Measure], until: date | None = None) -> dict[str, Series]:
    """Each measure of one case as the pure room `measures` knows it, by its id; see `series_by_key`."""
    found = series_by_key(measures, until)
    return {one.measure_id: found[one.pk] for one in measures}


def series_by_key(measures: Sequence[Measure], until: date | None = None) -> dict[int, Series]:
    """Each measure, also of several cases, as a series, by its key. Three queries, however many measures.

    `until`: without what was noted of later days.
    """
    terms = terms_of(measures)
    points = _by_measure(Point.objects.filter(measure__in=measures), until)
    changes = _by_measure(TeachingChange.objects.filter(measure__in=measures), until)
    return {one.pk: _series(one, terms[one.pk], points.get(one.pk, ()), changes.get(one.pk, ())) for one in measures}


def _by_measure(rows: QuerySet[Any], until: date | None) -> dict[int, list[Any]]:
    found = rows.order_by("measure_id", "id")
    told = groupby(found if until is None else found.filter(on__lte=until), key=lambda one: one.measure_id)
    return {key: standing(list(some)) for key, some in told}


def _series(measure: Measure, terms: Terms, points: Sequence[Point], changes: Sequence[TeachingChange]) -> Series:
    way = Way(measure.way)
    return Series(
        id=measure.measure_id, title=terms.title, way=way, unit=unit(way), rises=terms.rises, top=top_of(measure),
        baseline=_number(terms.baseline), baseline_on=terms.baseline_on,
        target=_number(terms.target), target_on=terms.target_on,
        points=tuple(_measured(measure, one) for one in points),
        phases=tuple(Phase(one.on, one.note) for one in changes),
    )  # fmt: skip


def _measured(measure: Measure, point: Point) -> Measured:
    data: Mapping[str, Any] = point.data
    value = value_of(Way(measure.way), data, top=top_of(measure))
    return Measured(str(point.number), point.on, value, data, point.person, point.role, point.note)


def top_of(measure: Measure) -> int | None:
    """What `measures.ways` calls the top: the highest level of a rubric; for tries the most help that still counts."""
    return PROMPTS.index(measure.prompt or PROMPTS[0]) if measure.way == Way.TRIALS else measure.top


def _number(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def reports_of(case: Case) -> QuerySet[ProgressReport]:
    """The reports on progress that the reader of a case sees, in the order in which they were sent."""
    found = ProgressReport.objects.filter(case=case).order_by("id")
    return found if sees_all(case) else found.filter(shown=True)


def supports_of(case: Case) -> QuerySet[Support]:
    """The extra help of a case that its reader sees, in the order in which it was written down; also what has ended."""
    found = Support.objects.filter(case=case).order_by("id")
    return found if sees_all(case) else found.filter(shown=True)


def given_of(case: Case) -> QuerySet[Given]:
    """What was noted of accommodations and the reader sees, also what was put right, in the order it was kept."""
    found = Given.objects.filter(case=case).order_by("id")
    return found if sees_all(case) else found.filter(shown=True)


def next_number(rows: QuerySet[Any]) -> int:
    """The number of the next row among these. The case must be held."""
    return int(rows.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def row_of(rows: Sequence[NotedRow], number: int) -> NotedRow:
    """The row of that number among those that stand. Raises Http404."""
    for one in standing(rows):
        if one.number == number:
            return one
    raise Http404("There is no such entry, or it was put right already.")
