"""From the columns of a part to one account of one case: its facts, their days, and their order by kind.

core.matching.World over numbers. `p` holds the columns of the part.
"""

from __future__ import annotations

from typing import Any

from gameplan.audit.calendars import is_school_day
from gameplan.audit.compiled import compiled, inlined
from gameplan.audit.derived import fill, put_ages, put_rough, put_years
from gameplan.audit.packing import LAST_AT, REF_AT
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import CHILD_ABSENT, DAYS, ENROLLED, FIELDS, REFS, YES
from gameplan.audit.standing import Part, root_of, speaks
from gameplan.audit.world import happened, put_hits, put_hits_again


@inlined
def put_world(t: Any, w: Any, p: Part, side: int) -> None:
    """The case under one side's account (-1: nobody disagrees), with what the law settles and what nobody types."""
    w.facts_n = w.lists_n = w.rough_n = 0
    for index in range(w.standing_n):
        if side < 0 or speaks(w, index, side):
            row = w.standing[index].row
            _put_fact(t, w, row, root_of(w, index), p.on[row], p.form[row], p.planned[row])
    fill(t, w)
    put_years(t, w)
    put_ages(t, w)
    if w.roughly:
        for fact in range(w.facts_n):
            row = w.facts[fact].row
            if row >= 0:
                _put_roughs(w, fact, p.said_code, p.said, p.said_at[row], p.said_at[row + 1])


@compiled
def _put_fact(t: Any, w: Any, row: int, fact_id: int, on: int, form: int, planned: int) -> None:
    place = w.facts_n
    while place > 0 and _comes_after(w.facts[place - 1], on, fact_id):
        w.facts[place] = w.facts[place - 1]
        place -= 1
    fact = w.facts[place]
    fact.id, fact.on, fact.row, fact.form = fact_id, on, row, form
    fact.kind, fact.planned, fact.system = t.forms[form].kind, planned, 0
    w.facts_n += 1


@compiled
def _comes_after(fact: Any, on: int, fact_id: int) -> bool:
    return fact.on > on or (fact.on == on and fact.id > fact_id)


@inlined
def put_columns(t: Any, w: Any, p: Part) -> None:
    """The days, references and lists of each fact of the account, from the part's columns."""
    for index in range(w.facts_n):
        _clear_columns(w, index)
        fact = w.facts[index]
        row = fact.row
        if row >= 0:
            _put_said(w, index, p.said_code, p.said, p.said_at[row], p.said_at[row + 1])
            if len(p.absent) > 1:
                fact.absent_at, fact.absent_n = _put_list(w, p.absent_days, p.absent[row], p.absent[row + 1])
            if len(p.served) > 1:
                fact.served_at, fact.served_n = _put_list(w, p.served_days, p.served[row], p.served[row + 1])
            if len(p.parts) > 1:
                fact.part_at, fact.part_n = _put_list(w, p.part_days, p.parts[row], p.parts[row + 1])


@compiled
def _clear_columns(w: Any, fact: int) -> None:
    # All the fields there is room for, not only those in use: so many at once cost the machine less.
    for field in range(FIELDS):
        w.dates[fact, field] = NO_DAY
    for ref in range(REFS):
        w.refs[fact, ref] = NO_DAY
    row = w.facts[fact]
    row.absent_n = row.served_n = row.part_n = 0


@compiled
def _put_said(w: Any, fact: int, codes: Any, values: Any, begin: int, end: int) -> None:
    """The days and references of a fact."""
    for place in range(begin, end):
        code = codes[place]
        if code < LAST_AT:
            w.dates[fact, code] = values[place]
        elif code >= REF_AT:
            w.refs[fact, code - REF_AT] = values[place]


@compiled
def _put_list(w: Any, values: Any, begin: int, end: int) -> tuple[int, int]:
    at = w.lists_n
    if at + end - begin > DAYS:
        w.full = 1
        return at, 0
    for index in range(begin, end):
        w.lists[at + index - begin] = values[index]
    w.lists_n += end - begin
    return at, end - begin


@compiled
def _put_roughs(w: Any, fact: int, codes: Any, values: Any, begin: int, end: int) -> None:
    """The days of a fact that are known only roughly."""
    for place in range(begin, end):
        if LAST_AT <= codes[place] < REF_AT:
            field = codes[place] - LAST_AT
            for other in range(begin, place):
                if codes[other] == field:
                    put_rough(w, fact, field, values[other], values[place])


@compiled
def settle(t: Any, w: Any, again: bool) -> None:
    """Puts the facts in order by kind and day, once their days are exact; and what follows from them.

    `again`: it was done before, and only the days known roughly are others now.
    """
    for index in range(w.kinds_n):
        w.kind_n[w.kinds[index]] = 0
    w.kinds_n = 0
    for index in range(w.facts_n):
        fact = w.facts[index]
        day = w.dates[index, t.main_field[fact.kind]]
        fact.day = day if day != NO_DAY else fact.on
        if w.kind_n[fact.kind] == 0:
            w.kinds[w.kinds_n] = fact.kind
            w.kinds_n += 1
        w.kind_n[fact.kind] += 1
    place = 0
    for index in range(w.kinds_n):
        kind = w.kinds[index]
        w.kind_at[kind] = place
        place += w.kind_n[kind]
        w.kind_n[kind] = 0
    for index in range(w.facts_n):
        _put_in_order(w, index)
    if again:
        put_hits_again(t, w)
    else:
        put_hits(t, w)
    _put_absences(t, w)
    _put_came_here(t, w)


@compiled
def _put_in_order(w: Any, fact: int) -> None:
    """Puts a fact among those of its kind, after those of the same day."""
    kind, day = w.facts[fact].kind, w.facts[fact].day
    at, spot = w.kind_at[kind], w.kind_at[kind] + w.kind_n[kind]
    while spot > at and w.facts[w.order[spot - 1]].day > day:
        w.order[spot] = w.order[spot - 1]
        spot -= 1
    w.order[spot] = fact
    w.kind_n[kind] += 1


@compiled
def _put_absences(t: Any, w: Any) -> None:
    """The days on which the child was absent, in order; those on which there was surely no school are left out."""
    w.absent_n = 0
    kind = t.own_kinds[CHILD_ABSENT]
    for index in range(w.kind_n[kind]):
        fact = w.facts[w.order[w.kind_at[kind] + index]]
        if fact.absent_n:
            for place in range(fact.absent_at, fact.absent_at + fact.absent_n):
                _put_absent(w, w.lists[place])
        elif t.forms[fact.form].days_listed == 0:
            _put_absent(w, fact.on)


@compiled
def _put_absent(w: Any, day: int) -> None:
    if is_school_day(w, day) == 0:
        return
    place = w.absent_n
    while place > 0 and w.absent[place - 1] > day:
        place -= 1
    if place > 0 and w.absent[place - 1] == day:
        return
    if w.absent_n >= DAYS:
        w.full = 1
        return
    for after in range(w.absent_n, place, -1):
        w.absent[after] = w.absent[after - 1]
    w.absent[place] = day
    w.absent_n += 1


@compiled
def _put_came_here(t: Any, w: Any) -> None:
    """The day the child came to a school of this State from another one, if the file tells of it."""
    w.came_here = NO_DAY
    kind = t.own_kinds[ENROLLED]
    for index in range(w.kind_n[kind]):
        fact = w.order[w.kind_at[kind] + index]
        if happened(w, fact, -1) and t.answers[t.forms[w.facts[fact].form].moves + w.law] == YES:
            w.came_here = max(w.came_here, w.facts[fact].day)
