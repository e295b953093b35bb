"""What the trail names of progress: each measure with all that held for it, and each row that was noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.core.words import Say
from gameplan.progress.doors import measures_of
from gameplan.progress.models import (
    Decision,
    Given,
    Incident,
    Measure,
    Point,
    ProgressReport,
    ServiceLog,
    Support,
    SupportNote,
    TeachingChange,
    Terms,
)

Rows = Callable[[Sequence[UUID], Names], Iterator[Lying]]


def measure_digest(measure: Measure, terms: Iterable[Terms]) -> str:
    """The digest of a measure with all that held for it, oldest first."""
    return row_digest(measure, terms=[row_digest(one) for one in terms])


def _measures(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Measure.objects.filter(case__in=cases).order_by("case_id", "id").prefetch_related("terms")
    for one in found.iterator(chunk_size=200):
        terms = sorted(one.terms.all(), key=lambda row: row.pk)
        yield Lying(one.case_id, one.measure_id, measure_digest(one, terms))


def _of_measure(model: Any) -> Rows:
    def rows(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
        found = model.objects.filter(measure__case__in=cases).select_related("measure")
        for one in found.order_by("measure__case_id", "id").iterator(chunk_size=500):
            yield Lying(one.measure.case_id, f"{one.measure.measure_id}/{one.number}", row_digest(one))

    return rows


def _of_support(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = SupportNote.objects.filter(support__case__in=cases).select_related("support")
    for one in found.order_by("support__case_id", "id").iterator(chunk_size=500):
        yield Lying(one.support.case_id, f"{one.support.support_id}/{one.number}", row_digest(one))


def _of_case(model: Any, name: str) -> Rows:
    def rows(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
        for one in model.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=200):
            yield Lying(one.case_id, str(getattr(one, name)), row_digest(one))

    return rows


def _seen_measures(case: Case) -> Iterable[str]:
    return measures_of(case).values_list("measure_id", flat=True)


def _seen_of_measure(model: Any) -> Callable[[Case], Iterable[str]]:
    def seen(case: Case) -> Iterable[str]:
        found = model.objects.filter(measure__in=measures_of(case).values("pk"))
        return (f"{name}/{number}" for name, number in found.values_list("measure__measure_id", "number"))

    return seen


def _seen_of_case(model: Any, *names: str) -> Callable[[Case], Iterable[str]]:
    """All of the case: both sides see what was given."""

    def seen(case: Case) -> Iterable[str]:
        found = model.objects.filter(**{_CASE.get(model, "case"): case})
        return ("/".join(str(part) for part in told) for told in found.values_list(*names))

    return seen


_CASE: dict[Any, str] = {SupportNote: "support__case"}
KINDS = (
    Kind("measure", "measures", Say("measure"), _measures, _seen_measures),
    Kind("point", "points", Say("measurement"), _of_measure(Point), _seen_of_measure(Point)),
    Kind("change", "changes", Say("change in teaching"), _of_measure(TeachingChange), _seen_of_measure(TeachingChange)),
    Kind("decision", "decisions", Say("decision on progress"), _of_measure(Decision), _seen_of_measure(Decision)),
    Kind("incident", "incidents", Say("note on behavior"), _of_measure(Incident), _seen_of_measure(Incident)),
    Kind("session", "sessions", Say("session"), _of_case(ServiceLog, "number"), _seen_of_case(ServiceLog, "number")),
    Kind("given", "givens", Say("note on an accommodation"), _of_case(Given, "number"), _seen_of_case(Given, "number")),
    Kind(
        "support", "supports", Say("extra help"), _of_case(Support, "support_id"), _seen_of_case(Support, "support_id")
    ),
    Kind(
        "support-note", "support-notes", Say("note on extra help"), _of_support,
        _seen_of_case(SupportNote, "support__support_id", "number"),
    ),
    Kind(
        "progress-report", "progress-reports", Say("progress report"), _of_case(ProgressReport, "number"),
        _seen_of_case(ProgressReport, "number"),
    ),
)  # fmt: skip
