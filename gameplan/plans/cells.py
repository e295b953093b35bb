"""A plan in small pieces, as it is written: each value by its path, what a form field sent, and two hands at once.

A path is `field`, or `field/row/column`; for a field of rows `field` holds the ids of its rows in their order.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gameplan.core.words import Say
from gameplan.plans.forms import ROWS, Field, Form
from gameplan.plans.plan import is_filled

YES, NO = "yes", "no"
LONGEST: Final = 100_000
"""Letters in one field: some forty pages."""
MOST_ROWS: Final = 500


class NoSuchPlace(LookupError):
    """Raised for a path that the form does not have."""


class WrongValue(ValueError):
    """Raised for what cannot stand in a field; `say` tells the writer why, and what to do."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(say.text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the field, and for a value in a row the row's id and the column."""

    field: Field
    row: str = ""
    column: Field | None = None

    @property
    def asks(self) -> Field:
        """The field or column that says what may stand there."""
        return self.column or self.field


def place_of(form: Form, path: str) -> Place:
    """The place of a path. Raises NoSuchPlace."""
    name, _, rest = path.partition("/")
    field = next((one for one in form.fields() if one.id == name), None)
    if field is None or (bool(rest) and field.type != ROWS):
        raise NoSuchPlace(path)
    if not rest:
        return Place(field)
    row, _, column_id = rest.partition("/")
    column = field.column(column_id)
    if not row or column is None:
        raise NoSuchPlace(path)
    return Place(field, row, column)


def content_of(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a plan from its values by path: the other way round than `plan.cells`."""
    found: dict[str, Any] = {}
    for field in form.fields():
        value = values.get(field.id)
        if field.type == ROWS:
            rows = [_row(field, str(row), values) for row in value or ()]
            found |= {field.id: rows} if rows else {}
        elif is_filled(value) or value is False:
            found[field.id] = value
    return found


def _row(field: Field, row: str, values: Mapping[str, Any]) -> dict[str, Any]:
    said = ((one.id, values.get(f"{field.id}/{row}/{one.id}")) for one in field.columns)
    return {"id": row, **{name: value for name, value in said if is_filled(value) or value is False}}


def typed(asks: Field, raw: Sequence[str]) -> Any:
    """What a form sent for a field, as the plan keeps it; None for nothing.

    `raw` are the words of the form field, several for choices. Raises WrongValue.
    """
    words = [one.replace("\r\n", "\n") for one in raw if one.strip()]
    if any(len(one) > LONGEST for one in words):
        raise WrongValue(Say("This is longer than a field can hold. Put a part of it into a paper of its own."))
    if not words:
        return None
    if asks.type == "choices":
        return [_chosen(asks, one) for one in dict.fromkeys(words)]
    return READERS.get(asks.type, _words)(asks, words[-1])


def _words(asks: Field, words: str) -> str:
    return " ".join(words.split()) if asks.type == "line" else words


def _yes_no(_asks: Field, word: str) -> bool:
    if word not in (YES, NO):
        raise WrongValue(Say("Choose yes or no."))
    return word == YES


def _number(_asks: Field, word: str) -> float | int:
    try:
        number = float(word.replace(",", "."))
    except ValueError:
        number = -1
    if not 0 <= number < 1e6:
        raise WrongValue(Say("Write a number, such as 30."))
    return int(number) if number == int(number) else number


def _day(_asks: Field, word: str) -> str:
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise WrongValue(Say("Write the whole day: month, day and year.")) from None


def _chosen(asks: Field, word: str) -> str:
    if not asks.other and asks.choice(word) is None:
        raise WrongValue(Say("Choose one from the list."))
    return word if asks.choice(word) else " ".join(word.split())


READERS: Final[Mapping[str, Callable[[Field, str], Any]]] = {
    "yes-no": _yes_no, "number": _number, "date": _day, "choice": _chosen,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """Two hands' changes of one text put together; `clean` is false where both changed the same paragraph."""

    value: Any
    clean: bool


def merged(was: Any, theirs: Any, mine: Any) -> Merged:
    """One value from what it was, what somebody else made of it, and what I made of it.

    Lists of row ids keep what either added and lose what either took out. Texts are put together paragraph by
    paragraph. Where both changed the same place, `value` is theirs and the two must be looked at.
    """
    if mine in (theirs, was):
        return Merged(theirs, True)
    if theirs == was:
        return Merged(mine, True)
    if isinstance(theirs, list) and isinstance(mine, list):
        return Merged(_ids(was or [], theirs, mine), True)
    if isinstance(theirs, str) and isinstance(mine, str):
        return _texts(was if isinstance(was, str) else "", theirs, mine)
    return Merged(theirs, False)


def _ids(was: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str]:
    gone = {one for one in was if one not in theirs or one not in mine}
    return [one for one in dict.fromkeys((*mine, *theirs)) if one not in gone]


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `begin` to `end` of the old text became `lines`."""

    begin: int
    end: int
    lines: tuple[str, ...]

    def crosses(self, other: _Change) -> bool:
        """True if both change the same lines, or one puts something in right where the other changes something."""
        if self == other:
            return False
        if self.begin == self.end or other.begin == other.end:
            return self.begin <= other.end and other.begin <= self.end
        return self.begin < other.end and other.begin < self.end


def _texts(was: str, theirs: str, mine: str) -> Merged:
    old = was.split("\n") if was else []
    left, right = list(_changes(old, theirs.split("\n"))), list(_changes(old, mine.split("\n")))
    if any(one.crosses(other) for one in left for other in right):
        return Merged(theirs, False)
    both = dict.fromkeys((*left, *right))
    for change in sorted(both, key=lambda one: (one.begin, one.end), reverse=True):
        old[change.begin : change.end] = change.lines
    return Merged("\n".join(old), True)


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    for tag, begin, end, first, last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(begin, end, tuple(new[first:last]))
