"""Progress on its way: told as a case file tells it, and taken in from one or from another case. All, or nothing.

Whether a row is shown to the other side is said anew: what comes in stays with the family, but for what the school
that holds the case is to see (`keep_progress`, `shown`). A group of a school does not travel, nor does a form's key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from gameplan.cases.doors import note_access
from gameplan.cases.models import Case
from gameplan.cases.named import many_digest, row_digest
from gameplan.cases.people import Person
from gameplan.cases.records_travelling import Seen, rows_in, seen_of
from gameplan.core.record_parts import Part
from gameplan.core.record_shapes import SHAPES, Records, Told, columns_of, part_of, told_row
from gameplan.people.refusals import Refused
from gameplan.people.roles import Side
from gameplan.progress.doors import given_of, measures_of, reports_of, supports_of
from gameplan.progress.minutes import KINDS, logs_of
from gameplan.progress.models import Decision, Measure, Point, ProgressReport, TeachingChange, Terms
from gameplan.progress.models_behavior import BehaviorPlan, BehaviorSummary
from gameplan.progress.models_daily import Given, Incident
from gameplan.progress.models_minutes import ServiceLog
from gameplan.progress.models_supports import Support, SupportNote
from gameplan.progress.named import measure_digest
from gameplan.progress.noted import Noted
from gameplan.progress.travel_checks import faults_of

MEASURES, SUPPORTS, LOGS, GIVEN, REPORTS = (
    "measures", "supports", "service_logs", "accommodations_given", "progress_reports",
)  # fmt: skip
INSIDE: Final[Mapping[str, tuple[Any, Any]]] = {
    "points": (Point, Point.objects), "changes": (TeachingChange, TeachingChange.objects),
    "decisions": (Decision, Decision.objects), "incidents": (Incident, Incident.objects),
    "summaries": (BehaviorSummary, BehaviorSummary.objects), "behavior_plans": (BehaviorPlan, BehaviorPlan.objects),
}  # fmt: skip
"""The lists of rows that lie in a measure, as the case file and the trail call them: the model and its rows."""
NUMBERED: Final[Mapping[str, tuple[Any, Any, str, str]]] = {
    LOGS: (ServiceLog, ServiceLog.objects, "session", "sessions"), GIVEN: (Given, Given.objects, "given", "givens"),
    REPORTS: (ProgressReport, ProgressReport.objects, "report", "reports"),
}  # fmt: skip
"""The lists whose rows have a number in the case: the model, its rows, what the trail calls one and so many of them."""


def pdf_path(number: object) -> str:
    """Where the paper of a report on progress lies beside the case file."""
    return f"papers/progress-report-{number}.pdf"


def told_progress(case: Case) -> Records:
    """The extra help, measures, sessions, accommodations and reports that the reader of a case sees."""
    seen = _Lazily(case)
    told: dict[str, tuple[Told, ...]] = {
        SUPPORTS: tuple(_supports(case, seen)),
        MEASURES: tuple(_measures(case)),
        LOGS: tuple(_logs(case)),
        GIVEN: tuple(_numbered(GIVEN, list(given_of(case)))),
        REPORTS: tuple(
            {**one, "pdf": pdf_path(one["id"]), "facts": seen.facts(one["facts"])}
            for one in _numbered(REPORTS, list(reports_of(case).defer("pdf")))
        ),
    }
    return {name: rows for name, rows in told.items() if rows}


def progress_files(case: Case) -> dict[str, bytes]:
    """The paper of each report on progress by its path beside the case file."""
    return {pdf_path(number): bytes(pdf) for number, pdf in reports_of(case).values_list("number", "pdf")}


class _Lazily:
    """The facts that a reader sees, asked for only where something names one."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.found: Seen | None = None

    def facts(self, names: object) -> list[str]:
        """Those of the facts that the reader sees."""
        if not isinstance(names, list) or not names:
            return []
        self.found = self.found or seen_of(self.case)
        return [name for name in names if name in self.found.facts]


