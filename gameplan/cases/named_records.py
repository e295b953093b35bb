"""What the trail names of requests to amend the record and of the end of the records.

Both sides see all of it, but for what the family brought from another file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from gameplan.cases.amending import amendments_of
from gameplan.cases.models import Case
from gameplan.cases.models_records import Amendment, AmendmentStep, PermanentRecord, RetentionStep
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.cases.seeing import sees_all
from gameplan.core.words import Say


def _amendments(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Amendment.objects.filter(case__in=cases).order_by("case_id", "number")
    for one in found.iterator(chunk_size=500):
        yield Lying(one.case_id, str(one.number), row_digest(one))


def _steps(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = AmendmentStep.objects.filter(amendment__case__in=cases).select_related("amendment")
    numbers: Counter[int] = Counter()
    for step in found.order_by("amendment__case_id", "id").iterator(chunk_size=500):
        numbers[step.amendment_id] += 1
        name = f"{step.amendment.number}/{numbers[step.amendment_id]}"
        yield Lying(step.amendment.case_id, name, row_digest(step))


def _seen_amendments(case: Case) -> Iterable[str]:
    return map(str, amendments_of(case).values_list("number", flat=True))


def _seen_steps(case: Case) -> Iterable[str]:
    seen = set(_seen_amendments(case))
    return (one.name for one in _steps([case.pk], {}) if one.name.partition("/")[0] in seen)


def _retention(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    numbers: Counter[UUID] = Counter()
    for step in RetentionStep.objects.filter(case__in=cases).order_by("case_id", "id").iterator(chunk_size=500):
        numbers[step.case_id] += 1
        yield Lying(step.case_id, str(numbers[step.case_id]), row_digest(step))


def _seen_retention(case: Case) -> Iterable[str]:
    rows = RetentionStep.objects.filter(case=case).order_by("id").values_list("brought", flat=True)
    return (str(number) for number, brought in enumerate(rows, start=1) if not brought or sees_all(case))


def _permanent(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    """Of a case that is still there: none, or somebody made one up. The others are checked with their trail's end."""
    for one in PermanentRecord.objects.filter(case_id__in=cases).order_by("case_id"):
        yield Lying(one.case_id, "1", row_digest(one))


AMENDMENTS = Kind("amendment", "amendments", Say("request to change the record"), _amendments, _seen_amendments)
STEPS = Kind("amendment-step", "amendment-steps", Say("step of such a request"), _steps, _seen_steps)
RETENTION = Kind(
    "retention-step", "retention-steps", Say("step to the end of the records"), _retention, _seen_retention
)
PERMANENT = Kind("permanent-record", "permanent-records", Say("permanent record"), _permanent)
