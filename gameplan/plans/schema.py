"""The JSON Schema of a plan, made from its form: for editors and for programs that write plans.

A schema cannot say that the ids of rows differ, or that a row that is pointed at is there; `read_plan` sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gameplan.plans.forms import ROWS, Field, Form
from gameplan.plans.plan import FORMAT
from gameplan.plans.plan_file import LANGUAGES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DAY: Final[Mapping[str, Any]] = {
    "type": "string", "format": "date", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}  # fmt: skip
NOTHING: Final = {"type": "null"}
WORDS: Final = {"type": "string"}
ROW_ID: Final = {"type": "string", "minLength": 1, "pattern": "^[^/]+$"}


def plan_schema(form: Form) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan of this form; the labels of the form are its titles."""
    content = {one.id: _field(one) for one in form.fields()}
    return {
        "$schema": DIALECT,
        "title": form.name,
        **_table(
            {
                "gameplan_plan": {"const": FORMAT},
                "form": {"const": form.id},
                "language": {"enum": list(LANGUAGES)},
                "child": _child(),
                "content": _table(content),
            },
            required=("gameplan_plan", "form"),
        ),
    }


def _child() -> dict[str, Any]:
    words = dict.fromkeys(("name", "state", "grade", "school", "district"), WORDS)
    return _table({**words, "born": _or_nothing({"anyOf": [dict(DAY), {"const": ""}]})})


def _field(field: Field) -> dict[str, Any]:
    about = {"title": field.label, **({"description": field.help} if field.help else {})}
    if field.type != ROWS:
        return about | _or_nothing(_single(field))
    columns = {one.id: _field(one) for one in field.columns}
    row = _table({"id": dict(ROW_ID), **columns}, required=("id",))
    return about | _or_nothing({"type": "array", "items": row})


def _single(field: Field) -> dict[str, Any]:
    if field.type == "yes-no":
        return {"type": "boolean"}
    if field.type == "number":
        return {"type": "number", "minimum": 0}
    if field.type == "date":
        return {"anyOf": [dict(DAY), {"const": ""}]}
    if field.type == "choices":
        return {"type": "array", "items": _choice(field)}
    return _choice(field) if field.type == "choice" else dict(WORDS)


def _choice(field: Field) -> dict[str, Any]:
    options = [{"const": one.id, "title": one.label} for one in field.choices]
    return {"anyOf": [*options, {"const": ""} if not field.other else dict(WORDS)]}


def _or_nothing(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [*shape["anyOf"], NOTHING]} if set(shape) == {"anyOf"} else {"anyOf": [shape, NOTHING]}


def _table(properties: Mapping[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return made | ({"required": list(required)} if required else {})
