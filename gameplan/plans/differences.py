"""Word by word: what was taken out of a text and what was put in; and whether a target's number went up or down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")
MOST_PAIRS: Final = 1_000_000
"""Beyond so many pairs of words, texts are compared line by line: it would take too long, and nobody would read it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that is the same, was added or was removed."""

    kind: str
    text: str


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """Two texts as one row of stretches: same and removed together give `before`, same and added give `after`.

    >>> [(one.kind, one.text) for one in segments("reads well", "reads very well")]
    [('same', 'reads '), ('added', 'very '), ('same', 'well')]
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        old, new = _LINES.findall(before), _LINES.findall(after)
    return tuple(_segments(old, new))


def _segments(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    for what, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Segment(SAME, "".join(old[first:last]))
            continue
        if first < last:
            yield Segment(REMOVED, "".join(old[first:last]))
        if start < end:
            yield Segment(ADDED, "".join(new[start:end]))


def numbers(text: str) -> list[Fraction]:
    """The numbers in a text, thousands with commas, a decimal point or comma."""
    return [_number(one) for one in _NUMBER.findall(text)]


def _number(text: str) -> Fraction:
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text)
    return Fraction(text.replace(",", "") if grouped else text.replace(",", "."))


def rise(before: str, after: str) -> Fraction | None:
    """By how much the one number in which two texts differ went up (down: below 0); None if they differ otherwise.

    >>> rise("60 words a minute", "80 words a minute")
    Fraction(20, 1)
    """
    if _words_but_numbers(before) != _words_but_numbers(after):
        return None
    moved = [new - old for old, new in zip(numbers(before), numbers(after), strict=True) if new != old]
    return moved[0] if len(moved) == 1 else None


def _words_but_numbers(text: str) -> list[str]:
    return _NUMBER.sub(" # ", text.casefold()).split()
