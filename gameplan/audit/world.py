"""One account of one case: its facts by kind and in order, and what fits what (core.matching over numbers).

`t` is the compiled law (`shapes.TABLES`), `w` the case being worked out (`shapes.WORLD`); a fact, match or clock is a
row number. Answers are NO, YES or OPEN.
"""

from __future__ import annotations

from typing import Any

from gameplan.audit.civil import add_months, day_number, month_of, year_of
from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import (
    DATE,
    HITS,
    IF_AGE,
    IF_COMPARED,
    IF_CONSTANT,
    IF_FACT,
    NO,
    OPEN,
    ROOM,
    YES,
)

SOON_AFTER = 30
JULY = 7


@compiled
def day_of(w: Any, fact: int, on: int) -> int:
    """The fact's day by that field (its main day if below zero); the day it happened if the file gives no other."""
    if on < 0:
        return w.facts[fact].day
    day = w.dates[fact, on]
    return day if day != NO_DAY else w.facts[fact].on


@compiled
def says_day(t: Any, w: Any, fact: int, on: int) -> bool:
    """True if the file gives that day in so many words."""
    field = on if on >= 0 else t.main_field[w.facts[fact].kind]
    return field == t.own_fields[DATE] or w.dates[fact, field] != NO_DAY


@compiled
def happened(w: Any, fact: int, on: int) -> bool:
    """True if the fact is not a plan and its day has come."""
    return w.facts[fact].planned == 0 and day_of(w, fact, on) <= w.on


@compiled
def fit(t: Any, w: Any, fact: int, match: int) -> int:
    """Does the fact, of the kind that the match asks for, say what it asks: NO, YES or OPEN."""
    return t.answers[t.forms[w.facts[fact].form].answers + t.matches[match].local]


@compiled
def put_hits(t: Any, w: Any) -> None:
    """For each match the facts that fit, or may fit it, earliest first: found once a case, asked many times."""
    for index in range(w.used_n):
        w.match_n[w.used[index]] = 0
    w.used_n = 0
    for fact in range(w.facts_n):
        form = t.forms[w.facts[fact].form]
        for index in range(form.fits_at, form.fits_at + form.fits_n):
            match = t.fits[index].match
            if w.match_n[match] == 0:
                w.used[w.used_n] = match
                w.used_n += 1
            w.match_n[match] += 1
    place = 0
    for index in range(w.used_n):
        match = w.used[index]
        w.match_at[match] = place
        place += w.match_n[match]
        w.match_n[match] = 0
    if place > HITS:
        w.full, w.used_n = 1, 0
        return
    for index in range(w.facts_n):
        _put_fact_hits(t, w, w.order[index])


@compiled
def put_hits_again(t: Any, w: Any) -> None:
    """Puts the facts that fit in order once more, for the matches of those kinds that have a rough day."""
    for index in range(w.facts_n):
        if _of_rough_kind(w, index):
            form = t.forms[w.facts[index].form]
            for place in range(form.fits_at, form.fits_at + form.fits_n):
                w.match_n[t.fits[place].match] = 0
    for index in range(w.facts_n):
        if _of_rough_kind(w, w.order[index]):
            _put_fact_hits(t, w, w.order[index])


@compiled
def _of_rough_kind(w: Any, fact: int) -> bool:
    for index in range(w.rough_n):
        if w.facts[w.rough[index].fact].kind == w.facts[fact].kind:
            return True
    return False


@compiled
def _put_fact_hits(t: Any, w: Any, fact: int) -> None:
    form = t.forms[w.facts[fact].form]
    for index in range(form.fits_at, form.fits_at + form.fits_n):
        found = t.fits[index]
        begin = w.match_at[found.match]
        end = begin + w.match_n[found.match]
        w.match_n[found.match] += 1
        _insert(w, begin, end, fact, found.answer, found.match, day_of(w, fact, found.on))


@compiled
def _insert(w: Any, begin: int, place: int, fact: int, answer: int, match: int, day: int) -> None:
    """Puts a hit in its place by day, after those of the same day."""
    while place > begin and w.hits[place - 1].day > day:
        w.hits[place] = w.hits[place - 1]
        place -= 1
    hit = w.hits[place]
    hit.fact, hit.answer, hit.match, hit.day = fact, answer, match, day
    hit.came = 1 if w.facts[fact].planned == 0 and day <= w.on else 0


@compiled
def hits(w: Any, match: int) -> tuple[int, int]:
    """The facts that fit, or may fit, this match, earliest first: where they begin and end in `w.hits`."""
    at = w.match_at[match]
    return at, at + w.match_n[match]


@compiled
def gather(t: Any, w: Any, at: int, number: int, level: int) -> tuple[int, int]:
    """The facts that fit, or may fit, one of the matches of a list, earliest first: where they begin and end.

    Those of several matches are merged in the room of that level, and stay there until it is asked for again.
    """
    found, only = 0, 0
    for index in range(at, at + number):
        if w.match_n[t.ints[index]]:
            found += 1
            only = t.ints[index]
    if found == 0:
        return 0, 0
    if found == 1:
        return hits(w, only)
    begin = HITS + level * ROOM
    end = begin
    for index in range(at, at + number):
        first, last = hits(w, t.ints[index])
        if end + last - first > begin + ROOM:
            w.full = 1
            break
        for place in range(first, last):
            hit = w.hits[place]
            _insert(w, begin, end, hit.fact, hit.answer, hit.match, hit.day)
            end += 1
    return begin, end


@compiled
def any_by(w: Any, match: int, until: int) -> int:
    """Has such a fact happened by that day."""
    found = NO
    begin, end = hits(w, match)
    for index in range(begin, end):
        if w.hits[index].came and w.hits[index].day <= until:
            if w.hits[index].answer == YES:
                return YES
            found = OPEN
    return found


@compiled
def _last_by(t: Any, w: Any, match: int, until: int) -> int:
    """Does the last fact of the kind by that day fit? No, if there is none."""
    kind = t.matches[match].event
    for index in range(w.kind_n[kind] - 1, -1, -1):
        fact = w.order[w.kind_at[kind] + index]
        if happened(w, fact, -1) and day_of(w, fact, -1) <= until:
            return fit(t, w, fact, match)
    return NO


@compiled
def holds(t: Any, w: Any, condition: int, start: int, fact: int) -> int:
    """Does the condition hold for a clock that the fact (-1: none) starts on that day (core World.holds)."""
    row = t.conditions[condition]
    if row.what == IF_FACT:
        if row.latest:
            return _last_by(t, w, row.match, start)
        return any_by(w, row.match, start if row.already else start + SOON_AFTER)
    if row.what == IF_CONSTANT:
        return row.constant
    if row.what == IF_COMPARED:
        if fact < 0:
            return OPEN
        return t.answers[t.forms[w.facts[fact].form].compared + row.compared]
    if row.what == IF_AGE:
        return _age(w, row.under, row.age, row.month, row.dom, start)
    found = any_by(w, row.match, start - 1)
    return OPEN if found == OPEN else (NO if found == YES else YES)


@compiled
def _age(w: Any, under: int, age: int, month: int, dom: int, start: int) -> int:
    if w.born == NO_DAY:
        return OPEN
    day = start
    if month:
        year = year_of(start) if month_of(start) >= JULY else year_of(start) - 1
        day = day_number(year if month >= JULY else year + 1, month, dom)
    reached = day >= add_months(w.born, 12 * age)
    return YES if (not reached if under else reached) else NO
