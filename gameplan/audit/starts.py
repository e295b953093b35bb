"""What starts each clock of one case (core.starts over numbers). Starts lie in one pool, found once for each clock."""

from __future__ import annotations

from typing import Any

from gameplan.audit.calendars import year_code
from gameplan.audit.compiled import compiled
from gameplan.audit.shapes import (
    BEFORE,
    COUNTER,
    FIRST_IN_SCHOOL_YEAR,
    GATE,
    NO,
    OPEN,
    POOL,
    YES,
)
from gameplan.audit.world import gather, holds


@compiled
def starts_of(t: Any, w: Any, clock: int) -> int:
    """What has started this clock, earliest first: how many; they lie in the pool from `starts_at` of the clock.

    A clock that starts after another one has its starts put there beforehand (audit.duties).
    """
    local = clock - t.laws[w.law].clocks_at
    if w.starts_n[local] < 0:
        begin_starts(t, w, clock)
        _by_facts(t, w, clock)
        settle_starts(t, w, clock)
    return w.starts_n[local]


@compiled
def begin_starts(t: Any, w: Any, clock: int) -> None:
    """Opens the clock's list of starts at the end of the pool."""
    local = clock - t.laws[w.law].clocks_at
    w.starts_at[local] = w.pool_n
    w.starts_n[local] = 0


@compiled
def put_start(w: Any, fact: int, day: int, match: int, sure: bool) -> None:
    """Adds a start at the end of the pool; a case that is too large for it is marked, and never half judged."""
    if w.pool_n >= POOL:
        w.full = 1
        return
    row = w.pool[w.pool_n]
    row.fact, row.day, row.match, row.sure = fact, day, match, sure
    w.pool_n += 1


@compiled
def settle_starts(t: Any, w: Any, clock: int) -> None:
    """What of the starts since `begin_starts` counts: by conditions, rounds and fresh beginnings."""
    local = clock - t.laws[w.law].clocks_at
    at = w.starts_at[local]
    number = w.pool_n - at
    row = t.clocks[clock]
    if number:
        number = _applying(t, w, clock, at, number)
        if number > 1:
            _sort(w, at, number)
            if row.repeats == FIRST_IN_SCHOOL_YEAR:
                number = _first_of_each_year(w, at, number)
            number = _rounds(w, at, number, row.one_round)
        if row.restarts_n and number:
            _begun_anew(t, w, clock, at, number)
    w.pool_n = at + number
    w.starts_n[local] = number


@compiled
def _known(w: Any, at: int, fact: int) -> bool:
    for index in range(at, w.pool_n):
        if w.pool[index].fact == fact:
            return True
    return False


@compiled
def _by_facts(t: Any, w: Any, clock: int) -> None:
    row = t.clocks[clock]
    at = w.pool_n
    back = row.direction == BEFORE or row.kind == GATE
    begin, end = gather(t, w, row.starts_at, row.starts_n, 0)
    for index in range(begin, end):
        fact, day, match = w.hits[index].fact, w.hits[index].day, w.hits[index].match
        if _known(w, at, fact):
            continue
        if w.hits[index].came or (back and day >= w.on):
            put_start(w, fact, day, match, w.hits[index].answer == YES)
    if w.pool_n == at and row.kind == GATE and row.triggers and not row.only_if_begun:
        _unasked(t, w, clock)


@compiled
def _unasked(t: Any, w: Any, clock: int) -> None:
    """What had to wait has happened, and nothing in the file shows what had to come first."""
    row = t.clocks[clock]
    begin, end = gather(t, w, row.blocks_at, row.blocks_n, 0)
    for index in range(begin, end):
        fact, day, match = w.hits[index].fact, w.hits[index].day, w.hits[index].match
        if w.hits[index].answer == YES and w.hits[index].came:
            if _given_before(t, w, clock, day):
                return
            put_start(w, fact, day, match, False)


