"""The duties of one account of one case (core.duties over numbers): each becomes a row of `w.duties`."""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled, inlined
from gameplan.audit.counted import counted, limited
from gameplan.audit.done import done
from gameplan.audit.due import find
from gameplan.audit.limits import within_two
from gameplan.audit.removals import put_days_out
from gameplan.audit.rows import NO_DAY, REASON_CODES
from gameplan.audit.shapes import (
    ADDS,
    AT_DUE,
    CAP,
    COUNT_LIMIT,
    COUNTER,
    FACTS,
    GATE,
    REMOVAL_ORDERED,
    REPLACES,
    YES,
)
from gameplan.audit.starts import begin_starts, put_start, settle_starts, starts_of
from gameplan.audit.verdict import CANNOT_TELL, EXCUSED, LATE, put_duty, reached
from gameplan.audit.world import gather

ELSEWHERE, BEFORE_MOVE = REASON_CODES["starts-elsewhere"], REASON_CODES["before-move"]
ASK_STATE, NO_RULE = REASON_CODES["ask-state"], REASON_CODES["no-rule"]


@compiled
def put_duties(t: Any, w: Any, only_again: bool) -> None:
    """Adds every duty that a fact of this account has started; a federal one gives way to the State's own.

    With `only_again` those alone whose clocks are marked in `w.again`.
    """
    law = t.laws[w.law]
    first = w.duties_n
    w.pool_n = 0
    number = law.clocks_n
    for local in range(number):
        w.starts_n[local] = -1
    for local in range(number):
        w.touched[local] = 0
    for index in range(law.after_n):
        _start_after(t, w, t.ints[law.after_at + index])
    for index in range(_touched(t, w)):
        if not only_again or w.again[w.wanted[index] - law.clocks_at]:
            _of_clock(t, w, w.wanted[index])
    _give_way(t, w, first)


@compiled
def _touched(t: Any, w: Any) -> int:
    """Puts the clocks that a fact of the case can have started into `w.wanted`; how many."""
    law = t.laws[w.law]
    wanted = 0
    for place in range(w.used_n):
        match = w.used[place]
        at, number = t.ints[law.touched_at + 2 * match], t.ints[law.touched_at + 2 * match + 1]
        for index in range(at, at + number):
            clock = t.ints[index]
            if w.touched[clock - law.clocks_at] == 0:
                w.touched[clock - law.clocks_at] = 1
                w.wanted[wanted] = clock
                wanted += 1
    for index in range(law.after_n):
        w.wanted[wanted] = t.ints[law.after_at + index]
        wanted += 1
    return wanted


@compiled
def _give_way(t: Any, w: Any, first: int) -> None:
    """Takes out the federal duties whose place the State's own have taken."""
    for index in range(first, w.duties_n):
        own = t.clocks[w.duties[index].clock]
        if own.state_pack == 0 or own.base < 0 or w.duties[index].status == CANNOT_TELL:
            continue
        for place in range(first, w.duties_n):
            other = w.duties[place]
            if other.case >= 0 and other.started_by == w.duties[index].started_by:
                clock = t.clocks[other.clock]
                if clock.state_pack == 0 and clock.id == own.base:
                    other.case = -1
    kept = first
    for index in range(first, w.duties_n):
        if w.duties[index].case >= 0:
            if kept != index:
                w.duties[kept] = w.duties[index]
            kept += 1
    w.duties_n = kept


@inlined
def _start_after(t: Any, w: Any, clock: int) -> None:
    """Finds the starts of a clock that begins on the day another one is done, or due."""
    row = t.clocks[clock]
    number = 0
    for index in range(row.others_n):
        number = _edges(t, w, t.ints[row.others_at + index], row.edge, number)
    begin_starts(t, w, clock)
    for index in range(number):
        one = w.edges[index]
        put_start(w, one.fact, one.day, one.match, one.sure != 0)
    settle_starts(t, w, clock)


