"""What a complaint tells: each thing that the school did late or not at all, with its fact, its rule and its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gameplan.core.assess import assess
from gameplan.core.facts import Fact
from gameplan.core.standing import Duty
from gameplan.letters.answer import letter_cite
from gameplan.letters.known import Known
from gameplan.letters.phrases import day_in_words, joined
from gameplan.letters.sources_meetings import is_rough

Words = Mapping[str, str]

LATE = frozenset({"late", "met-late"})
OF_THE_SCHOOL = frozenset({"school", "new-school", "former-school"})
STARTED: Words = {"en": "It began on {day}", "es": "Comenzó el {day}"}
PAPER: Words = {"en": "paper: {name}", "es": "documento: {name}"}
DUE: Words = {
    "en": "As I count, the time ended on {day} ({cite})", "es": "Según mi cuenta, el plazo terminó el {day} ({cite})",
}  # fmt: skip
RULE: Words = {"en": "The rule: {cite}", "es": "La norma: {cite}"}
DONE: Words = {"en": "It was done on {day}", "es": "Se hizo el {day}"}
OPEN: Words = {"en": "As far as I know, it has not been done", "es": "Que yo sepa, no se ha hecho"}


def _allegations(known: Known) -> str:
    """One line for each duty of the school that is late or was met late, as the law room works it out that day."""
    facts = {fact.id: fact for fact in known.case.facts}
    duties = assess(known.case, known.law, on=known.on).duties
    late = [one for one in duties if one.status in LATE and not one.lapsed and OF_THE_SCHOOL & set(one.owed_by)]
    late.sort(key=lambda one: (one.started or known.on, one.clock))
    return "\n".join(_allegation(one, facts.get(one.started_by), known) for one in late)


def _allegation(duty: Duty, fact: Fact | None, known: Known) -> str:
    lang = known.lang
    parts = [known.tongue.say(duty.title)]
    if fact and not is_rough(fact):
        papers = [one.name for one in known.case.attachments if one.id in fact.attachments]
        paper = f" ({PAPER[lang].format(name=joined(tuple(papers), lang))})" if papers else ""
        parts.append(STARTED[lang].format(day=day_in_words(fact.on, lang)) + paper)
    cite = joined(tuple(letter_cite(one) for one in duty.cite), lang)
    if duty.due and duty.confidence == "high":
        parts.append(DUE[lang].format(day=day_in_words(duty.due, lang), cite=cite))
    else:
        parts.append(RULE[lang].format(cite=cite))
    parts.append(DONE[lang].format(day=day_in_words(duty.done, lang)) if duty.done else OPEN[lang])
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _has_notice(known: Known) -> str:
    """ "yes" where the case holds a prior written notice of the school."""
    return "yes" if any(fact.kind == "pwn-sent" and not fact.withdrawn for fact in known.case.facts) else ""


SOURCES: Mapping[str, Callable[[Known], str]] = {
    "disputes.allegations": _allegations,
    "disputes.has-notice": _has_notice,
}
