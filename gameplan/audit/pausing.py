"""The stretches in which a count of one case stands still: waiting for a consent, and what suspends a clock."""

from __future__ import annotations

from typing import Any

from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import CONSENT_GIVEN, CONSENT_REQUESTED, NO, OPEN, SUSPENDS, TO, UNTIL, YES
from gameplan.audit.world import happened, hits

MOST = 256


@compiled
def _put(w: Any, first: int, last: int) -> None:
    if w.pauses_n >= MOST:
        w.full = 1
        return
    w.pauses[w.pauses_n, 0], w.pauses[w.pauses_n, 1] = first, last
    w.pauses_n += 1


@compiled
def _given_from(t: Any, w: Any, consent: int, first: int) -> int:
    """The first day from `first` on which that consent was given, or NO_DAY."""
    kind = t.own_kinds[CONSENT_GIVEN]
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        if t.forms[w.facts[fact].form].consent == consent and w.facts[fact].day >= first:
            return w.facts[fact].day
    return NO_DAY


@compiled
def put_waits(t: Any, w: Any, clock: int, start: int) -> None:
    """Puts, as the only pauses, the stretches in which the school waited for a consent that the clock leaves out."""
    row = t.clocks[clock]
    w.pauses_n = 0
    kind = t.own_kinds[CONSENT_REQUESTED]
    for number in range(row.waits_n):
        consent = t.ints[row.waits_at + number]
        for index in range(w.kind_n[kind]):
            fact = w.order[w.kind_at[kind] + index]
            first = w.facts[fact].day
            if t.forms[w.facts[fact].form].consent == consent and first >= start and happened(w, fact, -1):
                given = _given_from(t, w, consent, first)
                _put(w, first + 1, given if given != NO_DAY else w.on)


@compiled
def still_waits(t: Any, w: Any, clock: int, start: int) -> bool:
    """True while the school waits for a consent whose waiting time is left out of the count."""
    row = t.clocks[clock]
    kind = t.own_kinds[CONSENT_REQUESTED]
    for number in range(row.waits_n):
        consent = t.ints[row.waits_at + number]
        for index in range(w.kind_n[kind]):
            fact = w.order[w.kind_at[kind] + index]
            first = w.facts[fact].day
            asked = t.forms[w.facts[fact].form].consent == consent and first >= start and happened(w, fact, -1)
            if asked and _given_from(t, w, consent, first) == NO_DAY:
                return True
    return False


@compiled
def put_suspensions(t: Any, w: Any, clock: int, start: int, began_by: int) -> tuple[bool, bool]:
    """Puts what suspends the clock; whether it stands still now, and whether it may have stood still in part."""
    row = t.clocks[clock]
    still, longer = False, False
    for number in range(row.exceptions_n):
        rule = t.exceptions[t.ints[row.exceptions_at + number]]
        if rule.effect != SUSPENDS:
            continue
        begin, end = hits(w, rule.when)
        for index in range(begin, end):
            fact, first = w.hits[index].fact, w.hits[index].day
            if w.hits[index].answer != YES or first < start or w.hits[index].came == 0:
                continue
            part = _only_in_part(t, w, began_by, fact)
            if part != NO:
                longer = longer or part == OPEN
                continue
            last = _pause_end(t, w, rule.until, fact, first)
            still = still or last == NO_DAY
            _put(w, first, (last if last != NO_DAY else w.on) - 1)
    return still, longer


@compiled
def _only_in_part(t: Any, w: Any, began_by: int, pause: int) -> int:
    """YES where a pause names only some of the points, for the time goes on for the others."""
    whole = t.forms[w.facts[began_by].form].issues if began_by >= 0 else 0
    return t.issues_differ[whole, t.forms[w.facts[pause].form].issues]


@compiled
def _pause_end(t: Any, w: Any, until: int, fact: int, first: int) -> int:
    for own in (TO, UNTIL):
        field = t.own_fields[own]
        if field >= 0 and w.dates[fact, field] != NO_DAY:
            return w.dates[fact, field] if w.dates[fact, field] <= w.on else NO_DAY
    if until < 0:
        return NO_DAY
    begin, end = hits(w, until)
    for index in range(begin, end):
        if w.hits[index].answer == YES and w.hits[index].day >= first and w.hits[index].came:
            return w.hits[index].day
    return NO_DAY
