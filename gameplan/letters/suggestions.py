"""Filling a letter from what the case and the law already say.

A family may change what is suggested, not what is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gameplan.core.days import add_months
from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.core.words import ENGLISH, Tongue
from gameplan.letters import (
    after,
    sources_disputes,
    sources_meetings,
    sources_notices,
    sources_requests,
    sources_services,
    sources_talks,
)
from gameplan.letters.answer import answer_rule
from gameplan.letters.folders import fields_of, kind_of
from gameplan.letters.known import Known
from gameplan.letters.matters import Matter, action_words, basis_lines, effective_day, name_words
from gameplan.letters.phrases import day_in_words, state_in_words

SPOKEN_OF: Mapping[str, Mapping[str, str]] = {
    "teacher": {"en": "On {day} a teacher said", "es": "El {day} una maestra o un maestro dijo"},
    "other-staff": {"en": "On {day} school staff said", "es": "El {day} personal de la escuela dijo"},
    "other": {"en": "On {day} we were told", "es": "El {day} nos dijeron"},
}

SUPPORTS: Mapping[str, str] = {"supports-started": "about", "intervention-reviewed": "area"}
# The fields of facts that letters are filled from, by kind of fact.
OWN_FIELDS_READ: Mapping[str, frozenset[str]] = {
    "concern-raised": frozenset({"about", "by"}),
    "supports-started": frozenset({"about", "tier"}),
    "intervention-reviewed": frozenset({"area", "tier"}),
}
READ = (
    OWN_FIELDS_READ, sources_meetings.FIELDS_READ, sources_notices.FIELDS_READ, sources_requests.FIELDS_READ,
    sources_services.FIELDS_READ, sources_talks.FIELDS_READ, after.FIELDS_READ,
)  # fmt: skip
FIELDS_READ: Mapping[str, frozenset[str]] = {
    kind: frozenset().union(*(one.get(kind, ()) for one in READ))
    for kind in dict.fromkeys(k for one in READ for k in one)
}
HELP: Mapping[str, str] = {
    "en": "The parent center of {state}: find it at www.parentcenterhub.org/find-your-center",
    "es": "El centro de padres de {state}: búsquelo en www.parentcenterhub.org/find-your-center",
}
TIER: Mapping[str, str] = {"en": "tier", "es": "nivel"}
EXTRA_HELP: Mapping[str, str] = {"en": "extra help in class", "es": "ayuda adicional en clase"}


def suggest(
    kind: str, case: Case, law: Law, *, lang: str, on: date, matter: Matter | None = None, tongue: Tongue = ENGLISH
) -> dict[str, str]:  # fmt: skip
    """The values that the case and the law already hold for this letter; what is not known is left out.

    What the fields say to remember, such as the family's address, comes from the last letter of the case. `matter` is
    what a notice of the school is about; `tongue` says what the engine says in that language. Raises UnknownLetter.
    """
    known = Known(case, law, lang, on, matter, kind_of(kind, lang).answer, tongue)
    fields = fields_of(kind, lang)
    last = case.letters[-1].fields if case.letters else {}
    remembered = {one.id: last.get(one.id, "") for one in fields if one.remember}
    found = {one.id: SOURCES[one.source](known) for one in fields if one.source}
    return {name: value for name, value in (remembered | found).items() if value}


def given(kind: str, law: Law, *, lang: str, on: date) -> dict[str, str]:
    """The values that the law gives and nobody may change, such as the State's rule with its citation."""
    nothing = Known(Case(), law, lang, on, answer=kind_of(kind, lang).answer)
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
        rule = answer_rule(known.law, known.answer, on=known.on)
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


def _of_matter(say: Callable[[Known, Matter], str]) -> Callable[[Known], str]:
    return lambda known: say(known, known.matter) if known.matter else ""


def _reason(matter: Matter) -> str:
    """Why the list of rights is given: the words of the timeline for it."""
    return "referral" if matter.fact.kind == "evaluation-requested" else ""


def _is_first(known: Known, matter: Matter) -> str:
    asked = [fact for fact in _facts(known) if fact.kind == "evaluation-requested"]
    return "yes" if asked and matter.fact.id == asked[0].id and matter.fact.data.get("type") == "initial" else ""


def _effective(matter: Matter) -> str:
    day = effective_day(matter)
    return day.isoformat() if day else ""


def _majority(known: Known) -> date | None:
    """The day on which rights pass to the student; None where the State does not say so, or keeps them with parents."""
    born, age = known.case.child.born, known.law.facts.get("age_of_majority")
    if born is None or not isinstance(age, int) or known.law.facts.get("rights_transfer") is not True:
        return None
    return add_months(born, 12 * age)


def _majority_day(known: Known) -> str:
    day = _majority(known)
    return day.isoformat() if day else ""


def _majority_age(known: Known) -> str:
    return str(known.law.facts["age_of_majority"]) if _majority(known) else ""


def _has_passed(known: Known) -> str:
    day = _majority(known)
    return "yes" if day and day <= known.on else ""


def _help(known: Known) -> str:
    """Each State has at least one parent center (20 USC 1471); which one, the writer adds."""
    state = _state(known)
    return HELP[known.lang].format(state=state) if state else ""


SOURCES: Mapping[str, Callable[[Known], str]] = {
    **sources_disputes.SOURCES,
    **sources_meetings.SOURCES,
    **sources_notices.SOURCES,
    **sources_requests.SOURCES,
    **sources_services.SOURCES,
    **sources_talks.SOURCES,
    "matter.decision": _of_matter(lambda _known, matter: matter.decision),
    "matter.subjects": _of_matter(lambda _known, matter: "\n".join(matter.sort.subjects)),
    "matter.name": _of_matter(lambda known, matter: name_words(matter, known.case.child.name, known.lang)),
    "matter.action": _of_matter(lambda known, matter: action_words(matter, known.case.child.name, known.lang)),
    "matter.effective": _of_matter(lambda _known, matter: _effective(matter)),
    "matter.first": _of_matter(_is_first),
    "matter.reason": _of_matter(lambda _known, matter: _reason(matter)),
    "facts.basis": lambda known: "\n".join(basis_lines(known.case, known.on, known.lang)),
    "law.help": _help,
    "majority.day": _majority_day,
    "majority.age": _majority_age,
    "majority.passed": _has_passed,
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
