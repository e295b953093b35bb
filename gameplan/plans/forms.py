"""The forms of plans as data: sections and fields, what they show of the law's content lists, and what States add.

A form is a TOML file in `forms/` (or a district's own). It reads like the paper: sections in their order, each with its
fields. A State's form `extends` another one and holds only what differs. docs/plans.md explains each word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gameplan.law.contents import ContentItem, NoSuchEntry

KINDS: Final = ("iep", "section-504", "evaluation", "meeting")
TYPES: Final = ("line", "prose", "date", "yes-no", "choice", "choices", "number", "ref")
ROWS: Final = "rows"
NONE: Final = "-none"
"""`special-education-none`: the field that says that a list is empty on purpose."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: what is kept, and its words."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, or one column of a field of rows.

    `type`: line (one line of words), prose (simple rich text), date, yes-no, choice (an option's id), choices
    (several), number, ref (the id of a row of the field `of`), or rows (a list; each row has `columns` and an id).
    `codes`: the options are the items of that content list. `other`: own words will do in place of an option. `like`:
    it has the columns of that field too, but for those that it words itself. `none`: the sentence that a list is empty
    on purpose, which is a yes-no field of its own, its id ending in `-none`. `row`: what one row is called. `when`: the
    circumstance in which the field is asked for. `decide`: each row is a thing that a parent agrees to or not. `after`:
    a State's field stands after that one.
    """

    id: str
    label: str
    type: str
    help: str = ""
    cite: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    codes: str = ""
    like: str = ""
    other: bool = False
    of: str = ""
    row: str = ""
    columns: tuple[Field, ...] = ()
    none: str = ""
    when: str = ""
    decide: bool = False
    after: str = ""

    def column(self, column_id: str) -> Field | None:
        """The column of that id, or None."""
        return next((one for one in self.columns if one.id == column_id), None)

    def choice(self, choice_id: object) -> Choice | None:
        """The option of that id, or None: then the words are the writer's own."""
        return next((one for one in self.choices if one.id == choice_id), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the paper. `decide`: what its single fields say is one thing that a parent agrees to or not."""

    id: str
    title: str
    fields: tuple[Field, ...]
    lead: str = ""
    when: str = ""
    decide: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Shows:
    """Which fields show that an item of a content list is there.

    `item` is `list.item`, or `form.item` for what the form itself demands. `all` of these fields are filled in; `any`
    of these is; or `each` row of these has the `columns` filled in, where any one of `instead` does for all columns but
    days. A question of yes or no is filled in by a yes; for those in `either` a no is an answer as good.
    `printed`: the paper always says it by itself, whatever is written.
    """

    item: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A circumstance that a field of the plan tells: true if the field says one of the words `is_` (yes: "yes")."""

    id: str
    field: str
    is_: tuple[str, ...] = ("yes",)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `items` are what the State or district demands beyond the federal lists."""

    id: str
    name: str
    kind: str
    sections: tuple[Section, ...]
    shows: tuple[Shows, ...] = ()
    told: tuple[Told, ...] = ()
    items: tuple[ContentItem, ...] = ()
    state: str = ""
    extends: str = ""
    source: str = ""
    confidence: str = "high"
    note: str = ""

    def fields(self) -> Iterator[Field]:
        """Every field, in the order of the paper."""
        for section in self.sections:
            yield from section.fields

    def field(self, field_id: str) -> Field:
        """The field of that id. Raises NoSuchEntry, which names the nearest one."""
        known = {one.id: one for one in self.fields()}
        if field_id not in known:
            raise NoSuchEntry(f"field of “{self.id}”", field_id, known)
        return known[field_id]

    def section(self, section_id: str) -> Section:
        """The section of that id. Raises NoSuchEntry, which names the nearest one."""
        known = {one.id: one for one in self.sections}
        if section_id not in known:
            raise NoSuchEntry(f"section of “{self.id}”", section_id, known)
        return known[section_id]

    def section_of(self, field_id: str) -> Section:
        """The section in which that field stands. Raises NoSuchEntry."""
        self.field(field_id)
        return next(one for one in self.sections if any(field.id == field_id for field in one.fields))
