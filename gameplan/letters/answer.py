"""Which rule says how soon the school must answer a request, as a letter may say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gameplan.core.duties import HORIZON
from gameplan.core.entries import Clock, Law
from gameplan.letters.folders import Answer
from gameplan.letters.phrases import STEPS, joined, length_in_words

FEDERAL = "us"
USUAL_ID = "request-response"
WRITTEN_ANSWERS = frozenset({"consent-requested", "pwn-sent"})
REMARK = re.compile(r"\s*\((?=[^()]*[a-z]{3})[^()]*(?:\([^()]*\)[^()]*)*\)")


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """The rule on answering a written request: the State's, or where it has none the federal one.

    `sure` is False when the rule was read only in a summary, or sources disagree; a letter then says
    "as I understand".
    `step` is "answer" where only a written answer meets it, "evaluate" after a permission to evaluate, else "act".
    """

    rule: str
    length: int
    unit: str
    cite: tuple[str, ...]
    sure: bool
    step: str

    def length_words(self, lang: str) -> str:
        """For example "15 school days"."""
        return length_in_words(self.length, self.unit, lang) or ""

    def cite_words(self, lang: str) -> str:
        """For example "TEC 29.004(c) and 19 TAC 89.1011(b)"."""
        return joined(self.cite, lang)

    def step_words(self, lang: str) -> str:
        """What the school must do within that time."""
        return STEPS[self.step][lang]


def answer_rule(law: Law, answer: Answer | None, *, on: date) -> AnswerRule | None:
    """The rule in force that day on how soon a parent's written request must be answered, or None.

    A rule of low confidence is no ground for a letter, nor is one that only binds after a spoken request or only some
    children. Where the federal rule has a number of its own, a State's may take its place (then the federal one is no
    ground any more), or be a further limit: both bind, and the earlier decides.
    """
    if answer is None:
        return None
    known = [one for one in law.clocks if answer.rule in (one.id, one.base) and one.in_force.covers(on)]
    numbered = any(not one.base and one.length for one in known)
    relations = ("sets", "adds", "replaces") if numbered else ("sets",)
    replaced = any(one.base and one.relation == "replaces" for one in known)
    fitting = (one for one in known if _fits(one, answer, relations) and (one.base or not replaced))
    clocks = sorted(fitting, key=lambda one: (one.pack == FEDERAL, one.id != USUAL_ID))
    if not clocks:
        return None
    clock = clocks[0]
    return AnswerRule(
        rule=rule_name(clock),
        length=clock.length or 0,
        unit=clock.unit,
        cite=tuple(letter_cite(one) for one in clock.cite),
        sure=clock.confidence == "high" and not clock.readings and not clock.unless,
        step=_step(clock, answer),
    )


def rule_name(clock: Clock) -> str:
    """The entry of the law as a letter records it: "TX:request-response@2013-09-01".

    The day it came into force is left out where the law files only say how far back they were checked.
    """
    first = clock.in_force.first
    version = f"@{first.isoformat()}" if first and first != HORIZON else ""
    return f"{clock.pack}:{clock.id}{version}"


def letter_cite(cite: str) -> str:
    """The citation without remarks in words, such as "(amended 27 June 2024)" or "(text not read)"."""
    return REMARK.sub("", cite).strip(" ;,")


def _step(clock: Clock, answer: Answer) -> str:
    if answer.event == "consent-given":
        return "evaluate"
    return "answer" if {match.event for match in clock.done_when} <= WRITTEN_ANSWERS else "act"


def _fits(clock: Clock, answer: Answer, relations: tuple[str, ...]) -> bool:
    binds_all = all(one.fact and one.fact.event == answer.event for one in clock.applies_if)
    return bool(
        (not clock.base or (clock.base == answer.rule and clock.relation in relations))
        and binds_all
        and clock.length
        and clock.direction == "after"
        and clock.confidence in ("high", "medium")
        and length_in_words(clock.length, clock.unit, "en") is not None
        and any(match.event == answer.event and match.where.get("written") is not False for match in clock.trigger)
    )
