"""How easy a text reads: Flesch-Kincaid for English, Fernández-Huerta for Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyphen

ENGLISH, SPANISH = pyphen.Pyphen(lang="en_US"), pyphen.Pyphen(lang="es")
MOST_GRADE, LEAST_EASE = 8.0, 60.0


def words_of(text: str) -> list[str]:
    plain = re.sub(r"%\(\w+\)s|%\(\w+\)d|\{\w*\}|\([^)]*\)|<[^>]+>|[0-9]+(\.[0-9]+)*", " it ", text)
    return re.findall(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ’']+", plain)


def measure(texts: Iterable[str], syllables: pyphen.Pyphen) -> tuple[float, float]:
    """Words for each sentence, and syllables for each word."""
    sentences = words = parts = 0
    for text in texts:
        found = words_of(text)
        if len(found) < 3:
            continue
        sentences += max(1, len(re.findall(r"[.!?:;](?:\s|$)", text)))
        words += len(found)
        parts += sum(len(syllables.positions(word)) + 1 for word in found)
    return words / sentences, parts / words


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of English texts."""
    length, density = measure(texts, ENGLISH)
    return 0.39 * length + 11.8 * density - 15.59


def ease(texts: Iterable[str]) -> float:
    """The Fernández-Huerta ease of Spanish texts: 100 is very easy, 60 is ordinary."""
    length, density = measure(texts, SPANISH)
    return 206.84 - 60 * density - 1.02 * length
