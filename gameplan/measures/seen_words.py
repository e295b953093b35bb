"""Words that are often needed when a behavior is noted: what came before, what came after, and where it was.

They are offered to be tapped; whoever notes may always use words of their own. Kept is the sentence that was tapped, in
the language of the page; `in_tongue` finds it again in another language, so that the same words count together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from gameplan.core.words import Say, Tongue

BEFORE: Final = (
    Say("Was asked to do something"), Say("Had to stop something liked"), Say("Had to wait"), Say("Was told no"),
    Say("Change from one thing to another"), Say("Work was hard"), Say("Nobody paid attention"),
    Say("It was loud or crowded"), Say("Others teased or bumped"), Say("Plan or person changed"),
)  # fmt: skip
AFTER: Final = (
    Say("An adult talked with the child"), Say("The task was put off or made shorter"), Say("Was told to stop"),
    Say("Got a break or a quiet place"), Say("Other children looked or laughed"), Say("Got what they wanted"),
    Say("Was helped with the task"), Say("Was sent out of the room"), Say("Nobody did anything"),
)  # fmt: skip
PLACES: Final = (
    Say("Classroom"), Say("Hallway"), Say("Lunch room"), Say("Playground"), Say("Bus"), Say("Gym"), Say("At home"),
)  # fmt: skip
ALL: Final = (*BEFORE, *AFTER, *PLACES)


def in_tongue(text: str, tongue: Tongue, known: Iterable[Tongue]) -> str:
    """The text in a language, if it is one of the words offered here in any of the languages known; else as it is."""
    sentence = _found(text, tuple(known))
    return tongue.say(sentence) if sentence else text


def _found(text: str, known: tuple[Tongue, ...]) -> Say | None:
    key = _key(text)
    return next((found for one in known if (found := _by_words(one).get(key))), None)


@lru_cache(maxsize=8)
def _by_words(tongue: Tongue) -> dict[str, Say]:
    return {_key(tongue.say(one)): one for one in ALL}


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