@inlined
def _edges(t: Any, w: Any, other: int, edge: int, number: int) -> int:
    count = starts_of(t, w, other)
    at = w.starts_at[other - t.laws[w.law].clocks_at]
    for start in range(at, at + count):
        begun = w.pool[start]
        day, sure = begun.day, begun.sure
        if in_force(t, other, begun.day):
            row = w.duties[_duty(t, w, other, start, NO_DAY)]
            w.duties_n -= 1
            day, sure = row.due if edge == AT_DUE else row.done, 1
            if day == NO_DAY or row.status == EXCUSED:
                continue
            if edge != AT_DUE and (row.status == CANNOT_TELL or day > w.on):
                continue
        elif another_version(t, other, begun.day):
            continue
        if number < FACTS:
            one = w.edges[number]
            one.fact, one.day, one.match, one.sure = begun.fact, day, begun.match, sure
            number += 1
    return number


@compiled
def in_force(t: Any, clock: int, day: int) -> bool:
    """True if this version of the rule is in force on the day."""
    return t.clocks[clock].first <= day <= t.clocks[clock].last


@compiled
def another_version(t: Any, clock: int, day: int) -> bool:
    """True if another version of the rule speaks for that day."""
    row = t.clocks[clock]
    for index in range(row.versions_n):
        if in_force(t, t.ints[row.versions_at + index], day):
            return True
    return row.first_version == 0


@inlined
def _of_clock(t: Any, w: Any, clock: int) -> None:
    row = t.clocks[clock]
    count = starts_of(t, w, clock)
    at = w.starts_at[clock - t.laws[w.law].clocks_at]
    if count == 0:
        return
    if row.kind == COUNTER:
        counted(t, w, clock, at, count)
    elif row.kind == COUNT_LIMIT:
        limited(t, w, clock, at, count)
    elif row.instead_n:
        if not _any_starts(t, w, row.instead_at, row.instead_n):
            for start in range(at, at + count):
                put_duty(t, w, clock, start, CANNOT_TELL, ELSEWHERE)
    else:
        for start in range(at, at + count):
            following = w.pool[start + 1].day if start + 1 < at + count else NO_DAY
            if in_force(t, clock, w.pool[start].day):
                _in_force(t, w, clock, start, following)
            elif not another_version(t, clock, w.pool[start].day):
                put_duty(t, w, clock, start, CANNOT_TELL, NO_RULE)


@compiled
def _any_starts(t: Any, w: Any, at: int, number: int) -> bool:
    for index in range(at, at + number):
        if starts_of(t, w, t.ints[index]):
            return True
    return False


@inlined
def _in_force(t: Any, w: Any, clock: int, start: int, following: int) -> None:
    """The duty under a rule that counts on that day, or that another State's counted, or may."""
    row = t.clocks[clock]
    if row.state_pack and w.came_here != NO_DAY and w.pool[start].day < w.came_here:
        put_duty(t, w, clock, start, CANNOT_TELL, BEFORE_MOVE)
    elif row.must_ask:
        met = done(t, w, clock, start, following)
        at = put_duty(t, w, clock, start, CANNOT_TELL, ASK_STATE)
        if met[0] != NO_DAY and met[1] >= 0:
            w.duties[at].done, w.duties[at].done_by = met[0], w.facts[met[1]].id
    else:
        _lasting_duty(t, w, clock, start, following)


@compiled
def _due(t: Any, w: Any, clock: int, start: int) -> tuple[int, int, int, int, int, int]:
    """When the duty is due, with outer limits, gates and the federal number beside the State's."""
    row, begun = t.clocks[clock], w.pool[start]
    due = find(t, w, clock, begun.day, begun.fact)
    if row.within_n and due[0]:
        due = within_two(t, w, clock, begun.day, due)
    if row.kind == GATE and due[0] == 0:
        day = _gate(t, w, clock, start)
        if day != NO_DAY:
            due = (1, day, day, due[3], due[4], due[5])
    if row.federal >= 0 and due[0] and (row.relation == ADDS or (row.relation == REPLACES and row.low)):
        due = _beside_federal(t, w, clock, start, due)
    return due


@compiled
def _gate(t: Any, w: Any, clock: int, start: int) -> int:
    """The day of the event that this duty must come before, once that event has happened or is planned."""
    row, begun = t.clocks[clock], w.pool[start].day
    if row.triggers == 0:
        return begun
    begin, end = gather(t, w, row.blocks_at, row.blocks_n, 1)
    for index in range(begin, end):
        day = w.hits[index].day
        if w.hits[index].answer == YES and day >= begun and (w.hits[index].came or day >= w.on):
            return day
    return NO_DAY