def _supports(case: Case, seen: _Lazily) -> Iterator[Told]:
    for one in supports_of(case).prefetch_related("notes"):
        notes = [
            {**told, "facts": seen.facts(told["facts"])}
            for told in _noted(part_of(SUPPORTS, "notes"), list(one.notes.all()))
        ]
        yield {**told_row(SHAPES[SUPPORTS], one), "facts": seen.facts(one.fact_ids), "notes": notes}


def _measures(case: Case) -> Iterator[Told]:
    there = set(supports_of(case).values_list("support_id", flat=True))
    seen = set(measures_of(case).values_list("measure_id", flat=True))
    for one in measures_of(case).prefetch_related("terms", *INSIDE):
        terms = [told_row(part_of(MEASURES, "terms"), each) for each in one.terms.all()]
        rows = {name: list(_noted(part_of(MEASURES, name), list(getattr(one, name).all()))) for name in INSIDE}
        plans = [{**told, "measures": _those(told["measures"], seen)} for told in rows["behavior_plans"]]
        support = one.support_id if one.support_id in there else ""
        yield {**told_row(SHAPES[MEASURES], one), "support": support, "terms": terms, **rows, "behavior_plans": plans}


def _those(names: object, there: Collection[str]) -> list[str]:
    return [str(name) for name in names if name in there] if isinstance(names, list) else []


def _logs(case: Case) -> Iterator[Told]:
    """The sessions of all kinds of plans, in the order in which they were kept."""
    rows = sorted((one for kind in KINDS for one in logs_of(case, kind)), key=lambda one: one.pk)
    there = {one.number for one in rows}
    for told in _numbered(LOGS, rows):
        yield told if told["makes_up"] in there else {**told, "makes_up": None}


def _numbered(what: str, rows: Sequence[Noted]) -> Iterator[dict[str, object]]:
    for told in _noted((Part("number"), *SHAPES[what]), rows):
        yield {"id": str(told.pop("number")), **told}


def _noted(parts: Iterable[Part], rows: Iterable[Noted]) -> Iterator[dict[str, object]]:
    """What was noted, in the order in which it was kept. What a row puts right and the reader does not see is not
    named; one that only takes such a row back is left out."""
    told: set[int] = set()
    for one in rows:
        corrects = one.corrects if one.corrects in told else None
        if corrects is not None or not one.withdrawn:
            told.add(one.number)
            yield {**told_row(parts, one), "corrects": corrects}


def shown_progress(case: Case) -> list[str]:
    """What of a case came from a school's side and a school sees, by its name in the trail ("measure:m1").

    What the family wrote is not in it: it says anew what another school sees.
    """
    found: list[str] = []
    for rows, name, column in (
        (Support.objects, "support", "support_id"), (Measure.objects, "measure", "measure_id"),
        (ServiceLog.objects, "session", "number"), (Given.objects, "given", "number"),
        (ProgressReport.objects, "report", "number"),
    ):  # fmt: skip
        seen = rows.filter(case=case, side=Side.SCHOOL, shown=True).order_by("id")
        found += [f"{name}:{one}" for one in seen.values_list(column, flat=True)]
    return found


def progress_ids(case: Case) -> dict[str, list[str]]:
    """The ids and numbers that measures, extra help, sessions and so on have in a case, whoever sees them."""
    found = {
        "measure": Measure.objects.filter(case=case).order_by("id").values_list("measure_id", flat=True),
        "support": Support.objects.filter(case=case).order_by("id").values_list("support_id", flat=True),
        "session": ServiceLog.objects.filter(case=case).order_by("id").values_list("number", flat=True),
        "given": Given.objects.filter(case=case).order_by("id").values_list("number", flat=True),
        "report": ProgressReport.objects.filter(case=case).order_by("id").values_list("number", flat=True),
    }
    return {what: [str(one) for one in ids] for what, ids in found.items()}


