"""Reads a plan from JSON: strict, every fault at once."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from gameplan.core.faults import Fault, nearest, shown
from gameplan.plans.form_files import forms
from gameplan.plans.forms import ROWS, Field, Form
from gameplan.plans.plan import FORMAT, Plan, PlanChild

LANGUAGES: Final = ("en", "es")


class PlanFileError(Exception):
    """Raised when a plan file cannot be read as it stands; `faults` lists everything that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def read_plan(raw: object, known: Mapping[str, Form] | None = None) -> Plan:
    """The plan in a JSON value. `known` are the forms by id, if not those of the house.

    Raises PlanFileError with every fault: where, what, and how to mend it.
    """
    faults: list[Fault] = []
    read = _Reading(faults).plan(raw, known if known is not None else forms())
    if faults or read is None:
        raise PlanFileError(faults)
    return read


def plan_from_text(text: str, known: Mapping[str, Form] | None = None) -> Plan:
    """The plan in the text of a file. Raises PlanFileError, also if the text is not JSON."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise PlanFileError([Fault(where, f"this is not JSON: {error.msg}.", "Mend the text there.")]) from error
    return read_plan(raw, known)


class _Reading:
    """Takes a raw plan apart and collects what is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults

    def plan(self, raw: object, known: Mapping[str, Form]) -> Plan | None:
        allowed = ("gameplan_plan", "form", "language", "child", "content")
        table = self._table(raw, "plan", allowed)
        if table.get("gameplan_plan") != FORMAT:
            self._fault("gameplan_plan", f"found {shown(table.get('gameplan_plan'))}.", f"Write {FORMAT}.")
        form = known.get(str(table.get("form")))
        if form is None:
            self._fault(
                "form", f"there is no form {shown(table.get('form'))}.", nearest(str(table.get("form")), [*known])
            )
        language = table.get("language", "en")
        if language not in LANGUAGES:
            self._fault("language", f"found {shown(language)}.", f"Use one of: {', '.join(LANGUAGES)}.")
        child = self._child(table.get("child", {}))
        if form is None:
            return None
        return Plan(form, child, self._content(form, table.get("content", {})), str(language))

    def _child(self, raw: object) -> PlanChild:
        table = self._table(raw, "child", PlanChild.__slots__)
        words = {name: self._words(table[name], f"child.{name}") for name in table if name != "born"}
        known = {name: value for name, value in words.items() if name in PlanChild.__slots__}
        born = self._day(table["born"], "child.born") if table.get("born") else None
        return PlanChild(**known, born=born)

    def _content(self, form: Form, raw: object) -> dict[str, Any]:
        fields = {one.id: one for one in form.fields()}
        table = self._table(raw, "content", tuple(fields))
        found = {
            name: self._value(fields[name], value, f"content.{name}") for name, value in table.items() if name in fields
        }
        for name, one in fields.items():
            for column in one.columns:
                if column.type == "ref":
                    self._refs(found, name, column)
        return found

    def _value(self, one: Field, raw: object, where: str) -> Any:
        if raw is None:
            return None
        if one.type == ROWS:
            return self._rows(one, raw, where)
        return self._single(one, raw, where)

    def _single(self, one: Field, raw: object, where: str) -> Any:
        if one.type == "yes-no":
            if not isinstance(raw, bool):
                self._fault(
                    where, f"expected true or false, found {shown(raw)}.", "Write true or false, without quotes."
                )
            return raw
        if one.type == "number":
            if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw < math.inf:
                self._fault(
                    where, f"expected a number of 0 or more, found {shown(raw)}.", "Write a number, without quotes."
                )
            return raw
        if one.type == "date":
            return raw if raw == "" else str(self._day(raw, where) or "")
        if one.type == "choices":
            return [self._choice(one, each, f"{where}[{at}]") for at, each in enumerate(self._list(raw, where))]
        return self._choice(one, raw, where) if one.type == "choice" else self._words(raw, where)

    def _wanted(self, raw: object, good: bool, where: str, what: str) -> object:
        if not good:
            self._fault(where, f"expected {what}, found {shown(raw)}.", f"Write {what}, without quotes.")
        return raw

    def _choice(self, one: Field, raw: object, where: str) -> str:
        word = self._words(raw, where)
        if word and not one.other and one.choice(word) is None:
            self._fault(
                where, f"{shown(word)} is not one of the answers.", nearest(word, [each.id for each in one.choices])
            )
        return word

    def _rows(self, one: Field, raw: object, where: str) -> list[dict[str, Any]]:
        rows, seen = [], set()
        columns = {each.id: each for each in one.columns}
        for at, each in enumerate(self._list(raw, where)):
            place = f"{where}[{at}]"
            table = self._table(each, place, ("id", *columns))
            row_id = self._words(table.get("id", ""), f"{place}.id")
            if not row_id or row_id in seen or "/" in row_id:
                self._fault(
                    f"{place}.id",
                    f"{shown(row_id)} cannot name this row.",
                    "Give each row an id of its own, without a slash.",
                )
            seen.add(row_id)
            values = {name: self._single(columns[name], value, f"{place}.{name}")
                      for name, value in table.items() if name in columns and value is not None}  # fmt: skip
            rows.append({"id": row_id, **values})
        return rows

    def _refs(self, found: Mapping[str, Any], name: str, column: Field) -> None:
        known = {str(row["id"]) for row in found.get(column.of) or ()}
        for at, row in enumerate(found.get(name) or ()):
            if row.get(column.id) and row[column.id] not in known:
                where = f"content.{name}[{at}].{column.id}"
                self._fault(
                    where, f"{shown(row[column.id])} is not the id of a row of {column.of}.", "Name one that is there."
                )

    def _words(self, raw: object, where: str) -> str:
        if isinstance(raw, str):
            return raw
        self._fault(where, f"expected words in quotes, found {shown(raw)}.", 'Write it as "...".')
        return ""

    def _day(self, raw: object, where: str) -> date | None:
        if isinstance(raw, str) and len(raw) == 10:
            with suppress(ValueError):
                return date.fromisoformat(raw)
        self._fault(where, f"{shown(raw)} is not a date.", "Write the day as YYYY-MM-DD, for example 2025-09-03.")
        return None

    def _list(self, raw: object, where: str) -> list[object]:
        if isinstance(raw, list):
            return raw
        self._fault(where, f"expected a list, found {shown(raw)}.", "Write it as [ ..., ... ].")
        return []

    def _table(self, raw: object, where: str, allowed: tuple[str, ...]) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            self._fault(where, f"expected an object, found {shown(raw)}.", 'Write it as {"name": value, ...}.')
            return {}
        for name in raw:
            if name not in allowed:
                self._fault(f"{where}.{name}", "this name is not part of the form.", nearest(str(name), allowed))
        return raw

    def _fault(self, where: str, what: str, mend: str) -> None:
        self.faults.append(Fault(where, what, mend))
