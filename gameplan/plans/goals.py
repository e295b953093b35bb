"""Help for one goal: can it be measured? It points out and gives an example, and never writes for the team.

A goal says: from where, to where, by when, and how we will know. Plans are written in English or in Spanish; the words
of both languages are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.differences import numbers
from gameplan.plans.forms import Field
from gameplan.plans.names import says_something
from gameplan.plans.plan import Row
from gameplan.plans.rich import plain

GOAL, BASELINE, TARGET, BY, MEASURE, WHO = "goal", "baseline", "target", "by", "measure", "who"
FEWEST_WORDS_OF_A_FACT: Final = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that would make a goal clearer: the column, what is the matter, and an example of how to say it."""

    column: str
    kind: str
    says: Say
    example: Say


def _any_of(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


# Words for numbers and for all-or-nothing: whoever checks can say yes or no.
COUNTED: Final = _any_of(
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "once", "twice",
    "every", "each", "all", "always", "never", "no more than", "independently", "on (?:his|her|their) own",
    "without (?:help|prompts?|reminders?|errors?|support)",
    "cero", "una? (?:vez|minutos?)", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "mitad", "cada", "tod[oa]s", "siempre", "nunca", "ning[uú]n", "no más de", "por s[ií] (?:mism[oa]|sol[oa])",
    "sin (?:ayuda|avisos?|recordatorios?|errores|apoyo)",
)  # fmt: skip
# Verbs that two people can read in two ways: they say that something gets better, and not what anyone would see.
VAGUE_VERBS: Final = _any_of(
    "improv(?:e|es|ing)", "understands?", "know", "knows", "learns?", "learn about", "increas(?:e|es)", "develops?",
    "appreciates?", "become(?:s)?", "be aware", "try", "tries", "works? on", "do better", "get better", "enhances?",
    "strengthens?", "grow", "be able to understand", "make progress", "continues? to",
    "mejor(?:ar|ará|e|a)", "entender(?:á)?", "entiend[ae]", "comprender(?:á)?", "comprend[ae]", "conocer(?:á)?",
    "sabrá", "saber", "aprender(?:á)?", "aprend[ae]", "aument(?:ar|ará|e|a)", "desarroll(?:ar|ará|e|a)",
    "apreciar(?:á)?", "tratará", "tratar de", "intentar(?:á)?", "trabajar(?:á)? en", "progresar(?:á)?",
    "fortalecer(?:á)?",
)  # fmt: skip
VAGUE_FACTS: Final = _any_of(
    "poor(?:ly)?", "low", "weak", "below (?:grade|average|level).*", "struggl(?:es|ing)", "has (?:difficulty|trouble)",
    "not good", "bad(?:ly)?", "limited", "delayed", "needs help", "behind",
    "bajo", "baja", "débil", "mal", "por debajo.*", "tiene (?:dificultad(?:es)?|problemas)", "le cuesta", "limitad[oa]",
    "necesita ayuda", "atrasad[oa]",
)  # fmt: skip
GRADE: Final = re.compile(
    r"\b(?:grade|grado)s? *\d+|\b\d+ *(?:st|nd|rd|th|\.? ?[ero]{1,2}|º|°)?[ -]*(?:grade|grado)", re.IGNORECASE
)
OFTEN: Final = _any_of(
    "daily", "weekly", "monthly", "quarterly", "every", "each", "once", "twice", "times", "per", "days?", "weeks?",
    "months?", "quarters?", "trimesters?", "semesters?", "hours?", "lessons?", "sessions?",
    "diari[oa](?:mente)?", "semanal(?:mente)?", "mensual(?:mente)?", "cada", "tod[oa]s l[oa]s", "vez", "veces", "por",
    "días?", "semanas?", "mes(?:es)?", "trimestres?", "clases?", "sesi(?:ón|ones)",
)  # fmt: skip


def advice_on(
    row: Row, form_field: Field, *, start: date | None = None, review_by: date | None = None
) -> tuple[Advice, ...]:
    """What would make this goal clearer, in the order of the columns; empty if nothing is to be said.

    `form_field` is the field of goals; a column that it does not have is not looked at. `start` and `review_by` are
    the days of the plan, between which the goal is to be reached.

    >>> from gameplan.plans.form_files import form
    >>> [one.kind for one in advice_on({"id": "g1", "goal": "Ana will improve."}, form("iep").field("goals"))][:2]
    ['no-baseline', 'vague-verb']
    """
    goal = _Goal(row, start, review_by)
    looks: dict[str, Callable[[], Iterator[Advice]]] = {
        BASELINE: goal.baseline, GOAL: goal.goal, TARGET: goal.target, BY: goal.by, MEASURE: goal.measure,
        WHO: goal.who,
    }  # fmt: skip
    return tuple(one for name, look in looks.items() if form_field.column(name) for one in look())


@dataclass(frozen=True, slots=True)
class _Goal:
    row: Row
    start: date | None
    review_by: date | None

    def text(self, column: str) -> str:
        value = self.row.get(column)
        return plain(str(value)).strip() if says_something(value) else ""

    def baseline(self) -> Iterator[Advice]:
        text = self.text(BASELINE)
        example = Say("Reads 42 words a minute in a third-grade text, with 6 errors.")
        if not text:
            yield Advice(
                BASELINE, "no-baseline", Say("Say where the child is now, or nobody can see the progress."), example
            )
        elif not _is_measured(text) and (VAGUE_FACTS.search(text) or len(text.split()) < FEWEST_WORDS_OF_A_FACT):
            says = Say("This can mean many things. Say what was seen or counted.")
            yield Advice(BASELINE, "vague-baseline", says, example)

    def goal(self) -> Iterator[Advice]:
        text = self.text(GOAL)
        example = Say("Ana will read a third-grade text aloud.")
        if not text:
            yield Advice(GOAL, "no-goal", Say("Say what the child will do, so that everyone can see it."), example)
            return
        verb = VAGUE_VERBS.search(text)
        if verb and not _counted(text) and not _is_measured(self.text(TARGET)):
            says = Say("“{word}” can mean many things. Use a verb for something that can be seen or heard.",
                       {"word": verb.group()})  # fmt: skip
            yield Advice(GOAL, "vague-verb", says, Say("In place of “will improve reading”: “will read aloud”."))

    def target(self) -> Iterator[Advice]:
        text = self.text(TARGET)
        example = Say("80 words a minute in 3 checks in a row.")
        if not text:
            yield Advice(
                TARGET, "no-target", Say("Say how well the child will do it: when is the goal reached?"), example
            )
        elif not _is_measured(text):
            says = Say("There is no number and no clear mark here. Say how much, how often or how well.")
            yield Advice(TARGET, "target-not-measured", says, example)
        elif _says_the_same(self.text(BASELINE), text):
            says = Say("The target is where the child already is. Say how far the child will get.")
            yield Advice(TARGET, "target-is-baseline", says, Say("From 42 words a minute to 80."))

    def by(self) -> Iterator[Advice]:
        value = self.row.get(BY)
        example = Say("The day of the next yearly review, or sooner.")
        if not says_something(value):
            yield Advice(BY, "no-day", Say("Say by when the child will reach it."), example)
            return
        day = date.fromisoformat(str(value))
        if self.start and day < self.start:
            says = Say("This day is before the plan starts, on {day}.", {"day": self.start})
            yield Advice(BY, "day-outside-plan", says, example)
        elif self.review_by and day > self.review_by:
            says = Say("This day is after the plan is reviewed, by {day}.", {"day": self.review_by})
            yield Advice(BY, "day-outside-plan", says, example)

    def measure(self) -> Iterator[Advice]:
        if not self.text(MEASURE):
            says = Say("Say how it is measured: a test, a count, samples of work.")
            yield Advice(MEASURE, "no-measure", says, Say("One-minute reading of a new text."))

    def who(self) -> Iterator[Advice]:
        text = self.text(WHO)
        example = Say("The reading teacher, every second week.")
        if not text:
            yield Advice(WHO, "nobody-measures", Say("Say who measures it, and how often."), example)
        elif not OFTEN.search(f"{text} {self.text(MEASURE)}") and not numbers(text):
            yield Advice(WHO, "not-how-often", Say("Say how often it is measured."), example)


def _is_measured(text: str) -> bool:
    return bool(_counted(text) or COUNTED.search(text))


def _counted(text: str) -> list[Fraction]:
    """The numbers of a text but those of a school grade, which count nothing."""
    return numbers(GRADE.sub(" ", text))


def _says_the_same(baseline: str, target: str) -> bool:
    """True if a target holds the very numbers of the baseline and only its words, or the other way round."""
    old, new = (set(re.findall(r"\w+", text.casefold())) for text in (baseline, target))
    if not old or not new or sorted(numbers(baseline)) != sorted(numbers(target)):
        return False
    return old == new or (bool(numbers(target)) and (old <= new or new <= old))
