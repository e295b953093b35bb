"""One small cast for the engine's tests: a child in Texas, a calendar, and facts by their short names."""

from __future__ import annotations

from datetime import date

from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.facts import Case, Child, Fact

YEAR = SchoolYear(
    "2025-26", date(2025, 8, 13), date(2026, 5, 21),
    (Closure(date(2025, 9, 1), date(2025, 9, 1), "Labor Day"),
     Closure(date(2025, 11, 24), date(2025, 11, 28), "Thanksgiving"),
     Closure(date(2025, 12, 22), date(2026, 1, 5), "Winter break"), Closure(date(2026, 1, 19), date(2026, 1, 19)),
     Closure(date(2026, 3, 16), date(2026, 3, 20), "Spring break")),
)  # fmt: skip
NEXT_YEAR = SchoolYear("2026-27", date(2026, 8, 12), date(2027, 5, 20))


def request(fact_id: str = "f1", on: date = date(2025, 9, 3), **data: object) -> Fact:
    """A parent's written request for a first evaluation."""
    return Fact(fact_id, "evaluation-requested", on, {"type": "initial", "by": "parent", "written": True, **data})


def consent(fact_id: str = "f2", on: date = date(2025, 9, 15), **data: object) -> Fact:
    """Permission to evaluate, received by the school on the day."""
    return Fact(fact_id, "consent-given", on, {"for": "initial-evaluation", "received": on, **data})


def case(*facts: Fact, state: str | None = "TX", years: tuple[SchoolYear, ...] = (YEAR,)) -> Case:
    """A case of Ana with these facts."""
    return Case(Child("Ana", date(2016, 5, 2), state, "3"), years, facts)
