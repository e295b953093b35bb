"""What exceptions do to a due day of one case (core.due_finder._exceptions over numbers).

A due day is six numbers: 1 if there is a day, its earliest and latest, 1 if excused, 1 if paused, 1 if something may
have ended the duty.
"""

from __future__ import annotations

from typing import Any

from gameplan.audit import days
from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import (
    AFTER,
    ASKED,
    BEFORE,
    DOES_NOT_APPLY,
    ENDS_EARLY,
    EXTENDS,
    FROM_DATE,
    GATE,
    MAY_STOP,
    NOT_NEEDED,
    RESTARTS,
    SHORTER_NOTICE,
    SUSPENDS,
    UNTIL,
    WAIVED,
    YES,
)
from gameplan.audit.world import hits

Due = tuple[int, int, int, int, int, int]
AGREED_AHEAD, OPEN_STOP, NO_NEW_DAY = 120, 365, 365


@compiled
def with_changes(t: Any, w: Any, clock: int, start: int, began_by: int, due: Due) -> Due:
    """The due day after every exception of the clock that a fact of the case brings."""
    row = t.clocks[clock]
    for number in range(row.exceptions_n):
        exception = t.ints[row.exceptions_at + number]
        rule = t.exceptions[exception]
        if rule.effect in (SUSPENDS, RESTARTS) or w.match_n[rule.when] == 0:
            continue
        begin, end = hits(w, rule.when)
        for index in range(begin, end):
            fact = w.hits[index].fact
            day = _counts_from(t, w, rule, index)
            if not _in_its_time(row, start, day) or w.hits[index].came == 0:
                continue
            if fact == began_by and rule.effect != SHORTER_NOTICE:
                continue
            if w.hits[index].answer == YES:
                due = _apply(t, w, clock, start, exception, day, fact, due)
            elif rule.effect == EXTENDS:
                due = _perhaps_extended(t, w, exception, fact, day, due)
            elif rule.effect in (DOES_NOT_APPLY, NOT_NEEDED, WAIVED, ENDS_EARLY):
                due = (due[0], due[1], due[2], due[3], due[4], 1)
    return due


@compiled
def _counts_from(t: Any, w: Any, rule: Any, index: int) -> int:
    """The day from which a change counts: more time from the day it was asked for, where the file says that day."""
    asked, fact = t.own_fields[ASKED], w.hits[index].fact
    if rule.effect == EXTENDS and t.matches[rule.when].on < 0 and asked >= 0 and w.dates[fact, asked] != NO_DAY:
        return w.dates[fact, asked]
    return w.hits[index].day


@compiled
def _in_its_time(row: Any, start: int, day: int) -> bool:
    """True if what changes a clock came when it could: after the start, or shortly before what is counted back from."""
    if row.kind == GATE and row.triggers:
        return day >= start - AGREED_AHEAD
    if row.direction == BEFORE:
        return start - AGREED_AHEAD <= day <= start
    return day >= start


@compiled
def _perhaps_extended(t: Any, w: Any, exception: int, fact: int, day: int, due: Due) -> Due:
    """The file leaves open whether this agreement counts: the old day or the new one."""
    if due[0] == 0:
        return due
    new = _extend(t, w, exception, fact, day, due)
    return new[0], min(due[1], new[1]), max(due[2], new[2]), new[3], new[4], new[5]


@compiled
def _apply(t: Any, w: Any, clock: int, start: int, exception: int, day: int, fact: int, due: Due) -> Due:
    row, rule = t.clocks[clock], t.exceptions[exception]
    has, first, last, excused, paused, perhaps = due
    if rule.effect == MAY_STOP and has:
        last += OPEN_STOP
    elif rule.effect == ENDS_EARLY and has and day < last:
        first = last = day
    elif rule.effect in (DOES_NOT_APPLY, NOT_NEEDED, WAIVED):
        if not (has and day > last and row.direction == AFTER and row.repeats == 0):
            excused = 1
    elif rule.effect == SHORTER_NOTICE and has:
        excused = excused if rule.length else 1
        if rule.length:
            first, last = days.before(t, w, 0, 0, 0, 0, start, rule.length, rule.unit)
    elif rule.effect == EXTENDS and has:
        return _extend(t, w, exception, fact, day, due)
    return has, first, last, excused, paused, perhaps


@compiled
def _extend(t: Any, w: Any, exception: int, fact: int, day: int, due: Due) -> Due:
    rule = t.exceptions[exception]
    has, first, last, excused, paused, perhaps = due
    if day > last and not _asked_unknown(t, w, fact):
        return due
    until = _agreed_day(t, w, exception, fact, last)
    if until == NO_DAY:
        until = _open_end(w, rule.until, day)
    if until == NO_DAY and rule.until >= 0:
        return has, first, last, excused, 1, perhaps
    if until == NO_DAY:
        return has, first, last + NO_NEW_DAY, excused, paused, perhaps
    if rule.cap:
        until = min(until, _count(t, w, last, rule.cap, rule.cap_unit))
    one = other = until
    if until < last:
        one, other = max(until, first), max(until, last)
    if day > last or day > first:
        one, other = min(first, one), max(last, other)
    return has, one, other, excused, paused, perhaps


@compiled
def _count(t: Any, w: Any, begin: int, length: int, unit: int) -> int:
    """The latest day on which that many units after `begin` can end."""
    return days.plain_after(t, w, begin, length, unit, False)[1]


@compiled
def _asked_unknown(t: Any, w: Any, fact: int) -> bool:
    """True for more time that an official gave, where the file leaves open when somebody asked for it."""
    asked = t.own_fields[ASKED]
    return t.forms[w.facts[fact].form].official != 0 and (asked < 0 or w.dates[fact, asked] == NO_DAY)


@compiled
def _agreed_day(t: Any, w: Any, exception: int, fact: int, last: int) -> int:
    """The new day that was agreed, or the day that follows from the number of days agreed on; NO_DAY if neither."""
    until, old = t.own_fields[UNTIL], t.own_fields[FROM_DATE]
    if until >= 0 and w.dates[fact, until] != NO_DAY:
        return w.dates[fact, until]
    form = t.forms[w.facts[fact].form]
    if form.has_days:
        begin = w.dates[fact, old] if old >= 0 and w.dates[fact, old] != NO_DAY else last
        return _count(t, w, begin, int(form.days), t.exceptions[exception].cap_unit)
    return NO_DAY


@compiled
def _open_end(w: Any, until: int, day: int) -> int:
    """The day of the fact that ends an extension without a fixed end, or NO_DAY while it goes on."""
    if until < 0:
        return NO_DAY
    begin, end = hits(w, until)
    for index in range(begin, end):
        if w.hits[index].answer == YES and w.hits[index].came and w.hits[index].day >= day:
            return w.hits[index].day
    return NO_DAY
