"""Reads the files of forms: strict, every fault at once, a State's file laid over the form that it extends."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from gameplan.core.faults import Fault
from gameplan.law.contents import ContentItem, NoSuchEntry, content_list, contents
from gameplan.law.schema import CITE, CONFIDENCE, FLAG, TEXT
from gameplan.law.shapes import ListOf, Shape, Table, Text
from gameplan.plans.form_faults import form_faults
from gameplan.plans.forms import KINDS, NONE, ROWS, TYPES, Choice, Field, Form, Section, Shows, Told

HOME: Final = Path(__file__).parent / "forms"
Part = TypeVar("Part", Field, Section)


@dataclass(frozen=True, slots=True)
class Relabel:
    """A State's own words for a field or section that the extended form has."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Added:
    """Fields that a State puts into a section that the extended form has."""

    section: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Widened:
    """Columns that a State puts into a field of rows that the extended form has, and into those that are like it."""

    field: str
    columns: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file as it was read, before it is laid over the form that it extends."""

    id: str
    name: str
    kind: str
    state: str = ""
    extends: str = ""
    source: str = ""
    confidence: str = "high"
    note: str = ""
    sections: tuple[Section, ...] = ()
    added: tuple[Added, ...] = ()
    widened: tuple[Widened, ...] = ()
    shows: tuple[Shows, ...] = ()
    told: tuple[Told, ...] = ()
    relabels: tuple[Relabel, ...] = ()
    items: tuple[ContentItem, ...] = ()


class FormError(Exception):
    """Raised when form files cannot be read as they stand; `faults` lists everything: file, entry, field, mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


TEXTS = ListOf(TEXT, one_will_do=True)
CHOICE = Table({"id": TEXT, "label": TEXT}, Choice, required=("id", "label"))
WORDS: Mapping[str, Shape] = {
    "id": TEXT, "label": TEXT, "help": TEXT, "cite": CITE, "choices": ListOf(CHOICE), "codes": TEXT, "like": TEXT,
    "other": FLAG, "of": TEXT, "none": TEXT, "when": TEXT, "decide": FLAG, "row": TEXT, "after": TEXT,
}  # fmt: skip
COLUMN = Table({**WORDS, "type": Text(TYPES)}, Field, required=("id", "label", "type"))
FIELD = Table(
    {**WORDS, "type": Text((*TYPES, ROWS)), "column": ListOf(COLUMN)}, Field, required=("id", "label", "type"),
    rename={"column": "columns"},
)  # fmt: skip
SECTION = Table(
    {"id": TEXT, "title": TEXT, "lead": TEXT, "when": TEXT, "decide": FLAG, "after": TEXT, "field": ListOf(FIELD)},
    Section, required=("id", "title", "field"), rename={"field": "fields"},
)  # fmt: skip
ADDED = Table(
    {"section": TEXT, "field": ListOf(FIELD)}, Added, required=("section", "field"), rename={"field": "fields"}
)
WIDENED = Table(
    {"field": TEXT, "column": ListOf(COLUMN)}, Widened, required=("field", "column"), rename={"column": "columns"}
)
SHOWS = Table(
    {"item": TEXT, "all": TEXTS, "any": TEXTS, "each": TEXTS, "columns": TEXTS, "instead": TEXTS,
     "printed": FLAG, "either": TEXTS},
    Shows, required=("item",),
)  # fmt: skip
TOLD = Table({"id": TEXT, "field": TEXT, "is": TEXTS}, Told, required=("id", "field"), rename={"is": "is_"})
RELABEL = Table({"id": TEXT, "label": TEXT}, Relabel, required=("id", "label"))
ITEM = Table(
    {"id": TEXT, "text": TEXT, "need": TEXT, "cite": CITE, "confidence": CONFIDENCE, "note": TEXT},
    ContentItem, required=("id", "text", "need", "cite"),
)  # fmt: skip
FILE = Table(
    {
        "id": TEXT, "name": TEXT, "kind": Text(KINDS), "state": TEXT, "extends": TEXT, "source": TEXT,
        "confidence": CONFIDENCE, "note": TEXT, "section": ListOf(SECTION), "add": ListOf(ADDED),
        "widen": ListOf(WIDENED), "shows": ListOf(SHOWS), "told": ListOf(TOLD), "relabel": ListOf(RELABEL),
        "item": ListOf(ITEM),
    },
    FormFile, required=("id", "name", "kind"),
    rename={"section": "sections", "add": "added", "widen": "widened", "relabel": "relabels", "item": "items"},
)  # fmt: skip


@lru_cache(maxsize=1)
def forms() -> Mapping[str, Form]:
    """Every form of the house by id. Raises FormError with every fault: file, entry, field, mend."""
    return read_forms(HOME)


def form(form_id: str) -> Form:
    """The form of that id. Raises NoSuchEntry, which names the nearest one."""
    known = forms()
    if form_id not in known:
        raise NoSuchEntry("form", form_id, known)
    return known[form_id]


def form_for(kind: str, state: str) -> Form:
    """The form of that kind (see `forms.KINDS`) for a State; the federal one where the State has none here."""
    return next((one for one in forms().values() if state and (one.kind, one.state) == (kind, state)), forms()[kind])


