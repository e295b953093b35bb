"""B-13, secondary transition: what the timeline can say of the IEPs of young people of 16 and older."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from gameplan.audit.indicators.behind import Behind, behind_transition
from gameplan.audit.indicators.parts import NEVER, Array, Part, number_of, together
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.shares import EVERYWHERE, Place, by_place, count, share
from gameplan.core.days import add_months

FACTS: Final = {
    "iep-adopted": (), "services-started": (), "services-stopped": (), "meeting-notice-sent": (),
    "eligibility-determined": (), "consent-given": (),
}  # fmt: skip
AGE, YEAR = 16, 12


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """What can be told for B-13 of one place. Nobody can be counted as a yes from dates alone."""

    state: str
    district: str
    period: str
    youth: int
    plan_says_transition: int
    plan_without_transition: int
    plan_does_not_say: int
    renewed_within_a_year: int
    student_invited: int
    agency_consent: int
    not_met: int
    cannot_tell: int
    percent_lowest: float | None
    percent_highest: float | None


class SecondaryTransition:
    """Counts part by part, by place: youth of 16 or older with an IEP in force on the last day of the period."""

    def __init__(self, period: Period, on: date) -> None:
        self.day = min(period.last, on)
        self.period = period.name
        self._found: list[dict[str, Array]] = []

    def add(self, part: Part) -> None:
        """Take in one part."""
        day, year_ago = number_of(self.day), number_of(add_months(self.day, -YEAR))
        plans = part.of("iep-adopted")
        plans = plans.only(plans.day <= day)
        size = len(part.case)
        everybody, that_day = np.arange(size), np.full(size, day)
        last_plan = plans.last_until(everybody, that_day)
        ended = together(part.of("services-stopped"), part.of("eligibility-determined").where("eligible", False))
        last_end = ended.last_until(everybody, that_day)
        again = part.of("services-started").last_until(everybody, that_day)
        served = (last_plan != NEVER) & ((last_end == NEVER) | (np.maximum(last_plan, again) > last_end))
        old_enough = (part.born != NEVER) & (part.born <= number_of(add_months(self.day, -12 * AGE)))
        rows = np.flatnonzero(served & old_enough)
        on_plan = plans.only(plans.day == last_plan[plans.child])
        invited = part.of("meeting-notice-sent").naming("invited", "student").last_until(rows, last_plan[rows])
        agency = part.of("consent-given").where("for", "invite-agency").last_until(rows, last_plan[rows])
        a_year = last_plan[rows] - 365
        self._found.append({
            "case": part.case[rows],
            "place": part.place[rows],
            "yes": np.isin(rows, on_plan.where("has_transition", True).child),
            "no": np.isin(rows, on_plan.where("has_transition", False).child),
            "renewed": last_plan[rows] >= year_ago,
            "invited": (invited != NEVER) & (invited >= a_year),
            "agency": (agency != NEVER) & (agency >= a_year),
        })  # fmt: skip

    def behind(self) -> list[Behind]:
        """Each of them, with what the IEP says."""
        case, yes, no = (np.concatenate([one[name] for one in self._found]) for name in ("case", "yes", "no"))
        return behind_transition(case.tolist(), yes, no)

    def table(self, names: list[Place]) -> list[TransitionRow]:
        """A row for each place that has such a person, in the order of the names, and last one for all together."""
        youth = {name: np.concatenate([one[name] for one in self._found]) for name in self._found[0]}
        rows = [
            _row({name: column[own] for name, column in youth.items()}, place, self.period)
            for place, own in by_place(youth["place"], names)
        ]
        return [*rows, _row(youth, EVERYWHERE, self.period)]


def _row(youth: dict[str, Array], place: Place, period: str) -> TransitionRow:
    total, no = len(youth["place"]), count(youth["no"] & ~youth["yes"])
    found = share(0, no, perhaps_yes=total - no, perhaps_no=total - no)
    return TransitionRow(
        *place, period, total, count(youth["yes"]), no, count(~youth["yes"] & ~youth["no"]),
        count(youth["renewed"]), count(youth["invited"]), count(youth["agency"]), no, total - no,
        found.lowest, found.highest,
    )  # fmt: skip
