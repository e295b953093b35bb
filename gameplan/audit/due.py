"""When one clock of one case, started on one day, is due (core.due_finder over numbers).

A due day is told as six numbers, see `find`.
"""

from __future__ import annotations

from typing import Any

from gameplan.audit import days
from gameplan.audit.calendars import in_summer, is_school_day, year_of
from gameplan.audit.changes import with_changes
from gameplan.audit.civil import add_months, weekday
from gameplan.audit.compiled import compiled
from gameplan.audit.holidays import is_holiday
from gameplan.audit.pausing import put_suspensions, put_waits, still_waits
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import BEFORE, DAY_BEFORE, DURING, PWN_SENT, REQUEST_WITHDRAWN, WEEKEND_BEFORE, YES
from gameplan.audit.world import gather, hits, holds
from gameplan.audit.year_end import near_applies, near_due, summer_move

SATURDAY = 5
YEAR = 365
REQUEST_TO_CONSENT = 150


@compiled
def find(t: Any, w: Any, clock: int, start: int, fact: int) -> tuple[int, int, int, int, int, int]:
    """When the clock that starts on that day is due, before outer limits.

    1 if there is a day at all, its earliest and latest, 1 if excused, 1 if paused, 1 if something may have ended it.
    """
    row = t.clocks[clock]
    if row.length < 0:
        return with_changes(t, w, clock, start, fact, (0, NO_DAY, NO_DAY, 0, 0, 0))
    put_waits(t, w, clock, start)
    paused = 1 if row.waits_n and still_waits(t, w, clock, start) else 0
    longer = False
    if row.direction == DURING:
        first = last = _end_of_school_year(w, start)
    elif row.direction == BEFORE:
        first, last = _before(t, w, clock, start)
    else:
        open_pause, longer = put_suspensions(t, w, clock, start, fact)
        paused = 1 if open_pause else paused
        first, last = _after(t, w, clock, start)
    if longer:
        last += YEAR
    due = with_changes(t, w, clock, start, fact, (1, first, last, 0, paused, 0))
    return _printed_end(t, w, clock, fact, due)


@compiled
def _end_of_school_year(w: Any, start: int) -> int:
    year = year_of(w, start)
    return w.years[year].last if year >= 0 else add_months(start, 12) - 1


@compiled
def _absent_after(t: Any, w: Any, clock: int, start: int) -> int:
    """Puts the absences after the start where the clock leaves some out; how many."""
    number = 0
    if t.clocks[clock].late_absences:
        for index in range(w.absent_n):
            if w.absent[index] > start:
                w.counted_absent[number] = w.absent[index]
                number += 1
    return number


@compiled
def count_after(t: Any, w: Any, clock: int, start: int, length: int, unit: int) -> tuple[int, int]:
    """When that many units after the start end, with what the clock leaves out and the pauses that were put."""
    row = t.clocks[clock]
    absent = _absent_after(t, w, clock, start)
    return days.after(t, w, row.left_at, row.left_n, absent, w.pauses_n, start, length, unit, row.first_is_trigger != 0)


@compiled
def _before(t: Any, w: Any, clock: int, start: int) -> tuple[int, int]:
    row = t.clocks[clock]
    absent = _absent_after(t, w, clock, start)
    return days.before(t, w, row.left_at, row.left_n, absent, w.pauses_n, start, row.length, row.unit)


@compiled
def _after(t: Any, w: Any, clock: int, start: int) -> tuple[int, int]:
    row = t.clocks[clock]
    first, last = count_after(t, w, clock, start, row.length, row.unit)
    for index in range(row.adds_n):
        first, last = _absences_added(t, w, clock, start, t.ints[row.adds_at + index], first, last)
    if row.last_day:
        first, last = _last_day(w, row.last_day, first, last)
    if row.near_n or row.summer >= 0:
        first, last = _near_year_end(t, w, clock, start, first, last)
        if row.summer >= 0 and not _has(t, w, row.summer):
            first, last = summer_move(t, w, row.summer, first, last)
    if row.readings_n:
        first, last = _readings(t, w, clock, start, first, last)
    return first, last


@compiled
def _absences_added(t: Any, w: Any, clock: int, start: int, added: int, first: int, last: int) -> tuple[int, int]:
    """The count lengthened by the child's absences: the surely counted ones at least, every weekday at most."""
    row = t.added[added]
    for index in range(row.unless_n):
        if holds(t, w, t.ints[row.unless_at + index], start, -1) == YES:
            return first, last
    soonest = _longer(t, w, clock, start, row.at_least, False)
    longest = _longer(t, w, clock, start, row.at_least, True)
    return min(soonest, longest), max(soonest, longest)