@compiled
def _beside_federal(
    t: Any, w: Any, clock: int, start: int, due: tuple[int, int, int, int, int, int]
) -> tuple[int, int, int, int, int, int]:
    """Hold the State's number beside the federal one where both bind or the State's is only weakly known."""
    row = t.clocks[clock]
    if row.federal_length < 0:
        return due
    base = _federal_start(t, w, row.federal, w.pool[start].fact, w.pool[start].day)
    if base == NO_DAY:
        return due
    other = find(t, w, row.federal, base, w.pool[start].fact)
    if other[0] == 0:
        return due
    if row.relation == ADDS:
        return due[0], min(due[1], other[1]), min(due[2], other[2]), due[3], due[4], due[5]
    return due[0], min(due[1], other[1]), max(due[2], other[2]), due[3], due[4], due[5]


@compiled
def _federal_start(t: Any, w: Any, federal: int, fact: int, day: int) -> int:
    """The day from which the federal clock counts for the same round, or NO_DAY."""
    count = starts_of(t, w, federal)
    at = w.starts_at[federal - t.laws[w.law].clocks_at]
    for start in range(at, at + count):
        if fact >= 0 and w.pool[start].fact == fact:
            return w.pool[start].day
    for start in range(at, at + count):
        if w.pool[start].day >= day:
            return w.pool[start].day
    return NO_DAY


@compiled
def _met(t: Any, w: Any, clock: int, start: int, following: int, due: Any) -> tuple[int, int, int, int]:
    met = done(t, w, clock, start, following)
    if met[0] == NO_DAY and t.clocks[clock].kind == CAP:
        fact = w.pool[start].fact
        number = put_days_out(t, w, fact, 0) if fact >= 0 else 0
        if number:
            end = w.out[number - 1].last
            if due[0] and end <= due[1] and end < w.on:
                return end, fact, -1, 0
    return met


@compiled
def _judged(t: Any, w: Any, clock: int, start: int, due: Any, met: tuple[int, int, int, int]) -> int:
    """The row of the duty; a removal whose length is not known may have ended."""
    fact = w.pool[start].fact
    if met[0] == NO_DAY and t.clocks[clock].kind == CAP and fact >= 0 and put_days_out(t, w, fact, 0) == 0:
        perhaps = 1 if w.facts[fact].kind == t.own_kinds[REMOVAL_ORDERED] else 0
        due = (due[0], due[1], due[2], due[3], due[4], perhaps)
    return reached(t, w, clock, start, due, met)


@compiled
def _duty(t: Any, w: Any, clock: int, start: int, following: int) -> int:
    """One duty of a clock that does not wait for another's time to run out: its row."""
    due = _due(t, w, clock, start)
    return _judged(t, w, clock, start, due, _met(t, w, clock, start, following, due))


@inlined
def _lasting_duty(t: Any, w: Any, clock: int, start: int, following: int) -> int:
    """One duty; a status that lasts also ends once another clock's time has run out unused."""
    due = _due(t, w, clock, start)
    met = _met(t, w, clock, start, following, due)
    if met[0] == NO_DAY and t.clocks[clock].ends_n:
        end = _run_out(t, w, clock)
        if end != NO_DAY:
            met = (end, -1, -1, 0)
    return _judged(t, w, clock, start, due, met)


@inlined
def _run_out(t: Any, w: Any, clock: int) -> int:
    """The day on which the last of the other clock's times ran out unused, or NO_DAY."""
    row = t.clocks[clock]
    found, late, latest = 0, 0, NO_DAY
    for index in range(row.ends_n):
        other = t.ints[row.ends_at + index]
        count = starts_of(t, w, other)
        at = w.starts_at[other - t.laws[w.law].clocks_at]
        for start in range(at, at + count):
            if not in_force(t, other, w.pool[start].day):
                continue
            if t.clocks[other].must_ask:
                return NO_DAY
            duty = w.duties[_duty(t, w, other, start, NO_DAY)]
            w.duties_n -= 1
            found += 1
            if duty.status == LATE and duty.due != NO_DAY:
                late += 1
                latest = max(latest, duty.due)
    return latest if found and late == found else NO_DAY
