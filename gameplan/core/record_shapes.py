"""How the rest that is kept of a case stands in the case file: requests, notices, languages, progress.

The engine reads nothing of it. What is fixed here is the shape of each row: its names, and what each holds. The same
shapes make the JSON Schema, read a file, and turn rows into values and back. What the words mean, the rooms check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from gameplan.core.faults import Reader, shown
from gameplan.core.progress_shapes import PROGRESS_SAYS, PROGRESS_SHAPES
from gameplan.core.record_parts import (
    DAY,
    FLAG,
    LONGEST_NAME,
    MOMENT,
    PLAIN,
    ROWS,
    TABLE,
    WORDS,
    Part,
    check,
    part_schema,
    plain,
    short,
    value_of,
    who,
)

Told = Mapping[str, object]
Records = Mapping[str, tuple[Told, ...]]
_FACT: Final = short("fact", "fact_id")
_TO: Final = Part("to", column="to_name")
_ON: Final = Part("on", DAY)
_AT: Final = Part("at", MOMENT)
_MADE: Final = (short("person"), short("role", longest=40))
_STEP: Final = (
    short("kind", longest=40), _ON, Part("text"), Part("told_of_hearing", FLAG, is_open=True), *_MADE, _FACT,
    short("paper", "paper_id"), _AT,
)  # fmt: skip
_EDITION: Final = (
    short("lang", longest=20), Part("title"), Part("values", TABLE), Part("text"), short("sha256", longest=64),
    Part("rules", WORDS), Part("original", FLAG, "is_original"), Part("translated_by"), short("by", "made_by"),
    Part("at", MOMENT, "kept_at"), Part("pdf", column="-"),
)  # fmt: skip
_MARK: Final = (
    short("what", longest=20), _ON, _AT, short("lang", longest=20), short("sha256", longest=64), *_MADE,
    Part("by_link", FLAG), Part("reason"),
)  # fmt: skip
SHAPES: Final[Mapping[str, tuple[Part, ...]]] = {
    "amendments": (
        short("id", "-"), short("about", longest=2 * LONGEST_NAME), Part("wrong"), Part("should"), _ON, *_MADE, _FACT,
        _AT, Part("steps", ROWS, "-", rows=_STEP),
    ),
    "retention": (short("id", "-"), short("kind", longest=40), _ON, Part("text"), *_MADE, _FACT, _AT),
    "notices": (
        short("id", "notice_id"), short("kind"), _ON, Part("about_event"), Part("corrects"), short("side", longest=10),
        *who("made_by", "made_role"), Part("at", MOMENT, "kept_at"), Part("editions", ROWS, "-", rows=_EDITION),
    ),
    "deliveries": (
        short("id", "delivery_id"), short("about"), Part("leaves", TABLE), short("way", longest=20), short("person"),
        _TO, Part("address"), short("lang", longest=20), _ON, Part("arrived", DAY, is_open=True), Part("handed_by"),
        Part("signed", FLAG, is_open=True), Part("proof"), Part("no_translation"), short("state", longest=10),
        Part("reason"), _FACT, *who("by_person", "by_role"), Part("at", MOMENT, "made_at"),
        Part("marks", ROWS, "-", rows=_MARK),
    ),
    "delivery_choices": (
        short("id", "-"), short("person"), _TO, Part("by_email", FLAG), Part("address"), _ON, short("how", longest=20),
        *who("by_person", "by_role"), _AT,
    ),
    "language_wishes": (
        short("id", "-"), short("person"), _TO, Part("papers"), Part("meetings"), Part("interpreter", FLAG),
        Part("written", FLAG, "is_written"), Part("note"), _ON, *who("by_person", "by_role"), _AT,
    ),
    "language_help": (
        short("id", "-"), short("what", longest=20), short("about"), Part("for_what"), short("person"), _TO,
        Part("lang"), Part("asked_on", DAY), Part("needed_by", DAY, is_open=True), Part("done_on", DAY, is_open=True),
        Part("by_whom"), Part("understood", FLAG, is_open=True),
    ),
    **PROGRESS_SHAPES,
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
    **PROGRESS_SAYS,
}


def part_of(what: str, name: str) -> tuple[Part, ...]:
    """The parts of the rows that lie in each row of a list, such as the steps of a request."""
    return next(one.rows for one in SHAPES[what] if one.name == name)


def told_row(parts: Iterable[Part], row: object) -> dict[str, object]:
    """A row of the database (anything with its columns) as the case file tells it, without what its room fills in."""
    return {one.name: plain(getattr(row, one.at)) for one in parts if one.at != "-"}


def columns_of(parts: Iterable[Part], told: Told) -> dict[str, object]:
    """The columns of a row that a case file tells, as `read_records` found it in order."""
    return {one.at: value_of(one, told[one.name]) for one in parts if one.at != "-"}


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
    if not PLAIN.fullmatch(name) or name in (".", ".."):
        reader.fault(f"{where}.id", "this id cannot stand in an address.", "Use letters and numbers.")
    seen.add(name)


def _row(parts: tuple[Part, ...], raw: object, where: str, reader: Reader) -> Told | None:
    table = reader.table(raw, where, [one.name for one in parts])
    if not isinstance(raw, dict):
        return None
    before = len(reader.faults)
    for one in parts:
        place = f"{where}.{one.name}"
        if one.name not in table and one.is_later:
            table = {**table, one.name: []}
        elif one.name not in table:
            reader.fault(place, "this is missing.", "Make the file again from the first case.")
        elif not (table[one.name] is None and one.is_open):
            _check(one, table[one.name], place, reader)
    return None if len(reader.faults) > before else table


def _check(part: Part, raw: object, where: str, reader: Reader) -> None:
    if part.type == ROWS:
        for index, row in enumerate(reader.rows([] if raw is None else raw, where)):
            _row(part.rows, row, f"{where}[{index}]", reader)
        return
    check(part, raw, where, reader)


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
        "required": [one.name for one in parts if not one.is_later],
        "additionalProperties": False,
    }


def _part_schema(part: Part) -> dict[str, object]:
    return {"type": "array", "items": _schema(part.rows)} if part.type == ROWS else part_schema(part)
