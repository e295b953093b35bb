"""What met a duty of one case (core.done over numbers)."""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import (
    AFTER,
    AGE_REACHED,
    AT_DUE,
    BEFORE,
    COUNTER,
    FLOOR,
    FROM_LAST,
    GATE,
    MEETING_HELD,
    NO,
    OPEN,
    YES,
)
from gameplan.audit.world import gather, happened, hits, says_day

LOOK_BACK, MEETING_LOOK_BACK, AGE_LOOK_BACK = 400, 120, 800
NOT_DONE = (NO_DAY, -1, -1, 0)
"""The day, the fact, the fact that may have met it, and whether it only shows that it was done by then."""


@compiled
def done(t: Any, w: Any, clock: int, start: int, following: int) -> tuple[int, int, int, int]:
    """What has met the clock that began with that start of the pool; `following` is its next round's day or NO_DAY."""
    row = t.clocks[clock]
    if row.kind == FLOOR or row.done_n == 0:
        return NOT_DONE
    best, maybe, found = NOT_DONE, NOT_DONE, 0
    for index in range(row.done_n):
        one = _first(t, w, clock, t.ints[row.done_at + index], start, following)
        if one[0] == NO_DAY:
            if one[2] >= 0 and maybe[2] < 0:
                maybe = one
            continue
        if found == 0:
            best = one
        elif row.done_all:
            best = one if one[0] > best[0] else best
        else:
            best = one if one[0] < best[0] or (one[0] == best[0] and one[3] < best[3]) else best
        found += 1
    if found and (row.done_all == 0 or found == row.done_n):
        return best
    return maybe


@compiled
def _first(t: Any, w: Any, clock: int, match: int, start: int, following: int) -> tuple[int, int, int, int]:
    maybe = -1
    begin, end = hits(w, match)
    for index in range(begin, end):
        fact, day, answer = w.hits[index].fact, w.hits[index].day, w.hits[index].answer
        if w.hits[index].came == 0 or not _counts(t, w, clock, match, start, following, fact, day):
            continue
        if answer == YES and t.matches[match].belongs >= 0:
            answer = _belongs(t, w, clock, match, start, fact)
        if answer == YES:
            return day, fact, -1, 0
        if answer == OPEN and maybe < 0:
            maybe = fact
    if maybe >= 0:
        return NO_DAY, -1, maybe, 0
    return _shown(t, w, clock, match, start)


@compiled
def _counts(t: Any, w: Any, clock: int, match: int, start: int, following: int, fact: int, day: int) -> bool:
    row, m, begun = t.clocks[clock], t.matches[match], w.pool[start]
    if row.direction == BEFORE or row.kind == GATE:
        if day < begun.day - _look_back(t, w, begun.fact) or (day > begun.day and not _may_follow(t, w, clock, start)):
            return False
    else:
        if fact == begun.fact and not _says_more(t, w, match, begun.match, fact):
            return False
        if day < first_day(t, w, clock, start) or (row.repeats == FROM_LAST and day <= begun.day):
            return False
    if row.repeats and row.repeats != FROM_LAST and following != NO_DAY and day > following:
        return False
    if (m.later and day <= begun.day) or (m.since and day < begun.day):
        return False
    if m.on >= 0 and m.on_may_lack == 0 and not says_day(t, w, fact, m.on):
        return False
    if m.undone >= 0 and _undone(w, m.undone, day):
        return False
    return m.same_n == 0 or _same(t, w, match, fact, start)


@compiled
def _undone(w: Any, kind: int, day: int) -> bool:
    """True if a later fact of that kind took back what was done."""
    for index in range(w.kind_n[kind]):
        one = w.order[w.kind_at[kind] + index]
        if w.facts[one].day >= day and happened(w, one, -1):
            return True
    return False


@compiled
def _belongs(t: Any, w: Any, clock: int, match: int, start: int, fact: int) -> int:
    """Does the fact speak of what started this clock? Open where it does not say and others are open too."""
    begun = w.pool[start].fact
    if begun < 0:
        return YES
    named = w.refs[fact, t.matches[match].belongs]
    if named != NO_DAY:
        return YES if named == w.facts[begun].id else NO
    day, kind = w.facts[fact].day, w.facts[begun].kind
    for index in range(w.kind_n[kind]):
        one = w.order[w.kind_at[kind] + index]
        if one != begun and w.facts[one].day <= day and not _closed(t, w, clock, w.facts[one].day, fact):
            return OPEN
    return YES


