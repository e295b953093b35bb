"""How disputes kept their time: complaints to the State, hearings, meetings to settle (B-15), mediation (B-16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar

from gameplan.audit.indicators.dispute_events import (
    FAST_DECISION,
    FAST_HEARING,
    HEARING,
    MEETING,
    STATE_DECISION,
    Dispute,
    Disputes,
    Event,
    in_period,
)
from gameplan.audit.indicators.parts import number_of
from gameplan.audit.indicators.period import Period
from gameplan.audit.indicators.shares import EVERYWHERE, Place, share

SIXTY, FORTY_FIVE = 60, 45
OPEN: Final = ("running", "due-soon", "paused", "not-started")
Tally = Counter[str]
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class StateComplaintRow:
    """Written complaints to the State that were filed in the period. Withdrawals are not in the facts."""

    state: str
    district: str
    period: str
    filed: int
    reports: int
    reports_with_findings: int
    reports_in_60_days: int
    reports_in_extended_time: int
    reports_late: int
    pending: int
    pending_hearing: int
    overdue: int
    cannot_tell: int
    withdrawn: int | None
    percent_lowest: float | None
    percent_highest: float | None


@dataclass(frozen=True, slots=True)
class DueProcessRow:
    """Due process complaints that were filed in the period, fast ones included; B-15 in the last two columns."""

    state: str
    district: str
    period: str
    filed: int
    filed_expedited: int
    meetings: int
    meetings_in_time: int
    meetings_late: int
    meetings_overdue: int
    meetings_not_needed: int
    meetings_time_cannot_tell: int
    meetings_cannot_tell: int
    settlements: int
    decided: int
    decided_in_45_days: int
    decided_in_extended_time: int
    decided_late: int
    decided_time_cannot_tell: int
    closed: int
    pending: int
    overdue: int
    cannot_tell: int
    b15_percent_lowest: float | None
    b15_percent_highest: float | None


@dataclass(frozen=True, slots=True)
class ExpeditedRow:
    """Fast hearings about discipline that were asked for in the period."""

    state: str
    district: str
    period: str
    filed: int
    meetings: int
    settlements: int
    held: int
    held_in_20_school_days: int
    held_late: int
    decided: int
    decided_in_10_school_days: int
    decided_late: int
    placement_changed: int
    closed: int
    pending: int
    overdue: int
    cannot_tell: int


@dataclass(frozen=True, slots=True)
class MediationRow:
    """Mediation that was asked for in the period; B-16 in the last two columns."""

    state: str
    district: str
    period: str
    asked: int
    held: int
    held_about_due_process: int
    agreed_about_due_process: int
    held_other: int
    agreed_other: int
    pending: int
    not_held: int
    b16_percent_lowest: float | None
    b16_percent_highest: float | None


def state_complaints(case: Dispute, first: int, last: int) -> Tally:
    """What became of each complaint to the State."""
    tally: Tally = Counter()
    for filed in in_period(case.of("state-complaint-filed"), first, last):
        tally["filed"] += 1
        duty = case.duty((STATE_DECISION,), filed.id)
        if duty is None or duty.status in ("cannot-tell", "excused"):
            tally["cannot_tell"] += 1
        elif duty.done is not None:
            tally += _report(case, filed, duty.done, duty.done_by, duty.started, duty.status)
        elif duty.status in OPEN:
            tally += Counter(pending=1, pending_hearing=int(duty.status == "paused"))
        else:
            tally["overdue"] += 1
    return tally


def _report(case: Dispute, filed: Event, done: int, by: int | None, started: int | None, status: str) -> Tally:
    report = next((one for one in case.of("state-complaint-decided") if one.id == by), None)
    found = int(report is not None and report.said.get("violation_found") is True)
    in_sixty = done - (filed.day if started is None else started) <= SIXTY
    name = "reports_in_60_days" if in_sixty else "reports_in_extended_time" if status == "met" else "reports_late"
    return Counter({"reports": 1, "reports_with_findings": found, name: 1})


def due_process(case: Dispute, first: int, last: int) -> Tally:
    """What became of each due process complaint."""
    tally: Tally = Counter()
    for filed in in_period(case.of("due-process-filed"), first, last):
        fast = is_fast(case, filed)
        tally += Counter(filed=1, filed_expedited=int(fast))
        tally += _meeting(case, filed)
        tally["settlements"] += int(settled(case, filed, "resolution"))
        tally += _fast_ending(case, filed) if fast else _ending(case, filed)
    return tally


def is_fast(case: Dispute, filed: Event) -> bool:
    """True for a complaint about discipline with a fast hearing: the file says so, or else the duties of the case."""
    said = filed.said.get("expedited")
    if said is None:
        return case.duty((FAST_HEARING,), filed.id) is not None and case.duty(HEARING, filed.id) is None
    return said is True


def _meeting(case: Dispute, filed: Event) -> Tally:
    """The meeting to settle one complaint. A settlement that came of such a meeting shows that it was held."""
    duty = case.duty(MEETING, filed.id)
    shown = Counter(meetings=1, meetings_time_cannot_tell=1) if settled(case, filed, "resolution") else Counter[str]()
    if duty is None:
        return shown
    if case.kind_of(duty.done_by) == "meeting-held" or (duty.done is not None and duty.status in ("met", "met-late")):
        return Counter({"meetings": 1, "meetings_in_time" if duty.status == "met" else "meetings_late": 1})
    if shown:
        return shown
    names = {"late": "meetings_overdue", "excused": "meetings_not_needed", "cannot-tell": "meetings_cannot_tell"}
    return Counter({names[duty.status]: 1}) if duty.status in names else Counter()


def settled(case: Dispute, filed: Event, *ways: str) -> bool:
    """True if a written settlement (in one of these ways, or any) came of this complaint and stood."""
    for signed in case.of("settlement-signed"):
        voided = any(one.day >= signed.day for one in case.of("settlement-voided"))
        way = not ways or signed.said.get("from") in ways
        if way and not voided and _last_filed(case, signed.day) is filed:
            return True
    return False


def _last_filed(case: Dispute, day: int) -> Event | None:
    """The last complaint filed by that day: what came of several open ones is put to the last."""
    return next((one for one in reversed(case.of("due-process-filed")) if one.day <= day), None)


def _ending(case: Dispute, filed: Event) -> Tally:
    duty = case.duty(HEARING, filed.id)
    kind = case.kind_of(duty.done_by) if duty else ""
    if duty and kind == "hearing-decided":
        return _decided(case, filed, duty.status, duty.started, duty.done)
    if kind == "due-process-closed" or settled(case, filed):
        return Counter(closed=1)
    return _not_ended(duty.status if duty else "cannot-tell")


def _decided(case: Dispute, filed: Event, status: str, started: int | None, done: int | None) -> Tally:
    extended = any(filed.day <= one.day <= (done or one.day) for one in case.of("hearing-extended"))
    in_time = started is not None and done is not None and done - started <= FORTY_FIVE
    if status == "cannot-tell":
        name = "decided_time_cannot_tell"
    elif status == "met-late":
        name = "decided_late"
    else:
        name = "decided_in_extended_time" if extended and not in_time else "decided_in_45_days"
    return Counter({"decided": 1, name: 1})


def _not_ended(status: str) -> Tally:
    if status in OPEN:
        return Counter(pending=1)
    return Counter(overdue=1) if status == "late" else Counter(cannot_tell=1)


def _fast_ending(case: Dispute, filed: Event) -> Tally:
    """The same for a fast hearing: in time if it was held within 20 school days and decided within 10 more."""
    tally = fast_hearing(case, filed)
    if tally["decided"]:
        in_time = tally["held_in_20_school_days"] and tally["decided_in_10_school_days"]
        late = tally["held_late"] or tally["decided_late"]
        name = "decided_in_45_days" if in_time else "decided_late" if late else "decided_time_cannot_tell"
        return Counter({"decided": 1, name: 1})
    return Counter({name: tally[name] for name in ("closed", "pending", "overdue", "cannot_tell") if tally[name]})


def fast_hearing(case: Dispute, filed: Event) -> Tally:
    """How one fast hearing went: held, decided, closed, pending, overdue, or not to be told."""
    duty = case.duty((FAST_HEARING,), filed.id)
    if duty is None:
        return Counter(cannot_tell=1)
    if case.kind_of(duty.done_by) == "due-process-closed":
        return Counter(closed=1)
    if case.kind_of(duty.done_by) != "hearing-held":
        return Counter(closed=1) if settled(case, filed) else _not_ended(duty.status)
    held = {"met": "held_in_20_school_days", "met-late": "held_late"}.get(duty.status)
    tally = Counter(held=1) + (Counter({held: 1}) if held else Counter())
    decision = case.duty((FAST_DECISION,), duty.done_by or 0)
    if decision is None:
        return tally + Counter(cannot_tell=1)
    if case.kind_of(decision.done_by) != "hearing-decided":
        closed = any(_last_filed(case, one.day) is filed for one in case.of("due-process-closed"))
        if closed or settled(case, filed):
            return tally + Counter(closed=1)
        return tally + _not_ended(decision.status)
    decided = {"met": "decided_in_10_school_days", "met-late": "decided_late"}.get(decision.status)
    return tally + Counter(decided=1) + (Counter({decided: 1}) if decided else Counter())


def expedited(case: Dispute, first: int, last: int) -> Tally:
    """What became of each fast hearing about discipline."""
    tally: Tally = Counter()
    for filed in in_period(case.of("due-process-filed"), first, last):
        if is_fast(case, filed):
            ordered = any(_last_filed(case, one.day) is filed for one in case.of("interim-setting-ordered"))
            tally += Counter(filed=1, settlements=int(settled(case, filed, "resolution")))
            tally += Counter(meetings=_meeting(case, filed)["meetings"], placement_changed=int(ordered))
            tally += fast_hearing(case, filed)
    return tally


def mediation(case: Dispute, first: int, last: int) -> Tally:
    """What became of each request for mediation."""
    tally: Tally = Counter()
    for asked, started, ended in _mediations(case):
        if not first <= asked <= last:
            continue
        agreed = ended is not None and ended.said.get("result") == "agreement"
        about = "about_due_process" if _complaint_open(case, asked) else "other"
        if started or agreed:
            tally += Counter({"asked": 1, "held": 1, f"held_{about}": 1, f"agreed_{about}": int(agreed)})
        else:
            tally += Counter({"asked": 1, "not_held" if ended else "pending": 1})
    return tally


def _mediations(case: Dispute) -> Iterator[tuple[int, Event | None, Event | None]]:
    """Each request's day with its first session and its end. A session that nobody asked for asks for itself."""
    asked: int | None = None
    started: Event | None = None
    for event in case.of("mediation-asked", "mediation-started", "mediation-ended"):
        if event.kind == "mediation-ended":
            if asked is not None:
                yield asked, started, event
            asked, started = None, None
        elif event.kind == "mediation-started" and started is None:
            asked, started = event.day if asked is None else asked, event
        elif event.kind == "mediation-asked":
            if asked is not None:
                yield asked, started, None
            asked, started = event.day, None
    if asked is not None:
        yield asked, started, None


