"""Filling a letter from what the case and the law already say.

A family may change what is suggested, not what is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.letters.answer import answer_rule
from gameplan.letters.folders import fields_of
from gameplan.letters.phrases import day_in_words, state_in_words

SPOKEN_OF: Mapping[str, Mapping[str, str]] = {
    "teacher": {"en": "On {day} a teacher said", "es": "El {day} una maestra o un maestro dijo"},
    "other-staff": {"en": "On {day} school staff said", "es": "El {day} personal de la escuela dijo"},
    "other": {"en": "On {day} we were told", "es": "El {day} nos dijeron"},
}

SUPPORTS: Mapping[str, str] = {"supports-started": "about", "intervention-reviewed": "area"}
# The fields of facts that letters are filled from, by kind of fact.
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "concern-raised": frozenset({"about", "by"}),
    "supports-started": frozenset({"about", "tier"}),
    "intervention-reviewed": frozenset({"area", "tier"}),
}
TIER: Mapping[str, str] = {"en": "tier", "es": "nivel"}
EXTRA_HELP: Mapping[str, str] = {"en": "extra help in class", "es": "ayuda adicional en clase"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a suggestion may look at: the case, the law, the language of the letter and the day."""

    case: Case
    law: Law
    lang: str
    on: date


def suggest(kind: str, case: Case, law: Law, *, lang: str, on: date) -> dict[str, str]:
    """The values that the case and the law already hold for this letter; what is not known is left out.

    What the fields say to remember, such as the family's address, comes from the last letter of the case.
    Raises UnknownLetter.
    """
    known = Known(case, law, lang, on)
    fields = fields_of(kind, lang)
    last = case.letters[-1].fields if case.letters else {}
    remembered = {one.id: last.get(one.id, "") for one in fields if one.remember}
    found = {one.id: SOURCES[one.source](known) for one in fields if one.source}
    return {name: value for name, value in (remembered | found).items() if value}


def given(kind: str, law: Law, *, lang: str, on: date) -> dict[str, str]:
    """The values that the law gives and nobody may change, such as the State's rule with its citation."""
    nothing = Known(Case(), law, lang, on)
    found = {
        one.id: SOURCES[one.source](nothing)
        for one in fields_of(kind, lang)
        if one.given and one.source.startswith("law.")
    }
    return {name: value for name, value in found.items() if value}


def _born(known: Known) -> str:
    return known.case.child.born.isoformat() if known.case.child.born else ""


def _state(known: Known) -> str:
    return state_in_words(known.law.state, known.law.state_name, known.lang) if known.law.state else ""


def _concerns(known: Known) -> str:
    """Each concern on its own line; what others said stands with the day and who said it."""
    facts = [fact for fact in _facts(known) if fact.kind == "concern-raised" and fact.data.get("about")]
    return "\n".join(_concern(fact, known.lang) for fact in facts)


def _concern(fact: Fact, lang: str) -> str:
    about = str(fact.data["about"])
    opening = SPOKEN_OF.get(str(fact.data.get("by", "parent")))
    if opening is None:
        return about
    return f"{opening[lang].format(day=day_in_words(fact.on, lang))}: {about}"


def _supports(known: Known) -> str:
    """The extra help in class that the case tells of, for example "small reading group (tier 2)"."""
    found: dict[str, str] = {}
    for fact in _facts(known):
        what = str(fact.data.get(SUPPORTS.get(fact.kind, ""), ""))
        if fact.kind in SUPPORTS:
            tier = str(fact.data.get("tier", "")).lower().removeprefix("tier").strip()
            found[what.lower()] = _support(what, tier, known.lang)
    return ", ".join(found.values())


def _support(what: str, tier: str, lang: str) -> str:
    level = f"{TIER[lang]} {tier}" if tier else ""
    if what and level:
        return f"{what} ({level})"
    return what or level or EXTRA_HELP[lang]


def _facts(known: Known) -> list[Fact]:
    """The facts that happened and stand, oldest first."""
    happened = [f for f in standing_facts(known.case.facts) if not f.planned and f.on <= known.on]
    return sorted(happened, key=lambda fact: fact.on)


def _answer(part: str) -> Callable[[Known], str]:
    def say(known: Known) -> str:
        rule = answer_rule(known.law, on=known.on)
        if rule is None:
            return ""
        return {
            "cite": rule.cite_words(known.lang),
            "length": rule.length_words(known.lang),
            "step": rule.step_words(known.lang),
            "sure": "yes" if rule.sure else "",
            "rule": rule.rule,
        }[part]

    return say


SOURCES: Mapping[str, Callable[[Known], str]] = {
    "child.name": lambda known: known.case.child.name,
    "child.born": _born,
    "child.grade": lambda known: known.case.child.grade,
    "child.school": lambda known: known.case.child.school,
    "child.district": lambda known: known.case.child.district,
    "facts.concerns": _concerns,
    "facts.supports": _supports,
    "on": lambda known: known.on.isoformat(),
    "law.state": _state,
    "law.answer.cite": _answer("cite"),
    "law.answer.length": _answer("length"),
    "law.answer.step": _answer("step"),
    "law.answer.sure": _answer("sure"),
    "law.answer.rule": _answer("rule"),
}
