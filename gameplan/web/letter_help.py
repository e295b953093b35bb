"""What a family should know before it writes a letter: what fits now, and what sending it would start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from gameplan import letters
from gameplan.care.contacts import offices_of
from gameplan.cases.models import Case
from gameplan.core.casefile import check_fact
from gameplan.core.facts import Fact, standing_facts
from gameplan.core.standing import Duty
from gameplan.core.what_if import STARTS, compare
from gameplan.law import states, vocabulary
from gameplan.letters.phrases import LANGUAGES
from gameplan.measures.short import NOTHING_WRITTEN, short
from gameplan.progress.minutes import KINDS, ledger_of, logs_of
from gameplan.tongues import tongue
from gameplan.web.standings import Viewed

MISSED = "missed-services"
OFFICES = {"state-complaint": "complaint", "due-process-complaint": "agency", "mediation-request": "mediation"}
"""Which office of the State a letter goes to, or gets a copy."""


@dataclass(frozen=True)
class Offered:
    """A letter on a page: what it is called there, what it is for, where it is written, and why now, if now."""

    kind: letters.LetterKind
    url: str
    offer: letters.Offer | None = None


def page_lang() -> str:
    """The language of the page, as far as letters are written in it; else English."""
    lang = (get_language() or "en")[:2]
    return lang if lang in LANGUAGES else "en"


def offered_now(viewed: Viewed) -> list[Offered]:
    """The letters that the case needs now, the most pressing first."""
    return [_offered(viewed, offer.kind, offer) for offer in letters.offers(viewed.standing, viewed.told.facts)]


def letters_after(viewed: Viewed, fact: Fact) -> list[Offered]:
    """The letters that the family may want after this fact, those that give something up too."""
    return [
        _offered(viewed, kind, None) for kind in letters.letters_of_fact(fact, viewed.told.facts, viewed.standing.on)
    ]


def by_topic(viewed: Viewed) -> list[tuple[str, list[Offered]]]:
    """Every letter of a family under its heading."""
    lang = page_lang()
    found: dict[str, list[Offered]] = {topic: [] for topic in letters.topics()}
    for known in letters.family_letters():
        found[known.topic].append(_offered(viewed, known.id, None))
    headings = letters.topics(lang)
    return [(headings[topic], sorted(rows, key=lambda one: one.kind.name)) for topic, rows in found.items() if rows]


def office_known(kind: str, state: str | None) -> dict[str, str]:
    """The State's office that such a letter goes to, for its field `office`, as far as a source supports it."""
    sought = OFFICES.get(kind)
    if not sought or state not in states():
        return {}
    contacts = next(one.contacts for one in offices_of(state) if one.kind == sought)
    told = [one for one in contacts if one.confidence != "low"]
    return {"office": "\n".join(filter(None, (told[0].name, told[0].address, told[0].email)))} if told else {}


def services_known(kind: str, case: Case, lang: str, on: date) -> dict[str, str]:
    """What a letter about missed services says of each: what falls short by the minutes that both sides see."""
    if kind != MISSED:
        return {}
    told = [lacks for plan in KINDS for lacks in short(ledger_of(case, on, plan)) if lacks.rule != NOTHING_WRITTEN]
    said = tongue(lang)
    lines = (" ".join(said.say(one) for one in lacks.because[:2]) for lacks in told)
    return {"services": "\n".join(lines)} if told and any(logs_of(case, plan) for plan in KINDS) else {}


def would_start(viewed: Viewed, kind: str, values: Mapping[str, str]) -> list[Duty]:
    """The duties that would start if the letter with these values were in the school's hands today.

    Empty where sending it records nothing, or names a fact that the case does not have.
    """
    fact = _supposed(viewed, kind, values)
    if fact is None:
        return []
    changes = compare(viewed.told, viewed.law, on=viewed.standing.on, supposed=[fact]).duties
    return [change.duty for change in changes if change.what == STARTS and change.duty.due_earliest]


def _supposed(viewed: Viewed, kind: str, values: Mapping[str, str]) -> Fact | None:
    record, today = letters.recorded(letters.kind_of(kind).records, values), viewed.standing.on.isoformat()
    refs = letters.refs_of(record, standing_facts(viewed.told.facts)) if record else None
    if record is None or refs is None:
        return None
    event = vocabulary().kinds[record.kind]
    said = letters.data_of(record, event, values) | refs
    said |= {name: today for name in (record.arrives, record.sends) if event.field(name)}
    fact, _faults = check_fact({"id": "supposed-1", "kind": record.kind, "on": today, "data": said}, vocabulary())
    return fact


def _offered(viewed: Viewed, kind: str, offer: letters.Offer | None) -> Offered:
    return Offered(letters.kind_of(kind, page_lang()), reverse("web:write", args=(viewed.case.pk, kind)), offer)


def named(kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each letter with its name in the language of the page."""
    for kind in kinds:
        yield kind, letters.kind_of(kind, page_lang()).name
