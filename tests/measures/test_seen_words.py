"""Words that are offered to be tapped are found again in another language; all others stay as they were written."""

from __future__ import annotations

from gameplan.core.words import ENGLISH, Tongue
from gameplan.measures.seen_words import ALL, in_tongue

UPPER = Tongue("xx", lambda message: message[::-1])
"""A made-up language: English from back to front."""


def test_a_word_that_was_tapped_is_said_in_the_language_of_the_page() -> None:
    both = (ENGLISH, UPPER)
    assert in_tongue(" had to  WAIT ", UPPER, both) == "tiaw ot daH"
    assert in_tongue("tiaw ot daH", ENGLISH, both) == "Had to wait"
    assert in_tongue("Math drill", UPPER, both) == "Math drill"
    assert in_tongue("", ENGLISH, both) == ""


def test_no_two_words_are_the_same() -> None:
    words = [one.text.casefold() for one in ALL]
    assert len(set(words)) == len(words)
    assert all(not one.values for one in ALL)