def read_forms(folder: Path, known: Mapping[str, Form] | None = None) -> dict[str, Form]:
    """The forms of a folder, and those already `known`, which they may extend. Raises FormError with every fault."""
    faults: list[Fault] = []
    waiting = [(path.name, read) for path in sorted(folder.rglob("*.toml")) if (read := _read_file(path, faults))]
    made: dict[str, Form] = dict(known or {})
    while ready := [one for one in waiting if not one[1].extends or one[1].extends in made]:
        for name, read in ready:
            if read.id in made:
                faults.append(Fault(f"{name}: id", f"there is a form “{read.id}” already.", "Give it another id."))
            made[read.id] = _made(read, made.get(read.extends), name, faults)
            faults += form_faults(made[read.id], name)
        waiting = [one for one in waiting if one not in ready]
    for name, read in waiting:
        faults.append(
            Fault(f"{name}: extends", f"there is no form “{read.extends}”.", f"There are: {', '.join(made)}.")
        )
    if faults:
        raise FormError(faults)
    return made


def _read_file(path: Path, faults: list[Fault]) -> FormFile | None:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(Fault(path.name, f"{error}.", "Mend the line that the message names."))
        return None
    read = FILE.read(raw, path.name, faults)
    return read if isinstance(read, FormFile) else None


def _made(read: FormFile, base: Form | None, file: str, faults: list[Fault]) -> Form:
    sections = base.sections if base else ()
    sections = _relabelled(sections, {one.id: one.label for one in read.relabels}, file, faults)
    for one in read.sections:
        sections = _placed(sections, one)
    for added in read.added:
        if added.section not in {section.id for section in sections}:
            mend = "Name a section of the form."
            faults.append(Fault(f"{file}: add {added.section}", "there is no such section.", mend))
        sections = tuple(_with_fields(one, added.fields) if one.id == added.section else one for one in sections)
    sections = _with_like(_with_columns(sections, read.widened, file, faults))
    return Form(
        read.id, read.name, read.kind, tuple(map(_with_none, sections)),
        (*(base.shows if base else ()), *read.shows), (*(base.told if base else ()), *read.told),
        (*(base.items if base else ()), *read.items), read.state or (base.state if base else ""), read.extends,
        read.source, read.confidence, read.note,
    )  # fmt: skip


def _relabelled(
    sections: tuple[Section, ...], words: Mapping[str, str], file: str, faults: list[Fault]
) -> tuple[Section, ...]:
    known = {one.id for one in sections} | {field.id for one in sections for field in one.fields}
    for name in words.keys() - known:
        faults.append(Fault(f"{file}: relabel {name}", "there is no such field or section.", "Name one of the form."))
    return tuple(
        replace(
            one,
            title=words.get(one.id, one.title),
            fields=tuple(replace(field, label=words.get(field.id, field.label)) for field in one.fields),
        )
        for one in sections
    )


def _placed(parts: Iterable[Part], new: Part) -> tuple[Part, ...]:
    """The parts with a new one after the part that it names, or at the end."""
    before = list(parts)
    at = [one.id for one in before].index(new.after) + 1 if new.after in {one.id for one in before} else len(before)
    before.insert(at, new)
    return tuple(before)


def _with_fields(section: Section, new: Iterable[Field]) -> Section:
    fields = section.fields
    for one in new:
        fields = _placed(fields, one)
    return replace(section, fields=fields)


def _with_columns(
    sections: tuple[Section, ...], widened: Iterable[Widened], file: str, faults: list[Fault]
) -> tuple[Section, ...]:
    """The sections with the further columns in the fields of rows that they are for."""
    known = {field.id for section in sections for field in section.fields if field.type == ROWS}
    for one in widened:
        if one.field not in known:
            faults.append(Fault(f"{file}: widen {one.field}", "there is no such field of rows.", "Name one."))
        sections = tuple(
            replace(section, fields=tuple(_widened(field, one) for field in section.fields)) for section in sections
        )
    return sections


def _widened(field: Field, by: Widened) -> Field:
    if field.id != by.field:
        return field
    columns = field.columns
    for one in by.columns:
        columns = _placed(columns, one)
    return replace(field, columns=columns)


def _with_like(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with the columns of another field where a field is to be like it, in the order of that one."""
    columns = {field.id: field.columns for one in sections for field in one.fields}
    return tuple(
        replace(one, fields=tuple(_like(field, columns.get(field.like, ())) for field in one.fields))
        for one in sections
    )


def _like(field: Field, columns: tuple[Field, ...]) -> Field:
    own = {one.id: one for one in field.columns}
    known = {one.id for one in columns}
    both = (*(own.get(one.id, one) for one in columns), *(one for one in field.columns if one.id not in known))
    return replace(field, columns=both)


def _with_none(section: Section) -> Section:
    """The section with a yes-no field after each list that may be empty on purpose."""
    there = {field.id for field in section.fields}
    fields: list[Field] = []
    for field in map(_with_codes, section.fields):
        fields.append(field)
        if field.none and field.id + NONE not in there:
            fields.append(Field(field.id + NONE, field.none, "yes-no", when=field.when))
    return replace(section, fields=tuple(fields))


def _with_codes(field: Field) -> Field:
    """The field with the items of the content list that it names as its options, and its columns too."""
    columns = tuple(map(_with_codes, field.columns))
    if not field.codes or field.choices or field.codes not in contents().lists:
        return replace(field, columns=columns)
    items = content_list(field.codes).items
    return replace(field, choices=tuple(Choice(item.id, item.text) for item in items if item.need != "exclusion"))
