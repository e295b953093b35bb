"""One answer from several: days known only roughly (core.rough), and two sides' accounts (core.accounts)."""

from __future__ import annotations

from typing import Any

import numpy as np

from gameplan.audit.compiled import compiled, inlined
from gameplan.audit.duties import put_duties
from gameplan.audit.loading import put_columns, put_world, settle
from gameplan.audit.rows import NO_DAY, REASON_CODES
from gameplan.audit.shapes import DUTIES
from gameplan.audit.standing import Part
from gameplan.audit.verdict import CANNOT_TELL, NOT_STARTED

MIXES, STEPS = 4, 31
ACCOUNTS, ROUGH_DAY = REASON_CODES["accounts"], REASON_CODES["rough-day"]


@inlined
def put_account(t: Any, w: Any, p: Part, side: int) -> None:
    """Adds the duties of one account of the case; ranges where it gives days only roughly.

    It is then worked out for the days they can have been: all at their first and last day, steps between, mixes. After
    the first time only the clocks are that look at a fact with such a day: the others say the same again.
    """
    put_world(t, w, p, side)
    put_columns(t, w, p)
    steps, variants = _variants(w)
    w.merged_n = 0
    if w.rough_n:
        _put_again(t, w)
    for variant in range(variants):
        _set_days(t, w, variant, steps)
        settle(t, w, variant > 0)
        first = w.duties_n
        put_duties(t, w, variant > 0)
        if w.rough_n:
            _put_nth(t, w, first, w.duties_n)
            w.merged_at = 0
            for index in range(first, w.duties_n):
                _merge(w, index)
            w.duties_n = first
    if w.rough_n:
        _close_ranges(t, w, variants)


@compiled
def _put_again(t: Any, w: Any) -> None:
    """Marks the clocks of the law whose duties a day known only roughly can change."""
    law = t.laws[w.law]
    for local in range(law.clocks_n):
        w.again[local] = 0
        for index in range(w.rough_n):
            w.again[local] |= t.reads[law.clocks_at + local, w.facts[w.rough[index].fact].kind]


@compiled
def _variants(w: Any) -> tuple[int, int]:
    """In how many steps the rough days go from first to last together, and how many choices of days there are."""
    number, longest = w.rough_n, 0
    if number == 0:
        return 0, 1
    for index in range(number):
        longest = max(longest, w.rough[index].last - w.rough[index].first)
    steps = max(1, min(STEPS, longest))
    if number == 1:
        return steps, steps + 1
    return steps, steps + 1 + ((1 << number) - 2 if number <= MIXES else 2 * number)


