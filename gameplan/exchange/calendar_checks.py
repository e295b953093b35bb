"""Putting the lines of a calendar together to one school year, and looking whether that year can be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.core.words import Say
from gameplan.exchange.calendar_proposal import CalendarLine, Proposal, YearWindow, tidy, window_of
from gameplan.exchange.calendar_words import ReadAs, for_some_only

FEWEST_SCHOOL_DAYS, MOST_SCHOOL_DAYS = 150, 200
LONGEST_BREAK = timedelta(days=30)
LATEST_FIRST_DAY, EARLIEST_LAST_DAY = (10, 15), (4, 15)


def propose(window: YearWindow, lines: Sequence[CalendarLine], problems: Iterable[Say] = ()) -> Proposal:
    """The school year that the lines tell, with every doubt about it."""
    first_day, first_doubts = _edge(lines, ReadAs.FIRST_DAY)
    last_day, last_doubts = _edge(lines, ReadAs.LAST_DAY)
    placed = [_placed(line, first_day, last_day) for line in lines]
    closed = tidy([line.closure for line in placed if line.read_as is ReadAs.CLOSED and line.closure])
    settled = tuple(_settled(line, closed) for line in placed)
    doubts = [*problems, *first_doubts, *last_doubts, *_contradictions(settled, closed)]
    doubts += year_doubts(window.name, first_day, last_day, closed)
    return Proposal(window.name, first_day, last_day, closed, settled, tuple(doubts))


def _settled(line: CalendarLine, closed: Sequence[Closure]) -> CalendarLine:
    """The line, left out if it only asks about days that another line settles."""
    if line.read_as is ReadAs.UNSURE and _within(line, closed):
        return replace(line, read_as=ReadAs.IGNORED, why=Say("Another line already says that there is no school then."))
    return line


def _contradictions(lines: Sequence[CalendarLine], closed: Sequence[Closure]) -> list[Say]:
    """A doubt for each day that one line calls a school day and another a day off."""
    return [
        Say('Line {line}, "{text}": this means school on {day}, but another line says no school.',
            {"line": line.number, "text": line.text, "day": line.first})
        for line in lines
        if line.read_as is ReadAs.SCHOOL_DAY and line.days == 1 and _within(line, closed)
    ]  # fmt: skip


def _within(line: CalendarLine, closed: Sequence[Closure]) -> bool:
    first, last = line.first, line.last
    return bool(first and last) and any(one.first <= first and last <= one.last for one in closed if first and last)


def _edge(lines: Sequence[CalendarLine], which: ReadAs) -> tuple[date | None, list[Say]]:
    """The first or last day of school, with a doubt where several lines name one."""
    found = [line for line in lines if line.read_as is which and line.first]
    whole = [line for line in found if not for_some_only(line.text)] or found
    if whole != found or (whole and for_some_only(whole[0].text)):
        named = Say("Some grades start or end on another day. Check the days for your child's grade.")
    else:
        named = None
    days = sorted({line.first for line in whole if line.first})
    if not days:
        return None, []
    chosen = days[0] if which is ReadAs.FIRST_DAY else days[-1]
    doubts = [named] if named else []
    if len(days) > 1:
        text = (
            Say(
                "The calendar names more than one first day: {days}. Check which one is right.",
                {"days": tuple(days)},
            )
            if which is ReadAs.FIRST_DAY
            else Say(
                "The calendar names more than one last day: {days}. Check which one is right.",
                {"days": tuple(days)},
            )
        )
        doubts.append(text)
    return chosen, doubts


def _placed(line: CalendarLine, first_day: date | None, last_day: date | None) -> CalendarLine:
    """The line, left out if its days lie before the first or after the last day of school."""
    if line.read_as not in (ReadAs.CLOSED, ReadAs.UNSURE) or not line.first or not line.last:
        return line
    if first_day and line.last < first_day:
        return replace(line, read_as=ReadAs.IGNORED, why=Say("It is before the first day of school."))
    if last_day and line.first > last_day:
        return replace(line, read_as=ReadAs.IGNORED, why=Say("It is after the last day of school."))
    return line


def year_doubts(
    school_year: str, first_day: date | None, last_day: date | None, closed: Sequence[Closure]
) -> tuple[Say, ...]:
    """Every doubt about a school year as a whole, each as one sentence; empty if it looks right.

    Raises ValueError if `school_year` is not written as "2025-26".
    """
    window = window_of(school_year)
    doubts = [*_missing(first_day, last_day), *_misplaced(window, first_day, last_day)]
    doubts += _closure_doubts(window, first_day, last_day, closed)
    doubts += _overlaps(closed)
    if first_day and last_day and first_day < last_day and not doubts:
        doubts += _length(SchoolYear(school_year, first_day, last_day, tuple(closed)))
    return tuple(doubts)


def _missing(first_day: date | None, last_day: date | None) -> list[Say]:
    doubts = []
    if first_day is None:
        doubts.append(Say("We did not find the first day of school. Please fill it in."))
    if last_day is None:
        doubts.append(Say("We did not find the last day of school. Please fill it in."))
    return doubts


def _misplaced(window: YearWindow, first_day: date | None, last_day: date | None) -> list[Say]:
    doubts = []
    for day in (first_day, last_day):
        if day and day not in window:
            values = {"day": day, "school_year": window.name}
            doubts.append(Say("{day} is not in the school year {school_year}.", values))
        if day and day.weekday() >= 5:
            doubts.append(Say("{day} is on a weekend. Check the first and last day of school.", {"day": day}))
    if first_day and last_day and not first_day < last_day:
        values = {"first": first_day, "last": last_day}
        doubts.append(Say("The last day, {last}, is not after the first day, {first}. Check both.", values))
    elif first_day and last_day:
        late_start = first_day > date(window.start, *LATEST_FIRST_DAY)
        if late_start or last_day < date(window.start + 1, *EARLIEST_LAST_DAY):
            doubts.append(Say("The first or last day of school is at an unusual time of year. Check both."))
    return doubts


def _closure_doubts(
    window: YearWindow, first_day: date | None, last_day: date | None, closed: Sequence[Closure]
) -> list[Say]:
    doubts = []
    for one in closed:
        values = {"name": one.name or Say("A day without school"), "first": one.first, "last": one.last}
        if one.last < one.first:
            doubts.append(Say("{name}: {last} is before {first}. Put the first day first.", values))
            continue
        if one.first not in window or one.last not in window:
            doubts.append(Say("{name}, {first} to {last}: this is not in the school year.", values))
        elif any(day and one.first <= day <= one.last for day in (first_day, last_day)):
            doubts.append(Say("{name}, {first} to {last}: the first or last day of school falls into it.", values))
        elif (first_day and one.first < first_day) or (last_day and one.last > last_day):
            doubts.append(Say("{name}, {first} to {last}: this is outside the days of school.", values))
        if one.last - one.first > LONGEST_BREAK:
            doubts.append(Say("{name}, {first} to {last}: this is a very long break. Check both days.", values))
    return doubts


def _overlaps(closed: Sequence[Closure]) -> list[Say]:
    ordered = sorted(closed, key=lambda one: (one.first, one.last))
    doubts = []
    for one, other in pairwise(ordered):
        if other.first <= one.last and one.first <= one.last:
            values = {"day": other.first, "last": min(one.last, other.last)}
            doubts.append(Say("Two breaks overlap from {day} to {last}. Check their days.", values))
    return doubts


def _length(year: SchoolYear) -> list[Say]:
    count = len(SchoolCalendar((year,)).school_days)
    values = {"count": count}
    if count < FEWEST_SCHOOL_DAYS:
        return [Say("This makes only {count} school days. Most schools have about 180. Check the dates.", values)]
    if count > MOST_SCHOOL_DAYS:
        return [
            Say(
                "This makes {count} school days. Most schools have about 180. Days off may be missing.",
                values,
            )
        ]
    return []
