"""Outer limits: a duty that may not outlast another clock of the same case (core.duties._other_due over numbers).

An outer limit may itself lie within others; the law goes two deep, and the compiled law refuses more.
"""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled
from gameplan.audit.done import done
from gameplan.audit.due import find
from gameplan.audit.rows import NO_DAY
from gameplan.audit.starts import starts_of

Due = tuple[int, int, int, int, int, int]


@compiled
def within_two(t: Any, w: Any, clock: int, start: int, due: Due) -> Due:
    """The due day, or an earlier one that an outer limit sets; limits may lie within others once more."""
    row = t.clocks[clock]
    place = row.within_at
    while place < row.within_at + row.within_n:
        for index in range(place + 1, place + 1 + t.ints[place]):
            other = t.ints[index]
            chosen = _same_round(t, w, other, start)
            if chosen >= 0:
                limit = find(t, w, other, w.pool[chosen].day, w.pool[chosen].fact)
                if limit[0] and t.clocks[other].within_n:
                    limit = _within_one(t, w, other, w.pool[chosen].day, limit)
                if limit[0] and limit[3] == 0:
                    due = (due[0], min(due[1], limit[1]), min(due[2], limit[2]), due[3], due[4], due[5])
                    break
        place += 1 + t.ints[place]
    return due


@compiled
def _within_one(t: Any, w: Any, clock: int, start: int, due: Due) -> Due:
    row = t.clocks[clock]
    place = row.within_at
    while place < row.within_at + row.within_n:
        for index in range(place + 1, place + 1 + t.ints[place]):
            other = t.ints[index]
            chosen = _same_round(t, w, other, start)
            if chosen >= 0:
                limit = find(t, w, other, w.pool[chosen].day, w.pool[chosen].fact)
                if limit[0] and limit[3] == 0:
                    due = (due[0], min(due[1], limit[1]), min(due[2], limit[2]), due[3], due[4], due[5])
                    break
        place += 1 + t.ints[place]
    return due


@compiled
def _same_round(t: Any, w: Any, clock: int, start: int) -> int:
    """The start of another clock that belongs with one begun on that day: the last that was still open then, or -1."""
    row = t.clocks[clock]
    count = starts_of(t, w, clock)
    at = w.starts_at[clock - t.laws[w.law].clocks_at]
    first, earlier = -1, -1
    for place in range(at, at + count):
        day = w.pool[place].day
        if row.first <= day <= row.last:
            first = place if first < 0 else first
            earlier = place if day <= start else earlier
    if first < 0 or row.length < 0:
        return -1
    if earlier < 0:
        return first
    closed = done(t, w, clock, earlier, NO_DAY)[0]
    return -1 if closed != NO_DAY and closed < start else earlier
