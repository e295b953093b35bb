"""The goals of the plan in force, as the pages of progress name them, and what a new measure can take from one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from gameplan.cases.models import Case
from gameplan.planning.doors import plans_of
from gameplan.planning.events import IEP, day_of
from gameplan.plans.plan import Row
from gameplan.plans.rich import plain

NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,6}(?:\.\d{1,3})?(?![\w,]|\.\d)")


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of the plan in force, in the plan's own words. `by` is the day on which it shall be reached."""

    row_id: str
    area: str
    text: str
    baseline: str
    target: str
    by: date | None

    @property
    def name(self) -> str:
        """What the goal is called in a list: its area and its words."""
        return ": ".join(part for part in (self.area, self.text) if part)


def goals_in_force(case: Case, on: date) -> list[Goal]:
    """The goals of the IEP in force on a day as the reader of the case sees it; none without such a plan."""
    now = day_of(case, on, IEP).in_force
    return [_goal(row) for row in now.plan.rows("goals")] if now else []


def plan_to_change(case: Case) -> str:
    """The id of the newest IEP that the reader of the case sees; empty if there is none."""
    return next((one.plan_id for one in plans_of(case) if one.form.kind == IEP), "")


def number_in(text: str) -> Decimal | None:
    """The number that a goal names, if it names exactly one: 42 in "42 words a minute"."""
    found = NUMBER.findall(text)
    return Decimal(found[0]) if len(found) == 1 else None


def _goal(row: Row) -> Goal:
    def words(name: str) -> str:
        return " ".join(plain(str(row.get(name) or "")).split())

    return Goal(
        str(row["id"]), words("area"), words("goal"), words("baseline"), words("target"), _day(row.get("by"))
    )  # fmt: skip


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        return None
