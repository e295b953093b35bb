"""Cutting a line of a calendar into words, months, day numbers and marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of a line is."""

    WORD = "word"
    MONTH = "month"
    WEEKDAY = "weekday"
    NUMBER = "number"
    YEAR = "year"
    SCHOOL_YEAR = "school-year"
    SHORT_YEAR = "short-year"
    FULL = "full"
    SLASHED = "slashed"
    TO = "to"
    AND = "and"
    COMMA = "comma"
    OF = "of"
    BRACKET = "bracket"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: its kind, where it stands, and the numbers it carries."""

    kind: Kind
    text: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()


_MONTH_NAMES = (
    "january enero jan ene", "february febrero feb", "march marzo mar", "april abril apr abr", "may mayo",
    "june junio jun", "july julio jul", "august agosto aug ago",
    "september septiembre setiembre sept sep set",
    "october octubre oct", "november noviembre nov", "december diciembre dec dic",
)  # fmt: skip
_WEEKDAY_NAMES = (
    "monday mondays mon lunes lun", "tuesday tuesdays tue tues martes",
    "wednesday wednesdays wed weds miercoles mie",
    "thursday thursdays thu thur thurs jueves jue", "friday fridays fri viernes vie",
    "saturday saturdays sat sabado sab", "sunday sundays sun domingo dom",
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
_TO = frozenset(("to", "thru", "through", "until", "till", "al", "hasta", "a"))
_AND = frozenset(("and", "y", "e"))
_OF = frozenset(("de", "del", "of", "the", "el", "los", "las"))
_MARKS = {"&": Kind.AND, ",": Kind.COMMA, ";": Kind.COMMA} | dict.fromkeys("()[]", Kind.BRACKET)
_MARKS |= dict.fromkeys("-–—‐‑−~", Kind.TO)
_NOT_A_DATE = ("grade", "grades", "grado", "grados", "period", "periods", "room")
_SCHOOL_YEARS = "|".join(rf"20{year:02d}\s?[-–/]\s?(?:20)?{year + 1:02d}" for year in range(99))

_PIECES = re.compile(
    r"(?P<clock>\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    r"|(?P<half>1/2(?=\s*-?\s*(?:days?|d[ií]as?)\b))"
    r"|(?P<full>(?<!\d)\d{4}([-/.])\d{1,2}\4\d{1,2}(?!\d))"
    r"|(?P<years>(?<!\d)(?:" + _SCHOOL_YEARS + r")(?!\d|[-/]\d))"
    r"|(?P<dated>(?<!\d)\d{1,2}([-/.])\d{1,2}\7(?:\d{4}|\d{2})(?!\d))"
    r"|(?P<slashed>(?<!\d)\d{1,2}/\d{1,2}(?!\d))"
    r"|(?P<year>(?<!\d)(?:19|20)\d\d(?!\d))"
    r"|(?P<short_year>['’]\d\d(?!\d))"
    r"|(?P<number>(?<!\d)\d{1,2}(?!\d))(?P<ordinal>st|nd|rd|th|ro|er|º|°)?(?![^\W\d_])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<dash>[-–—‐‑−~]+)"
    r"|(?P<comma>[,;&])"
    r"|(?P<bracket>[()\[\]])"
    r"|(?P<mark>\S)",
    re.IGNORECASE,
)

_MONTH_AHEAD = re.compile(r"\s*(?:of |de )?([^\W\d_]+)")


def cut(line: str) -> tuple[Token, ...]:
    """The pieces of a line in order."""
    tokens: list[Token] = []
    at = 0
    while found := _PIECES.search(line, at):
        if found["years"] and _names_month(line, found.end()):
            year = found.group()[:4]
            tokens.append(Token(Kind.YEAR, year, found.start(), found.start() + 4, (int(year),)))
        else:
            tokens.append(_token(found, _bare(tokens[-1].text) if tokens else ""))
        at = tokens[-1].end
    return tuple(tokens)


def _names_month(line: str, at: int) -> bool:
    """True for the rest of "August 10, 2025 - 26 August": then 2025 - 26 is no school year."""
    ahead = _MONTH_AHEAD.match(line, at)
    return ahead is not None and _bare(ahead[1]) in MONTHS


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _token(found: re.Match[str], before: str) -> Token:
    kind, numbers = _kind(found, before)
    return Token(kind, found.group(), found.start(), found.end(), numbers)


def _kind(found: re.Match[str], before: str) -> tuple[Kind, tuple[int, ...]]:
    group = found.lastgroup if found.lastgroup != "ordinal" else "number"
    text = found.group()
    if group in ("dated", "slashed", "number") and before in _NOT_A_DATE:
        return Kind.WORD, ()
    match group:
        case "full":
            return Kind.FULL, _numbers(text)
        case "dated" | "slashed":
            return Kind.SLASHED, _numbers(text)
        case "number":
            return Kind.NUMBER, (int(found["number"]),)
        case "year" | "short_year":
            return _year_kind(text)
        case "years":
            return Kind.SCHOOL_YEAR, ()
        case "word":
            return _word_kind(_bare(text))
    return _MARKS.get(text[:1], Kind.MARK if group == "mark" else Kind.WORD), ()


def _year_kind(text: str) -> tuple[Kind, tuple[int, ...]]:
    return (Kind.YEAR, (int(text),)) if len(text) == 4 else (Kind.SHORT_YEAR, (2000 + int(text[1:]),))


def _word_kind(word: str) -> tuple[Kind, tuple[int, ...]]:
    if word in MONTHS:
        return Kind.MONTH, (MONTHS[word],)
    if word in WEEKDAYS:
        return Kind.WEEKDAY, (WEEKDAYS[word],)
    for words, kind in ((_TO, Kind.TO), (_AND, Kind.AND), (_OF, Kind.OF)):
        if word in words:
            return kind, ()
    return Kind.WORD, ()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split(r"[-/.]", text))
