"""What a change between two plans is, and the sentence that tells a parent: more, less, elsewhere, other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from gameplan.core.words import Say, plainly
from gameplan.plans.differences import Segment, rise, segments
from gameplan.plans.forms import Field
from gameplan.plans.minutes import COLUMNS, minutes_a_week, number_text
from gameplan.plans.names import row_name, says_something, shown_value
from gameplan.plans.plan import Row

ADDED, REMOVED, INCREASED, REDUCED = "added", "removed", "increased", "reduced"
OTHERWISE, AMOUNT = "same-time-otherwise", "amount"
MOVED, DATES, TEXT, ANSWER, FILLED, EMPTIED = "moved", "dates", "text", "answer", "filled", "emptied"
TARGET_UP, TARGET_DOWN = "target-up", "target-down"
KINDS: Final = (
    ADDED, REMOVED, INCREASED, REDUCED, OTHERWISE, AMOUNT, MOVED, DATES, TARGET_UP, TARGET_DOWN, TEXT, ANSWER, FILLED,
    EMPTIED,
)  # fmt: skip
PLACE, TARGET = "place", "target"
NOT_SAID = Say("not said")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different. `kind` is one of `KINDS`; `says` is the sentence.

    `row` and `columns` are empty for a whole field. `before` and `after` are the values as they stand in the plans,
    a table by column where several are meant. `segments` show a changed text word by word. `minutes_before` and
    `minutes_after` are a week's, where they can be told.
    """

    kind: str
    section: str
    field: str
    says: Say
    row: str = ""
    columns: tuple[str, ...] = ()
    before: Any = None
    after: Any = None
    segments: tuple[Segment, ...] = ()
    minutes_before: Fraction | None = None
    minutes_after: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change is about: the section and field, and the row with its name, if it is one."""

    section: str
    field: str
    row: str = ""
    name: Say | str = ""

    def says(self, what: Say) -> Say:
        """The sentence, with the name of the row before it."""
        return Say("{name}: {what}", {"name": self.name, "what": what}) if self.name else what


@dataclass(frozen=True, slots=True)
class Pair:
    """What stood there before and what stands there now."""

    before: Any
    after: Any


def coming_or_going(about: Subject, row: Row, kind: str) -> Change:
    """The change for a row that is new (`ADDED`) or was taken out (`REMOVED`)."""
    minutes = minutes_a_week(row)
    values = {"minutes": number_text(minutes)} if minutes is not None else {}
    if kind == ADDED:
        what = Say("new. {minutes} minutes a week.", values) if values else Say("new.")
        return Change(
            kind, about.section, about.field, about.says(what), about.row, after=dict(row), minutes_after=minutes
        )
    what = Say("taken out. {minutes} minutes a week before.", values) if values else Say("taken out.")
    return Change(
        kind, about.section, about.field, about.says(what), about.row, before=dict(row), minutes_before=minutes
    )


def time_change(about: Subject, field: Field, before: Row, after: Row) -> Change | None:
    """The change in how much of a service there is; None if minutes, times and in what time are the same."""
    changed = tuple(name for name in COLUMNS if not alike(before.get(name), after.get(name)))
    if not changed:
        return None
    old, new = minutes_a_week(before), minutes_a_week(after)
    kind, what = _time_words(field, before, after, old, new)
    return Change(
        kind, about.section, about.field, about.says(what), about.row, changed,
        {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed},
        minutes_before=old, minutes_after=new,
    )  # fmt: skip


def _time_words(field: Field, before: Row, after: Row, old: Fraction | None, new: Fraction | None) -> tuple[str, Say]:
    if old is None or new is None:
        rows = {"before": _amount(field, before), "after": _amount(field, after)}
        return AMOUNT, Say("how much there is of it changed. Before: {before}. Now: {after}.", rows)
    values = {"before": number_text(old), "after": number_text(new)}
    if new < old:
        return REDUCED, Say("less. {before} minutes a week before, {after} now.", values)
    if new > old:
        return INCREASED, Say("more. {before} minutes a week before, {after} now.", values)
    ways = {"before": _amount(field, before), "after": _amount(field, after)}
    return OTHERWISE, Say("the same time each week, given in another way. Before: {before}. Now: {after}.", ways)


def _amount(field: Field, row: Row) -> Say:
    columns = [column for name in COLUMNS if (column := field.column(name))]
    minutes, times, per = (
        shown_value(one, row.get(one.id)) if says_something(row.get(one.id)) else NOT_SAID for one in columns
    )
    values = {"minutes": minutes, "times": times, "per": per}
    if NOT_SAID in values.values():
        return Say("minutes: {minutes}, times: {times}, in each: {per}", values)
    if times == 1:
        return Say("{minutes} minutes, once in each {per}", values)
    return Say("{minutes} minutes, {times} times in each {per}", values)


def cell_change(about: Subject, column: Field, values: Pair, refs: Mapping[str, Say | str]) -> Change | None:
    """The change in one field or cell; None if it says the same. `refs` are the names of the rows a ref points at."""
    if alike(values.before, values.after):
        return None
    kind, what = _cell_words(column, values, refs)
    columns = (column.id,) if about.row else ()
    shown = column.type in ("line", "prose") and kind not in (FILLED, EMPTIED)
    parts = segments(str(values.before), str(values.after)) if shown else ()
    return Change(
        kind, about.section, about.field, about.says(what), about.row, columns, values.before, values.after, parts
    )


def _cell_words(column: Field, values: Pair, refs: Mapping[str, Say | str]) -> tuple[str, Say]:
    label = plainly(column.label)
    old, new = (_shown(column, one, refs) for one in (values.before, values.after))
    said = {"label": label, "before": old, "after": new}
    if not says_answer(values.before):
        long = column.type == "prose"
        return FILLED, Say("“{label}” is filled in now.", said) if long else Say("“{label}” is new: {after}.", said)
    if not says_answer(values.after):
        long = column.type == "prose"
        return EMPTIED, Say("“{label}” is empty now.", said) if long else Say(
            "“{label}” is empty now, was: {before}.", said
        )
    if column.id == PLACE:
        return MOVED, Say("another place. {before} before, {after} now.", said)
    if column.id == TARGET:
        risen = rise(str(values.before), str(values.after))
        if risen is not None:
            return _target_words(risen, said)
    if column.type == "date":
        return DATES, Say("“{label}” was {before}, now {after}.", said)
    if column.type == "prose":
        return TEXT, Say("“{label}” has other words now.", said)
    return (TEXT if column.type == "line" else ANSWER), Say("“{label}” was {before}, now {after}.", said)


def _target_words(risen: Fraction, said: Mapping[str, object]) -> tuple[str, Say]:
    if risen > 0:
        return TARGET_UP, Say("the number of the target is higher now: {before} before, {after} now.", said)
    return TARGET_DOWN, Say("the number of the target is lower now: {before} before, {after} now.", said)


def _shown(column: Field, value: object, refs: Mapping[str, Say | str]) -> object:
    if not says_answer(value):
        return NOT_SAID
    if column.type == "ref":
        return refs.get(str(value), str(value))
    shown = shown_value(column, value)
    return Say("“{text}”", {"text": shown}) if isinstance(shown, str) else shown


def says_answer(value: object) -> bool:
    """True if something was said, and be it no."""
    return value is False or says_something(value)


def alike(before: object, after: object) -> bool:
    """True if two values say the same; what says nothing is all the same, and a list of answers has no order."""
    if not says_answer(before) and not says_answer(after):
        return True
    if isinstance(before, list) and isinstance(after, list):
        return sorted(map(str, before)) == sorted(map(str, after))
    return isinstance(before, bool) == isinstance(after, bool) and before == after


def key_of(field: Field, row: Row) -> str:
    """What two rows have in common if they are about the same thing: the name, whatever its capitals and blanks."""
    name = row_name(field, row)
    return " ".join((name.text if isinstance(name, Say) else name).casefold().split())
