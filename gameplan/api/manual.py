"""The documentation as plain data for a page, made from the description of the API: nothing is written twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gameplan.api.openapi import document
from gameplan.api.problems import PLACE


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter or a field: its name, its type in a word or two, if it is needed, and what it says."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one way of asking."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str
    action: str
    token: bool
    parameters: tuple[Value, ...]
    fields: tuple[Value, ...]
    sends: str
    gives: str
    statuses: str


@dataclass(frozen=True, slots=True)
class Section:
    """Addresses that belong together."""

    id: str
    name: str
    operations: tuple[Operation, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Every address, by what it is about, in the order of the description."""
    found: dict[str, list[Operation]] = {}
    for path, ways in document()["paths"].items():
        for method, raw in ways.items():
            found.setdefault(raw["tags"][0], []).append(_operation(path, method, raw))
    return tuple(Section(f"about-{number}", name, tuple(rows)) for number, (name, rows) in enumerate(found.items(), 1))


def _operation(path: str, method: str, raw: Mapping[str, Any]) -> Operation:
    body = raw.get("requestBody", {}).get("content", {})
    answers = raw["responses"]
    good = next(answer for status, answer in answers.items() if int(status) < 400)
    return Operation(
        id=f"op-{raw['operationId']}", method=method.upper(), path=f"/{path.removeprefix(PLACE)}",
        summary=raw["summary"], description=" ".join(raw.get("description", "").split()),
        scope=raw.get("x-scope", ""), action=raw.get("x-action", ""), token=bool(raw["security"]),
        parameters=tuple(map(_parameter, raw.get("parameters", ()))), fields=tuple(_fields(body)),
        sends=_example(body), gives=_example(good.get("content", {})),
        statuses=", ".join(str(status) for status in sorted(map(int, answers))),
    )  # fmt: skip


def _parameter(raw: Mapping[str, Any]) -> Value:
    schema = raw.get("schema", {})
    says = raw.get("description") or schema.get("description", "")
    return Value(raw["name"], _type(schema), bool(raw.get("required")), says)


def _fields(body: Mapping[str, Any]) -> Iterable[Value]:
    """The fields of what is sent as JSON."""
    schema = _resolved(body.get("application/json", {}).get("schema", {}))
    needed = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield Value(name, _type(one), name in needed, one.get("description", ""))


def _example(content: Mapping[str, Any]) -> str:
    """An example as text; for what is no JSON, the kinds of content."""
    told = content.get("application/json")
    if told is None:
        return "\n".join(content)
    return json.dumps(told["example"], indent=2, ensure_ascii=False) if "example" in told else ""


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a value in a word or two."""
    if "$ref" in schema:
        return str(_resolved(schema).get("type", "object"))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(map(_type, schema["anyOf"])))
    said = str(schema.get("format") or schema.get("type", ""))
    return f"{said} of {_type(schema['items'])}" if said == "array" else said


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = document()["components"]["schemas"][name] if name else schema
    return found
