"""What was read from a school's calendar, laid out for a person to confirm."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.words import Say
from gameplan.exchange.calendar_words import ReadAs


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One line (or event) of the school's calendar: what it says, what it was taken for, and why.

    `mend` says how to put it right where `read_as` is "problem".
    """

    number: int
    text: str
    read_as: ReadAs
    why: Say
    first: date | None = None
    last: date | None = None
    name: str = ""
    mend: Say | None = None

    @property
    def days(self) -> int:
        """How many days the line covers."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    def sentence(self) -> Say:
        """The line, what is the matter with it and what to do, as one sentence to show."""
        values = {"line": self.number, "text": self.text, "why": self.why, "mend": self.mend or ""}
        if self.mend:
            return Say('Line {line}, "{text}": {why} {mend}', values)
        return Say('Line {line}, "{text}": {why} Is there no school then?', values)

    @property
    def closure(self) -> Closure | None:
        """The line as a closure, for when the person says that there is no school."""
        return Closure(self.first, self.last, self.name) if self.first and self.last else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A school year as a calendar seems to tell it, for a person to confirm.

    `closed` are the days without school, `unsure` the lines to ask about, `ignored` what was left out,
    `problems` what could not be read with the way to mend it. `year_doubts` are about the year as a whole;
    `doubts` are all the sentences that the person should read.
    """

    school_year: str
    first_day: date | None = None
    last_day: date | None = None
    closed: tuple[Closure, ...] = ()
    lines: tuple[CalendarLine, ...] = ()
    year_doubts: tuple[Say, ...] = ()

    @property
    def doubts(self) -> tuple[Say, ...]:
        """Each doubt as one sentence: about the year first, then line by line."""
        asked = tuple(line.sentence() for line in self.lines if line.read_as in (ReadAs.UNSURE, ReadAs.PROBLEM))
        return self.year_doubts + asked

    @property
    def ignored(self) -> tuple[CalendarLine, ...]:
        """The lines that were left out, each with its reason."""
        return self._lines(ReadAs.IGNORED, ReadAs.SCHOOL_DAY)

    @property
    def unsure(self) -> tuple[CalendarLine, ...]:
        """The lines that may or may not be days without school."""
        return self._lines(ReadAs.UNSURE)

    @property
    def problems(self) -> tuple[CalendarLine, ...]:
        """The lines that could not be read, each with what is wrong and how to mend it."""
        return self._lines(ReadAs.PROBLEM)

    def _lines(self, *kinds: ReadAs) -> tuple[CalendarLine, ...]:
        return tuple(line for line in self.lines if line.read_as in kinds)

    def year(self, *confirmed: CalendarLine) -> SchoolYear | None:
        """The school year with the unsure lines that were confirmed, or None while an end is missing."""
        if not self.first_day or not self.last_day:
            return None
        more = tuple(line.closure for line in confirmed if line.closure)
        closed = tuple(sorted(self.closed + more, key=lambda one: (one.first, one.last, one.name)))
        return SchoolYear(self.school_year, self.first_day, self.last_day, closed)


@dataclass(frozen=True, slots=True)
class YearWindow:
    """The days a school year may fall on: from July 1 to July 31 of the next year."""

    start: int

    @property
    def first(self) -> date:
        """The first day that can belong to the school year."""
        return date(self.start, 7, 1)

    @property
    def last(self) -> date:
        """The last day that can belong to the school year."""
        return date(self.start + 1, 7, 31)

    @property
    def name(self) -> str:
        """The usual name, for example "2025-26"."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def year_of(self, month: int) -> int:
        """The year of a month that was written without one."""
        return self.start if month >= 8 else self.start + 1


def window_of(school_year: str) -> YearWindow:
    """The window of a school year written as "2025-26" or "2025-2026".

    Raises ValueError if it is not written so.
    """
    found = re.fullmatch(r"\s*(20\d\d|19\d\d)\s*[-–/]\s*((?:20|19)?\d\d)\s*", school_year)
    if not found or int(found[2]) % 100 != (int(found[1]) + 1) % 100:
        raise ValueError(f'"{school_year}" is not a school year. Write it as 2025-26.')
    return YearWindow(int(found[1]))


def tidy(closed: list[Closure]) -> tuple[Closure, ...]:
    """The closures in order, each told once; a break told in parts is joined."""
    kept: list[Closure] = []
    for one in sorted(closed, key=lambda each: (each.first, -each.last.toordinal(), each.name)):
        before = kept[-1] if kept else None
        if before and one.last <= before.last:
            if not before.name:
                kept[-1] = replace(before, name=one.name)
            continue
        if before and before.name and before.name == one.name and _follows(before.last, one.first):
            kept[-1] = replace(before, last=one.last)
            continue
        kept.append(one)
    return tuple(kept)


def _follows(last: date, first: date) -> bool:
    between = range(last.toordinal() + 1, first.toordinal())
    return len(between) <= 2 and all(date.fromordinal(day).weekday() >= 5 for day in between)
