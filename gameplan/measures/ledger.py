"""Minutes promised against minutes given, by service and week: promised = delivered + missed + upcoming, on every day.

The ledger is one and the same object for the family and the school. Each entry is taken in the order of its day and
put on what is promised in its own week; what goes beyond that on the other weeks of the same month, quarter or year, if
the plan promises by these, so that a whole hour given in one week keeps the promise of an hour a month. What is given
beyond every promise is kept apart as extra: it hides no shortfall elsewhere. A session that makes up for a missed one
keeps no promise of its own week; it makes what is still owed smaller.

Once the last day of a term is over, what nobody wrote down counts as missed, with a reason of its own: not recorded. A
session written down later for such a day moves it to where it belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from gameplan.core.calendars import SchoolCalendar
from gameplan.core.days import joined
from gameplan.core.words import Say
from gameplan.measures.filling import Filled, filled
from gameplan.measures.log import SCHOOL, Differs, LogEntry, LogError, differing, log_faults, roots, standing
from gameplan.measures.promised import ServiceRow, Spell, gaps, promises, spell_faults
from gameplan.measures.weeks import Term, end_of_month, monday

NONE = Fraction(0)
NOT_IN_PLAN = Say("A service that no plan in force names")


@dataclass(frozen=True, slots=True)
class Sums:
    """Minutes. It always holds: `promised == delivered + missed + upcoming`, and `owed == missed - made_up`.

    `missed_by`: the missed ones by reason; `owed_by`: what of them is not made up yet. `extra`: given beyond what is
    promised. `given_to_make_up`: given in these weeks to make up for missed ones of whatever week. `apart`: given in a
    week of which nobody can tell what is promised. `given` is all that was given.
    """

    promised: Fraction = NONE
    delivered: Fraction = NONE
    upcoming: Fraction = NONE
    extra: Fraction = NONE
    given_to_make_up: Fraction = NONE
    apart: Fraction = NONE
    missed_by: Mapping[str, Fraction] = field(default_factory=dict)
    owed_by: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def missed(self) -> Fraction:
        """The minutes missed, for whatever reason."""
        return sum(self.missed_by.values(), NONE)

    @property
    def owed(self) -> Fraction:
        """The minutes missed that were not made up yet. Whether they must be is for the team to decide."""
        return sum(self.owed_by.values(), NONE)

    @property
    def made_up(self) -> Fraction:
        """The minutes of the missed ones that were made up since."""
        return self.missed - self.owed

    @property
    def given(self) -> Fraction:
        """All minutes that were given in these weeks."""
        return self.delivered + self.extra + self.given_to_make_up + self.apart

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.promised + other.promised, self.delivered + other.delivered, self.upcoming + other.upcoming,
            self.extra + other.extra, self.given_to_make_up + other.given_to_make_up, self.apart + other.apart,
            _together(self.missed_by, other.missed_by), _together(self.owed_by, other.owed_by),
        )  # fmt: skip


def _together(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    return {name: one.get(name, NONE) + other.get(name, NONE) for name in sorted({*one, *other})}


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the ledger: its key, its newest name, and why it is not counted in minutes, if so."""

    id: str
    name: Say | str
    not_counted: Say | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One service in one week, which is known by its Monday. `cannot_tell`: what would settle what is promised."""

    service: str
    week: date
    sums: Sums
    cannot_tell: Say | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """One service in one term of its plan: a week, month, quarter or school year; extra minutes are not in it."""

    service: str
    term: Term
    sums: Sums


@dataclass(frozen=True, slots=True)
class Owed:
    """A missed entry: how many promised minutes were missed by it, and how many of them were made up since."""

    entry: LogEntry
    missed: Fraction
    made_up: Fraction

    @property
    def left(self) -> Fraction:
        """The minutes that were not made up yet."""
        return self.missed - self.made_up


@dataclass(frozen=True)
class Ledger:
    """The minutes of a child from the first plan to `until`, as they stand on the day `on`; the same for both sides.

    `cells`: by service and week. `periods`: by service and the term that its plan counts by. `owed`: the missed
    entries. `differs`: where the other side wrote down something else. `counts`: whose entries make the numbers.
    `gaps`: days between two plans. `would_settle`: what is not known. `doubts`: what may be in force besides.
    `spells`: what was promised when.
    """

    on: date
    until: date
    counts: str
    services: tuple[Service, ...]
    cells: tuple[Cell, ...]
    periods: tuple[Period, ...]
    owed: tuple[Owed, ...]
    differs: tuple[Differs, ...]
    gaps: tuple[tuple[date, date], ...]
    would_settle: tuple[Say, ...]
    doubts: tuple[Say, ...]
    calendar: SchoolCalendar = field(repr=False)
    spells: tuple[Spell, ...] = field(repr=False)

    def total(self, service: str | None = None, first: date | None = None, last: date | None = None) -> Sums:
        """The sum of the weeks that begin from `first` to `last`, of one service or of all."""
        found = Sums()
        for one in self.cells:
            if service in (None, one.service) and (first or date.min) <= one.week <= (last or date.max):
                found += one.sums
        return found

    def this_month(self, service: str | None = None) -> Sums:
        """The weeks that begin in the month of the day `on`."""
        return self.total(service, self.on.replace(day=1), end_of_month(self.on))

    def this_school_year(self, service: str | None = None) -> Sums | None:
        """The weeks of the school year of the day `on`; None where no school year is known for the day."""
        year = self.calendar.year_of(self.on)
        return self.total(service, monday(year.first_day), year.last_day) if year else None

    def weeks(self, service: str) -> tuple[Cell, ...]:
        """The weeks of a service, oldest first."""
        return tuple(one for one in self.cells if one.service == service)


def ledger(
    spells: Sequence[Spell], calendar: SchoolCalendar, entries: Sequence[LogEntry], on: date, *,
    until: date | None = None, counts: str = SCHOOL,
) -> Ledger:  # fmt: skip
    """The minutes as they stand on a day.

    `spells`: from `promised.spells`. `calendar`: all school years that are known. `entries`: all that were written, in
    that order, with their corrections, as both sides see them; those of days after `on` wait. `until`: how far upcoming
    minutes are shown, by default to the end of the school year of `on` if that is known, else of the week. `counts`:
    the side whose entries make the numbers: `school`, or `family` in a case that the family holds alone. Raises
    LogError with every fault.
    """
    faults = [*spell_faults(spells), *log_faults(entries, whole=False)]
    if faults:
        raise LogError(faults)
    until = until or _end_of_year(calendar, on)
    found = promises(spells, calendar, _end_of_terms(calendar, until))
    past = [one for one in standing(entries, counts) if one.entry.on <= on]
    book = filled(found, past, on, roots(entries))
    cells = _cells(book, found.untold, until)
    names = _services(spells, {one.service for one in cells})
    untold = tuple(one.cannot_tell for one in cells if one.cannot_tell)
    return Ledger(
        on, until, counts, names, cells, _periods(book, until), _owed(book), differing(entries, counts, on),
        gaps(spells), joined(untold), joined(*(one.doubts for one in spells if one.since <= until)), calendar,
        tuple(spells),
    )  # fmt: skip


def _end_of_year(calendar: SchoolCalendar, on: date) -> date:
    year = calendar.year_of(on)
    return year.last_day if year else _sunday(on)


def _sunday(day: date) -> date:
    return date.fromordinal(monday(day).toordinal() + 6)


def _end_of_terms(calendar: SchoolCalendar, until: date) -> date:
    """The last day of every term that `until` lies in, so that what is promised in it does not hang on the window."""
    return max(_sunday(until), end_of_month(_sunday(until)), end_of_month(_end_of_year(calendar, _sunday(until))))


def _cells(book: Filled, untold: Mapping[tuple[str, date], Say], until: date) -> tuple[Cell, ...]:
    sums: dict[tuple[str, date], Sums] = {key: Sums() for key in untold}
    for line in book.lines:
        key = line.slot.service, line.slot.week
        sums[key] = sums.get(key, Sums()) + _sums_of(line.slot.promised, line.delivered, line.missed, line.owed())
    for (service, week), beside in book.beside.items():
        more = Sums(extra=beside.extra, given_to_make_up=beside.make_up, apart=beside.apart)
        sums[service, week] = sums.get((service, week), Sums()) + more
    return tuple(
        Cell(service, week, one, untold.get((service, week)))
        for (service, week), one in sorted(sums.items())
        if week <= until
    )


def _sums_of(
    promised: Fraction, delivered: Fraction, missed: Mapping[str, Fraction], owed: Mapping[str, Fraction]
) -> Sums:
    left = promised - delivered - sum(missed.values(), NONE)
    return Sums(promised, delivered, left, missed_by=dict(missed), owed_by=dict(owed))


def _periods(book: Filled, until: date) -> tuple[Period, ...]:
    sums: dict[tuple[str, Term], Sums] = {}
    for line in book.lines:
        key = line.slot.service, line.slot.term
        sums[key] = sums.get(key, Sums()) + _sums_of(line.slot.promised, line.delivered, line.missed, line.owed())
    return tuple(Period(service, term, one) for (service, term), one in sorted(sums.items()) if term.first <= until)


def _owed(book: Filled) -> tuple[Owed, ...]:
    return tuple(
        Owed(one.entry, one.missed, one.made_up)
        for one in sorted(book.gone.values(), key=lambda each: (each.entry.on, each.entry.id))
        if one.missed
    )


def _services(spells: Sequence[Spell], used: set[str]) -> tuple[Service, ...]:
    """The services by their order in the newest plan, then those of older plans, then those that no plan names."""
    rows: dict[str, ServiceRow] = {}
    for spell in sorted(spells, key=lambda one: one.since, reverse=True):
        for row in spell.rows:
            rows.setdefault(row.service, row)
    found = [Service(row.service, row.name, row.not_counted) for row in rows.values()]
    return (*found, *(Service(one, NOT_IN_PLAN) for one in sorted(used - rows.keys())))
