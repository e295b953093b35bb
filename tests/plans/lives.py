"""Plans and lives that the tests of this folder share."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gameplan.core.calendars import SchoolCalendar
from gameplan.law import law_for
from gameplan.plans.effect import EffectRule, effect_rule
from gameplan.plans.form_files import form
from gameplan.plans.life_events import Answer, Proposed
from gameplan.plans.plan import Plan, PlanChild

FALL = date(2025, 9, 15)
FIRST: dict[str, Any] = {
    "start": "2025-09-22",
    "strengths": "Curious.",
    "goals": [
        {"id": "g1", "area": "Reading", "goal": "Ana reads aloud.", "target": "80 words a minute"},
        {"id": "g2", "area": "Writing", "goal": "Ana writes a page."},
    ],
    "benchmarks": [{"id": "b1", "goal": "g1", "step": "55 words"}, {"id": "b2", "goal": "g2", "step": "Five lines"}],
    "special-education": [{"id": "s1", "service": "Reading", "minutes": 30, "times": 5, "per": "week"}],
    "related-services": [{"id": "r1", "service": "speech-language", "minutes": 30, "times": 2, "per": "week"}],
    "modifications-none": True,
    "non-participation": "Apart for reading.",
    "esy": "no",
}
SECOND: dict[str, Any] = {
    "start": "2026-09-14",
    "strengths": "Curious and kind.",
    "goals": [
        {"id": "g3", "area": "Math", "goal": "Ana adds."},
        {"id": "g1", "area": "Reading", "goal": "Ana reads aloud.", "target": "110 words a minute"},
    ],
    "benchmarks": [{"id": "b3", "goal": "g3", "step": "To twenty"}, {"id": "b1", "goal": "g1", "step": "90 words"}],
    "special-education": [{"id": "s1", "service": "Reading", "minutes": 30, "times": 3, "per": "week"}],
    "related-services-none": True,
    "modifications": [{"id": "m1", "what": "Shorter texts"}],
    "non-participation": "Never.",
    "esy": "no",
}


def plan(content: dict[str, Any], state: str = "MA") -> Plan:
    """An IEP with that content."""
    return Plan(form("iep"), PlanChild("Ana López", date(2016, 5, 2), state), content)


@lru_cache
def rule(state: str | None, calendar: SchoolCalendar | None = None) -> EffectRule:
    """The rule of a State in the fall of 2025."""
    return effect_rule(law_for(state, on=FALL), calendar)


def first(content: dict[str, Any] = FIRST) -> Proposed:
    """The first version, in the family's hands on September 15, 2025."""
    return Proposed(1, plan(content), FALL, FALL + timedelta(7), "first", FALL, date(2026, 9, 14))


def yes(version: int, on: date, **more: Any) -> Answer:
    """A yes to everything, or to what is named."""
    return Answer(version, on, "Rosa López", **({"all": "agreed"} | more))


def second(content: dict[str, Any] = SECOND, **more: Any) -> Proposed:
    """The plan of the second year, proposed on September 1, 2026, to start on September 14."""
    told = {"notice": date(2026, 9, 1), "review_by": date(2027, 8, 31)} | more
    return Proposed(2, plan(content), date(2026, 9, 1), date(2026, 9, 14), "annual", **told)
