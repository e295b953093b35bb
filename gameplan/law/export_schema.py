"""The JSON Schema (draft 2020-12) of the exported law, made from the types of the dataclasses it is written from."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from gameplan.law import contents, schema
from gameplan.law.export import Export, json_name
from gameplan.law.shapes import ListOf, Shape, Table, Text

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Mapping[object, Mapping[str, object]] = {
    str: {"type": "string"}, int: {"type": "integer"}, bool: {"type": "boolean"}, float: {"type": "number"},
    date: {"type": "string", "format": "date"}, type(None): {"type": "null"}, object: {}, Any: {},
}  # fmt: skip


def export_schema() -> dict[str, object]:
    """The JSON Schema of what `export_law` gives."""
    definitions: dict[str, object] = {}
    whole = _object(Export, definitions)
    return {
        "$schema": DRAFT,
        "title": "gameplan: the law of special education in the United States as data",
        **whole,
        "$defs": dict(sorted(definitions.items())),
    }


def _type(kind: object, definitions: dict[str, object]) -> dict[str, object]:
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (types.UnionType, Union):
        return {"anyOf": [_type(part, definitions) for part in parts]}
    if origin in (tuple, list, frozenset, set, Sequence):
        return {"type": "array", "items": _type(parts[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _type(parts[1], definitions)}
    raise TypeError(f"There is no JSON Schema for {kind}. Add it to gameplan/law/export_schema.py.")


def _object(kind: type, definitions: dict[str, object]) -> dict[str, object]:
    hints, words = get_type_hints(kind), _words().get(kind, {})
    properties: dict[str, object] = {}
    for one in fields(kind):
        values = words.get(one.name)
        properties[json_name(one.name)] = (
            _narrowed(one, hints[one.name], values) if values else _type(hints[one.name], definitions)
        )
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _narrowed(one: Field[Any], hint: object, values: tuple[str, ...]) -> dict[str, object]:
    """The words a law file may use in a field; a field that may be left out has its default too."""
    if get_origin(hint) is tuple:
        return {"type": "array", "items": {"enum": list(values)}}
    unset = [] if one.default is MISSING or one.default in values else [one.default]
    return {"enum": [*unset, *values]}


def _words() -> dict[type, dict[str, tuple[str, ...]]]:
    """For each dataclass the fields whose words the schema of the law files fixes."""
    found: dict[type, dict[str, tuple[str, ...]]] = {}
    for table in _tables():
        if isinstance(table.make, type):
            fixed = ((table.rename.get(name, name), _values(shape)) for name, shape in table.words.items())
            found.setdefault(table.make, {}).update({name: values for name, values in fixed if values})
    return found


def _tables() -> Iterator[Table]:
    for module in (schema, contents):
        yield from (value for value in vars(module).values() if isinstance(value, Table))


def _values(shape: Shape) -> tuple[str, ...]:
    inner = shape.of if isinstance(shape, ListOf) else shape
    return inner.values if isinstance(inner, Text) else ()
