"""What a case says of meetings, of the plan, of a hearing that is open and of removals for conduct, for letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from gameplan.core.facts import Fact, Rough, standing_facts
from gameplan.letters.known import Known
from gameplan.letters.phrases import day_in_words, length_in_words

IEP_MEETINGS = frozenset({"initial-iep", "annual-review", "iep-other", "placement"})
# The meetings that 34 CFR 300.322, 300.501 or 300.530(e) give the parents a place in.
TEAM_MEETINGS = IEP_MEETINGS | {"eligibility", "manifestation", "reevaluation-planning"}
CLOSES_HEARING = frozenset({"hearing-decided", "due-process-closed", "proceedings-ended"})
YEAR_STARTS = (7, 1)
REMOVALS: Mapping[str, Mapping[str, str]] = {
    "suspension": {"en": "suspension", "es": "suspensión"},
    "in-school-suspension": {"en": "suspension inside the school", "es": "suspensión dentro de la escuela"},
    "other-setting": {"en": "moved to another setting", "es": "traslado a otro entorno"},
    "iaes": {"en": "moved to another setting for a while", "es": "traslado por un tiempo a otro entorno"},
    "expulsion": {"en": "expulsion", "es": "expulsión"},
    "sent-home": {"en": "sent home", "es": "se le mandó a casa"},
}
FIELDS_READ: Mapping[str, frozenset[str]] = {
    "meeting-notice-sent": frozenset({"for_date", "kind"}),
    "meeting-held": frozenset({"kind"}),
    "due-process-filed": frozenset({"expedited"}),
    "removal-ordered": frozenset({"kind", "from", "school_days", "change_of_placement", "conduct"}),
    "conduct-happened": frozenset({"what"}),
}


def happened(known: Known, *kinds: str) -> list[Fact]:
    """The facts of those kinds that happened by the day of the letter and stand, oldest first."""
    facts = standing_facts(known.case.facts)
    fitting = (fact for fact in facts if fact.kind in kinds and not fact.planned and fact.on <= known.on)
    return sorted(fitting, key=lambda fact: fact.on)


def day_of(facts: list[Fact]) -> str:
    """The day of the last of the facts, as a field of a letter holds it; "" if there is none, or it is not known."""
    return facts[-1].on.isoformat() if facts and not is_rough(facts[-1]) else ""


def is_rough(fact: Fact) -> bool:
    """True if the day of the fact is known only roughly: a letter then names no day."""
    return any(isinstance(value, Rough) for value in fact.data.values())


def with_day(fact: Fact, words: str, lang: str) -> str:
    """The words with the day of the fact before them, where it is known: "September 8, 2025: speech therapy"."""
    day = "" if is_rough(fact) else day_in_words(fact.on, lang)
    return ": ".join(filter(None, (day, words)))


def _next_meeting(known: Known, kinds: frozenset[str]) -> str:
    """The day of the meeting that the last notice named, or that is planned, unless it is over."""
    named = [fact.data.get("for_date") for fact in _among(happened(known, "meeting-notice-sent"), kinds)]
    days = [day for day in named if isinstance(day, date) and day >= known.on]
    planned = [fact for fact in standing_facts(known.case.facts) if fact.kind == "meeting-held" and fact.planned]
    ahead = sorted(fact.on for fact in _among(planned, kinds) if fact.on >= known.on)
    found = days[-1:] or ahead[:1]
    return found[0].isoformat() if found else ""


def _among(facts: list[Fact], kinds: frozenset[str]) -> list[Fact]:
    return [fact for fact in facts if fact.data.get("kind") in kinds]


def _pending(known: Known) -> str:
    """ "yes" while a due process complaint is open that is not about discipline (34 CFR 300.518, not 300.533)."""
    filed = [fact for fact in happened(known, "due-process-filed") if fact.data.get("expedited") is False]
    closed = happened(known, *CLOSES_HEARING)
    return "yes" if filed and not [fact for fact in closed if fact.on >= filed[-1].on] else ""


def _removals(known: Known) -> str:
    """Each removal for conduct of this school year on a line: day, kind, how many school days."""
    start = _year_start(known)
    return "\n".join(
        _removal(fact, known.lang) for fact in happened(known, "removal-ordered") if _first_day(fact) >= start
    )


def _year_start(known: Known) -> date:
    """The first day of this school year, or July 1 where the case does not hold it."""
    told = [year.first_day for year in known.case.calendars]
    told += [fact.on for fact in happened(known, "school-year-started")]
    first = date(known.on.year, *YEAR_STARTS)
    usual = first if first <= known.on else date(known.on.year - 1, *YEAR_STARTS)
    return max((day for day in told if usual <= day <= known.on), default=usual)


def _first_day(fact: Fact) -> date:
    first = fact.data.get("from")
    return first if isinstance(first, date) else fact.on


def _removal(fact: Fact, lang: str) -> str:
    kind = REMOVALS.get(str(fact.data.get("kind")), {}).get(lang, "")
    days = fact.data.get("school_days")
    length = length_in_words(days, "school-day", lang) if isinstance(days, int) and days > 0 else None
    return with_day(replace(fact, on=_first_day(fact)), ", ".join(filter(None, (kind, length))), lang)


def _change_decided(known: Known) -> Fact | None:
    """The last removal that the case calls a change of placement."""
    found = [one for one in happened(known, "removal-ordered") if one.data.get("change_of_placement") is True]
    return found[-1] if found else None


def _decided(known: Known) -> str:
    fact = _change_decided(known)
    return day_of([fact]) if fact else ""


def _conduct(known: Known) -> str:
    """What the child is said to have done, from the fact that the last change of placement names."""
    removal = _change_decided(known)
    named = removal.data.get("conduct") if removal else None
    found = (fact for fact in happened(known, "conduct-happened") if fact.id == named)
    return next((str(fact.data.get("what", "")) for fact in found), "")


SOURCES: Mapping[str, Callable[[Known], str]] = {
    "meeting.next": lambda known: _next_meeting(known, IEP_MEETINGS),
    "meeting.any-next": lambda known: _next_meeting(known, TEAM_MEETINGS),
    "meeting.last": lambda known: day_of(_among(happened(known, "meeting-held"), TEAM_MEETINGS)),
    "iep.date": lambda known: day_of(happened(known, "iep-adopted", "iep-changed")),
    "hearing.pending": _pending,
    "removals.lines": _removals,
    "removal.decided": _decided,
    "conduct.what": _conduct,
}