@compiled
def _closed(t: Any, w: Any, clock: int, begun: int, fact: int) -> bool:
    """True if another fact than this one ended, before it, what began on that day."""
    row = t.clocks[clock]
    begin, end = gather(t, w, row.done_at, row.done_n, 2)
    for index in range(begin, end):
        one = w.hits[index].fact
        day = w.facts[one].day
        if w.hits[index].answer == YES and one != fact and begun <= day <= w.facts[fact].day:
            return True
    return False


@compiled
def _look_back(t: Any, w: Any, fact: int) -> int:
    if fact >= 0:
        kind = w.facts[fact].kind
        if kind == t.own_kinds[MEETING_HELD]:
            return MEETING_LOOK_BACK
        if kind == t.own_kinds[AGE_REACHED]:
            return AGE_LOOK_BACK
    return LOOK_BACK


@compiled
def is_birthday(t: Any, w: Any, fact: int) -> bool:
    """True if the fact is that an age was reached."""
    return fact >= 0 and w.facts[fact].kind == t.own_kinds[AGE_REACHED]


@compiled
def _may_follow(t: Any, w: Any, clock: int, start: int) -> bool:
    row = t.clocks[clock]
    return is_birthday(t, w, w.pool[start].fact) or row.can_follow != 0 or (row.kind == GATE and row.triggers > 0)


@compiled
def _says_more(t: Any, w: Any, match: int, began_by: int, fact: int) -> bool:
    """True if the fact that started the clock also says that it was met: a date, or an answer, of its own for that."""
    m = t.matches[match]
    if m.on >= 0:
        return says_day(t, w, fact, m.on) and (began_by < 0 or m.on != t.matches[began_by].on)
    return m.has_where != 0 and began_by >= 0 and m.where != t.matches[began_by].where


@compiled
def _same(t: Any, w: Any, match: int, fact: int, start: int) -> bool:
    """False where the fact says it belongs to another event than the one that started the clock."""
    begun = w.pool[start]
    if begun.fact < 0:
        return True
    at = t.matches[match].same_at
    for index in range(at, at + t.matches[match].same_n, 3):
        words, mine, theirs = t.ints[index], t.ints[index + 1], t.ints[index + 2]
        if words:
            said = t.words[t.forms[w.facts[fact].form].words + mine]
            other = t.words[t.forms[w.facts[begun.fact].form].words + theirs]
            if said >= 0 and other >= 0 and said != other:
                return False
        else:
            day = w.dates[fact, mine]
            with_day = begun.day if theirs < 0 else w.dates[begun.fact, theirs]
            if day != NO_DAY and with_day != NO_DAY and day != with_day:
                return False
    return True


@compiled
def _shown(t: Any, w: Any, clock: int, match: int, start: int) -> tuple[int, int, int, int]:
    """A later fact that shows that the one looked for had happened: permission given shows it was asked for."""
    row, m = t.clocks[clock], t.matches[match]
    if m.shown_n == 0 or row.direction != AFTER or row.kind == GATE or row.repeats:
        return NOT_DONE
    for index in range(m.shown_n):
        begin, end = hits(w, t.ints[m.shown_at + index])
        for place in range(begin, end):
            fact = w.hits[place].fact
            if w.hits[place].answer == YES and w.facts[fact].day >= w.pool[start].day and happened(w, fact, -1):
                return w.facts[fact].day, fact, -1, 1
    return NOT_DONE


@compiled
def earliest_act(t: Any, w: Any, clock: int, start: int) -> int:
    """The first day on which something can end the duty: for one counted back from a birthday, well before it."""
    if t.clocks[clock].direction == BEFORE and is_birthday(t, w, w.pool[start].fact):
        return w.pool[start].day - AGE_LOOK_BACK
    return first_day(t, w, clock, start)


@compiled
def first_day(t: Any, w: Any, clock: int, start: int) -> int:
    """The first day that can meet the clock; for one after another's due day, or amid a removal, before its start."""
    row, begun = t.clocks[clock], w.pool[start]
    if begun.fact >= 0:
        if row.edge == AT_DUE:
            return w.facts[begun.fact].on
        if row.kind == COUNTER:
            return min(begun.day, w.facts[begun.fact].on)
    return begun.day
