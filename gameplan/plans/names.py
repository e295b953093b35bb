"""How a plan's rows and values are called in a sentence, and how a page finds a field: its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.core.words import Say, plainly
from gameplan.plans.forms import NONE, Field
from gameplan.plans.plan import Plan, Row, is_filled
from gameplan.plans.rich import plain

LONGEST_NAME: Final = 70
CHILD: Final[Mapping[str, str]] = {
    "child.born": "The child's date of birth",
    "child.grade": "The child's grade",
    "child.state": "The State",
}
"""What stands on the plan about the child itself and is no field of a form: the place, and what it is called."""
NUMBERED: Final = "{name} ({number})"
YES, NO = Say("Yes"), Say("No")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is lacking: a field, or the cell of a row of it. `says` is the sentence for a reader.

    `field` is the id of a field of the form, or a key of `CHILD`. `row` and `column` are empty for a whole field.
    """

    field: str
    label: str
    says: Say
    row: str = ""
    row_name: Say | str = ""
    column: str = ""
    column_label: str = ""


def says_something(value: object) -> bool:
    """True if something stands there that a reader could read: not an empty list, and not only blanks."""
    return bool(value.strip()) if isinstance(value, str) else is_filled(value)


def empty_on_purpose(plan: Plan, field: Field) -> bool:
    """True if the plan says that this list is empty on purpose."""
    return bool(field.none) and plan.content.get(field.id + NONE) is True


def shown_value(field: Field, value: object) -> object:
    """A value as a sentence can hold it: the words of an option, a day, a number, the plain text of prose."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list | tuple):
        return tuple(shown_value(field, one) for one in value)
    choice = field.choice(value)
    if choice:
        return plainly(choice.label)
    if field.type == "date" and value:
        return date.fromisoformat(str(value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(str(value)) if field.type == "prose" else value


def row_name(field: Field, row: Row) -> Say | str:
    """What a row is called: the first of its columns that says something in words; empty if none does."""
    for column in field.columns:
        value = row.get(column.id)
        if column.type in ("line", "prose", "choice") and says_something(value):
            shown = shown_value(column, value)
            return shown if isinstance(shown, Say) else _short(str(shown))
    return ""


def row_names(field: Field, rows: Sequence[Row]) -> dict[str, Say | str]:
    """The name of each row by its id. Rows of one name get a number; a row without a name is called by its kind."""
    named = {str(row["id"]): row_name(field, row) for row in rows}
    times = Counter(_key(name) for name in named.values() if name)
    seen: Counter[str] = Counter()
    found: dict[str, Say | str] = {}
    for at, (row_id, name) in enumerate(named.items(), 1):
        seen[_key(name)] += 1
        if not name:
            found[row_id] = Say(NUMBERED, {"name": plainly(field.row or field.label), "number": at})
        elif times[_key(name)] > 1:
            found[row_id] = Say(NUMBERED, {"name": name, "number": seen[_key(name)]})
        else:
            found[row_id] = name
    return found


def _key(name: Say | str) -> str:
    return name.text if isinstance(name, Say) else name


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"


def place_of_field(field: Field, *, said_no: bool = False) -> Place:
    """The place of a whole field that says nothing, or says no where a yes is needed."""
    label = plainly(field.label)
    if field.columns and field.none:
        says = Say("“{field}”: nothing is listed, and nothing says that this is on purpose.", {"field": label})
    elif field.columns:
        says = Say("“{field}”: nothing is listed.", {"field": label})
    elif said_no:
        says = Say("“{field}”: the answer is no.", {"field": label})
    elif field.type == "yes-no":
        return place_of_question(field)
    else:
        says = Say("“{field}”: nothing is written.", {"field": label})
    return Place(field.id, field.label, says)


def place_of_question(field: Field) -> Place:
    """The place of a field whose answer would settle something."""
    return Place(field.id, field.label, Say("“{field}”: not answered yet.", {"field": plainly(field.label)}))


def place_of_cell(field: Field, row: Row, name: Say | str, column: Field) -> Place:
    """The place of one cell that says nothing."""
    says = Say("{row}: “{column}” is missing.", {"row": name, "column": plainly(column.label)})
    return Place(field.id, field.label, says, str(row["id"]), name, column.id, column.label)


def place_of_child(name: str) -> Place:
    """The place of something about the child; `name` is a key of `CHILD`."""
    return Place(name, CHILD[name], Say("“{field}”: not answered yet.", {"field": plainly(CHILD[name])}))
