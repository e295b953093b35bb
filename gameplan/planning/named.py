"""What the trail names of plans: each version as it was proposed, and each step of a plan's life.

That a meeting was called or held is a version of its own (the invitation, the copy); the step beside it only leads
there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from gameplan.cases.models import Case
from gameplan.cases.named import Kind, Lying, Names, row_digest
from gameplan.core.words import Say
from gameplan.planning.doors import plans_of
from gameplan.planning.events import ANSWERED, CORRECTED, ENDED, REVIEWED, SHARED
from gameplan.planning.models import Step, Version
from gameplan.plans.sheets.hashing import json_hash

STEPS_NAMED: Final = (SHARED, ANSWERED, CORRECTED, REVIEWED, ENDED)


def about_version(version: Version) -> str:
    """How the trail names a version of a plan."""
    return f"version:{version.plan.plan_id}/{version.number}"


def about_step(step: Step) -> str:
    """How the trail names a step: the plan, and which of its steps it is."""
    number = steps_named().filter(plan=step.plan_id, pk__lte=step.pk).count()
    return f"step:{step.plan.plan_id}/{number}"


def steps_named() -> QuerySet[Step]:
    """The steps that the trail names one by one."""
    return Step.objects.filter(kind__in=STEPS_NAMED)


def _versions(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = Version.objects.filter(plan__case__in=cases).select_related("plan")
    for version in found.order_by("plan__case_id", "id").iterator(chunk_size=20):
        name = f"{version.plan.plan_id}/{version.number}"
        yield Lying(version.plan.case_id, name, row_digest(version), json_hash(version.content))


def _steps(cases: Sequence[UUID], names: Names) -> Iterator[Lying]:
    found = steps_named().filter(plan__case__in=cases).select_related("plan")
    numbers: Counter[int] = Counter()
    for step in found.order_by("plan__case_id", "id").iterator(chunk_size=500):
        numbers[step.plan_id] += 1
        yield Lying(step.plan.case_id, f"{step.plan.plan_id}/{numbers[step.plan_id]}", row_digest(step))


def _seen_versions(case: Case) -> Iterable[str]:
    found = Version.objects.filter(plan__in=plans_of(case).values("pk"))
    return (f"{plan}/{number}" for plan, number in found.values_list("plan__plan_id", "number"))


def _seen_steps(case: Case) -> Iterable[str]:
    numbers: Counter[str] = Counter()
    for plan in steps_named().filter(plan__in=plans_of(case).values("pk")).values_list("plan__plan_id", flat=True):
        numbers[plan] += 1
        yield f"{plan}/{numbers[plan]}"


VERSIONS = Kind(
    "version", "versions", Say("version of a plan"), _versions, _seen_versions,
    frozenset({"propose-plan", "invite-to-meeting", "hold-meeting", "import-case"}),
)  # fmt: skip
STEPS = Kind(
    "step", "steps", Say("step of a plan"), _steps, _seen_steps,
    frozenset({f"{kind}-plan" for kind in STEPS_NAMED} | {"import-case"}),
)  # fmt: skip
