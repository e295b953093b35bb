"""What adds up in one case: days of removal in a school year; how often something was asked for (core.duties)."""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled
from gameplan.audit.done import done
from gameplan.audit.removals import put_days_out, set_years
from gameplan.audit.rows import NO_DAY, REASON_CODES
from gameplan.audit.shapes import IF_FACT, NO, OPEN, SERVICES_IN_REMOVAL, YES
from gameplan.audit.verdict import CANNOT_TELL, EXCUSED, LATE, MET, NOT_STARTED, OPEN_START, put_duty, reached
from gameplan.audit.world import fit, happened, holds

OVER_THE_LIMIT = REASON_CODES["over-the-limit"]


@compiled
def limited(t: Any, w: Any, clock: int, at: int, count: int) -> None:
    """One duty for each time something was asked for, by its number among those for the same thing."""
    row = t.clocks[clock]
    known = True
    for start in range(at, at + count):
        known = known and _about(w, row.counted_ref, start) != NO_DAY
    for start in range(at, at + count):
        number = 0
        for other in range(at, start + 1):
            same = _about(w, row.counted_ref, other) == _about(w, row.counted_ref, start)
            number += 1 if same else 0
        if not (known or count == 1):
            put_duty(t, w, clock, start, CANNOT_TELL, OPEN_START)
        elif number <= max(row.length, 0):
            w.duties[put_duty(t, w, clock, start, MET, 0)].done = w.pool[start].day
        else:
            put_duty(t, w, clock, start, EXCUSED, OVER_THE_LIMIT)


@compiled
def _about(w: Any, ref: int, start: int) -> int:
    return w.refs[w.pool[start].fact, ref] if w.pool[start].fact >= 0 else NO_DAY


@compiled
def counted(t: Any, w: Any, clock: int, at: int, count: int) -> None:
    """One duty a school year: the number of days, and the day on which it was passed."""
    number = 0
    for start in range(at, at + count):
        if w.pool[start].fact >= 0:
            number = put_days_out(t, w, w.pool[start].fact, number)
    set_years(w, number)
    w.out_n = number
    begin = 0
    while begin < number:
        end = begin + 1
        while end < number and w.out[w.out_order[end]].year == w.out[w.out_order[begin]].year:
            end += 1
        _year(t, w, clock, at, count, begin, _each_day_once(w, begin, end))
        begin = end


@compiled
def _each_day_once(w: Any, begin: int, end: int) -> int:
    """Two removals that name the same day take it once; the place after the last that stays."""
    kept = begin
    for place in range(begin, end):
        day, again = w.out[w.out_order[place]], False
        for other in range(begin, kept):
            one = w.out[w.out_order[other]]
            again = again or (day.first == day.last and one.first == one.last and one.first == day.first)
        if not again:
            w.out_order[kept] = w.out_order[place]
            kept += 1
    return kept


@compiled
def _when_over(w: Any, begin: int, end: int, limit: int, latest: bool) -> int:
    """The day with which more than `limit` days had come together, at the soonest or surely: its place, or -1.

    Days are taken in the order of their earliest, or latest, day; of equal ones in the order of the list.
    """
    total, done_day, done_place = 0.0, NO_DAY, -1
    for _ in range(begin, end):
        best, best_day = -1, NO_DAY
        for place in range(begin, end):
            out = w.out[w.out_order[place]]
            day = out.last if latest else out.first
            if day < done_day or (day == done_day and place <= done_place):
                continue
            if best < 0 or day < best_day:
                best, best_day = place, day
        out = w.out[w.out_order[best]]
        total += out.least if latest else out.most
        if total > limit:
            return w.out_order[best]
        done_day, done_place = best_day, best
    return -1


@compiled
def _alone(w: Any, begin: int, end: int, limit: int) -> bool:
    """True if one removal by itself is longer than the limit."""
    for place in range(begin, end):
        size = 0.0
        for other in range(begin, end):
            if w.out[w.out_order[other]].fact == w.out[w.out_order[place]].fact:
                size += w.out[w.out_order[other]].least
        if size > limit:
            return True
    return False


@compiled
def _start_by(w: Any, at: int, count: int, fact: int) -> int:
    for start in range(at + count - 1, at - 1, -1):
        if w.pool[start].fact == fact:
            return start
    return at


@compiled
def _year(t: Any, w: Any, clock: int, at: int, count: int, begin: int, end: int) -> None:
    row = t.clocks[clock]
    limit = max(row.length, 0)
    soonest = _when_over(w, begin, end, limit, False)
    surely = _when_over(w, begin, end, limit, True)
    crossing = w.out[soonest if soonest >= 0 else w.out_order[begin]].fact
    begun = w.pool[_start_by(w, at, count, crossing)]
    temporary = w.pool_n
    one = w.pool[temporary]
    one.fact, one.day, one.match, one.sure = begun.fact, begun.day, begun.match, begun.sure
    if soonest < 0:
        put_duty(t, w, clock, temporary, NOT_STARTED, 0)
        return
    pattern = YES if _alone(w, begin, end, limit) else _pattern(t, w, clock)
    if pattern == NO:
        return
    earliest = w.out[soonest].first
    latest = w.out[surely].last if surely >= 0 else _ordered_end(t, w, begun.fact)
    one.day = earliest
    one.sure = 1 if begun.sure and surely >= 0 and pattern == YES else 0
    due = (1, earliest, max(earliest, latest), 0, 0, 0)
    duty = reached(t, w, clock, temporary, due, done(t, w, clock, temporary, NO_DAY))
    if row.services:
        _stopped_again(t, w, duty)


@compiled
def _ordered_end(t: Any, w: Any, fact: int) -> int:
    """The latest day of the last day of one removal; its days are put behind those that are there."""
    free = w.out_n
    end = put_days_out(t, w, fact, free)
    return w.out[end - 1].last if end > free else NO_DAY


@compiled
def _pattern(t: Any, w: Any, clock: int) -> int:
    """Do the conditions of a counter hold: NO where one surely does not, OPEN where one is not known."""
    row = t.clocks[clock]
    found = YES
    for index in range(row.applies_n):
        answer = _people_said(t, w, t.ints[row.applies_at + index])
        if answer == NO:
            return NO
        if answer == OPEN:
            found = OPEN
    return found


@compiled
def _people_said(t: Any, w: Any, condition: int) -> int:
    """What people have judged: open where nobody did, or where those who did do not agree."""
    row = t.conditions[condition]
    if row.what != IF_FACT:
        return holds(t, w, condition, w.on, -1)
    kind = t.matches[row.match].event
    found = -1
    for index in range(w.kind_n[kind]):
        answer = fit(t, w, w.order[w.kind_at[kind] + index], row.match)
        if found >= 0 and answer != found:
            return OPEN
        found = answer
    return found if found >= 0 else OPEN


@compiled
def _stopped_again(t: Any, w: Any, duty: int) -> None:
    """Late again where services were given on one day of removal and not on a later one."""
    row = w.duties[duty]
    if row.done == NO_DAY:
        return
    given, withheld = row.done, NO_DAY
    kind = t.own_kinds[SERVICES_IN_REMOVAL]
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        if happened(w, fact, -1):
            says = t.forms[w.facts[fact].form].given
            if says == YES:
                given = max(given, w.facts[fact].day)
            elif says == NO:
                withheld = max(withheld, w.facts[fact].day)
    if withheld != NO_DAY and withheld > given:
        row.status, row.reason, row.done, row.done_by, row.days_late = LATE, 0, NO_DAY, NO_DAY, NO_DAY
