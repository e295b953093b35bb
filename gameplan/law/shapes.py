"""What a law file may say: each word of the schema, how it is read, and the JSON Schema that editors use.

One description serves both: the loader that refuses a wrong file, and the schema that completes one while it is typed.
"""

from __future__ import annotations

import difflib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gameplan.core.faults import Fault, shown


class Shape(ABC):
    """One kind of value: how to read it, and how to describe it."""

    expected = "a value"

    @abstractmethod
    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        """The value, or None with a fault added."""

    def schema(self) -> dict[str, object]:
        """This shape in JSON Schema."""
        return {}

    def refuse(self, raw: object, where: str, faults: list[Fault]) -> None:
        """Add the fault that the value is not of this shape."""
        faults.append(Fault(where, f"expected {self.expected}, found {shown(raw)}.", f"Write {self.expected}."))


@dataclass
class Text(Shape):
    """Words; one of `values` if given."""

    values: tuple[str, ...] = ()
    expected: str = "words in quotes"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if not isinstance(raw, str) or not raw.strip():
            self.refuse(raw, where, faults)
            return None
        if self.values and raw not in self.values:
            close = difflib.get_close_matches(raw, self.values, n=1)
            mend = f'Did you mean "{close[0]}"?' if close else f"Use one of: {', '.join(self.values)}."
            faults.append(Fault(where, f'"{raw}" is not a word of the schema.', mend))
            return None
        return raw

    def schema(self) -> dict[str, object]:
        return {"enum": list(self.values)} if self.values else {"type": "string"}


@dataclass
class Whole(Shape):
    """A whole number, zero or more."""

    expected: str = "a whole number"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            self.refuse(raw, where, faults)
            return None
        return raw

    def schema(self) -> dict[str, object]:
        return {"type": "integer", "minimum": 0}


@dataclass
class Flag(Shape):
    """True or false."""

    expected: str = "true or false"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if not isinstance(raw, bool):
            self.refuse(raw, where, faults)
            return None
        return raw

    def schema(self) -> dict[str, object]:
        return {"type": "boolean"}


@dataclass
class Day(Shape):
    """A TOML date."""

    expected: str = "a date like 2013-09-01, without quotes"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if not isinstance(raw, date):
            self.refuse(raw, where, faults)
            return None
        return raw

    def schema(self) -> dict[str, object]:
        return {"type": "string", "format": "date"}


@dataclass
class Anything(Shape):
    """A table or value that another part of the loader reads."""

    expected: str = "a value"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        return raw


@dataclass
class ListOf(Shape):
    """A list of one shape; `one_will_do` takes a single value for a list of one."""

    of: Shape
    one_will_do: bool = False
    not_empty: bool = False
    expected: str = "a list in [ ]"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        rows: Sequence[object] = raw if isinstance(raw, list) else [raw] if self.one_will_do else ()
        if not isinstance(raw, list) and not self.one_will_do:
            self.refuse(raw, where, faults)
        if self.not_empty and not rows:
            faults.append(Fault(where, "the list is empty.", "Name at least one."))
        return tuple(self.of.read(row, f"{where}[{i}]", faults) for i, row in enumerate(rows))

    def schema(self) -> dict[str, object]:
        many: dict[str, object] = {"type": "array", "items": self.of.schema()}
        return {"anyOf": [many, self.of.schema()]} if self.one_will_do else many


@dataclass
class Mapped(Shape):
    """A small table of free names with simple values, such as `where`."""

    expected: str = "a table in { }"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if not isinstance(raw, dict):
            self.refuse(raw, where, faults)
            return {}
        return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}

    def schema(self) -> dict[str, object]:
        return {"type": "object"}


@dataclass
class Table(Shape):
    """A table with known words; `make` builds the dataclass, `documented` words are checked but not kept."""

    words: Mapping[str, Shape]
    make: Callable[..., object]
    required: tuple[str, ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    documented: Mapping[str, Shape] = field(default_factory=dict)
    expected: str = "a table in { }"

    def read(self, raw: object, where: str, faults: list[Fault]) -> object:
        if not isinstance(raw, dict):
            self.refuse(raw, where, faults)
            return None
        before = len(faults)
        known = {**self.words, **self.documented}
        found: dict[str, object] = {}
        for name, value in raw.items():
            shape = known.get(name)
            if shape is None:
                close = difflib.get_close_matches(name, known, n=1)
                mend = f'Did you mean "{close[0]}"?' if close else f"Words here: {', '.join(sorted(known))}."
                faults.append(Fault(f"{where}.{name}", "this word is not in the schema.", mend))
                continue
            kept = shape.read(value, f"{where}.{name}", faults)
            if name in self.words:
                found[self.rename.get(name, name)] = kept
        for name in self.required:
            if name not in raw:
                faults.append(Fault(f"{where}.{name}", "this is missing.", f"Add {name} = ..."))
        return self.make(**found) if len(faults) == before else None

    def schema(self) -> dict[str, object]:
        known = {**self.words, **self.documented}
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in known.items()},
            "required": list(self.required),
            "additionalProperties": False,
        }
