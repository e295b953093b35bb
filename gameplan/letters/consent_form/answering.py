"""The answer in words: what a parent signs, under the form that they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gameplan.letters.consent_form.asked import Item
from gameplan.letters.consent_form.wording import says
from gameplan.letters.phrases import day_in_words

YES: Final = "yes"
NO: Final = "no"
OPEN: Final = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: yes or no for each thing by its id; one that is left out is not answered. `words`: one's own."""

    items: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


def answer_text(form: str, items: Iterable[Item], said: Said, lang: str) -> str:
    """What is signed: the whole text of the form, and the answer to each thing."""
    lines = [says("answer-heading", lang).upper(), says("answer-lead", lang)]
    lines.append("\n".join(f"- {line}" for line in answer_lines(items, said, lang)))
    return "\n\n".join([form.rstrip("\n"), *lines]) + "\n"


def answer_lines(items: Iterable[Item], said: Said, lang: str) -> list[str]:
    """The answer to each thing, and the parent's own words, each as one line."""
    names = {YES: "answer-yes", NO: "answer-no"}
    found = [says(names.get(said.items.get(one.id, ""), "answer-open"), lang, what=one.text) for one in items]
    return [*found, says("answer-words", lang, words=" ".join(said.words.split()))] if said.words.strip() else found


def revocation_text(form: str, items: Iterable[Item], given: date, words: str, lang: str) -> str:
    """What is signed to take permission back: the text of the form, and what does not count any more.

    `given`: the day from which the school had the permission.
    """
    lines = [says("revoke-item", lang, what=one.text) for one in items]
    if words.strip():
        lines.append(says("answer-words", lang, words=" ".join(words.split())))
    heading = says("revoke-heading", lang).upper()
    lead = says("revoke-lead", lang, day=day_in_words(given, lang))
    listed = "\n".join(f"- {line}" for line in lines)
    return "\n\n".join([form.rstrip("\n"), heading, lead, listed]) + "\n"
