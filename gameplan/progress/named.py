"""What the trail names of progress: each measure with all that held for it, and each row that was noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.cases.seeing import sees_all
from gameplan.core.words import Say
from gameplan.progress.doors import measures_of
from gameplan.progress.models import Decision, Measure, Point, ProgressReport, TeachingChange, Terms
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.progress.models_daily import Given, Incident
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.models_supports import Support, SupportNote


def measure_digest(measure: Measure, terms: Iterable[Terms]) -> str:
    """The digest of a measure with all that held for it, oldest first."""
    return row_digest(measure, terms=[row_digest(one) for one in terms])


def _measures(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Measure.objects.filter(case__in=cases).order_by("case_id", "id").prefetch_related("terms")
    for one in found.iterator(chunk_size=200):
        terms = sorted(one.terms.all(), key=lambda row: row.pk)
        yield Lying(one.case_id, one.measure_id, measure_digest(one, terms))


def _of_support(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = SupportNote.objects.filter(support__case__in=cases).select_related("support")
    for one in found.order_by("support__case_id", "id").iterator(chunk_size=500):
        yield Lying(one.support.case_id, f"{one.support.support_id}/{one.number}", row_digest(one))


def _seen_measures(case: Case) -> Iterable[str]:
    return measures_of(case).values_list("measure_id", flat=True)


def _seen_of_support(case: Case) -> Iterable[str]:
    found = SupportNote.objects.filter(support__case=case)
    seen = found if sees_all(case) else found.filter(support__shown=True)
    return (f"{name}/{number}" for name, number in seen.values_list("support__support_id", "number"))


def _of_measure(name: str, many: str, title: Say, rows_of: Any) -> Kind:
    """A kind of row that belongs to a measure, by its measure and number."""

    def rows(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
        found = rows_of.filter(measure__case__in=cases).select_related("measure")
        for one in found.order_by("measure__case_id", "id").iterator(chunk_size=500):
            yield Lying(one.measure.case_id, f"{one.measure.measure_id}/{one.number}", row_digest(one))

    def seen(case: Case) -> Iterable[str]:
        found = rows_of.filter(measure__in=measures_of(case).values("pk"))
        return (f"{measure}/{number}" for measure, number in found.values_list("measure__measure_id", "number"))

    return Kind(name, many, title, rows, seen)


def _of_case(name: str, many: str, title: Say, rows_of: Any, column: str = "number") -> Kind:
    """A kind of row that belongs to the case itself; the family may keep some to itself."""

    def rows(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
        for one in rows_of.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=200):
            yield Lying(one.case_id, str(getattr(one, column)), row_digest(one))

    def seen(case: Case) -> Iterable[str]:
        found = rows_of.filter(case=case)
        found = found if sees_all(case) else found.filter(shown=True)
        return (str(one) for one in found.values_list(column, flat=True))

    return Kind(name, many, title, rows, seen)


KINDS = (
    Kind("measure", "measures", Say("measure"), _measures, _seen_measures),
    _of_measure("point", "points", Say("measurement"), Point.objects),
    _of_measure("change", "changes", Say("change in teaching"), TeachingChange.objects),
    _of_measure("decision", "decisions", Say("decision on progress"), Decision.objects),
    _of_measure("incident", "incidents", Say("note on behavior"), Incident.objects),
    _of_measure("behavior-summary", "summaries", Say("assessment of behavior"), BehaviorSummary.objects),
    _of_measure("behavior-plan", "behavior_plans", Say("behavior plan"), BehaviorPlan.objects),
    _of_case("session", "sessions", Say("session"), ServiceLog.objects),
    _of_case("given", "givens", Say("note on an accommodation"), Given.objects),
    _of_case("support", "supports", Say("extra help"), Support.objects, "support_id"),
    Kind("support-note", "support-notes", Say("note on extra help"), _of_support, _seen_of_support),
    _of_case("report", "reports", Say("progress report"), ProgressReport.objects),
)
