"""B-11, child find: first evaluations finished within 60 days of the parents' permission, or the State's own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from gameplan.audit.indicators.duties import Duties, pairs
from gameplan.audit.indicators.parts import NEVER, Array, Part, number_of, together
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.shares import EVERYWHERE, Place, band_counts, by_place, count, extremes, share
from gameplan.core.words import Say

CLOCK: Final = "initial-evaluation"
FACTS: Final = {
    "consent-given": (), "child-not-produced": (), "agreement-made": (), "child-moved": (), "enrolled": (),
    "consent-revoked": (), "consent-refused": (), "request-withdrawn": (),
}  # fmt: skip

# How a child stands, the gentlest first: of several times that must all be kept, the worst one counts.
IN_TIME, BY_STATE, ENDED, EXCUSED, RUNNING, UNKNOWN, LATE_DONE, LATE_OPEN = range(8)
NOT_PRODUCED, MOVED = 8, 9
_BY_STATUS: Final = {
    "met": IN_TIME, "met-late": LATE_DONE, "late": LATE_OPEN, "excused": EXCUSED, "cannot-tell": UNKNOWN,
    "running": RUNNING, "due-soon": RUNNING, "paused": RUNNING, "not-started": RUNNING,
}  # fmt: skip

REASONS: Final = {
    "1011": Say("Finished in time"),
    "1000": Say("The parent did not bring the child, again and again"),
    "1001": Say("The child moved away while the time ran"),
    "1002": Say("Both sides agreed in writing to more time (learning disability)"),
    "1005": Say("The child came from another district while the time ran"),
    "1009": Say("Permission was taken back or refused"),
    "": Say("No reason in the file"),
}
"""Codes of CEDS element P002116 that facts can show, and "" for none. The other codes cannot be seen in a timeline."""


@dataclass(frozen=True, slots=True)
class ChildFindRow:
    """The worksheet of B-11 for one place. Counts are children; docs/audit-indicators.md says what each one means."""

    state: str
    district: str
    period: str
    consents: int
    excused_not_produced: int
    excused_moved: int
    moved_away: int
    time_ended: int
    a: int
    b: int
    b_in_time: int
    b_by_state_exception: int
    b_with_sld_agreement: int
    b_with_transfer_agreement: int
    late: int
    late_finished: int
    late_not_finished: int
    still_running: int
    cannot_tell: int
    days_late_least: int | None
    days_late_most: int | None
    days_late_not_known: int
    late_1_to_10: int
    late_11_to_30: int
    late_31_to_60: int
    late_61_to_90: int
    late_91_or_more: int
    percent_lowest: float | None
    percent_highest: float | None
    percent_of_all_lowest: float | None
    percent_of_all_highest: float | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How many children of a place have a reason of P002116; `code` is empty where the file gives none."""

    state: str
    district: str
    period: str
    code: str
    reason: str
    children: int


class ChildFind:
    """Collects the permissions of the period part by part; then the duties say how each child stands."""

    def __init__(self, period: Period) -> None:
        self.first, self.last = number_of(period.first), number_of(period.last)
        self.period = period.name
        self._kept: list[dict[str, Array]] = []

    def add(self, part: Part) -> None:
        """Take in one part: each permission for a first evaluation that was received in the period."""
        consents = part.of("consent-given").where("for", "initial-evaluation")
        consents = consents.only((consents.day >= self.first) & (consents.day <= self.last))
        agreements = part.of("agreement-made")
        after = {
            "not_produced": part.of("child-not-produced"),
            "transfer": agreements.where("about", "transfer-evaluation-date"),
            "sld": agreements.where("about", "sld-extra-time").where("written", True),
            "refused": together(
                part.of("consent-revoked").where("for", "initial-evaluation"),
                part.of("consent-refused").where("for", "initial-evaluation", "initial-services"),
                part.of("request-withdrawn"),
            ),
            "moved": part.of("child-moved"),
            "joined": part.of("enrolled").saying_any("previous_agency", "previous_state"),
        }
        kept = {name: facts.first_from(consents.child, consents.day) for name, facts in after.items()}
        kept |= {"case": part.case[consents.child], "place": part.place[consents.child]}
        self._kept.append(kept | {"id": consents.id, "day": consents.day})

    def cases(self) -> Array:
        """The cases whose duties are asked for, sorted."""
        found: Array = np.unique(np.concatenate([one["case"] for one in self._kept] or [np.zeros(0, np.int64)]))
        return found

    def children(self, duties: Duties) -> Outcomes:
        """How each child with a permission in the period stands, each child once."""
        claims = {name: np.concatenate([one[name] for one in self._kept]) for name in self._kept[0]}
        return _each_child_once(_outcomes(claims, duties))


