"""A paper as it was on the day it was sent: a `Sheet` as JSON, and the same sheet again, word for word.

So a page that shows an old paper says what it said then, whatever the program has learned to say since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from gameplan.plans.sheets.sheet import Passage, Sheet, passage

KIND: Final = "is"


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON; `sheet_from` gives it back. What is as usual is left out."""
    return {name: value for name, value in _told(sheet).items() if name != KIND}


def sheet_from(raw: object) -> Sheet:
    """The sheet that `sheet_json` told. Raises ValueError for anything that is no such sheet."""
    try:
        found = _read(raw, Sheet)
    except (AttributeError, KeyError, TypeError) as wrong:
        raise ValueError(f"This is no paper: {wrong}") from wrong
    if not isinstance(found, Sheet):
        raise ValueError("This is no paper.")
    return found


def _told(value: Any) -> Any:
    if isinstance(value, Passage) and value == passage(value.text) and "\n" not in value.text:
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: getattr(value, one.name) for one in fields(value) if not _is_usual(one, value)}
        return {KIND: type(value).__name__, **{name: _told(part) for name, part in told.items()}}
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_usual(one: Field[Any], value: object) -> bool:
    return one.default is not MISSING and getattr(value, one.name) == one.default


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(raw: Any, hint: Any) -> Any:
    """What the JSON says, as the type that stands there; ValueError if it is none."""
    if get_origin(hint) is tuple:
        return _read_tuple(raw, get_args(hint))
    if isinstance(hint, UnionType):
        hint = {one.__name__: one for one in get_args(hint)}[raw[KIND]]
    if hint is Passage and isinstance(raw, str):
        return passage(raw)
    if hint is date:
        return date.fromisoformat(raw)
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**{name: _read(part, _hints(hint)[name]) for name, part in raw.items() if name != KIND})
    if not isinstance(raw, hint):
        raise ValueError(f"{raw!r} cannot stand here.")
    return raw


def _read_tuple(raw: Any, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise ValueError("Here must be a list.")
    if kinds[-1] is Ellipsis:
        return tuple(_read(one, kinds[0]) for one in raw)
    return tuple(_read(one, kind) for one, kind in zip(raw, kinds, strict=True))
