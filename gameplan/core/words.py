"""Sentences as data: English with named values, so that one catalogue can translate them.

The engine never builds prose by joining strings. It says `Say("Due on {due}.", {"due": day})`, and whoever
shows it (page, letter, command line) lets a `Tongue` say it in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


NO_VALUES: Mapping[str, object] = MappingProxyType({})


class Say(NamedTuple):
    """One sentence: `text` is the English message with `{name}` places, `values` fills them.

    A value may be a date, a number, a string, another `Say`, or a tuple of these (said as a list).
    A string value is shown as it is; a `Say` value is translated.
    """

    text: str
    values: Mapping[str, object] = NO_VALUES


@lru_cache(maxsize=8192)
def plainly(text: str) -> Say:
    """A sentence without values. The same for the same text: names and rules are said again and again."""
    return Say(text)


class Tongue:
    """A language: how to translate a message and how to write a date.

    `translate` maps an English message to this language; `write_date` writes a day in words.
    """

    def __init__(
        self,
        lang: str,
        translate: Callable[[str], str] = str,
        write_date: Callable[[date], str] | None = None,
    ) -> None:
        self.lang = lang
        self._translate = translate
        self._write_date = write_date or english_date

    def text(self, message: str) -> str:
        """The message in this language."""
        return self._translate(message) if message else ""

    def date(self, day: date) -> str:
        """The day in words, for example "September 3, 2025"."""
        return self._write_date(day)

    def say(self, sentence: Say | str) -> str:
        """The sentence in this language, its values filled in."""
        if isinstance(sentence, str):
            return self.text(sentence)
        text = self.text(sentence.text)
        if not sentence.values:
            return text
        return text.format(**{name: self._value(value) for name, value in sentence.values.items()})

    def _value(self, value: object) -> str:
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, Say):
            return self.say(value)
        if isinstance(value, tuple | list):
            return ", ".join(self._value(part) for part in value)
        return str(value)


def english_date(day: date) -> str:
    """The day in American English, for example "September 3, 2025"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


ENGLISH = Tongue("en")
