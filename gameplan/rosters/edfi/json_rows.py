"""Objects out of a large JSON file one by one, so that it never lies whole in memory.

A file is one array of objects, or an object of named arrays of objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import TextIOWrapper
from typing import IO, Any

CHUNK = 64 * 1024
LONGEST_ITEM = 512 * 1024
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n\ufeff"


class BrokenJson(ValueError):
    """Raised where a file is not JSON, or no JSON of this shape; `number` counts the objects before it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"after object {number}")


def objects_of(file: IO[bytes], name: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Each object: the name of its array (`name` where the file is one array), its number there, and itself.

    Raises BrokenJson.
    """
    text = _Text(file)
    try:
        if text.next() == "[":
            yield from text.array(name)
        else:
            yield from text.named_arrays()
        text.end()
    except (ValueError, RecursionError) as error:
        raise BrokenJson(text.number) from error


class _Text:
    """The text of a file from where it has been read to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = TextIOWrapper(file, encoding="utf-8")
        self._read, self._at = "", 0
        self.number = 0

    def next(self) -> str:
        """The next letter that is no space, without taking it; empty at the end."""
        while True:
            while self._at < len(self._read) and self._read[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._read) or not self._more():
                return self._read[self._at : self._at + 1]

    def take(self, letters: str) -> str:
        """The next letter, which must be one of these."""
        found = self.next()
        if not found or found not in letters:
            raise ValueError(found)
        self._at += 1
        return found

    def value(self) -> Any:
        """The next value."""
        self.next()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._read, self._at)
            except ValueError:
                if len(self._read) - self._at > LONGEST_ITEM or not self._more():
                    raise
            else:
                self._at = end
                return found

    def array(self, name: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """The objects of the array that comes next."""
        self.take("[")
        self.number = 0
        if self.next() == "]":
            self.take("]")
            return
        while True:
            if self.next() != "{":
                raise ValueError(self.next())
            self.number += 1
            yield name, self.number, self.value()
            if self.take(",]") == "]":
                return

    def named_arrays(self) -> Iterator[tuple[str, int, dict[str, Any]]]:
        """The objects of all arrays of the object that comes next."""
        self.take("{")
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise ValueError(name)
            self.take(":")
            yield from self.array(name)
            if self.take(",}") == "}":
                return

    def end(self) -> None:
        """Nothing comes any more."""
        if self.next():
            raise ValueError(self.next())

    def _more(self) -> bool:
        read = self._file.read(CHUNK)
        self._read, self._at = self._read[self._at :] + read, 0
        return bool(read)