@compiled
def _given_before(t: Any, w: Any, clock: int, day: int) -> bool:
    """Puts what the gate asks for as the start, if it is in the file by that day."""
    row = t.clocks[clock]
    if row.done_all:
        return False
    begin, end = gather(t, w, row.done_at, row.done_n, 1)
    for index in range(begin, end):
        fact, match = w.hits[index].fact, w.hits[index].match
        if w.hits[index].answer == YES and w.hits[index].came and w.hits[index].day <= day:
            put_start(w, fact, w.hits[index].day, match, True)
            return True
    return False


@compiled
def _applying(t: Any, w: Any, clock: int, at: int, number: int) -> int:
    """Keeps the starts to which no condition says no; an open condition makes a start unsure."""
    row = t.clocks[clock]
    if row.kind == COUNTER or (row.applies_n == 0 and row.unless_n == 0):
        return number
    kept = 0
    for index in range(at, at + number):
        answer = _applies(t, w, clock, w.pool[index].day, w.pool[index].fact)
        if answer != NO:
            _move(w, at + kept, index)
            if answer == OPEN:
                w.pool[at + kept].sure = 0
            kept += 1
    return kept


@compiled
def _applies(t: Any, w: Any, clock: int, day: int, fact: int) -> int:
    row = t.clocks[clock]
    found = YES
    for index in range(row.applies_n):
        answer = holds(t, w, t.ints[row.applies_at + index], day, fact)
        if answer == NO:
            return NO
        if answer == OPEN:
            found = OPEN
    for index in range(row.unless_n):
        condition = t.ints[row.unless_at + index]
        answer = holds(t, w, condition, day, fact)
        if answer == YES:
            return NO
        if answer == OPEN and t.conditions[condition].says_open:
            found = OPEN
    return found


@compiled
def _move(w: Any, to: int, index: int) -> None:
    row, other = w.pool[to], w.pool[index]
    row.fact, row.day, row.match, row.sure = other.fact, other.day, other.match, other.sure


@compiled
def _sort(w: Any, at: int, number: int) -> None:
    for index in range(at + 1, at + number):
        row = w.pool[index]
        fact, day, match, sure = row.fact, row.day, row.match, row.sure
        place = index
        while place > at and w.pool[place - 1].day > day:
            _move(w, place, place - 1)
            place -= 1
        row = w.pool[place]
        row.fact, row.day, row.match, row.sure = fact, day, match, sure


@compiled
def _first_of_each_year(w: Any, at: int, number: int) -> int:
    kept = 0
    for index in range(at, at + number):
        code = year_code(w, w.pool[index].day)
        if all_differ(w, at, kept, code):
            _move(w, at + kept, index)
            kept += 1
    return kept


@compiled
def all_differ(w: Any, at: int, number: int, code: int) -> bool:
    """True if none of these starts lies in the school year of that code."""
    for index in range(at, at + number):
        if year_code(w, w.pool[index].day) == code:
            return False
    return True


@compiled
def _rounds(w: Any, at: int, number: int, days: int) -> int:
    if days == 0:
        return number
    kept = 0
    for index in range(at, at + number):
        if kept and w.pool[index].day - w.pool[at + kept - 1].day <= days:
            _move(w, at + kept - 1, index)
        else:
            _move(w, at + kept, index)
            kept += 1
    return kept


@compiled
def _begun_anew(t: Any, w: Any, clock: int, at: int, number: int) -> None:
    """Each start moved to the last fact that made its count begin anew before the next one."""
    row = t.clocks[clock]
    begin, end = gather(t, w, row.restarts_at, row.restarts_n, 0)
    for index in range(begin, end):
        fact, day, match = w.hits[index].fact, w.hits[index].day, w.hits[index].match
        if w.hits[index].answer == YES and w.hits[index].came:
            for place in range(at + number - 1, at - 1, -1):
                if w.pool[place].day <= day:
                    w.pool[place].fact, w.pool[place].day, w.pool[place].match = fact, day, match
                    break
