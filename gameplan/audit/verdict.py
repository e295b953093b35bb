"""How one duty of one case stands on the day (core.verdict over numbers): one row in `w.duties`."""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled
from gameplan.audit.done import LOOK_BACK, earliest_act
from gameplan.audit.removals import back_in_time
from gameplan.audit.rows import NO_DAY, REASON_CODES, STATUS_CODES
from gameplan.audit.shapes import (
    AFTER,
    BEFORE,
    CAP,
    CONSENT_GIVEN,
    DUTIES,
    FLOOR,
    GATE,
    HOLD,
    PERIOD,
    PWN_SENT,
    YES,
)
from gameplan.audit.world import gather, happened

SOON, LONG_WEEKEND = 7, 4
RUNNING, DUE_SOON, LATE = STATUS_CODES["running"], STATUS_CODES["due-soon"], STATUS_CODES["late"]
MET, MET_LATE, EXCUSED = STATUS_CODES["met"], STATUS_CODES["met-late"], STATUS_CODES["excused"]
PAUSED, NOT_STARTED, CANNOT_TELL = STATUS_CODES["paused"], STATUS_CODES["not-started"], STATUS_CODES["cannot-tell"]
EXCEPTION, FELL_AWAY = REASON_CODES["exception"], REASON_CODES["fell-away"]
OPEN_START, OPEN_DONE, OPEN_DUE = REASON_CODES["open-start"], REASON_CODES["open-done"], REASON_CODES["open-due"]
SHOWN_LATER = REASON_CODES["shown-later"]


@compiled
def put_duty(t: Any, w: Any, clock: int, start: int, status: int, reason: int) -> int:
    """A new row for a duty that stands so, with no days but its start; its place."""
    at = w.duties_n
    if at >= DUTIES - 1:
        w.full = 1
        at -= 1
    row, begun = w.duties[at], w.pool[start]
    row.case, row.clock, row.status, row.reason = w.case, clock, status, reason
    row.started_by = w.facts[begun.fact].id if begun.fact >= 0 else NO_DAY
    row.started = begun.day if status != NOT_STARTED else NO_DAY
    row.due = row.due_earliest = row.due_latest = row.done = row.done_by = row.days_left = row.days_late = NO_DAY
    w.duties_n = at + 1
    return at


@compiled
def reached(
    t: Any,
    w: Any,
    clock: int,
    start: int,
    due: tuple[int, int, int, int, int, int],
    met: tuple[int, int, int, int],
) -> int:
    """The duty as it stands, once its due day and what met it are known: its row."""
    has, first, last, excused, paused, perhaps = due
    sure = w.pool[start].sure
    at = put_duty(t, w, clock, start, RUNNING, 0)
    row = w.duties[at]
    if has:
        row.due_earliest, row.due_latest = first, last
        row.due = first if first == last and sure else NO_DAY
    fallen = _fell_away(t, w, clock, start, met[0], last if has else NO_DAY)
    if fallen >= 0 and _revived(t, w, fallen):
        sure, fallen, row.due = 0, -1, NO_DAY
    if excused:
        row.status, row.reason = EXCUSED, EXCEPTION
    elif fallen >= 0:
        row.status, row.reason = EXCUSED, FELL_AWAY
    elif met[0] != NO_DAY:
        _meet(t, w, clock, row, sure, met)
    else:
        if perhaps:
            sure = 0
        _stand_open(t, w, clock, start, row, sure, met[2] >= 0, paused)
    if row.status == NOT_STARTED:
        row.started = NO_DAY
    return at


@compiled
def _fell_away(t: Any, w: Any, clock: int, start: int, met: int, last: int) -> int:
    """The fact that took the duty's ground away, or -1."""
    row = t.clocks[clock]
    if row.falls_n == 0:
        return -1
    begin, end = gather(t, w, row.falls_at, row.falls_n, 3)
    if begin == end:
        return -1
    since = earliest_act(t, w, clock, start)
    for index in range(begin, end):
        fact, day = w.hits[index].fact, w.hits[index].day
        if day < since or (met != NO_DAY and day >= met) or w.hits[index].answer != YES:
            continue
        if w.hits[index].came == 0:
            continue
        if last != NO_DAY and day > last and row.direction == AFTER and row.repeats == 0:
            continue
        return fact
    return -1


