"""Which facts of a case stand, and whose accounts there are (core.facts.standing_facts, core.matching.worlds).

`p` holds the columns of a part as arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from gameplan.audit.compiled import compiled
from gameplan.audit.rows import NO_DAY
from gameplan.audit.shapes import FACTS, SIDES

MOST_TYPED = FACTS - 160


class Part(NamedTuple):
    """The columns of one part as arrays; days are numbers, NO_DAY where there is none.

    The facts of child i are the rows from first[i] up to, not with, end[i].
    The days and references of a fact are `said`, their codes (see `packing`) `said_code`, from `said_at[row]` to
    `said_at[row + 1]`. Its lists of days lie in `absent_days` from `absent[row]` to `absent[row + 1]` (and so on for
    `served`, `parts`) where the part has such a column.
    """

    case: Any
    law: Any
    born: Any
    calendar: Any
    first: Any
    end: Any
    id: Any
    on: Any
    form: Any
    said_by: Any
    planned: Any
    withdrawn: Any
    corrects: Any
    account_of: Any
    said_at: Any
    said_code: Any
    said: Any
    absent: Any
    absent_days: Any
    served: Any
    served_days: Any
    parts: Any
    part_days: Any
    linked: Any


@compiled
def put_case(t: Any, w: Any, p: Part, child: int, on: int) -> None:
    """Takes up a child: which of its facts stand, and whose accounts there are."""
    w.case, w.law, w.born, w.on = p.case[child], p.law[child], p.born[child], on
    w.full, w.duties_n, w.sides_n = 0, 0, 0
    begin, end = p.first[child], p.end[child]
    if end - begin > MOST_TYPED:
        w.full = 1
        return
    if p.linked[child] == 0:
        for row in range(begin, end):
            w.standing[row - begin] = row
            w.account[row - begin] = NO_DAY
        w.standing_n = end - begin
        return
    _put_standing(w, p, begin, end)
    _put_sides(w, p)


@compiled
def _put_standing(w: Any, p: Part, begin: int, end: int) -> None:
    """The facts that stand: those not corrected or withdrawn by a later one."""
    for row in range(begin, end):
        w.gone[row - begin] = _is_gone(p, begin, end, row)
    count = 0
    for row in range(begin, end):
        if w.gone[row - begin] == 0 and p.withdrawn[row] == 0:
            account = p.account_of[row]
            if account == NO_DAY:
                account = _inherited(p, begin, end, row)
            place = _row_of(p, begin, end, account)
            if place >= 0 and w.gone[place - begin]:
                account = _successor(p, begin, end, account)
            w.standing[count], w.account[count] = row, account
            count += 1
    w.standing_n = count
    for index in range(count):
        account = w.account[index]
        found = False
        for other in range(count):
            found = found or p.id[w.standing[other]] == account
        if not found:
            w.account[index] = NO_DAY


@compiled
def _is_gone(p: Part, begin: int, end: int, row: int) -> int:
    latest = -1
    for other in range(begin, end):
        if p.corrects[other] == p.id[row]:
            return 1
        if p.corrects[row] != NO_DAY and p.corrects[other] == p.corrects[row]:
            latest = other
    return 1 if latest >= 0 and latest != row else 0


@compiled
def _row_of(p: Part, begin: int, end: int, fact: int) -> int:
    if fact != NO_DAY:
        for row in range(begin, end):
            if p.id[row] == fact:
                return row
    return -1


@compiled
def _inherited(p: Part, begin: int, end: int, row: int) -> int:
    """A correction of another side's account stays that side's account."""
    for _ in range(end - begin):
        row = _row_of(p, begin, end, p.corrects[row])
        if row < 0:
            return NO_DAY
        if p.account_of[row] != NO_DAY:
            return p.account_of[row]
    return NO_DAY


@compiled
def _successor(p: Part, begin: int, end: int, fact: int) -> int:
    for _ in range(end - begin + 1):
        later = -1
        for row in range(begin, end):
            if p.corrects[row] == fact:
                later = row
                break
        if later < 0:
            return fact
        if p.withdrawn[later]:
            return NO_DAY
        fact = p.id[later]
    return NO_DAY


@compiled
def root_of(w: Any, p: Part, index: int) -> int:
    """The id of the event that a standing fact tells of: its own, or that of the fact it gives an account of."""
    return w.account[index] if w.account[index] != NO_DAY else p.id[w.standing[index]]


@compiled
def _put_sides(w: Any, p: Part) -> None:
    """Who gives an account of an event of which there are several, in order."""
    for index in range(w.standing_n):
        told = False
        for other in range(w.standing_n):
            told = told or (w.account[other] != NO_DAY and w.account[other] == root_of(w, p, index))
        if told:
            _put_side(w, p.said_by[w.standing[index]])


@compiled
def _put_side(w: Any, side: int) -> None:
    for index in range(w.sides_n):
        if w.sides[index] == side:
            return
    if w.sides_n >= SIDES:
        w.full = 1
        return
    place = w.sides_n
    while place > 0 and w.sides[place - 1] > side:
        w.sides[place] = w.sides[place - 1]
        place -= 1
    w.sides[place] = side
    w.sides_n += 1


@compiled
def speaks(w: Any, p: Part, index: int, side: int) -> bool:
    """True if this fact is the one of its event that counts under that side's account."""
    root, own = root_of(w, p, index), p.id[w.standing[index]]
    mine = p.said_by[w.standing[index]] == side
    for other in range(w.standing_n):
        if other == index or root_of(w, p, other) != root:
            continue
        theirs = p.said_by[w.standing[other]] == side
        if theirs and not mine:
            return False
        name = p.id[w.standing[other]]
        first = (name == root and own != root) or ((name == root) == (own == root) and name < own)
        if theirs == mine and first:
            return False
    return True
