"""One name in a row of the case file that only other rooms read: what it holds, how it is checked and told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from gameplan.core.faults import Reader, shown

TEXT, DAY, MOMENT, FLAG, TABLE, WORDS, ROWS = "text", "day", "moment", "flag", "table", "words", "rows"
NUMBER, DECIMAL, TIME, DATA = "number", "decimal", "time", "data"
LONGEST_NAME: Final = 60
MOST: Final = 1_000_000
"""No number here is larger."""
SMALL: Final = 32_767
PLAIN: Final = re.compile(r"[A-Za-z0-9._-]+")
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,3})?")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?")
_THOUSANDTH: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Part:
    """One name of a row. `column` is what the database calls it. `is_open`: it may be null, which is "not known".

    `longest`: of a text, so many letters at most; 0 for any. `most`: of a whole number, the largest. `rows`: the parts
    of each row inside it. `is_later`: the name is newer than some files, which have no such
    rows.
    """

    name: str
    type: str = TEXT
    column: str = ""
    is_open: bool = False
    longest: int = 0
    rows: tuple[Part, ...] = ()
    most: int = MOST
    is_later: bool = False

    @property
    def at(self) -> str:
        """The name of the column."""
        return self.column or self.name


def short(name: str, column: str = "", longest: int = LONGEST_NAME) -> Part:
    """A word that others refer to: short."""
    return Part(name, column=column, longest=longest)


def who(by: str, role: str) -> tuple[Part, Part]:
    """Who did something, and in which role; by the columns that have it."""
    return short("by", by), short("role", role, 40)


def plain(value: object) -> object:
    """A value of the database as JSON can hold it, with the names of every table in order."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.quantize(_THOUSANDTH).normalize(), "f")
    if isinstance(value, Mapping):
        return {name: plain(value[name]) for name in sorted(value)}
    return [plain(one) for one in value] if isinstance(value, list) else value


def value_of(part: Part, raw: object) -> object:
    """What a case file holds as the value of a column; `check` found it in order."""
    return _VALUES[part.type](raw) if isinstance(raw, str) and part.type in _VALUES else raw


_VALUES: Final[Mapping[str, Callable[[str], object]]] = {
    DAY: date.fromisoformat, MOMENT: datetime.fromisoformat, TIME: time.fromisoformat,
    DECIMAL: lambda raw: Decimal(raw).quantize(_THOUSANDTH),
}  # fmt: skip


def check(part: Part, raw: object, where: str, reader: Reader) -> None:
    """Notes what is wrong with a value that is no list of rows. Null has been looked at before."""
    if part.type == NUMBER:
        _check_number(raw, part.most, where, reader)
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


def _check_number(raw: object, most: int, where: str, reader: Reader) -> None:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= most:
        reader.fault(where, f"{shown(raw)} is no number that can stand here.", f"Write one from 0 to {most}.")


def _check_decimal(raw: object, where: str, reader: Reader) -> None:
    if not isinstance(raw, str) or not _DECIMAL.fullmatch(raw):
        mend = 'Write it in quotes, with at most three digits behind the point: "42.5".'
        reader.fault(where, f"{shown(raw)} is no number that can stand here.", mend)


def _check_time(raw: object, where: str, reader: Reader) -> None:
    if not isinstance(raw, str) or not _TIME.fullmatch(raw):
        reader.fault(where, f"{shown(raw)} is not a time of the day.", "Write it as 13:45:00.")


def _check_data(raw: object, where: str, reader: Reader) -> None:
    if not isinstance(raw, dict):
        reader.fault(where, f"expected an object, found {shown(raw)}.", 'Write {"name": value}.')


_CHECKS: Final[Mapping[str, Callable[[object, str, Reader], None]]] = {
    TEXT: _check_text, DAY: _check_day, MOMENT: _check_moment, FLAG: _check_flag, TABLE: _check_table,
    WORDS: _check_words, DECIMAL: _check_decimal, TIME: _check_time, DATA: _check_data,
}  # fmt: skip


def part_schema(part: Part) -> dict[str, object]:
    """The JSON Schema of a part that is no list of rows."""
    found = dict(_SCHEMAS[part.type])
    if part.longest:
        found["maxLength"] = part.longest
    if part.type == NUMBER:
        found["maximum"] = part.most
    if part.name == "id":
        found["pattern"] = f"^{PLAIN.pattern}$"
    return {"anyOf": [found, {"type": "null"}]} if part.is_open else found


_SCHEMAS: Final[Mapping[str, Mapping[str, object]]] = {
    TEXT: {"type": "string"},
    DAY: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    MOMENT: {"type": "string", "format": "date-time"},
    FLAG: {"type": "boolean"},
    TABLE: {"type": "object", "additionalProperties": {"type": "string"}},
    WORDS: {"type": "array", "items": {"type": "string"}},
    NUMBER: {"type": "integer", "minimum": 0},
    DECIMAL: {"type": "string", "pattern": f"^{_DECIMAL.pattern}$"},
    TIME: {"type": "string", "pattern": f"^{_TIME.pattern}$"},
    DATA: {"type": "object"},
}