@compiled
def _longer(t: Any, w: Any, clock: int, start: int, at_least: int, latest: bool) -> int:
    """The end of the count when these absences lengthen it."""
    row = t.clocks[clock]
    number, before, end = 0, -1, start
    while number != before:
        before = number
        first, last = count_after(t, w, clock, start, row.length + number, row.unit)
        end = last if latest else first
        number = 0
        for index in range(w.absent_n):
            day = w.absent[index]
            if start < day <= end:
                counts = weekday(day) < SATURDAY if latest else is_school_day(w, day) == 1
                number += 1 if counts else 0
        if number < at_least:
            number = 0
        if number < before:
            break
    return end


@compiled
def _last_day(w: Any, how: int, first: int, last: int) -> tuple[int, int]:
    """A year that ends the day before its anniversary, or a last day that is counted in two ways."""
    if how == DAY_BEFORE:
        return first - 1, last - 1
    if how != WEEKEND_BEFORE:
        return first - 1, last
    if first != last:
        return first, last
    day = first
    while weekday(day) >= SATURDAY or is_holiday(w, day):
        day -= 1
    return day, last


@compiled
def _has(t: Any, w: Any, summer: int) -> bool:
    """True if a fact switches the summer rule off."""
    at, number = t.summer_unless[summer, 0], t.summer_unless[summer, 1]
    begin, end = gather(t, w, at, number, 1)
    for index in range(begin, end):
        if w.hits[index].answer == YES:
            return True
    return False


@compiled
def _near_year_end(t: Any, w: Any, clock: int, start: int, first: int, last: int) -> tuple[int, int]:
    """The due day of a clock that started so near the year's end that another rule sets it."""
    row = t.clocks[clock]
    for index in range(row.near_at, row.near_at + row.near_n):
        told = _since(t, w, index, start)
        since = told if told != NO_DAY else start
        applies = near_applies(t, w, index, since)
        if told == NO_DAY and (applies != 0 or in_summer(w, start) == 1):
            applies = -1
        if applies == 0:
            continue
        one, other = near_due(t, w, index, since)
        if applies == 1 and other >= start:
            first, last = one, other
        else:
            first, last = min(first, one), max(last, other)
    return first, last


@compiled
def _since(t: Any, w: Any, near: int, start: int) -> int:
    """The day from which the days left are counted; NO_DAY where the rule looks at a fact that the file lacks."""
    match = t.since[near]
    if match < 0:
        return start
    found = NO_DAY
    begin, end = hits(w, match)
    for index in range(begin, end):
        day = w.hits[index].day
        if w.hits[index].answer == YES and day <= start <= day + REQUEST_TO_CONSENT:
            found = max(found, day)
    return NO_DAY if found != NO_DAY and _refused_between(t, w, found, start) else found


@compiled
def _refused_between(t: Any, w: Any, first: int, last: int) -> bool:
    """True if a request was refused or taken back in between, so that it is not the one that led here."""
    for own in (REQUEST_WITHDRAWN, PWN_SENT):
        kind = t.own_kinds[own]
        for index in range(w.kind_n[kind]):
            fact = w.order[w.kind_at[kind] + index]
            if own == PWN_SENT and t.forms[w.facts[fact].form].refuses == 0:
                continue
            if first <= w.facts[fact].day <= last:
                return True
    return False


@compiled
def _readings(t: Any, w: Any, clock: int, start: int, first: int, last: int) -> tuple[int, int]:
    """Competing readings of the same rule: one or the other, nobody knows which."""
    row = t.clocks[clock]
    put_waits(t, w, clock, start)
    for index in range(row.readings_n):
        reading = t.readings[t.ints[row.readings_at + index]]
        one, other = count_after(t, w, clock, start, reading.length, reading.unit)
        first, last = min(first, one), max(last, other)
    return first, last


@compiled
def _printed_end(
    t: Any, w: Any, clock: int, fact: int, due: tuple[int, int, int, int, int, int]
) -> tuple[int, int, int, int, int, int]:
    """An earlier end that the paper itself names, such as the review date printed on an IEP."""
    row = t.clocks[clock]
    has, first, last, excused, paused, perhaps = due
    for index in range(row.capped_n):
        day = w.dates[fact, t.ints[row.capped_at + index]] if fact >= 0 else NO_DAY
        if day != NO_DAY and has and day < last:
            first, last = min(first, day), min(last, day)
    return has, first, last, excused, paused, perhaps
