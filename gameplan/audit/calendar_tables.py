"""Builds the tables of `audit.calendars` from the folder's table of calendars, thousands of them in a second."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from gameplan.audit.calendars import CLOSED, FOLLOWS_ON, KNOWN, SCHOOL, SPAN, TABLE, YEAR, Calendars
from gameplan.audit.civil import weekday
from gameplan.audit.compiled import compiled, entry
from gameplan.audit.sizes import CALENDAR_DAYS, SCHOOL_YEARS
from gameplan.core.calendars import MONDAY_TO_FRIDAY

LONGEST_YEAR, SHOWN = 400, 20
NO_NAME, OTHER_NAMES = -1, 10000
USUAL_NAME: Final = re.compile(r"[1-9][0-9]{3}-[0-9]{2}")


class Told(NamedTuple):
    """What is told of every school year: the closures of year i are closed_at[i]:closed_at[i + 1], open days likewise.

    `starts` has the first year of each calendar; row 0 of the calendars has none.
    """

    starts: Any
    years: Any
    closed_at: Any
    closed: Any
    open_at: Any
    open: Any


def calendars_of(table: pa.Table) -> tuple[Calendars, Mapping[int, int]]:
    """The calendars of a table like `layout.CALENDARS`, and the row of each id.

    Raises ValueError that names every school year that cannot be: without days, ending before it starts, too long.
    """
    table = table.combine_chunks()
    order = np.lexsort((_days(table["first_day"]), table["calendar"].to_numpy()))
    table = table.take(pa.array(order)).combine_chunks()
    _refuse(list(_faults(table)))
    found, counts = np.unique(table["calendar"].to_numpy(), return_counts=True)
    told = _told(table, _places([0, *counts.tolist()]))
    rows = np.zeros(len(told.starts) - 1, TABLE)
    total = _measure(told, rows)
    if rows["length"].max(initial=0) > CALENDAR_DAYS or rows["years_n"].max(initial=0) > SCHOOL_YEARS:
        raise ValueError(f"A calendar covers more than {CALENDAR_DAYS // 365} years. Mend the days of its years.")
    flags, cum = np.zeros(total, np.uint8), np.zeros(total, np.int16)
    spans = np.zeros(len(told.years), SPAN)
    _mark(told, rows, flags, spans)
    days = np.zeros(_count(rows, flags, cum), np.int32)
    _fill(rows, flags, days)
    books = Calendars(rows, flags, cum, days, told.years, spans)
    return books, {int(one): row for row, one in enumerate(found, start=1)}


def name_codes(names: Sequence[str]) -> list[int]:
    """A number for each name of a school year: equal for equal names; the year it begins in for "2025-26"."""
    others: dict[str, int] = {}
    return [_usual(name) or others.setdefault(name, OTHER_NAMES + len(others)) if name else NO_NAME for name in names]


def _usual(name: str) -> int:
    if not USUAL_NAME.fullmatch(name):
        return 0
    start = int(name[:4])
    return start if int(name[5:]) == (start + 1) % 100 else 0


def _told(table: pa.Table, starts: Any) -> Told:
    years = np.empty(table.num_rows, YEAR)
    years["first"], years["last"] = _days(table["first_day"]), _days(table["last_day"])
    years["weekdays"] = _weekday_bits(_one(table["weekdays"]))
    names = _one(table["school_year"]).fill_null("").dictionary_encode()
    codes = np.array(name_codes(names.dictionary.to_pylist()), np.int64)
    years["code"] = codes[names.indices.to_numpy()] if len(codes) else 0
    closed, opened = _one(table["closed"]), _one(table["open"])
    pairs = closed.flatten()
    first = pairs.field("first")
    both = np.column_stack((_days(first), _days(pc.coalesce(pairs.field("last"), first))))
    return Told(starts, years, _places(_lengths(closed)), both, _places(_lengths(opened)), _days(opened.flatten()))


def _one(column: pa.ChunkedArray) -> Any:
    return column.combine_chunks()


def _lengths(lists: Any) -> Any:
    return np.asarray(pc.list_value_length(lists).fill_null(0).to_numpy(zero_copy_only=False), np.int64)


def _places(counts: Any) -> Any:
    """Where each of several neighbours begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(np.asarray(counts, np.int64))))


def _days(days: Any) -> Any:
    if not len(days):
        return np.zeros(0, np.int64)
    return np.asarray(days.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)).astype(np.int64)


def _weekday_bits(lists: Any) -> Any:
    """The days of the week of each list as bits; Monday to Friday where nothing is said."""
    lengths = _lengths(lists)
    bits = np.zeros(len(lengths), np.int64)
    days = np.asarray(lists.flatten().to_numpy(zero_copy_only=False), np.int64)
    np.bitwise_or.at(bits, np.repeat(np.arange(len(lengths)), lengths), np.int64(1) << days)
    bits[lengths == 0] = sum(1 << day for day in MONDAY_TO_FRIDAY)
    return bits