@dataclass(frozen=True)
class Outcomes:
    """How each permission (or child) stands; arrays of one length."""

    case: Array
    place: Array
    day: Array
    outcome: Array
    days_late: Array
    due: Array
    facts: dict[str, Array]

    def only(self, rows: Array) -> Outcomes:
        """Those rows."""
        facts = {name: days[rows] for name, days in self.facts.items()}
        return Outcomes(
            self.case[rows], self.place[rows], self.day[rows], self.outcome[rows], self.days_late[rows],
            self.due[rows], facts,
        )  # fmt: skip


def _outcomes(claims: dict[str, Array], duties: Duties) -> Outcomes:
    left, right = _governing(claims, duties)
    kinds = duties.by_status(_BY_STATUS)
    kinds[(kinds == EXCUSED) & duties.for_reason("fell-away")] = ENDED
    size = len(claims["case"])
    outcome, days_late, due = np.full(size, -1), np.full(size, NEVER, np.int32), np.full(size, NEVER, np.int32)
    np.maximum.at(outcome, left, kinds[right])
    np.maximum.at(due, left, duties.due_latest[right].astype(np.int32))
    finished_late = kinds[right] == LATE_DONE
    np.maximum.at(days_late, left[finished_late], duties.days_late[right[finished_late]].astype(np.int32))
    outcome[outcome < 0] = UNKNOWN  # no duty of this child is in the rows
    outcome[outcome == EXCUSED] = _excuse(claims, outcome == EXCUSED)
    facts = {name: claims[name] for name in ("not_produced", "transfer", "sld", "refused", "moved", "joined")}
    return Outcomes(claims["case"], claims["place"], claims["day"], outcome, days_late, due, facts)


def _governing(claims: dict[str, Array], duties: Duties) -> tuple[Array, Array]:
    """The duties that decide for each permission: those that it started.

    Where the State's time starts with something else (a request), that is the last one started by the day of the
    permission; a federal duty that only says "the State's own time starts elsewhere" decides nothing.
    """
    ours = np.flatnonzero(~duties.for_reason("starts-elsewhere"))
    duties = duties.only(ours)
    left, right = pairs(claims["case"], claims["id"], duties)
    without = np.setdiff1d(np.arange(len(claims["case"])), left)
    by_case: dict[int, tuple[int, ...]] = dict.fromkeys(claims["case"][without].tolist(), ())
    rows = np.flatnonzero(np.isin(duties.case, claims["case"][without]))
    for row in rows.tolist():
        by_case[int(duties.case[row])] += (row,)
    more = [(claim, row) for claim in without.tolist() for row in _before(claims, claim, duties, by_case)]
    more_left, more_right = np.array(more, np.int64).reshape(-1, 2).T
    return np.concatenate([left, more_left]), ours[np.concatenate([right, more_right])]


def _before(claims: dict[str, Array], claim: int, duties: Duties, by_case: dict[int, tuple[int, ...]]) -> list[int]:
    rows = by_case[int(claims["case"][claim])]
    started = {row: int(duties.started[row]) for row in rows if duties.started[row] != NEVER}
    rows_before = {row: day for row, day in started.items() if day <= claims["day"][claim]}
    latest = max(rows_before.values(), default=None)
    return [row for row, day in rows_before.items() if day == latest]


def _excuse(claims: dict[str, Array], mask: Array) -> Array:
    """Which exception excused: the first of the two of 34 CFR 300.301(d) in the file; else one of the State."""
    late = np.int64(2**31)
    not_produced = np.where(claims["not_produced"] == NEVER, late, claims["not_produced"])[mask]
    transfer = np.where(claims["transfer"] == NEVER, late, claims["transfer"])[mask]
    federal = np.where(not_produced <= transfer, NOT_PRODUCED, MOVED)
    found: Array = np.where((not_produced == late) & (transfer == late), BY_STATE, federal)
    return found


