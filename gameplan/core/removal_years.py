"""The days of removal of each school year as somebody would lay them out: removal by removal, day by day, and added up.

The numbers are those of `removals`, on which the clocks stand; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gameplan.core.entries import Law
from gameplan.core.facts import Case, Fact
from gameplan.core.matching import World, worlds
from gameplan.core.removals import DayOut, Passed, by_year, passed_in
from gameplan.core.rough import is_rough, settled

REMOVAL, COMPARED = "removal-ordered", "conduct-compared"


@dataclass(frozen=True, slots=True)
class Removal:
    """One removal, and those of its days that fall into one school year."""

    fact: Fact
    days: tuple[DayOut, ...]

    @property
    def least(self) -> float:
        """How many days it counts at least."""
        return sum(day.least for day in self.days)

    @property
    def most(self) -> float:
        """How many days it counts at most."""
        return sum(day.most for day in self.days)


@dataclass(frozen=True, slots=True)
class YearOut:
    """The removals of one school year, in order, and what they add up to.

    `passed`: how many days at least and at most, when the number was passed, and if one removal alone passes it.
    `compared` are the facts that say if the conduct was much the same each time.
    """

    name: str
    removals: tuple[Removal, ...]
    passed: Passed
    compared: tuple[Fact, ...] = ()

    @property
    def days(self) -> tuple[DayOut, ...]:
        """Every day of all removals, the earliest first."""
        return tuple(sorted((day for one in self.removals for day in one.days), key=lambda day: day.when.earliest))

    @property
    def similar(self) -> bool | None:
        """Was the conduct much the same each time? None where nobody said, or they who did do not agree."""
        said = {fact.data.get("similar") for fact in self.compared}
        (answer,) = said if len(said) == 1 else (None,)
        return answer if isinstance(answer, bool) else None


def years_out(case: Case, law: Law, *, on: date, limit: int) -> dict[str, tuple[YearOut, ...]]:
    """The school years with removals, the earliest first, under each account of the case ("" where nobody disagrees).

    `limit` is the number of days that the law names. Where days are known only roughly, the least and the most are
    those of all days that they can have been; the removals are shown as in the first of these.
    """
    return {
        side: _merged([_years(one, limit) for one in _exact(world)]) for side, world in worlds(case, law, on).items()
    }


def _exact(world: World) -> Iterator[World]:
    if not is_rough(world.facts):
        yield world
        return
    yield from (world.with_facts(facts) for facts in settled(world.facts, world.vocabulary))


def _years(world: World, limit: int) -> dict[str, YearOut]:
    removals = [fact for fact in world.by_kind.get(REMOVAL, ()) if world.happened(fact)]
    compared = [fact for fact in world.by_kind.get(COMPARED, ()) if world.happened(fact)]
    return {
        name: YearOut(
            name, tuple(_by_removal(days)), passed_in(days, limit),
            tuple(fact for fact in compared if world.calendar.name_of_year(world.day(fact)) == name),
        )
        for name, days in by_year(world, removals).items()
    }  # fmt: skip


def _by_removal(days: Sequence[DayOut]) -> Iterator[Removal]:
    facts = {day.fact.id: day.fact for day in days}
    for fact in facts.values():
        yield Removal(fact, tuple(day for day in days if day.fact.id == fact.id))


def _merged(variants: Sequence[dict[str, YearOut]]) -> tuple[YearOut, ...]:
    names = sorted({name for one in variants for name in one})
    return tuple(_range([one.get(name) for one in variants]) for name in names)


def _range(found: Sequence[YearOut | None]) -> YearOut:
    """One year from how it is under each exact account; where one has nothing in it, the least is none."""
    there = [one for one in found if one is not None]
    told, base = [one.passed for one in there], there[0]
    earliest = [one.earliest for one in told if one.earliest]
    latest = [one.latest for one in told if one.latest]
    is_sure = len(latest) == len(found)
    merged = replace(
        base.passed,
        least=min(one.least for one in told) if len(there) == len(found) else 0.0,
        most=max(one.most for one in told),
        earliest=min(earliest, default=None),
        latest=max(latest) if is_sure else None,
        alone=all(one.alone for one in told) and len(there) == len(found),
    )
    return replace(base, passed=merged)
