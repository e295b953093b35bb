"""Ways to measure: what is written down at one check, what is wrong with it, and the one number it comes to.

A tally of tries counts an answer only if it needed no more help than the measure allows. Else more help would look
like progress, and taking help away, which is the very aim, would look like a step back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.numbers import number, number_said

Data = Mapping[str, object]
"""What was written down at one check: the names of `fields_of(way)`; numbers as whole numbers or decimal text."""


class Way(StrEnum):
    """How a goal is measured."""

    COUNT = "count"
    TRIALS = "trials"
    DURATION = "duration"
    PERCENT = "percent"
    RUBRIC = "rubric"
    RATE = "rate"


PROMPTS: Final = ("independent", "gestural", "verbal", "model", "physical")
"""Kinds of help, from none to most. A measure allows one of them and all before it."""
PROMPT_NAMES: Final[Mapping[str, Say]] = {
    "independent": Say("without help"),
    "gestural": Say("with a gesture"),
    "verbal": Say("with a spoken prompt"),
    "model": Say("after being shown"),
    "physical": Say("with a helping hand"),
}
WAY_NAMES: Final[Mapping[Way, Say]] = {
    Way.COUNT: Say("How many times"),
    Way.TRIALS: Say("Tries, and how many were right"),
    Way.DURATION: Say("How long"),
    Way.PERCENT: Say("Percent"),
    Way.RUBRIC: Say("Level of a rubric"),
    Way.RATE: Say("Right in a minute"),
}
MOST_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in at a check. `kind` is "whole", "number" or "prompts"; `most` is the largest number."""

    name: str
    label: Say
    kind: str = "whole"
    required: bool = True
    least: int = 0
    most: int = 1_000_000


