"""What sending a letter means on the timeline: the data of its fact, from the letter's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gameplan.core.entries import EventKind
from gameplan.core.facts import Fact
from gameplan.letters.folders import Record


def recorded(record: Record | None, values: Mapping[str, str]) -> Record | None:
    """The fact that a letter with these values adds to the timeline; None if it adds none."""
    return record if record is None or is_recorded(record, values) else record.otherwise


def is_recorded(record: Record, values: Mapping[str, str]) -> bool:
    """True if the values say what the fact of a letter depends on: some add it only where a field says so."""
    name, _, answer = record.only_with.partition(".")
    return not name or (values.get(name) == answer if answer else bool(values.get(name)))


def data_of(record: Record, kind: EventKind, values: Mapping[str, str]) -> dict[str, object]:
    """What the letter itself says of its fact, as a case file writes it: without days, and without other facts."""
    data: dict[str, object] = dict(record.facts)
    for name, letter_field in record.taken.items():
        value, field = values.get(letter_field, ""), kind.field(name)
        if field and field.type == "boolean":
            data[name] = value == "yes"
        elif field and value:
            data[name] = value.split("\n") if field.type == "list" else value
    return data


def refs_of(record: Record, facts: Iterable[Fact]) -> dict[str, str] | None:
    """The facts that this one names, each the latest of its kind among those that stand; None if one is not there."""
    found: dict[str, str] = {}
    happened = [fact for fact in facts if not fact.planned]
    for name, kind in record.latest.items():
        fact = max((one for one in happened if one.kind == kind), key=lambda one: one.on, default=None)
        if fact is None:
            return None
        found[name] = fact.id
    return found