@compiled
def _revived(t: Any, w: Any, fallen: int) -> bool:
    """True if permission to evaluate came after the refusal that ended the clock: somebody changed their mind."""
    if w.facts[fallen].kind != t.own_kinds[PWN_SENT]:
        return False
    kind = t.own_kinds[CONSENT_GIVEN]
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        for_evaluation = t.forms[w.facts[fact].form].consent == t.initial_evaluation
        if for_evaluation and w.facts[fact].day > w.facts[fallen].day and happened(w, fact, -1):
            return True
    return False


@compiled
def _meet(t: Any, w: Any, clock: int, row: Any, sure: int, met: tuple[int, int, int, int]) -> None:
    """Something in the file shows that it was done, or done by then at the latest."""
    day, fact, _, by_then = met
    row.done_by = w.facts[fact].id if fact >= 0 else NO_DAY
    row.done = day
    if t.clocks[clock].kind == HOLD:
        row.status = MET
        return
    first, last = row.due_earliest, row.due_latest
    late = _days_late(t, w, clock, last, day)
    in_range = first != NO_DAY and first < day <= last
    if in_range or sure == 0 or (by_then and late > 0):
        row.status = CANNOT_TELL
        row.reason = OPEN_START if sure == 0 else (OPEN_DUE if in_range else SHOWN_LATER)
        if by_then:
            row.done = NO_DAY
    else:
        row.status = MET_LATE if late else MET
        if late and first == last:
            row.days_late = late


@compiled
def _days_late(t: Any, w: Any, clock: int, last: int, day: int) -> int:
    if last == NO_DAY or day <= last:
        return 0
    if t.clocks[clock].kind == CAP:
        return 0 if back_in_time(w, last, day) else day - last - 1
    return day - last


@compiled
def _stand_open(t: Any, w: Any, clock: int, start: int, row: Any, sure: int, maybe: bool, paused: int) -> None:
    c, begun = t.clocks[clock], w.pool[start].day
    before = c.direction == BEFORE
    if c.kind == HOLD:
        if sure == 0:
            row.status, row.reason = CANNOT_TELL, OPEN_START
    elif begun > w.on and not before:
        row.status = NOT_STARTED
        if row.due != NO_DAY:
            row.days_left = row.due - w.on
    elif sure == 0 or maybe:
        row.status, row.due = CANNOT_TELL, NO_DAY
        row.reason = OPEN_DONE if sure else OPEN_START
    elif row.due_earliest == NO_DAY and before and c.kind != GATE and w.on > begun:
        row.status = LATE
    elif paused:
        row.status, row.due = PAUSED, NO_DAY
    elif row.due_earliest != NO_DAY:
        _by_day(t, w, clock, start, row)


@compiled
def _by_day(t: Any, w: Any, clock: int, start: int, row: Any) -> None:
    """By where the day lies, before or after the due day."""
    c, on, first, last = t.clocks[clock], w.on, row.due_earliest, row.due_latest
    if c.kind == FLOOR:
        row.status = LATE if _too_early(t, w, clock, start, first) else (RUNNING if on < first else MET)
    elif on > last and c.kind == PERIOD:
        row.status = MET
        row.done = last if first == last else NO_DAY
    elif on > last:
        row.status = LATE
        row.days_late = on - last if first == last else NO_DAY
    elif first != last and not (c.last_day and last - first <= LONG_WEEKEND and on <= first):
        row.status, row.reason, row.days_left = CANNOT_TELL, OPEN_DUE, max(first - on, 0)
    else:
        row.days_left = first - on
        row.status = DUE_SOON if row.days_left <= SOON else RUNNING


@compiled
def _too_early(t: Any, w: Any, clock: int, start: int, first: int) -> bool:
    """True if what had to wait until that day did not."""
    c, begun = t.clocks[clock], w.pool[start]
    since = begun.day if c.direction == AFTER else first - LOOK_BACK
    begin, end = gather(t, w, c.blocks_at, c.blocks_n, 3)
    for index in range(begin, end):
        fact, day = w.hits[index].fact, w.hits[index].day
        early = w.hits[index].answer == YES and fact != begun.fact and since <= day < first
        if early and w.hits[index].came:
            return True
    return False