_SECONDS = Field("seconds", Say("Seconds"), "number", most=MOST_SECONDS)
_CORRECT = Field("correct", Say("How many were right"))
FIELDS: Final[Mapping[Way, tuple[Field, ...]]] = {
    Way.COUNT: (
        Field("count", Say("How many times it happened")),
        Field("minutes", Say("Minutes watched"), "number", required=False, most=24 * 60),
    ),
    Way.TRIALS: (
        _CORRECT,
        Field("total", Say("How many tries"), least=1),
        Field("prompts", Say("Help given"), "prompts", required=False),
    ),
    Way.DURATION: (_SECONDS,),
    Way.PERCENT: (Field("percent", Say("Percent"), "number", most=100),),
    Way.RUBRIC: (Field("level", Say("Level reached")),),
    Way.RATE: (
        _CORRECT,
        Field("errors", Say("Errors"), required=False),
        Field("seconds", Say("Seconds"), "number", least=1, most=MOST_SECONDS),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was written down: the name of the field, and the sentence that says how to mend it."""

    field: str
    says: Say


class WrongData(ValueError):
    """Raised when a number is asked of what cannot be read; `faults` has a sentence for all that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.says.text}" for fault in faults))
        self.faults = faults


def fields_of(way: Way, top: int | None = None) -> tuple[Field, ...]:
    """What is filled in at a check, in the order of the form. `top` is the highest level of a rubric."""
    if way is Way.RUBRIC and top is not None:
        return (Field("level", Say("Level reached"), most=top),)
    return FIELDS[way]


def value_of(way: Way, data: Data, top: int | None = None) -> Fraction:
    """The one number that a check comes to, exactly.

    count: how often; trials: percent right with no more help than allowed; duration: minutes; percent: 0 to 100;
    rubric: the level; rate: right answers a minute. `top` is the highest level of a rubric, and for trials the most
    help that still counts, as a place in `PROMPTS` (nothing told: only answers without help count).
    Raises WrongData if `data` has a fault.

    >>> value_of(Way.RATE, {"correct": 36, "seconds": 30})
    Fraction(72, 1)
    >>> value_of(Way.TRIALS, {"correct": 4, "total": 5, "prompts": "verbal"}, top=PROMPTS.index("verbal"))
    Fraction(80, 1)
    """
    if faults := faulty(way, data, top):
        raise WrongData(faults)
    match way:
        case Way.TRIALS:
            return Fraction(100 * _counting(data, top or 0)) / _told(data, "total")
        case Way.DURATION:
            return _told(data, "seconds") / 60
        case Way.RATE:
            return _told(data, "correct") * 60 / _told(data, "seconds")
        case _:
            return _told(data, FIELDS[way][0].name)


def faults_in(way: Way, data: Data, top: int | None = None) -> list[Say]:
    """Everything that is wrong with what was written down, each with its field and how to mend it; empty if nothing."""
    return [fault.says for fault in faulty(way, data, top)]


def faulty(way: Way, data: Data, top: int | None = None) -> tuple[Fault, ...]:
    """The same as `faults_in`, each with the name of its field, for a form that shows it there."""
    fields = fields_of(way, top)
    found = [fault for field in fields for fault in _faults_of(field, data.get(field.name))]
    if unknown := sorted(set(map(str, data)) - {field.name for field in fields}):
        names = Say("“{names}” is not part of this measure. Leave it out.", {"names": ", ".join(unknown)})
        found.append(Fault(unknown[0], names))
    if not found and way is Way.TRIALS:
        found.extend(_faults_together(data))
    return tuple(found)


def unit(way: Way) -> Say:
    """What the numbers of a measure count, for the axis of a picture."""
    return _UNITS[way]


def said(way: Way, value: Fraction, tongue: Tongue, data: Data | None = None) -> str:
    """A value in words, for example "72 right a minute"; with `data` as it was written down: "4 of 5, without help"."""
    if data is not None and not faulty(way, data):
        if way is Way.TRIALS:
            return tongue.say(_trials_said(data))
        if way is Way.RATE and data.get("errors") not in (None, ""):
            return tongue.say(_rate_said(value, data, tongue))
        if way is Way.COUNT and data.get("minutes") not in (None, ""):
            minutes = number_said(_told(data, "minutes"))
            return tongue.say(Say("{count} in {minutes} minutes", {"count": number_said(value), "minutes": minutes}))
    one, many = _SAID[way]
    return tongue.say(Say(one if value == 1 else many, {"number": number_said(value)}))


def is_prompted(data: Data) -> bool:
    """True if any of the right answers of a tally needed help."""
    return any(count and level != PROMPTS[0] for level, count in _by_prompt(data).items())


_UNITS: Final[Mapping[Way, Say]] = {
    Way.COUNT: Say("times"),
    Way.TRIALS: Say("percent right"),
    Way.DURATION: Say("minutes"),
    Way.PERCENT: Say("percent"),
    Way.RUBRIC: Say("level"),
    Way.RATE: Say("right a minute"),
}
_SAID: Final[Mapping[Way, tuple[str, str]]] = {
    Way.COUNT: (Say("{number} time").text, Say("{number} times").text),
    Way.TRIALS: (Say("{number}% right").text, Say("{number}% right").text),
    Way.DURATION: (Say("{number} minute").text, Say("{number} minutes").text),
    Way.PERCENT: (Say("{number}%").text, Say("{number}%").text),
    Way.RUBRIC: (Say("level {number}").text, Say("level {number}").text),
    Way.RATE: (Say("{number} right a minute").text, Say("{number} right a minute").text),
}


def _told(data: Data, name: str) -> Fraction:
    return number(data.get(name)) or Fraction(0)


def _faults_of(field: Field, raw: object) -> Iterator[Fault]:
    if raw is None or raw == "":
        if field.required:
            yield Fault(field.name, Say("“{field}” is empty. Fill it in.", {"field": field.label}))
    elif field.kind == "prompts":
        yield from _faults_of_prompts(field, raw)
    else:
        yield from _faults_of_number(field, raw)


def _faults_of_number(field: Field, raw: object) -> Iterator[Fault]:
    value = number(raw)
    values: dict[str, object] = {"field": field.label, "least": field.least, "most": field.most}
    if value is None:
        says = Say("“{field}” is not a number. Write it with digits, for example 12.", values)
    elif field.kind == "whole" and value.denominator != 1:
        says = Say("“{field}” must be a whole number. Leave out what comes after the point.", values)
    elif not field.least <= value <= field.most:
        says = Say("“{field}” must lie between {least} and {most}. Check the number.", values)
    else:
        return
    yield Fault(field.name, says)


def _faults_of_prompts(field: Field, raw: object) -> Iterator[Fault]:
    levels: Mapping[object, object] = raw if isinstance(raw, Mapping) else {str(raw): 0}
    known: dict[str, object] = {"field": field.label, "levels": tuple(PROMPT_NAMES.values())}
    if any(level not in PROMPTS for level in levels):
        yield Fault(field.name, Say("“{field}” has a kind of help that is not known. Choose from: {levels}.", known))
    counts = [number(count) for count in levels.values()]
    if any(count is None or count < 0 or count.denominator != 1 for count in counts):
        yield Fault(field.name, Say("“{field}” needs a whole number for each kind of help.", known))


def _faults_together(data: Data) -> Iterator[Fault]:
    correct, total = _told(data, "correct"), _told(data, "total")
    if correct > total:
        says = Say("{correct} right out of {total} tries cannot be. Check both numbers.",
                   {"correct": number_said(correct), "total": number_said(total)})  # fmt: skip
        yield Fault("correct", says)
    helped = sum(_by_prompt(data).values())
    if helped != correct:
        says = Say("The kinds of help add up to {sum}, but {correct} were right. Make the two the same.",
                   {"sum": helped, "correct": number_said(correct)})  # fmt: skip
        yield Fault("prompts", says)


def _by_prompt(data: Data) -> dict[str, int]:
    """How many right answers came with each kind of help. One kind alone holds for all of them."""
    raw = data.get("prompts") or PROMPTS[0]
    if isinstance(raw, Mapping):
        return {str(level): int(number(count) or 0) for level, count in raw.items()}
    return {str(raw): int(_told(data, "correct"))}


def _counting(data: Data, allowed: int) -> int:
    return sum(count for level, count in _by_prompt(data).items() if PROMPTS.index(level) <= allowed)


def _trials_said(data: Data) -> Say:
    counts = {level: count for level in PROMPTS if (count := _by_prompt(data).get(level, 0))}
    told: dict[str, object] = {name: number_said(_told(data, name)) for name in ("correct", "total")}
    if len(counts) == 1:
        return Say("{correct} of {total}, {help}", {**told, "help": PROMPT_NAMES[next(iter(counts))]})
    if not counts:
        return Say("{correct} of {total}", told)
    parts = tuple(
        Say("{count} {help}", {"count": count, "help": PROMPT_NAMES[level]}) for level, count in counts.items()
    )
    return Say("{correct} of {total}: {parts}", {**told, "parts": parts})


def _rate_said(value: Fraction, data: Data, tongue: Tongue) -> Say:
    errors = _told(data, "errors")
    values: dict[str, object] = {"rate": said(Way.RATE, value, tongue), "number": number_said(errors)}
    return Say("{rate}, {number} error", values) if errors == 1 else Say("{rate}, {number} errors", values)
