"""How the rest that is kept of a case stands in the case file: requests to amend, notices, deliveries, languages.

The engine reads nothing of it. What is fixed here is the shape of each row: its names, and what each holds. The same
shapes make the JSON Schema, read a file, and turn rows into values and back. What the words mean, the rooms check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from gameplan.core.faults import Reader, shown

Told = Mapping[str, object]
Records = Mapping[str, tuple[Told, ...]]
TEXT, DAY, MOMENT, FLAG, TABLE, WORDS, ROWS = "text", "day", "moment", "flag", "table", "words", "rows"
LONGEST_NAME: Final = 60
_PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One name of a row. `column` is what the database calls it. `is_open`: it may be null, which is "not known".

    `longest`: of a text, so many letters at most; 0 for any. `rows`: the parts of each row inside it.
    """

    name: str
    type: str = TEXT
    column: str = ""
    is_open: bool = False
    longest: int = 0
    rows: tuple[Part, ...] = ()

    @property
    def at(self) -> str:
        """The name of the column."""
        return self.column or self.name


def _name(name: str, column: str = "", longest: int = LONGEST_NAME) -> Part:
    """A word that others refer to: short."""
    return Part(name, column=column, longest=longest)


def _who(by: str, role: str) -> tuple[Part, Part]:
    return _name("by", by), _name("role", role, 40)


_FACT: Final = _name("fact", "fact_id")
_TO: Final = Part("to", column="to_name")
_ON: Final = Part("on", DAY)
_AT: Final = Part("at", MOMENT)
_MADE: Final = (_name("person"), _name("role", longest=40))
_STEP: Final = (
    _name("kind", longest=40), _ON, Part("text"), Part("told_of_hearing", FLAG, is_open=True), *_MADE, _FACT,
    _name("paper", "paper_id"), _AT,
)  # fmt: skip
_EDITION: Final = (
    _name("lang", longest=20), Part("title"), Part("values", TABLE), Part("text"), _name("sha256", longest=64),
    Part("rules", WORDS), Part("original", FLAG, "is_original"), Part("translated_by"), _name("by", "made_by"),
    Part("at", MOMENT, "kept_at"), Part("pdf", column="-"),
)  # fmt: skip
_MARK: Final = (
    _name("what", longest=20), _ON, _AT, _name("lang", longest=20), _name("sha256", longest=64), *_MADE,
    Part("by_link", FLAG), Part("reason"),
)  # fmt: skip
SHAPES: Final[Mapping[str, tuple[Part, ...]]] = {
    "amendments": (
        _name("id", "-"), _name("about", longest=2 * LONGEST_NAME), Part("wrong"), Part("should"), _ON, *_MADE, _FACT,
        _AT, Part("steps", ROWS, "-", rows=_STEP),
    ),
    "retention": (_name("id", "-"), _name("kind", longest=40), _ON, Part("text"), *_MADE, _FACT, _AT),
    "notices": (
        _name("id", "notice_id"), _name("kind"), _ON, Part("about_event"), Part("corrects"), _name("side", longest=10),
        *_who("made_by", "made_role"), Part("at", MOMENT, "kept_at"), Part("editions", ROWS, "-", rows=_EDITION),
    ),
    "deliveries": (
        _name("id", "delivery_id"), _name("about"), Part("leaves", TABLE), _name("way", longest=20), _name("person"),
        _TO, Part("address"), _name("lang", longest=20), _ON, Part("arrived", DAY, is_open=True), Part("handed_by"),
        Part("signed", FLAG, is_open=True), Part("proof"), Part("no_translation"), _name("state", longest=10),
        Part("reason"), _FACT, *_who("by_person", "by_role"), Part("at", MOMENT, "made_at"),
        Part("marks", ROWS, "-", rows=_MARK),
    ),
    "delivery_choices": (
        _name("id", "-"), _name("person"), _TO, Part("by_email", FLAG), Part("address"), _ON, _name("how", longest=20),
        *_who("by_person", "by_role"), _AT,
    ),
    "language_wishes": (
        _name("id", "-"), _name("person"), _TO, Part("papers"), Part("meetings"), Part("interpreter", FLAG),
        Part("written", FLAG, "is_written"), Part("note"), _ON, *_who("by_person", "by_role"), _AT,
    ),
    "language_help": (
        _name("id", "-"), _name("what", longest=20), _name("about"), Part("for_what"), _name("person"), _TO,
        Part("lang"), Part("asked_on", DAY), Part("needed_by", DAY, is_open=True), Part("done_on", DAY, is_open=True),
        Part("by_whom"), Part("understood", FLAG, is_open=True),
    ),
}  # fmt: skip
"""Each list of the case file by its name, and the parts of its rows. A column "-" is filled in by its room."""
SAYS: Final[Mapping[str, str]] = {
    "amendments": "A request to change the record, and all that followed, as docs/records.md says.",
    "retention": "A step on the way to the end of the records, as docs/records.md says.",
    "notices": "A notice of the school in each of its languages, as docs/notices.md says.",
    "deliveries": "A paper on its way to one recipient, and what is proved of it, as docs/notices.md says.",
    "delivery_choices": "Somebody chose e-mail or paper for notices, as docs/notices.md says.",
    "language_wishes": "Somebody said which languages they want, as docs/notices.md says.",
    "language_help": "An interpreter or a translation that was asked for, as docs/notices.md says.",
}


def part_of(what: str, name: str) -> tuple[Part, ...]:
    """The parts of the rows that lie in each row of a list, such as the steps of a request."""
    return next(one.rows for one in SHAPES[what] if one.name == name)


def told_row(parts: Iterable[Part], row: object) -> dict[str, object]:
    """A row of the database (anything with its columns) as the case file tells it, without what its room fills in."""
    return {one.name: _plain(getattr(row, one.at)) for one in parts if one.at != "-"}


