"""The days on which the child was absent, as the file tells them."""

from __future__ import annotations

from datetime import date

from gameplan.core.matching import World


def absences(world: World) -> tuple[date, ...]:
    """The days of absence in order; those on which there was surely no school are left out."""
    found: set[date] = set()
    for fact in world.by_kind.get("child-absent", ()):
        days = fact.data.get("days")
        found |= {day for day in days if isinstance(day, date)} if isinstance(days, tuple | list) else {fact.on}
    return tuple(sorted(day for day in found if world.calendar.is_school_day(day) is not False))