def _faults(table: pa.Table) -> Iterator[str]:
    """What is wrong with the school years, each with its calendar."""
    first, last = _days(table["first_day"]), _days(table["last_day"])
    missing = pc.or_(pc.is_null(table["first_day"]), pc.is_null(table["last_day"])).to_numpy()
    for row in np.flatnonzero(missing):
        yield f"{_name(table, row)} lacks its first or last day."
    for row in np.flatnonzero(~missing & (last <= first)):
        yield f"{_name(table, row)} ends on {table['last_day'][row]}, not after its first day."
    for row in np.flatnonzero(~missing & (last - first > LONGEST_YEAR)):
        yield f"{_name(table, row)} is longer than {LONGEST_YEAR} days."
    closed = _one(table["closed"])
    nameless = pc.is_null(closed.flatten().field("first")).to_numpy(zero_copy_only=False)
    for row in np.unique(np.repeat(np.arange(len(closed)), _lengths(closed))[nameless]):
        yield f"{_name(table, row)} has closed days without their first day."


def _name(table: pa.Table, row: Any) -> str:
    return f"Calendar {table['calendar'][int(row)]}: the school year {table['school_year'][int(row)]}"


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        more = [f"And {len(faults) - SHOWN} more."] if len(faults) > SHOWN else []
        raise ValueError("\n".join(["Mend the table of calendars.", *faults[:SHOWN], *more]))


@entry
def _measure(told: Told, table: Any) -> int:
    """Writes where each calendar begins and how long it is; the length of all together."""
    total = 0
    for which in range(len(table)):
        row, at, end = table[which], told.starts[which], told.starts[which + 1]
        row.flags_at, row.years_at, row.years_n = total, at, end - at
        if at == end:
            continue
        last = told.years[at].last
        for place in range(at, end):
            last = max(last, told.years[place].last)
        row.base = told.years[at].first
        row.length = max(0, last - told.years[at].first + 1)
        total += row.length
    return total


@entry
def _mark(told: Told, table: Any, flags: Any, spans: Any) -> None:
    """Marks the days of each calendar: closed days of all its years first, for a closure holds in another year too."""
    for which in range(len(table)):
        row = table[which]
        for place in range(row.years_at, row.years_at + row.years_n):
            for index in range(told.closed_at[place], told.closed_at[place + 1]):
                _mark_stretch(row, flags, told.closed[index, 0], told.closed[index, 1], CLOSED)
        for place in range(row.years_at, row.years_at + row.years_n):
            _mark_year(told, place, row, flags)
        row.spans_at = row.years_at
        row.spans_n = _join_spans(told, row.years_at, row.years_n, spans)
        for place in range(row.spans_at, row.spans_at + row.spans_n):
            _mark_stretch(row, flags, spans[place].first, spans[place].last, KNOWN)


@compiled
def _mark_stretch(row: Any, flags: Any, first: int, last: int, mark: int) -> None:
    for at in range(max(0, first - row.base), min(row.length, last - row.base + 1)):
        flags[row.flags_at + at] |= mark


@compiled
def _mark_year(told: Told, place: int, row: Any, flags: Any) -> None:
    year = told.years[place]
    for day in range(year.first, year.last + 1):
        at = row.flags_at + day - row.base
        if year.weekdays >> weekday(day) & 1 and flags[at] & CLOSED == 0:
            flags[at] |= SCHOOL
    for index in range(told.open_at[place], told.open_at[place + 1]):
        if year.first <= told.open[index] <= year.last:
            flags[row.flags_at + told.open[index] - row.base] |= SCHOOL


@compiled
def _join_spans(told: Told, at: int, years: int, spans: Any) -> int:
    """Writes the stretches of known days of one calendar; how many there are."""
    number = 0
    for place in range(at, at + years):
        year = told.years[place]
        if number and year.first - spans[at + number - 1].last <= FOLLOWS_ON:
            spans[at + number - 1].last = max(spans[at + number - 1].last, year.last)
        else:
            spans[at + number].first, spans[at + number].last = year.first, year.last
            number += 1
    return number


@entry
def _count(table: Any, flags: Any, cum: Any) -> int:
    """Writes how many school days each calendar has up to each day; the number of all together."""
    total = 0
    for which in range(len(table)):
        row, number = table[which], 0
        for at in range(row.flags_at, row.flags_at + row.length):
            if flags[at] & SCHOOL:
                number += 1
            cum[at] = number
        row.days_at, row.days_n = total, number
        total += number
    return total


@entry
def _fill(table: Any, flags: Any, days: Any) -> None:
    """Writes the school days of each calendar."""
    for which in range(len(table)):
        row = table[which]
        place = row.days_at
        for at in range(row.length):
            if flags[row.flags_at + at] & SCHOOL:
                days[place] = row.base + at
                place += 1
