"""Puts entries on what is promised, one after the other: each only adds to what is there, so time moves one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from gameplan.measures.log import DELIVERED, NOT_RECORDED, LogEntry, Standing
from gameplan.measures.promised import Promises, Slot
from gameplan.measures.weeks import monday

NONE = Fraction(0)


@dataclass
class Line:
    """A slot and what was put on it: minutes delivered, missed by reason, and made up since by reason."""

    slot: Slot
    delivered: Fraction = NONE
    missed: dict[str, Fraction] = field(default_factory=dict)
    made_up: dict[str, Fraction] = field(default_factory=dict)

    @property
    def room(self) -> Fraction:
        """The minutes promised that nothing was put on yet."""
        return self.slot.promised - self.delivered - sum(self.missed.values(), NONE)

    def miss(self, reason: str, minutes: Fraction) -> None:
        """Put missed minutes on it."""
        self.missed[reason] = self.missed.get(reason, NONE) + minutes

    def owed(self) -> dict[str, Fraction]:
        """The missed minutes that were not made up, by reason."""
        return {reason: minutes - self.made_up.get(reason, NONE) for reason, minutes in self.missed.items()}


@dataclass
class Gone:
    """A missed entry: the lines that its minutes were put on, each with what of it is not made up yet."""

    entry: LogEntry
    parts: list[tuple[Line, Fraction]] = field(default_factory=list)
    made_up: Fraction = NONE

    @property
    def missed(self) -> Fraction:
        """The promised minutes that were missed by it."""
        return sum((minutes for _, minutes in self.parts), NONE)

    def make_up(self, minutes: Fraction) -> Fraction:
        """Make up for it, first on the line that it was put on first; returns the minutes that are too many."""
        skip = self.made_up
        for line, missed in self.parts:
            before = min(skip, missed)
            skip -= before
            used = min(minutes, missed - before)
            line.made_up[self.entry.reason] = line.made_up.get(self.entry.reason, NONE) + used
            self.made_up, minutes = self.made_up + used, minutes - used
        return minutes


@dataclass
class Beside:
    """Minutes given in a week that keep no promise of that week: extra, to make up for missed ones, or set apart."""

    extra: Fraction = NONE
    make_up: Fraction = NONE
    apart: Fraction = NONE


@dataclass
class Filled:
    """All slots with what was put on them, what was given beside them by service and week, and the missed entries."""

    lines: list[Line] = field(default_factory=list)
    beside: dict[tuple[str, date], Beside] = field(default_factory=lambda: defaultdict(Beside))
    gone: dict[str, Gone] = field(default_factory=dict)


def filled(found: Promises, entries: Sequence[Standing], on: date, names: Mapping[str, str]) -> Filled:
    """The slots with the entries put on them, as they stand on a day.

    `entries`: those up to that day, in order. `names`: the first entry of its chain by the id of each (`log.roots`).
    """
    book = Filled([Line(one) for one in found.slots])
    by_service: dict[str, list[Line]] = defaultdict(list)
    for line in book.lines:
        by_service[line.slot.service].append(line)
    later: list[LogEntry] = []
    for one in entries:
        if one.entry.makes_up:
            later.append(one.entry)
        else:
            _put(book, by_service[one.entry.service], one, found)
    for entry in later:
        _make_up(book, entry, names, found)
    for line in book.lines:
        if line.slot.closes < on and line.room:
            line.miss(NOT_RECORDED, line.room)
    return book


def _put(book: Filled, lines: Sequence[Line], one: Standing, found: Promises) -> None:
    entry, left = one.entry, Fraction(one.entry.minutes)
    gone = Gone(entry)
    for line in _open_lines(lines, entry.on):
        used = min(left, line.room)
        if not used:
            continue
        left -= used
        if entry.what == DELIVERED:
            line.delivered += used
        else:
            line.miss(entry.reason, used)
            gone.parts.append((line, used))
    if entry.what == DELIVERED:
        _put_beside(book, entry, left, found)
    else:
        book.gone[one.root] = gone


def _open_lines(lines: Sequence[Line], day: date) -> Iterator[Line]:
    """The lines that a session of a day can be put on: its own week, then older weeks of the same term, then later."""
    week = monday(day)
    fitting = [one for one in lines if one.slot.term.holds(day) and day <= one.slot.closes]

    def place(line: Line) -> tuple[bool, date, int]:
        term = line.slot.term
        return (line.slot.week != week, line.slot.week, (term.last - term.first).days)

    yield from sorted(fitting, key=place)


def _put_beside(book: Filled, entry: LogEntry, minutes: Fraction, found: Promises) -> None:
    if not minutes:
        return
    key = entry.service, monday(entry.on)
    if key in found.untold:
        book.beside[key].apart += minutes
    else:
        book.beside[key].extra += minutes


def _make_up(book: Filled, entry: LogEntry, names: Mapping[str, str], found: Promises) -> None:
    """A session that makes up for a missed one. What is too many, or for one that was withdrawn, is extra."""
    minutes = Fraction(entry.minutes)
    gone = book.gone.get(names.get(entry.makes_up or "", ""))
    left = gone.make_up(minutes) if gone else minutes
    if minutes - left:
        book.beside[entry.service, monday(entry.on)].make_up += minutes - left
    _put_beside(book, entry, left, found)
