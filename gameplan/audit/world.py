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
    IF_AGE,
    IF_COMPARED,
    IF_CONSTANT,
    IF_FACT,
    NO,
    OPEN,
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
def hits(t: Any, w: Any, match: int, level: int) -> int:
    """Every fact that fits, or may fit, this match, earliest first, in the lists of that level; how many."""
    w.hits_n[level] = 0
    return _more_hits(t, w, match, level)


@compiled
def gather(t: Any, w: Any, at: int, number: int, level: int) -> int:
    """Every fact that fits, or may fit, one of the matches of a list, earliest first; how many."""
    w.hits_n[level] = 0
    for index in range(number):
        _more_hits(t, w, t.ints[at + index], level)
    return w.hits_n[level]


@compiled
def _more_hits(t: Any, w: Any, match: int, level: int) -> int:
    kind = t.matches[match].event
    count = w.hits_n[level]
    on = t.matches[match].on
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        answer = fit(t, w, fact, match)
        if answer != NO:
            day = day_of(w, fact, on)
            place = count
            while place > 0 and w.hit_day[level, place - 1] > day:
                w.hit[level, place] = w.hit[level, place - 1]
                w.hit_answer[level, place] = w.hit_answer[level, place - 1]
                w.hit_match[level, place] = w.hit_match[level, place - 1]
                w.hit_day[level, place] = w.hit_day[level, place - 1]
                place -= 1
            w.hit[level, place] = fact
            w.hit_answer[level, place] = answer
            w.hit_match[level, place] = match
            w.hit_day[level, place] = day
            count += 1
    w.hits_n[level] = count
    return count


@compiled
def any_by(t: Any, w: Any, match: int, until: int) -> int:
    """Has such a fact happened by that day."""
    kind, on = t.matches[match].event, t.matches[match].on
    found = NO
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        answer = fit(t, w, fact, match)
        if answer != NO and happened(w, fact, on) and day_of(w, fact, on) <= until:
            if answer == YES:
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
        return any_by(t, w, row.match, start if row.already else start + SOON_AFTER)
    if row.what == IF_CONSTANT:
        return row.constant
    if row.what == IF_COMPARED:
        if fact < 0:
            return OPEN
        return t.answers[t.forms[w.facts[fact].form].compared + row.compared]
    if row.what == IF_AGE:
        return _age(w, row.under, row.age, row.month, row.dom, start)
    found = any_by(t, w, row.match, start - 1)
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
