"""The guided check "does my child need one?": a few questions that end in next steps, and never in a verdict.

Nobody can tell from a form whether a child qualifies: that is decided by a group with the parent in it, from an
evaluation (34 CFR 300.306). So no answer here says yes or no to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gameplan.guide.pages import ROOM

ANSWERS = ("yes", "no", "unsure")


class WrongAnswers(ValueError):
    """Raised when an answer is not one of the three, or the question is unknown; the message names all faults."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, with a line of help. It is answered by yes, no or unsure, or left open."""

    id: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next, why, the page about it and the letter for it ("" if there is none)."""

    id: str
    text: str
    why: str
    page: str
    letter: str = ""
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What to do next, the most urgent first, and who decides whether a child qualifies and by what."""

    steps: tuple[NextStep, ...]
    who_decides: str
    cite: tuple[str, ...]
    open: tuple[Question, ...] = ()


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((ROOM / "check.toml").read_text(encoding="utf-8"))


def check_questions(lang: str = "en") -> tuple[Question, ...]:
    """The questions in the order in which to ask them."""
    return tuple(Question(row["id"], row["text"][lang], row["help"][lang]) for row in _table()["question"])


def check_result(answers: Mapping[str, str], lang: str = "en") -> CheckResult:
    """What follows from answers: question id to "yes", "no" or "unsure"; a question that is left out stays open.

    Raises WrongAnswers, with every fault at once.
    """
    questions = check_questions(lang)
    known = {one.id for one in questions}
    faults = [
        f'"{name}" is no question of this check.' if name not in known
        else f'The answer to "{name}" is {said!r}. Say one of: {", ".join(ANSWERS)}.'
        for name, said in answers.items()
        if name not in known or said not in ANSWERS
    ]  # fmt: skip
    if faults:
        raise WrongAnswers(" ".join(faults))
    rows = [row for row in _table()["step"] if _holds(row.get("when", {}), answers)]
    ended = next((number for number, row in enumerate(rows, 1) if row.get("ends")), len(rows))
    steps = [_step(row, lang) for row in rows[:ended]] or [_step(_table()["otherwise"], lang)]
    about = _table()["who_decides"]
    return CheckResult(
        tuple(steps),
        about["text"][lang],
        tuple(about["cite"]),
        tuple(one for one in questions if one.id not in answers),
    )


def _holds(when: Mapping[str, list[str]], answers: Mapping[str, str]) -> bool:
    return all(answers.get(question, "") in allowed for question, allowed in when.items())


def _step(row: Mapping[str, Any], lang: str) -> NextStep:
    return NextStep(
        row["id"], row["text"][lang], row["why"][lang], row["page"], row.get("letter", ""), tuple(row.get("cite", ()))
    )
