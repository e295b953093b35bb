"""A plan as a document: which form, which child, and what stands in each field; and the plan as JSON.

The content is a table of fields; a field of rows holds a list, and each row has an `id` of its own that stays the same
from version to version and from year to year. docs/plans.md describes the format; `gameplan plan schema` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gameplan.plans.forms import ROWS, Form

FORMAT: Final = 1
Content = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlanChild:
    """The child of a plan, as far as the paper names the child. `state` is the two letters of the State."""

    name: str = ""
    born: date | None = None
    state: str = ""
    grade: str = ""
    school: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its form, its child and its content by field. Missing fields are empty."""

    form: Form
    child: PlanChild = PlanChild()
    content: Content = field(default_factory=dict)
    language: str = "en"

    def value(self, field_id: str) -> Any:
        """What stands in a field: words, a day as YYYY-MM-DD, a number, true or false, a list; None if nothing."""
        found = self.content.get(field_id)
        return None if found in ("", [], ()) else found

    def rows(self, field_id: str) -> tuple[Row, ...]:
        """The rows of a field of rows; empty if there are none."""
        return tuple(self.content.get(field_id) or ())

    def day(self, field_id: str) -> date | None:
        """The day in a field of type date, or None."""
        found = self.value(field_id)
        return date.fromisoformat(found) if found else None


def is_filled(value: object) -> bool:
    """True if something stands there: words, a day, a number, an answer, at least one row."""
    return value is not None and value is not False and value != "" and value != [] and value != ()


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan as a JSON value: only what is filled in or answered, in the order of the form."""
    child = {name: getattr(plan.child, name) for name in PlanChild.__slots__ if getattr(plan.child, name)}
    if plan.child.born:
        child["born"] = plan.child.born.isoformat()
    said = ((one.id, plan.content.get(one.id)) for one in plan.form.fields())
    content = {name: value for name, value in said if value is False or is_filled(value)}
    return {
        "gameplan_plan": FORMAT, "form": plan.form.id, "language": plan.language, "child": child, "content": content,
    }  # fmt: skip


def cells(plan: Plan) -> Iterator[tuple[str, Any]]:
    """Every value of the plan by its path: `field` or `field/row/column`; for a field of rows the row ids in order."""
    for one in plan.form.fields():
        value = plan.content.get(one.id)
        if one.type != ROWS:
            if value is not None:
                yield one.id, value
            continue
        rows = plan.rows(one.id)
        if rows:
            yield one.id, [str(row["id"]) for row in rows]
        for row in rows:
            yield from ((f"{one.id}/{row['id']}/{name}", each) for name, each in row.items() if name != "id")
