"""What the sources of a letter's values may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gameplan.core.entries import Law
from gameplan.core.facts import Case
from gameplan.core.words import ENGLISH, Tongue
from gameplan.letters.folders import Answer
from gameplan.letters.matters import Matter


@dataclass(frozen=True, slots=True)
class Known:
    """What a suggestion may look at: the case, the law, the language of the letter and the day.

    `tongue` says sentences of the engine in that language.
    """

    case: Case
    law: Law
    lang: str
    on: date
    matter: Matter | None = None
    answer: Answer | None = None
    tongue: Tongue = ENGLISH
