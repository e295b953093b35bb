"""B-12, from early intervention (Part C) to school: an IEP in force by the third birthday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from gameplan.audit.indicators.duties import Duties
from gameplan.audit.indicators.parts import EPOCH, NEVER, Array, Happenings, Part, number_of, paired, together
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.shares import EVERYWHERE, Place, by_place, count, extremes, share
from gameplan.core.days import add_months

CLOCK: Final = "iep-by-third-birthday"
FACTS: Final = {
    "part-c-services": (), "part-c-notified": ("part_c_eligible_on",), "part-c-plan-made": (), "meeting-held": (),
    "eligibility-determined": (), "iep-adopted": ("effective",), "consent-refused": (), "child-not-produced": (),
    "agreement-made": (),
}  # fmt: skip
MONTHS, LATE_TO_PART_C, YEARS_BACK = 36, 90, 4 * 366

# What became of a child. NO_IEP and the three before it are delays until D or E takes them out.
B, C, LATE, IN_FORCE_LATE, NOT_ELIGIBLE_LATE, NO_IEP, D, E, PERHAPS_E, RUNNING, UNKNOWN = range(11)
_BY_STATUS: Final = {
    "met": C, "met-late": LATE, "late": NO_IEP, "running": RUNNING, "due-soon": RUNNING, "not-started": RUNNING,
    "paused": RUNNING, "cannot-tell": UNKNOWN, "excused": UNKNOWN,
}  # fmt: skip
DELAYS: Final = (LATE, IN_FORCE_LATE, NOT_ELIGIBLE_LATE, NO_IEP)


@dataclass(frozen=True, slots=True)
class EarlyChildhoodRow:
    """The worksheet of B-12 for one place; the letters are those of the measurement. `f` is not in the facts."""

    state: str
    district: str
    period: str
    a: int
    b: int
    c: int
    d: int
    e: int
    f: int | None
    delayed: int
    delayed_iep_late: int
    delayed_in_force_late: int
    delayed_not_eligible_late: int
    delayed_no_iep: int
    still_running: int
    cannot_tell: int
    cannot_tell_if_e: int
    referral_not_in_file: int
    days_late_least: int | None
    days_late_most: int | None
    percent_lowest: float | None
    percent_highest: float | None


@dataclass(frozen=True)
class Toddlers:
    """What became of each child who was in Part C and turned three in the period."""

    case: Array
    place: Array
    referred: Array
    outcome: Array
    days_late: Array

    def only(self, rows: Array) -> Toddlers:
        """Those rows."""
        found = (self.case, self.place, self.referred, self.outcome, self.days_late)
        return Toddlers(*(one[rows] for one in found))


class EarlyChildhood:
    """Collects the children of the period part by part; then the duties say what became of each."""

    def __init__(self, period: Period, on: date) -> None:
        self.today = number_of(on)
        self.first, self.last = number_of(period.first), number_of(period.last)
        self.period = period.name
        self._kept: list[dict[str, Array]] = []
        self._plans: list[dict[str, Array]] = []

    def add(self, part: Part) -> None:
        """Take in one part: each child whose third birthday lies in the period and who was in Part C."""
        third = _third_birthdays(part.born, self.first, self.last)
        notified, services = part.of("part-c-notified"), part.of("part-c-services")
        conferences = part.of("meeting-held").where("kind", "transition-conference")
        served = together(services, notified, part.of("part-c-plan-made"), conferences)
        rows = np.flatnonzero((third != NEVER) & (_firsts(served, len(third)) != NEVER))
        day = third[rows]
        decided = part.of("eligibility-determined")
        last_decided, last_no = (
            one.last_until(rows, day - 1) for one in (decided, decided.where("eligible", False))
        )  # fmt: skip
        agreed = part.of("agreement-made").where("about", "transfer-evaluation-date")
        refused = part.of("consent-refused").where("for", "initial-evaluation", "initial-services")
        in_part_c, plans = together(services, notified), part.of("iep-adopted")
        self._kept.append({
            "case": part.case[rows], "place": part.place[rows], "third": day,
            "referred": notified.last_until(rows, day) != NEVER,
            "b": (last_no != NEVER) & (last_no == last_decided),
            "no_later": decided.where("eligible", False).first_from(rows, day),
            "trouble": _firsts(together(refused, part.of("child-not-produced"), agreed), len(third))[rows],
            "eligible_on": _part_c_eligible(notified, len(third))[rows],
            "plan_day": _firsts(plans, len(third))[rows], "plan_id": _first_ids(plans, len(third))[rows],
            "early": in_part_c.last_until(rows, day - LATE_TO_PART_C) != NEVER,
        })  # fmt: skip
        plans = plans.only(np.isin(plans.child, rows))
        self._plans.append({"case": part.case[plans.child], "id": plans.id, "effective": plans.dates["effective"]})

    def cases(self) -> Array:
        """The cases whose duties are asked for, sorted."""
        found: Array = np.unique(np.concatenate([one["case"] for one in self._kept] or [np.zeros(0, np.int64)]))
        return found

    def children(self, duties: Duties) -> Toddlers:
        """What became of each child."""
        claims = {name: np.concatenate([one[name] for one in self._kept]) for name in self._kept[0]}
        plans = {name: np.concatenate([one[name] for one in self._plans]) for name in self._plans[0]}
        order = np.argsort(claims["case"], kind="stable")
        claims = {name: column[order] for name, column in claims.items()}
        status, done, done_by = _of_cases(claims["case"], duties)
        told = (status < 0) & (claims["no_later"] == NEVER)
        status = np.where(told, _by_the_plans(claims, self.today), status)
        done, done_by = np.where(told, claims["plan_day"], done), np.where(told, claims["plan_id"], done_by)
        effective = _effective(claims["case"], done_by, plans)
        outcome = _outcome(claims, status, effective)
        ended = np.where(outcome == LATE, done, effective)
        ended = np.where(outcome == NOT_ELIGIBLE_LATE, claims["no_later"], ended)
        return Toddlers(
            claims["case"], claims["place"], claims["referred"], _taken_out(claims, outcome, done),
            np.where(ended == NEVER, NEVER, ended - claims["third"]),
        )  # fmt: skip


def _third_birthdays(born: Array, first: int, last: int) -> Array:
    """The third birthday of each child for whom it lies in the period, else `NEVER`."""
    found = np.full(len(born), NEVER, np.int32)
    near = np.flatnonzero((born != NEVER) & (born >= first - YEARS_BACK) & (born <= last))
    days, places = np.unique(born[near], return_inverse=True)
    birthdays = [number_of(add_months(EPOCH + timedelta(days=day), MONTHS)) for day in days.tolist()]
    thirds = np.array(birthdays, np.int32)[places] if len(birthdays) else np.zeros(0, np.int32)
    found[near] = np.where((thirds >= first) & (thirds <= last), thirds, NEVER)
    return found


def _firsts(found: Happenings, size: int) -> Array:
    """The first day for each child of the part."""
    return found.first_from(np.arange(size), np.full(size, -(2**31) + 1, np.int64))


def _first_ids(found: Happenings, size: int) -> Array:
    """The id of the first of these facts for each child of the part."""
    ids = np.full(size, NEVER, np.int32)
    order = np.lexsort((-found.id, -found.day))
    ids[found.child[order]] = found.id[order]
    return ids


def _by_the_plans(claims: dict[str, Array], today: int) -> Array:
    """The outcome by the first IEP alone, for a child without a duty: only the notice of Part C is in the file."""
    day, third = claims["plan_day"], claims["third"]
    found: Array = np.select([(day != NEVER) & (day <= third), day != NEVER, third < today], [C, LATE, NO_IEP], RUNNING)
    return found


def _part_c_eligible(notified: Happenings, size: int) -> Array:
    """The day on which Part C found the child eligible, where a notice says it (the first that does)."""
    found = np.full(size, NEVER, np.int32)
    saying = notified.only(notified.dates["part_c_eligible_on"] != NEVER)
    for row in np.argsort(-saying.day, kind="stable").tolist():
        found[saying.child[row]] = saying.dates["part_c_eligible_on"][row]
    return found


def _of_cases(cases: Array, duties: Duties) -> tuple[Array, Array, Array]:
    """For each case (sorted): its duty as an outcome (-1 without one), the day it was done, by what."""
    status, done, done_by = (
        np.full(len(cases), -1),
        np.full(len(cases), NEVER, np.int32),
        np.full(len(cases), NEVER, np.int32),
    )
    rows = np.searchsorted(cases, duties.case)
    status[rows] = duties.by_status(_BY_STATUS)
    done[rows], done_by[rows] = duties.done, duties.done_by
    return status, done, done_by


def _effective(cases: Array, done_by: Array, plans: dict[str, Array]) -> Array:
    """The day on which the IEP that met the duty takes effect, `NEVER` where the file does not say."""
    keys = paired(np.searchsorted(cases, plans["case"]), plans["id"])
    order = np.argsort(keys, kind="stable")
    wanted = paired(np.arange(len(cases)), done_by)
    if not len(keys):
        return np.full(len(cases), NEVER, np.int32)
    places = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    found = order[places]
    effective: Array = np.where(keys[found] == wanted, plans["effective"][found], NEVER)
    return effective


def _outcome(claims: dict[str, Array], status: Array, effective: Array) -> Array:
    """What the facts and the duty say, before D and E are taken out of the delays."""
    outcome = np.where(status < 0, UNKNOWN, status)
    outcome[(status < 0) & (claims["no_later"] != NEVER)] = NOT_ELIGIBLE_LATE
    outcome[(status == C) & (effective != NEVER) & (effective > claims["third"])] = IN_FORCE_LATE
    outcome[claims["b"]] = B
    return outcome


def _taken_out(claims: dict[str, Array], outcome: Array, done: Array) -> Array:
    """The same with the delays that the measurement leaves out (D, E), and those of which E cannot be told."""
    delayed = np.isin(outcome, DELAYS)
    trouble = claims["trouble"]
    refused = delayed & (trouble != NEVER) & ((done == NEVER) | (trouble <= done))
    known = claims["eligible_on"] != NEVER
    late_to_part_c = known & (claims["third"] - claims["eligible_on"] < LATE_TO_PART_C)
    found: Array = np.select(
        [refused, delayed & late_to_part_c, delayed & ~known & ~claims["early"]], [D, E, PERHAPS_E], outcome
    )
    return found


def early_childhood_row(children: Toddlers, place: Place, period: str) -> EarlyChildhoodRow:
    """The worksheet for these children. f cannot be seen, so it is not taken off the denominator."""
    referred, others = children.only(children.referred), children.only(~children.referred)
    is_ = {kind: count(referred.outcome == kind) for kind in range(11)}
    delayed = sum(is_[kind] for kind in DELAYS)
    open_ = is_[RUNNING] + is_[UNKNOWN]
    unsure = count(np.isin(others.outcome, (RUNNING, UNKNOWN)))
    found = share(
        is_[C], delayed,
        perhaps_yes=open_ + unsure + count(others.outcome == C),
        perhaps_no=open_ + unsure + is_[PERHAPS_E] + count(np.isin(others.outcome, (*DELAYS, PERHAPS_E))),
    )  # fmt: skip
    late = referred.days_late[np.isin(referred.outcome, DELAYS) & (referred.days_late != NEVER)]
    return EarlyChildhoodRow(
        *place, period, len(referred.outcome), is_[B], is_[C], is_[D], is_[E], None, delayed,
        is_[LATE], is_[IN_FORCE_LATE], is_[NOT_ELIGIBLE_LATE], is_[NO_IEP], is_[RUNNING], is_[UNKNOWN],
        is_[PERHAPS_E], len(others.outcome), *extremes(late), found.lowest, found.highest,
    )  # fmt: skip


def early_childhood_table(children: Toddlers, names: list[Place], period: str) -> list[EarlyChildhoodRow]:
    """A row for each place that has a child, in the order of the names, and last one for all together."""
    rows = [early_childhood_row(children.only(own), place, period) for place, own in by_place(children.place, names)]
    return [*rows, early_childhood_row(children, EVERYWHERE, period)]
