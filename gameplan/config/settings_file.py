"""The settings file: one TOML file in place of many variables, checked as a whole, with the line of each fault."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from gameplan.config.environment import WrongSetting
from gameplan.config.known import GROUPS, NAMES_THE_FILE, Kind, Known, by_name

_HEADING = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_ONE_NAME = re.compile(r"[^\s,]+")
_NAME = re.compile(r"""\s*["']?([\w.-]+?)["']?\s*=""")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to mend in a settings file: where (`line 4, reached.https`), what is wrong, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}"


class WrongSettings(WrongSetting):
    """A settings file, or what follows from it, that cannot be used; `faults` has everything that is wrong."""

    def __init__(self, about: str, faults: Sequence[Wrong]) -> None:
        count = len(faults)
        super().__init__(about, f"{count} thing{'s' if count != 1 else ''} to mend.", "")
        self.args = ("\n".join((self.args[0].rstrip(), *(f"- {fault}" for fault in faults))),)
        self.faults = tuple(faults)


def read(path: Path) -> dict[str, str]:
    """What the file sets, by variable, as the environment would say it. Raises WrongSettings with every fault."""
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as wrong:
        fault = Wrong("file", f"it cannot be read ({wrong}).", "Name a text file that this user may read.")
        raise WrongSettings(str(path), [fault]) from wrong
    except tomllib.TOMLDecodeError as wrong:
        mend = "Hold it against `gameplan settings example`; a quote or a bracket is often missing."
        raise WrongSettings(str(path), [Wrong("file", f"it is not TOML: {wrong}.", mend)]) from wrong
    lines, values, faults = _lines(text), dict[str, str](), list[Wrong]()
    for name, value in _flat(found):
        where = f"line {lines[name]}, {name}" if name in lines else name
        known = by_name().get(name)
        if known is None:
            faults.append(Wrong(where, "there is no such setting.", _near(name)))
            continue
        try:
            values[known.stands_in] = _SAID[known.kind](known, value, path.parent)
        except _Not as wrong:
            faults.append(Wrong(where, wrong.what, wrong.mend))
    if faults:
        raise WrongSettings(str(path), faults)
    return values


def take_in(path: Path | None = None) -> None:
    """Set what the file says and the environment does not; without a path, that of GAMEPLAN_SETTINGS, if any.

    A second time changes nothing. Raises WrongSettings.
    """
    if path is None:
        named = os.environ.get(NAMES_THE_FILE, "").strip()
        if not named:
            return
        path = Path(named)
    path = path.expanduser().absolute()
    values = read(path)
    os.environ[NAMES_THE_FILE] = str(path)
    for variable, value in values.items():
        plain = variable.removesuffix("_FILE")
        if not (os.environ.get(plain) or os.environ.get(f"{plain}_FILE")):
            os.environ[variable] = value


def _flat(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value with its full name; of an unknown or misplaced heading, the heading itself."""
    groups = {group.name for group in GROUPS}
    for name, value in found.items():
        if name in groups and isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _lines(text: str) -> dict[str, int]:
    """The number of the line on which each heading and each name stands."""
    found: dict[str, int] = {}
    heading = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if begun := _HEADING.match(line):
            heading = begun[1]
            found.setdefault(heading, number)
        elif named := _NAME.match(line):
            found.setdefault(f"{heading}.{named[1]}" if heading else named[1], number)
    return found


def _near(name: str) -> str:
    known = by_name()
    secret = f"{name}_file"
    if secret in known:
        return f"A secret stands in a file of its own: write {secret} = the path of that file."
    names = [*known, *(group.name for group in GROUPS)]
    close = difflib.get_close_matches(name, names, n=1) or [
        one for one in known if one.partition(".")[2] == name.rpartition(".")[2]
    ]
    return f"Did you mean {close[0]}?" if close else "`gameplan settings example` shows all there are."


class _Not(Exception):
    """Raised for a value that is not of its kind."""

    def __init__(self, value: object, what: str, mend: str) -> None:
        self.what, self.mend = f"{value!r} is {what}.", mend


def _text(known: Known, value: object, beside: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Not(value, "not a text", f"Write {known.name} = {known.example}.")
    return value.strip()


def _flag(known: Known, value: object, beside: Path) -> str:
    if not isinstance(value, bool):
        raise _Not(value, "neither yes nor no", f"Write {known.name} = true or false, without quotes.")
    return "1" if value else "0"


def _number(known: Known, value: object, beside: Path) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Not(value, "not a whole number from 0 up", f"Write {known.name} = {known.example}, without quotes.")
    return str(value)


def _words(known: Known, value: object, beside: Path) -> str:
    names = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    if not names or names != value or not all(_ONE_NAME.fullmatch(one) for one in names):
        raise _Not(value, "not a list of names", f"Write {known.name} = {known.example}.")
    return ",".join(names)


def _path(known: Known, value: object, beside: Path) -> str:
    """A path; one that is not whole begins at the folder of the settings file."""
    return str((beside / Path(_text(known, value, beside)).expanduser()).absolute())


def _file(known: Known, value: object, beside: Path) -> str:
    path = Path(_path(known, value, beside))
    try:
        with path.open("rb"):
            return str(path)
    except OSError as wrong:
        mend = "Name a file that this user may read."
        raise _Not(str(path), f"no such file ({wrong.strerror})", mend) from wrong


def _day(known: Known, value: object, beside: Path) -> str:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(_text(known, value, beside))
    except ValueError as wrong:
        raise _Not(value, "not a day", f"Write {known.name} = {known.example}.") from wrong
    return f"{day:%Y-%m-%d}"


def _zone(known: Known, value: object, beside: Path) -> str:
    name = _text(known, value, beside)
    if name not in available_timezones():
        raise _Not(value, "not a time zone that is known", f"Write {known.name} = {known.example}.")
    return name


def _address(known: Known, value: object, beside: Path) -> str:
    text = _text(known, value, beside)
    try:
        parts = urlsplit(text)
    except ValueError as wrong:
        raise _Not(value, "no address", f"Write {known.name} = {known.example}.") from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _Not(value, "no address", f"Write {known.name} = {known.example}.")
    return text


def _choice(known: Known, value: object, beside: Path) -> str:
    if value not in known.choices:
        raise _Not(value, "none of the words there are", f"Write one of {', '.join(known.choices)}.")
    return str(value)


_SAID: Mapping[Kind, Callable[[Known, object, Path], str]] = {
    Kind.TEXT: _text, Kind.FLAG: _flag, Kind.NUMBER: _number, Kind.WORDS: _words, Kind.FOLDER: _path,
    Kind.FILE: _file, Kind.SECRET: _file, Kind.DAY: _day, Kind.ZONE: _zone, Kind.ADDRESS: _address,
    Kind.CHOICE: _choice,
}  # fmt: skip