def _complaint_open(case: Dispute, day: int) -> bool:
    """True if on that day a due process complaint was filed and neither decided nor closed."""
    filed = [one.day for one in case.of("due-process-filed") if one.day <= day]
    ended = [one.day for one in case.of("due-process-closed", "hearing-decided") if one.day <= day]
    return bool(filed) and max(filed) > max(ended, default=min(filed) - 1)


def _complaint_shares(tally: Tally) -> dict[str, float | None]:
    found = share(
        tally["reports_in_60_days"] + tally["reports_in_extended_time"],
        tally["reports_late"] + tally["overdue"],
        perhaps_yes=tally["cannot_tell"], perhaps_no=tally["cannot_tell"],
    )  # fmt: skip
    return {"percent_lowest": found.lowest, "percent_highest": found.highest}


def _b15(tally: Tally) -> dict[str, float | None]:
    settlements = tally["settlements"]
    found = share(settlements, tally["meetings"] - settlements, perhaps_no=tally["meetings_cannot_tell"])
    return {"b15_percent_lowest": found.lowest, "b15_percent_highest": found.highest}


def _b16(tally: Tally) -> dict[str, float | None]:
    agreed = tally["agreed_about_due_process"] + tally["agreed_other"]
    found = share(agreed, tally["held"] - agreed)
    return {"b16_percent_lowest": found.lowest, "b16_percent_highest": found.highest}


