"""Help for goals beside each goal on the page: it asks and suggests, and never writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gameplan.plans.goals import advice_on
from gameplan.plans.plan import Plan, Row
from gameplan.web.plans.inputs import RowInputs, Shown

GOALS = "goals"


def with_advice(fields: Sequence[Shown], plan: Plan) -> tuple[Shown, ...]:
    """The fields of a section; each goal that has something in it with what would make it measurable."""
    return tuple(_advised(one, plan) if one.asks.id == GOALS else one for one in fields)


def _advised(shown: Shown, plan: Plan) -> Shown:
    rows = {str(row["id"]): row for row in plan.rows(GOALS)}
    return replace(shown, rows=tuple(_row(one, plan, rows) for one in shown.rows))


def _row(one: RowInputs, plan: Plan, rows: Mapping[str, Row]) -> RowInputs:
    if not one.name or one.id not in rows:
        return one
    found = advice_on(
        rows[one.id], plan.form.field(GOALS), start=plan.day("start"), review_by=plan.day("review-by")
    )  # fmt: skip
    return replace(one, advice=found)
