"""Any form, filled in from end to end, each value told from the others."""

from __future__ import annotations

from datetime import date
from typing import Any

from gameplan.plans.forms import ROWS, Field, Form
from gameplan.plans.plan import Plan, PlanChild

CHILD = PlanChild("Ana López", date(2016, 5, 2), "TX", "3", "Oak School", "Sample District")


def filled(form: Form) -> Plan:
    """A plan on that form with something in every field; each list has two rows, and none is empty on purpose."""
    fields = [one for one in form.fields() if not one.id.endswith("-none")]
    return Plan(form, CHILD, {one.id: _rows(one) if one.type == ROWS else _value(one, 1) for one in fields})


def _rows(field: Field) -> list[dict[str, Any]]:
    return [{"id": f"r{n}", **{one.id: _value(one, n, field.id) for one in field.columns}} for n in (1, 2)]


def _value(field: Field, number: int, rows: str = "") -> Any:
    name = f"{rows} {field.id} {number}".strip()
    match field.type:
        case "line":
            return f"Line {name}"
        case "prose":
            return f"Prose {name} begins.\n\n- item {name}"
        case "date":
            return f"2025-10-0{number}"
        case "yes-no":
            return number == 1
        case "number":
            return 7 * number
        case "choices":
            return [one.id for one in field.choices[:2]]
        case "choice":
            return field.choices[min(number, len(field.choices)) - 1].id
    return "r1"
