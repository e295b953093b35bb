"""Which facts of a case stand, and whose accounts there are (core.facts.standing_facts, core.matching.worlds).

`p` holds the columns of a part as arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from gameplan.audit.compiled import compiled, inlined
from gameplan.audit.packing import LAST_AT, REF_AT
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


@inlined
def put_case(t: Any, w: Any, p: Part, child: int, on: int) -> None:
    """Takes up a child: which of its facts stand, and whose accounts there are."""
    w.case, w.law, w.born, w.on = p.case[child], p.law[child], p.born[child], on
    w.full, w.duties_n, w.sides_n = 0, 0, 0
    begin, end = p.first[child], p.end[child]
    if end - begin > MOST_TYPED:
        w.full = 1
    else:
        for row in range(begin, end):
            one = w.standing[row - begin]
            one.row, one.id, one.account = row, p.id[row], NO_DAY
        w.standing_n = end - begin
        w.roughly = _roughly(p.said_code, p.said_at[begin], p.said_at[end])
        if p.linked[child]:
            _put_gone(w, p.id, p.corrects, begin, end)
            _put_standing(w, p, begin, end)
            _put_sides(w)


@compiled
def _roughly(codes: Any, begin: int, end: int) -> int:
    """1 if some day among what these facts say is known only roughly."""
    for place in range(begin, end):
        if LAST_AT <= codes[place] < REF_AT:
            return 1
    return 0


@compiled
def _put_gone(w: Any, ids: Any, corrects: Any, begin: int, end: int) -> None:
    """Marks the facts that a later one corrects or withdraws; of two corrections of one fact the later one stays."""
    for index in range(end - begin):
        w.gone[index] = 0
    for row in range(begin, end):
        wrong = corrects[row]
        if wrong == NO_DAY:
            continue
        for other in range(begin, end):
            if ids[other] == wrong or (other < row and corrects[other] == wrong):
                w.gone[other - begin] = 1


@inlined
def _put_standing(w: Any, p: Part, begin: int, end: int) -> None:
    """The facts that stand: those not corrected or withdrawn by a later one, each with whose event it tells of."""
    count = 0
    for row in range(begin, end):
        if w.gone[row - begin] == 0 and p.withdrawn[row] == 0:
            one = w.standing[count]
            one.row, one.id, one.side = row, p.id[row], p.said_by[row]
            one.account = _account(w, p.id, p.corrects, p.account_of, p.withdrawn, begin, end, row)
            count += 1
    w.standing_n = count
    for index in range(count):
        account = w.standing[index].account
        found = account == NO_DAY
        for other in range(0 if found else count):
            found = found or w.standing[other].id == account
        if not found:
            w.standing[index].account = NO_DAY


@compiled
def _account(
    w: Any, ids: Any, corrects: Any, account_of: Any, withdrawn: Any, begin: int, end: int, row: int
) -> int:  # fmt: skip
    """The fact, as it stands now, of which this one gives another account; NO_DAY if of none."""
    account = account_of[row]
    if account == NO_DAY and corrects[row] != NO_DAY:
        account = _inherited(ids, corrects, account_of, begin, end, row)
    place = _row_of(ids, begin, end, account)
    if place >= 0 and w.gone[place - begin]:
        return _successor(ids, corrects, withdrawn, begin, end, account)
    return account


@compiled
def _row_of(ids: Any, begin: int, end: int, fact: int) -> int:
    if fact != NO_DAY:
        for row in range(begin, end):
            if ids[row] == fact:
                return row
    return -1


@compiled
def _inherited(ids: Any, corrects: Any, account_of: Any, begin: int, end: int, row: int) -> int:
    """A correction of another side's account stays that side's account."""
    for _ in range(end - begin):
        row = _row_of(ids, begin, end, corrects[row])
        if row < 0:
            return NO_DAY
        if account_of[row] != NO_DAY:
            return account_of[row]
    return NO_DAY


@compiled
def _successor(ids: Any, corrects: Any, withdrawn: Any, begin: int, end: int, fact: int) -> int:
    for _ in range(end - begin + 1):
        later = _row_of(corrects, begin, end, fact)
        if later < 0:
            return fact
        if withdrawn[later]:
            return NO_DAY
        fact = ids[later]
    return NO_DAY


@compiled
def root_of(w: Any, index: int) -> int:
    """The id of the event that a standing fact tells of: its own, or that of the fact it gives an account of."""
    one = w.standing[index]
    return one.account if one.account != NO_DAY else one.id


@compiled
def _put_sides(w: Any) -> None:
    """Who gives an account of an event of which there are several, in order."""
    for other in range(w.standing_n):
        account = w.standing[other].account
        for index in range(0 if account == NO_DAY else w.standing_n):
            if root_of(w, index) == account:
                _put_side(w, w.standing[index].side)


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
def speaks(w: Any, index: int, side: int) -> bool:
    """True if this fact is the one of its event that counts under that side's account."""
    root, own = root_of(w, index), w.standing[index].id
    mine = w.standing[index].side == side
    for other in range(w.standing_n):
        if other == index or root_of(w, other) != root:
            continue
        theirs = w.standing[other].side == side
        if theirs and not mine:
            return False
        name = w.standing[other].id
        first = (name == root and own != root) or ((name == root) == (own == root) and name < own)
        if theirs == mine and first:
            return False
    return True
