"""Reading law files quickly: what a case needs at once; worked examples and other States' holidays later."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

from gameplan.core.faults import Fault

EXAMPLE = "[[clock.example]]"
CLOCK = "[[clock]]"
Row = Mapping[str, object]


class LawFileError(Exception):
    """Raised when a law file is wrong; `faults` lists every fault with file, entry, field and mend."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Examples(Sequence[Row]):
    """The worked examples of one clock: how many there are is known at once, what they say when somebody looks."""

    def __init__(self, path: Path, place: int, number: int) -> None:
        self._path, self._place, self._number = path, place, number

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return self._rows()[index]

    def _rows(self) -> Sequence[Row]:
        clocks = read_whole(self._path).get("clock", [])
        rows = clocks[self._place].get("example", []) if isinstance(clocks, list) else []
        return tuple(rows)


def read_toml(path: Path) -> dict[str, object]:
    """The tables of one law file. Raises LawFileError if it is not TOML."""
    return _parsed(path, _text(path))


@lru_cache(maxsize=128)
def read_whole(path: Path) -> dict[str, object]:
    """The tables of one law file, kept for whoever asks again."""
    return read_toml(path)


def read_entries(path: Path) -> dict[str, object]:
    """The tables of one law file without its worked examples; each clock has `Examples` in their place.

    More than half of a law file is examples, and a case needs none of them. Raises LawFileError.
    """
    text = _text(path)
    tables = _parsed(path, "".join(_without_examples(text)))
    clocks = tables.get("clock", [])
    for place, number in enumerate(_numbers(text)):
        if number and isinstance(clocks, list):
            clocks[place]["example"] = Examples(path, place, number)
    return tables


def read_sections(path: Path, names: Sequence[str]) -> dict[str, object]:
    """Some tables of a file that is a list of plain [tables], by the names in their brackets. Raises LawFileError."""
    kept, lines = False, []
    for line in _text(path).splitlines(keepends=True):
        if line.startswith("["):
            kept = line.strip().strip("[]") in names
        if kept:
            lines.append(line)
    return _parsed(path, "".join(lines))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise LawFileError([Fault(path.name, f"this is not text in UTF-8: {error}.", "Save it as UTF-8.")]) from error


def _parsed(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawFileError([Fault(path.name, f"this is not TOML: {error}.", "Mend the line it names.")]) from error


def _without_examples(text: str) -> Iterator[str]:
    """The lines that are no worked example; an example's line is kept empty, so that a fault names the right line."""
    inside = False
    for line in text.splitlines(keepends=True):
        if line.startswith("[["):
            inside = line.startswith(EXAMPLE)
        yield "\n" if inside else line


def _numbers(text: str) -> list[int]:
    """How many examples each clock of the file has, in order."""
    numbers: list[int] = []
    for line in text.splitlines():
        if line.startswith(CLOCK):
            numbers.append(0)
        elif line.startswith(EXAMPLE) and numbers:
            numbers[-1] += 1
    return numbers
