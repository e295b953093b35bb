"""The kinds of letter: one folder each, read from its `letter.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from gameplan.letters.phrases import LANGUAGES

ROOM = Path(__file__).parent
FIELD_TYPES = ("line", "text", "date", "choice", "choices", "yes", "rule")
LONGEST = {"line": 300, "text": 6000}


class UnknownLetter(Exception):
    """Raised when no letter of that kind, or no such language, is here."""


class BrokenLetter(Exception):
    """Raised when a letter's own folder is wrong; the message names the file, the place and the mend."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice: its id and its words in the language asked for."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class LetterField:
    """One value that a letter needs.

    `type`: line, text (several lines), date (ISO), choice (an option id), choices (option ids or own words,
    one a line), yes ("yes" or empty), rule (an entry of the law). What is `given` comes from the case or the
    law, and nobody is asked. What is to `remember` is taken over from the last letter of the case.
    """

    id: str
    label: str
    help: str
    type: str
    required: bool
    given: bool
    group: str
    example: str
    source: str
    remember: bool = False
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation that the letter may print, and where its official text stands."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Record:
    """The fact that sending the letter adds to the timeline.

    `arrives` is the field of the fact with the day on which the other side has the letter. `taken` says which field of
    the fact is filled from which field of the letter. `only_with`: the field without which nothing is recorded.
    """

    kind: str
    arrives: str
    facts: Mapping[str, object]
    taken: Mapping[str, str] = field(default_factory=dict)
    only_with: str = ""


@dataclass(frozen=True, slots=True)
class Contains:
    """What the law wants in it: a list of `law.contents`, and for each item the fields any of which holds it.

    `circumstances` are those that a field of the letter answers.
    """

    list_id: str
    items: Mapping[str, tuple[str, ...]]
    circumstances: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """Everything the `letter.toml` of one letter says, in one language."""

    id: str
    name: str
    about: str
    fields: tuple[LetterField, ...]
    at_least_one: tuple[tuple[str, ...], ...]
    rests_on: tuple[str, ...]
    cites: tuple[Citation, ...]
    signed_by: tuple[str, ...]
    records: Record | None = None
    contains: Contains | None = None

    def field(self, field_id: str) -> LetterField | None:
        """The field of that id, or None."""
        return next((one for one in self.fields if one.id == field_id), None)


def kinds() -> tuple[str, ...]:
    """The ids of all letters that can be written."""
    return tuple(sorted(path.parent.name.replace("_", "-") for path in ROOM.glob("*/letter.toml")))


def fields_of(kind: str, lang: str = "en") -> tuple[LetterField, ...]:
    """The fields of a letter with labels and help in the language, in the order in which to ask.

    Raises UnknownLetter.
    """
    return kind_of(kind, lang).fields


def folder_of(kind: str) -> Path:
    """The folder of a letter. Raises UnknownLetter."""
    if kind not in kinds():
        raise UnknownLetter(f'There is no letter "{kind}". There are: {", ".join(kinds())}.')
    return ROOM / kind.replace("-", "_")


@cache
def kind_of(kind: str, lang: str = "en") -> LetterKind:
    """What the letter's folder says about it, in the language. Raises UnknownLetter or BrokenLetter."""
    if lang not in LANGUAGES:
        raise UnknownLetter(f'Letters are written in {" and ".join(LANGUAGES)}, not in "{lang}".')
    path = folder_of(kind) / "letter.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if table.get("id") != kind:
        raise BrokenLetter(f'{path}: id is {table.get("id")!r}. Write id = "{kind}", like the folder.')
    groups = {row["id"]: row[lang] for row in table.get("group", ())}
    return LetterKind(
        id=kind,
        name=table["name"][lang],
        about=table["about"][lang],
        fields=tuple(_field(row, groups, lang, path) for row in table["field"]),
        at_least_one=tuple(tuple(row) for row in table.get("at_least_one", ())),
        rests_on=tuple(table["rests_on"]),
        cites=tuple(Citation(row["text"], row["source"]) for row in table.get("cite", ())),
        signed_by=tuple(table["signed_by"]),
        records=_record(table.get("records")),
        contains=_contains(table.get("contains")),
    )


def _field(row: Mapping[str, object], groups: Mapping[str, str], lang: str, path: Path) -> LetterField:
    field_id, kind = str(row.get("id")), str(row.get("type"))
    if kind not in FIELD_TYPES:
        allowed = ", ".join(FIELD_TYPES)
        raise BrokenLetter(f'{path}: field "{field_id}": type is {kind!r}. Use one of {allowed}.')
    return LetterField(
        id=field_id,
        label=_words(row.get("label"), lang),
        help=_words(row.get("help"), lang),
        type=kind,
        required=row.get("required") is True,
        given=row.get("given") is True,
        group=groups.get(str(row.get("group", "")), ""),
        example=_words(row.get("example"), lang),
        source=str(row.get("from", "")),
        remember=row.get("remember") is True,
        options=_options(row.get("options"), lang),
    )


def _record(row: object) -> Record | None:
    if not isinstance(row, Mapping):
        return None
    return Record(
        kind=str(row["kind"]), arrives=str(row["arrives"]), facts=dict(row["data"]), taken=dict(row.get("from", {})),
        only_with=str(row.get("only_with", "")),
    )  # fmt: skip


def _contains(row: object) -> Contains | None:
    if not isinstance(row, Mapping):
        return None
    items = {str(name): tuple(fields) for name, fields in row["items"].items()}
    return Contains(str(row["list"]), items, dict(row.get("circumstances", {})))


def _options(rows: object, lang: str) -> tuple[Choice, ...]:
    if not isinstance(rows, Sequence):
        return ()
    return tuple(Choice(str(row["id"]), str(row[lang])) for row in rows)


def _words(raw: object, lang: str) -> str:
    if isinstance(raw, Mapping):
        return str(raw[lang])
    return str(raw or "")
