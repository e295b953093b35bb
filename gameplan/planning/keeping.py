"""Keeping what happened to a plan or a meeting: a version with its paper, a step, each once and for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from gameplan.cases.doors import held
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.faults import Fault
from gameplan.papers.sheet_pdf import sheet_pdf
from gameplan.people.refusals import Refused, unkeepable
from gameplan.planning.models import Step, Version, Written
from gameplan.plans.plan import Plan, plan_json
from gameplan.plans.sheets import sheet_of
from gameplan.plans.sheets.hashing import json_hash
from gameplan.tongues import tongue


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is to be frozen: the plan, as which paper (`plans.sheets`), how the version is called, and of which day."""

    whole: Plan
    as_: str
    how: str
    on: date
    data: Mapping[str, Any]
    note: str = ""


def freeze(plan: Written, what: Frozen, *, by: Person, number: int, form_key: UUID | None = None) -> Version:
    """A version with its words, its hash and its paper. Raises Refused for broken letters, and CannotPrint."""
    content = plan_json(what.whole)
    refuse(unkeepable([content, what.note], "plan"))
    sha256 = json_hash(content)
    sheet = sheet_of(what.whole, what.as_, tongue(plan.lang), on=what.on)
    return Version.objects.create(
        plan=plan, number=number, how=what.how, on=what.on, data=dict(what.data), content=content, sha256=sha256,
        pdf=sheet_pdf(sheet, sha256=sha256), note=what.note, made_by=by.role, made_at=_now(), form_key=form_key,
    )  # fmt: skip


def put_step(
    plan: Written,
    kind: str,
    on: date,
    *,
    by: Person,
    version: int | None = None,
    data: Mapping[str, Any] | None = None,
    fact_ids: Sequence[str] = (),
    form_key: UUID | None = None,
) -> Step:
    """Writes down that something happened, with the facts that tell of it on the timeline."""
    return Step.objects.create(
        plan=plan, kind=kind, on=on, version=version, data=dict(data or {}), fact_ids=list(fact_ids), made_by=by.role,
        made_at=_now(), form_key=form_key,
    )  # fmt: skip


def locked(plan: Written) -> Case:
    """The case of the plan, held until the end of the transaction."""
    return held(plan.case)


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Refused with the faults, if there are any."""
    found = list(faults)
    if found:
        raise Refused(found)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