def _each_child_once(found: Outcomes) -> Outcomes:
    """Of several permissions of a child in the period: the first one that was not taken back."""
    order = np.lexsort((found.day, found.outcome == ENDED, found.case))
    _, first = np.unique(found.case[order], return_index=True)
    return found.only(order[first])


def child_find_row(children: Outcomes, place: Place, period: str) -> ChildFindRow:
    """The worksheet for these children; `place` is `EVERYWHERE` for all together."""
    is_ = {kind: count(children.outcome == kind) for kind in range(10)}
    b, late = is_[IN_TIME] + is_[BY_STATE], is_[LATE_DONE] + is_[LATE_OPEN]
    open_ = is_[RUNNING] + is_[UNKNOWN]
    apart = is_[NOT_PRODUCED] + is_[MOVED] + is_[ENDED]
    official = share(b, late, perhaps_yes=open_, perhaps_no=open_)
    of_all = share(b, late + apart, perhaps_yes=open_, perhaps_no=open_)
    done_late = children.days_late[(children.outcome == LATE_DONE) & (children.days_late != NEVER)]
    in_time = np.isin(children.outcome, (IN_TIME, BY_STATE))
    away = count(moved_away(children))
    return ChildFindRow(
        *place, period, len(children.case), is_[NOT_PRODUCED], is_[MOVED], away, is_[ENDED] - away,
        len(children.case) - apart, b, is_[IN_TIME], is_[BY_STATE],
        count(in_time & _while_it_ran(children, "sld")), count(in_time & _while_it_ran(children, "transfer")),
        late, is_[LATE_DONE], is_[LATE_OPEN], is_[RUNNING], is_[UNKNOWN],
        *extremes(done_late), is_[LATE_DONE] - len(done_late), *band_counts(done_late),
        official.lowest, official.highest, of_all.lowest, of_all.highest,
    )  # fmt: skip


def reason_rows(children: Outcomes, place: Place, period: str) -> list[ReasonRow]:
    """How many have which reason: for each child who can be told, the first code that the file shows."""
    found = first_reasons(children)
    return [ReasonRow(*place, period, code, REASONS[code].text, count(mask)) for code, mask in found]


def first_reasons(children: Outcomes) -> Iterator[tuple[str, Array]]:
    """Each code with a mask of the children whose first reason it is; no child is in two."""
    late = np.isin(children.outcome, (LATE_DONE, LATE_OPEN))
    not_done = late | (children.outcome == ENDED)
    shown = [
        ("1011", np.isin(children.outcome, (IN_TIME, BY_STATE))),
        ("1009", (children.outcome == ENDED) & _while_it_ran(children, "refused") & ~moved_away(children)),
        ("1000", (children.outcome == NOT_PRODUCED) | (late & _while_it_ran(children, "not_produced"))),
        ("1001", (children.outcome == MOVED) | (not_done & _while_it_ran(children, "moved"))),
        ("1002", late & _while_it_ran(children, "sld")),
        ("1005", late & _while_it_ran(children, "joined")),
        ("", not_done),
    ]
    left = np.ones(len(late), bool)
    for code, mask in shown:
        yield code, mask & left
        left &= ~mask


def moved_away(children: Outcomes) -> Array:
    """A mask: true where the time ended and a move of the child is what the file shows first."""
    moved, refused = children.facts["moved"], children.facts["refused"]
    first = (moved != NEVER) & ((refused == NEVER) | (moved < refused))
    away: Array = (children.outcome == ENDED) & first
    return away


def _while_it_ran(children: Outcomes, fact: str) -> Array:
    """True where the fact lies between the permission and the last day in time: what came later delayed nothing."""
    day = children.facts[fact]
    between: Array = (day != NEVER) & ((children.due == NEVER) | (day <= children.due))
    return between


def child_find_tables(
    children: Outcomes, names: list[Place], period: str
) -> tuple[list[ChildFindRow], list[ReasonRow]]:
    """A row for each place that has a child, in the order of the names, and last one for all together."""
    rows, reasons = [], []
    for place, own in by_place(children.place, names):
        here = children.only(own)
        rows.append(child_find_row(here, place, period))
        reasons += reason_rows(here, place, period)
    rows.append(child_find_row(children, EVERYWHERE, period))
    return rows, reasons + reason_rows(children, EVERYWHERE, period)
