"""The plans of many cases at once, as a school sees them, for whoever counts: no case is opened, nothing is written.

What comes out reaches a person only where that person may see every child of the place (`reports.doors`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from gameplan.core import facts
from gameplan.core.calendars import SchoolYear
from gameplan.core.facts import Child
from gameplan.people.roles import Side
from gameplan.planning.events import ANSWERED, IEP, of_timeline, proposal, rule_of, steps_told
from gameplan.planning.models import Step, Version
from gameplan.plans.effect import EffectRule
from gameplan.plans.life import PlanDay, plan_day
from gameplan.plans.life_events import Event

_Row = TypeVar("_Row", Version, Step)


@dataclass(frozen=True, slots=True)
class PlanLife:
    """The IEPs of one child that are kept here: how they stood on any day."""

    events: tuple[Event, ...]
    state: str | None
    years: tuple[SchoolYear, ...]

    def on(self, day: date) -> PlanDay:
        """How the IEP stood on that day. Raises LifeError where what is kept does not fit together."""
        return plan_day(self.events, day, _rule(self.state, self.years, day))


@lru_cache(maxsize=1024)
def _rule(state: str | None, years: tuple[SchoolYear, ...], on: date) -> EffectRule:
    return rule_of(facts.Case(Child(state=state), years), on)


def iep_lives(told: Mapping[UUID, facts.Case]) -> dict[UUID, PlanLife]:
    """The life of the IEPs of these cases, by case; a case without any version is not in it. Two queries.

    `told`: the cases as the school sees them (`cases.machine.told_by_side`).
    """
    seen = Q(plan__side=Side.SCHOOL) | Q(plan__shown=True)
    rows = Version.objects.filter(seen, plan__case__in=list(told)).defer("pdf").select_related("plan")
    versions = _by_case(one for one in rows.order_by("plan__case_id", "number") if one.plan.form.kind == IEP)
    steps = Step.objects.filter(seen, plan__case__in=list(versions)).select_related("plan")
    happened = _by_case(steps.order_by("plan__case_id", "id"))
    return {key: _life(told[key], some, happened.get(key, ())) for key, some in versions.items()}


def _life(told: facts.Case, versions: Iterable[Version], steps: Iterable[Step]) -> PlanLife:
    answers = [one for one in steps if one.kind == ANSWERED]
    events = (*map(proposal, versions), *steps_told(steps), *of_timeline(told, answers))
    return PlanLife(events, told.child.state, told.calendars)


def _by_case(rows: Iterable[_Row]) -> dict[UUID, tuple[_Row, ...]]:
    return {key: tuple(some) for key, some in groupby(rows, key=lambda row: row.plan.case_id)}