@compiled
def _set_days(t: Any, w: Any, variant: int, steps: int) -> None:
    """Sets every rough day for one choice: all at one step; then mixes of first and last, or one unlike the others."""
    number = w.rough_n
    for index in range(number):
        rough = w.rough[index]
        if variant <= steps:
            share = variant / steps
        elif number <= MIXES:
            share = float((variant - steps) >> (number - 1 - index) & 1)
        else:
            place = variant - steps - 1
            at_last = 1 if place % 2 == 0 else 0
            share = float(at_last if place // 2 == index else 1 - at_last)
        day = rough.first + int(np.rint((rough.last - rough.first) * share))
        w.dates[rough.fact, rough.field] = day
        if rough.field == t.main_field[w.facts[rough.fact].kind]:
            w.facts[rough.fact].on = day


@compiled
def _merge(w: Any, index: int) -> None:
    """Takes a row into that of the same duty; mostly it is the one after the last that was found."""
    duty = w.duties[index]
    for step in range(w.merged_n):
        place = w.merged_at + step
        place -= w.merged_n if place >= w.merged_n else 0
        one = w.merged[place]
        if one.mark == w.mark[index] and one.nth == w.nth[index]:
            _widen(one, duty)
            w.merged_at = place + 1
            return
    if w.merged_n >= DUTIES:
        w.full = 1
        return
    one = w.merged[w.merged_n]
    w.merged_n += 1
    one.duty = duty
    one.mark, one.times, one.differ, one.statuses, one.dues, one.dones = w.mark[index], 1, 0, 0, 0, 0
    one.first, one.last, one.left, one.nth = NO_DAY, NO_DAY, duty.days_left, w.nth[index]
    _widen_days(one, duty)


@compiled
def _widen_days(one: Any, duty: Any) -> None:
    for day in (duty.due, duty.due_earliest, duty.due_latest):
        if day != NO_DAY:
            one.first = day if one.first == NO_DAY else min(one.first, day)
            one.last = day if one.last == NO_DAY else max(one.last, day)


@compiled
def same_answer(one: Any, other: Any) -> bool:
    """True if two rows of a duty give the same days and status, their starts left aside."""
    return (
        one.due == other.due
        and one.due_earliest == other.due_earliest
        and one.due_latest == other.due_latest
        and one.status == other.status
        and one.done == other.done
    )


@compiled
def _widen(one: Any, duty: Any) -> None:
    first = one.duty
    one.times += 1
    if first.started != duty.started or not same_answer(first, duty):
        one.differ = 1
    one.statuses = 1 if first.status != duty.status else one.statuses
    one.dues = 1 if first.due != duty.due else one.dues
    one.dones = 1 if first.done != duty.done else one.dones
    if duty.days_left != NO_DAY:
        one.left = duty.days_left if one.left == NO_DAY else min(one.left, duty.days_left)
    _widen_days(one, duty)


@compiled
def _close_ranges(t: Any, w: Any, times: int) -> None:
    clocks_at = t.laws[w.law].clocks_at
    for place in range(w.merged_n):
        one = w.merged[place]
        if w.duties_n >= DUTIES - 1:
            w.full = 1
            return
        w.duties[w.duties_n] = one.duty
        duty = w.duties[w.duties_n]
        w.duties_n += 1
        whole = one.times == times or w.again[duty.clock - clocks_at] == 0
        if one.differ == 0 and whole:
            continue
        if one.statuses or not whole:
            duty.status, duty.reason = CANNOT_TELL, ROUGH_DAY
        if one.dues or not whole:
            duty.due = NO_DAY
        if one.dones:
            duty.done = NO_DAY
        duty.due_earliest, duty.due_latest = one.first, one.last
        duty.days_left, duty.days_late = one.left, NO_DAY


@inlined
def put_accounts(t: Any, w: Any, p: Part) -> None:
    """The duties of the case, under each side's account where they differ."""
    for index in range(max(w.sides_n, 1)):
        w.side_at[index] = w.duties_n
        put_account(t, w, p, w.sides[index] if w.sides_n else -1)
    w.side_at[w.sides_n] = w.duties_n
    if w.sides_n > 1:
        _join_all(t, w)


@compiled
def _join_all(t: Any, w: Any) -> None:
    w.merged_n = 0
    for side in range(w.sides_n):
        _put_nth(t, w, w.side_at[side], w.side_at[side + 1])
    for index in range(w.duties_n):
        if not _seen(w, index):
            _join(w, index)
            w.merged_n += 1
    for index in range(w.merged_n):
        w.duties[index] = w.merged[index].duty
    w.duties_n = w.merged_n


@compiled
def _put_nth(t: Any, w: Any, begin: int, end: int) -> None:
    """Counts the rows of one working-out that share clock and start: a removal can pass the limit in two years."""
    for index in range(begin, end):
        duty = w.duties[index]
        # One number for clock and start, so that rows are compared by it alone.
        w.mark[index] = (t.clocks[duty.clock].key << 32) + duty.started_by
        w.nth[index] = 0
        for earlier in range(index - 1, begin - 1, -1):
            if w.mark[earlier] == w.mark[index]:
                w.nth[index] = w.nth[earlier] + 1
                break


@compiled
def _alike(w: Any, one: int, other: int) -> bool:
    """True if two rows are of the same duty."""
    return w.mark[one] == w.mark[other] and w.nth[one] == w.nth[other]


@compiled
def _seen(w: Any, index: int) -> bool:
    for earlier in range(index):
        if _alike(w, earlier, index):
            return True
    return False


@compiled
def _of_side(w: Any, side: int, index: int) -> int:
    """The row of the same duty under that side's account, or -1."""
    for place in range(w.side_at[side + 1] - 1, w.side_at[side] - 1, -1):
        if _alike(w, place, index):
            return place
    return -1


@compiled
def _join(w: Any, index: int) -> None:
    """Puts one answer from those of all sides at the end of `w.merged`."""
    first, present = -1, 0
    for side in range(w.sides_n):
        place = w.place[side] = _of_side(w, side, index)
        if place >= 0:
            first = place if first < 0 else first
            present += 1
    w.merged[w.merged_n].duty = w.duties[first]
    made = w.merged[w.merged_n]
    made.first, made.last, made.left, made.late = NO_DAY, NO_DAY, NO_DAY, NO_DAY
    made.differ = 1 if present < w.sides_n else 0
    made.statuses = made.dues = 0
    for side in range(w.sides_n):
        place = w.place[side]
        made.statuses = 1 if _status_at(w, place) != _status_at(w, w.place[0]) else made.statuses
        if place >= 0:
            _take_in(made, w.duties[first], w.duties[place])
    if made.differ:
        row = made.duty
        if made.statuses:
            row.status, row.reason, made.late = CANNOT_TELL, ACCOUNTS, NO_DAY
        if made.dues or present < w.sides_n:
            row.due = NO_DAY
        row.due_earliest, row.due_latest = made.first, made.last
        row.days_left, row.days_late = made.left, made.late


@compiled
def _take_in(made: Any, first: Any, duty: Any) -> None:
    """One side's answer taken into the joined one."""
    if not same_answer(duty, first):
        made.differ = 1
    if duty.due != first.due:
        made.dues = 1
    if duty.days_left != NO_DAY:
        made.left = duty.days_left if made.left == NO_DAY else min(made.left, duty.days_left)
    if duty.days_late != NO_DAY:
        made.late = duty.days_late if made.late == NO_DAY else min(made.late, duty.days_late)
    _widen_days(made, duty)


@compiled
def _status_at(w: Any, place: int) -> int:
    return w.duties[place].status if place >= 0 else NOT_STARTED