def columns_of(parts: Iterable[Part], told: Told) -> dict[str, object]:
    """The columns of a row that a case file tells, as `read_records` found it in order."""
    return {one.at: _value(one, told[one.name]) for one in parts if one.at != "-"}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    return value


def _value(part: Part, raw: object) -> object:
    if isinstance(raw, str) and part.type in (DAY, MOMENT):
        return (date if part.type == DAY else datetime).fromisoformat(raw)
    return raw


def read_records(top: Mapping[str, object], reader: Reader) -> dict[str, tuple[Told, ...]]:
    """The rows of each list that the file has, as they stand there. What is not in order becomes a fault."""
    found = {}
    for what, parts in SHAPES.items():
        rows = tuple(_rows(what, parts, top.get(what), reader))
        if rows:
            found[what] = rows
    return found


def _rows(what: str, parts: tuple[Part, ...], raw: object, reader: Reader) -> Iterable[Told]:
    seen: set[object] = set()
    for index, row in enumerate(reader.rows(raw, what)):
        where = f"{what}[{index}]"
        name = row.get("id") if isinstance(row, dict) else None
        label = f"{where} ({name[:40]})" if isinstance(name, str) and name else where
        read = _row(parts, row, label, reader)
        if isinstance(name, str):
            _check_id(what, name, seen, label, reader)
        if read is not None:
            yield read


def _check_id(what: str, name: str, seen: set[object], where: str, reader: Reader) -> None:
    if name in seen:
        reader.fault(f"{where}.id", f"two {what} are called {shown(name)}.", "Give each an id of its own.")
    if not _PLAIN.fullmatch(name) or name in (".", ".."):
        reader.fault(f"{where}.id", "this id cannot stand in an address.", "Use letters and numbers.")
    seen.add(name)


def _row(parts: tuple[Part, ...], raw: object, where: str, reader: Reader) -> Told | None:
    table = reader.table(raw, where, [one.name for one in parts])
    if not isinstance(raw, dict):
        return None
    before = len(reader.faults)
    for one in parts:
        place = f"{where}.{one.name}"
        if one.name not in table:
            reader.fault(place, "this is missing.", "Make the file again from the first case.")
        elif not (table[one.name] is None and one.is_open):
            _check(one, table[one.name], place, reader)
    return None if len(reader.faults) > before else table


def _check(part: Part, raw: object, where: str, reader: Reader) -> None:
    if part.type == ROWS:
        for index, row in enumerate(reader.rows([] if raw is None else raw, where)):
            _row(part.rows, row, f"{where}[{index}]", reader)
        return
    _CHECKS[part.type](raw, where, reader)
    if part.longest and isinstance(raw, str) and len(raw) > part.longest:
        reader.fault(where, f"this is longer than {part.longest} letters.", "Use a shorter one.")


def _check_text(raw: object, where: str, reader: Reader) -> None:
    if raw is None:
        reader.fault(where, "expected words in quotes, found nothing.", 'Write it as "...".')
    reader.text(raw, where)


def _check_day(raw: object, where: str, reader: Reader) -> None:
    reader.day(raw, where)


def _check_moment(raw: object, where: str, reader: Reader) -> None:
    try:
        found = datetime.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        mend = "Write it as 2025-09-03T20:15:00+00:00."
        reader.fault(where, f"{shown(raw)} is not a moment with its time zone.", mend)


def _check_flag(raw: object, where: str, reader: Reader) -> None:
    if raw is None:
        reader.fault(where, "expected true or false, found nothing.", "Write true or false, without quotes.")
    reader.flag(raw, where)


def _check_table(raw: object, where: str, reader: Reader) -> None:
    if not isinstance(raw, dict):
        reader.fault(where, f"expected an object, found {shown(raw)}.", 'Write {"name": "words"}.')
        return
    for name, value in raw.items():
        _check_text(value, f"{where}.{name}", reader)


def _check_words(raw: object, where: str, reader: Reader) -> None:
    if not isinstance(raw, list):
        reader.fault(where, f"expected a list, found {shown(raw)}.", "Write it as [ ..., ... ].")
        return
    for value in raw:
        _check_text(value, where, reader)


_CHECKS: Final[Mapping[str, Callable[[object, str, Reader], None]]] = {
    TEXT: _check_text, DAY: _check_day, MOMENT: _check_moment, FLAG: _check_flag, TABLE: _check_table,
    WORDS: _check_words,
}  # fmt: skip


def record_schemas() -> dict[str, object]:
    """The JSON Schema of each list, by its name in the case file."""
    return {
        what: {"type": "array", "items": {"description": SAYS[what], **_schema(parts)}}
        for what, parts in SHAPES.items()
    }


def _schema(parts: tuple[Part, ...]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {one.name: _part_schema(one) for one in parts},
        "required": [one.name for one in parts],
        "additionalProperties": False,
    }


def _part_schema(part: Part) -> dict[str, object]:
    plain: dict[str, dict[str, object]] = {
        TEXT: {"type": "string"},
        DAY: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        MOMENT: {"type": "string", "format": "date-time"},
        FLAG: {"type": "boolean"},
        TABLE: {"type": "object", "additionalProperties": {"type": "string"}},
        WORDS: {"type": "array", "items": {"type": "string"}},
    }
    if part.type == ROWS:
        return {"type": "array", "items": _schema(part.rows)}
    found = dict(plain[part.type])
    if part.longest:
        found["maxLength"] = part.longest
    if part.name == "id":
        found["pattern"] = f"^{_PLAIN.pattern}$"
    return {"anyOf": [found, {"type": "null"}]} if part.is_open else found