def _nothing(_tally: Tally) -> dict[str, float | None]:
    return {}


@dataclass(frozen=True)
class DisputeTables:
    """The four tables, each with a row a place and last one for all together."""

    state_complaints: list[StateComplaintRow]
    due_process: list[DueProcessRow]
    expedited: list[ExpeditedRow]
    mediation: list[MediationRow]


def dispute_tables(found: Disputes, names: list[Place], period: Period) -> DisputeTables:
    """The tables of the period from the disputes and their duties."""
    days = number_of(period.first), number_of(period.last)

    def table(kind: type[Row], told: Callable[[Dispute, int, int], Tally],
              shares: Callable[[Tally], Mapping[str, float | None]]) -> list[Row]:  # fmt: skip
        by_place: dict[int, Tally] = {}
        for case in found.found.values():
            if tally := told(case, *days):
                by_place[case.place] = by_place.get(case.place, Counter()) + tally
        rows = [
            _row(kind, (*names[place], period.name), by_place[place], shares)
            for place in sorted(by_place, key=lambda one: names[one])
        ]
        whole = sum(by_place.values(), Counter())
        return [*rows, _row(kind, (*EVERYWHERE, period.name), whole, shares)]

    return DisputeTables(
        table(StateComplaintRow, state_complaints, _complaint_shares),
        table(DueProcessRow, due_process, _b15),
        table(ExpeditedRow, expedited, _nothing),
        table(MediationRow, mediation, _b16),
    )


def _row(
    kind: type[Row], place: tuple[str, str, str], tally: Tally, shares: Callable[[Tally], Mapping[str, float | None]]
) -> Row:
    values: dict[str, Any] = dict(zip(("state", "district", "period"), place, strict=True))
    values |= {one.name: tally[one.name] for one in fields(kind) if one.name not in values}  # type: ignore[arg-type]
    if "withdrawn" in values:
        values["withdrawn"] = None  # no kind of fact shows it
    return kind(**(values | dict(shares(tally))))
