"""The one catalogue: nothing lacking, nothing guessed, the same places on both sides."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts.catalogue import TRANSLATED, as_text, catalogue_file, kept, messages, missing, updated

SAME_WORDS = Path(__file__).parent / "same_in_spanish.txt"
PLACE = re.compile(r"\{\w*\}|%\(\w+\)[a-z]")


@cache
def translations(lang: str) -> tuple[Message, ...]:
    return tuple(message for message in kept(lang) if message.id)


def sides(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English forms of a message, and its translations."""
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    translated = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return english, translated


def places(text: str) -> frozenset[str]:
    return frozenset(PLACE.findall(text))


def same_words() -> set[str]:
    lines = SAME_WORDS.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_the_catalogue_is_what_make_catalogue_makes(lang: str) -> None:
    is_current = catalogue_file(lang).read_bytes() == as_text(updated(lang))
    assert is_current, "Run: make catalogue"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated(lang: str) -> None:
    assert missing(lang) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_translation_is_a_guess(lang: str) -> None:
    assert [message.id for message in kept(lang) if message.fuzzy and message.id] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_both_sides_have_the_same_places(lang: str) -> None:
    wrong = []
    for message in translations(lang):
        english, translated = sides(message)
        allowed = {places(form) for form in english}
        wrong += [(english, form) for form in translated if form and places(form) not in allowed]
    assert wrong == []


def test_what_stays_the_same_in_spanish_is_named() -> None:
    same = {
        form
        for message in translations("es")
        for form in sides(message)[0]
        if form in sides(message)[1] and re.search("[A-Za-z]{2}", PLACE.sub("", form))
    }
    assert same <= same_words(), sorted(same - same_words())


def test_the_list_of_same_words_is_not_longer_than_needed() -> None:
    known = {form for text, _context in messages() for form in ((text,) if isinstance(text, str) else text)}
    assert same_words() <= known
