"""A plan that is filled in throughout: Ana's third grade, as a good team would write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gameplan.plans import rich
from gameplan.plans.plan import Plan, cells

ANA = Path(__file__).with_name("ana.json")


def ana(**changes: Any) -> dict[str, Any]:
    """Ana's plan as a JSON value, with other content in these fields (strokes written as underscores)."""
    told: dict[str, Any] = json.loads(ANA.read_text(encoding="utf-8"))
    told["content"] |= {name.replace("_", "-"): value for name, value in changes.items()}
    return told


def written(plan: Plan) -> list[str]:
    """The words that somebody typed into the plan, paragraph by paragraph."""
    fields = {one.id: one for one in plan.form.fields()}
    found: list[str] = []
    for path, value in cells(plan):
        field_id, column_id = path.partition("/")[0], path.rpartition("/")[2]
        one = fields[field_id].column(column_id) or fields[field_id]
        if one.type in ("line", "prose") and isinstance(value, str):
            found += rich.plain(value).split("\n") if one.type == "prose" else [value]
    return found
