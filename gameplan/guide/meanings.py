"""Everyday words and the words of the field, brought together: "tested", "checked" and "evaluated" mean one thing.

Each language has its own table, `synonyms.<language>.toml`: one meaning a row, with all the ways of saying it.
A way may be several words; the longest way that fits is taken.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gameplan.guide.pages import ROOM
from gameplan.guide.stems import STOP, split, stem

# A meaning is told apart from a stem by its first letter.
MEANING = "="


@dataclass
class _Tree:
    """The ways of saying, stem by stem."""

    next: dict[str, _Tree] = field(default_factory=dict)
    means: str = ""


@cache
def _tree(lang: str) -> _Tree:
    top = _Tree()
    for row in _rows(lang):
        for way in row["words"]:
            place = top
            for word in split(way):
                place = place.next.setdefault(stem(word, lang), _Tree())
            place.means = MEANING + row["id"]
    return top


@cache
def _rows(lang: str) -> tuple[dict[str, Any], ...]:
    path = ROOM / f"synonyms.{lang}.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["meaning"]) if path.exists() else ()


@cache
def everyday_words(lang: str) -> frozenset[str]:
    """Every single word that stands in the table of a language, folded."""
    return frozenset(word for row in _rows(lang) for way in row["words"] for word in split(way))


def tokens(words: list[str], lang: str) -> list[str]:
    """What folded words mean: the meanings found in them, and the stems of all words that carry one.

    A word that only joins others is left out, but for where it is part of a way of saying ("said no").
    """
    stems = [stem(word, lang) for word in words]
    stop = STOP.get(lang, frozenset())
    found: list[str] = []
    at = 0
    while at < len(stems):
        means, length = _longest(stems, at, lang)
        found += [means] if means else []
        found += [
            s for s, word in zip(stems[at : at + length], words[at : at + length], strict=True) if word not in stop
        ]
        at += length
    return found


def _longest(stems: list[str], at: int, lang: str) -> tuple[str, int]:
    """The meaning that begins at a place, and how many words it takes; ("", 1) if none does."""
    place, found, length = _tree(lang), "", 1
    for step, one in enumerate(stems[at:], 1):
        if one not in place.next:
            break
        place = place.next[one]
        if place.means:
            found, length = place.means, step
    return found, length