@transaction.atomic
def keep_progress(
    case: Case, records: Records, files: Mapping[str, bytes], *, by: Person, shown: Collection[str] = ()
) -> None:
    """Keep what a case file tells of progress, after what the case has; ids and numbers are free already.

    `files` has the papers of reports by path. `shown`: what the school that holds the case sees of it, as the trail
    names it ("measure:m1", "session:3"); all else is the family's to read. Call it in the transaction that takes in the
    case, once its facts are there. Raises Refused with every fault, and writes nothing.
    """
    faults = list(faults_of(case, records, files))
    if faults:
        raise Refused(faults)
    for one in records.get(SUPPORTS, ()):
        _keep_support(case, one, by, shown)
    _keep_support_notes(case, records.get(SUPPORTS, ()), by)
    _keep_measures(case, records.get(MEASURES, ()), by, shown)
    for what, (model, all_rows, name, many) in NUMBERED.items():
        made = [
            model(case=case, number=int(str(one["id"])), shown=f"{name}:{one['id']}" in shown,
                  **_columns(SHAPES[what], one), **({"pdf": files[str(one["pdf"])]} if what == REPORTS else {}))
            for one in records.get(what, ())
        ]  # fmt: skip
        _keep_rows(case, by, many, all_rows, made, all_rows.filter(case=case).count())


def _keep_support(case: Case, told: Told, by: Person, shown: Collection[str]) -> None:
    columns = _columns(SHAPES[SUPPORTS], told)
    made = Support.objects.create(case=case, shown=f"support:{told['id']}" in shown, **columns)
    note_access(case.pk, by, "import-progress", about=f"support:{made.support_id}", digest=row_digest(made))


def _keep_support_notes(case: Case, told: Sequence[Told], by: Person) -> None:
    supports = {one.support_id: one for one in Support.objects.filter(case=case)}
    notes = [
        SupportNote(support=supports[str(one["id"])], **_columns(part_of(SUPPORTS, "notes"), row))
        for one in told
        for row in rows_in(one, "notes")
    ]
    before = SupportNote.objects.filter(support__case=case).count()
    _keep_rows(case, by, "support-notes", SupportNote.objects, notes, before)


def _keep_measures(case: Case, rows: Sequence[Told], by: Person, shown: Collection[str]) -> None:
    """Measures with all that held for them, each named by itself; then what was noted of them, many at once."""
    made: list[Measure] = []
    for one in rows:
        measure = Measure.objects.create(
            case=case, shown=f"measure:{one['id']}" in shown, **_columns(SHAPES[MEASURES], one)
        )
        terms = [Terms(measure=measure, **_columns(part_of(MEASURES, "terms"), each)) for each in rows_in(one, "terms")]
        Terms.objects.bulk_create(terms)
        digest = measure_digest(measure, terms)
        note_access(case.pk, by, "import-progress", about=f"measure:{measure.measure_id}", digest=digest)
        made.append(measure)
    for name, (model, all_rows) in INSIDE.items():
        inside = [
            model(measure=measure, **_columns(part_of(MEASURES, name), each))
            for measure, one in zip(made, rows, strict=True)
            for each in rows_in(one, name)
        ]
        _keep_rows(case, by, name, all_rows, inside, all_rows.filter(measure__case=case).count())


def _keep_rows(case: Case, by: Person, many: str, all_rows: Any, rows: Sequence[Model], before: int) -> None:
    """Rows that only grow, all at once, after the `before` of their kind that the case has; named as one."""
    if rows:
        all_rows.bulk_create(rows)
        about = f"{many}:{before + 1}-{before + len(rows)}"
        digest = many_digest([row_digest(one) for one in rows])
        note_access(case.pk, by, "import-progress", about=about, digest=digest)


def _columns(parts: Iterable[Part], told: Told) -> dict[str, Any]:
    return columns_of(parts, told)
