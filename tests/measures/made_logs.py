"""Made-up calendars, plans in force and logs of sessions for the property tests, and a small readable set of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from gameplan.core.calendars import Closure, SchoolCalendar, SchoolYear
from gameplan.measures.log import DELIVERED, MISSED, REASONS, LogEntry
from gameplan.measures.promised import ServiceRow, Spell

SPEECH, READING, NURSE = "related-services/r1", "special-education/s1", "related-services/r2"
SERVICES = (SPEECH, READING, NURSE)
FIRST_DAY, LAST_DAY = date(2025, 9, 3), date(2026, 1, 30)
YEAR = SchoolYear(
    "2025-26", date(2025, 9, 2), date(2026, 6, 12),
    (
        Closure(date(2025, 10, 13), date(2025, 10, 13), "Holiday"),
        Closure(date(2025, 11, 26), date(2025, 11, 28), "Thanksgiving"),
        Closure(date(2025, 12, 22), date(2026, 1, 2), "Winter break"),
    ),
)  # fmt: skip
CALENDAR = SchoolCalendar((YEAR,))
AMOUNTS = (Fraction(30), Fraction(45), Fraction(60), Fraction(150), Fraction(15, 2))


def row(minutes: int | Fraction, per: str = "week", service: str = SPEECH, **more: date) -> ServiceRow:
    """A service as a plan says it: so many minutes in each week."""
    return ServiceRow(service, "Speech", Fraction(minutes), per, more.get("start"), more.get("end"))


def spell(since: date, *rows: ServiceRow, until: date | None = None) -> Spell:
    """Services in force from a day on."""
    return Spell(since, until, rows, "1")


def gave(id_: str, on: date, minutes: int, service: str = SPEECH, **more: Any) -> LogEntry:
    """A session that was given."""
    return replace(LogEntry(id_, service, on, minutes, DELIVERED), **more)


def missed(id_: str, on: date, minutes: int, reason: str, service: str = SPEECH, **more: Any) -> LogEntry:
    """A session that was missed."""
    return replace(LogEntry(id_, service, on, minutes, MISSED, reason), **more)


@dataclass(frozen=True)
class World:
    """A child's plans, the school's days, and what was written down."""

    spells: tuple[Spell, ...]
    calendar: SchoolCalendar
    entries: tuple[LogEntry, ...]


days = st.dates(FIRST_DAY - timedelta(20), LAST_DAY + timedelta(20))


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """A school year that starts and ends in the middle of weeks, with days off; perhaps the rest of it is not known."""
    first = draw(st.dates(date(2025, 8, 18), date(2025, 9, 12)))
    last = draw(st.dates(date(2025, 12, 1), date(2026, 6, 20)))
    starts = draw(st.lists(st.dates(first, last), max_size=5))
    closed = tuple(Closure(one, one + timedelta(draw(st.integers(0, 9)))) for one in starts)
    return SchoolCalendar((SchoolYear("2025-26", first, last, closed),))


@st.composite
def service_rows(draw: st.DrawFn, service: str) -> ServiceRow:
    """One service, with days of its own or without."""
    per = draw(st.sampled_from(("day", "week", "week", "month", "quarter", "year")))
    start = draw(st.none() | days)
    end = draw(st.none() | days)
    return ServiceRow(service, service, draw(st.sampled_from(AMOUNTS)), per, start, end)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Spell, ...]:
    """Plans one after the other: amended on any day, with or without days between them, as at a change of schools."""
    found: list[Spell] = []
    since = draw(st.dates(FIRST_DAY - timedelta(10), FIRST_DAY + timedelta(40)))
    for _ in range(draw(st.integers(1, 4))):
        rows = tuple(draw(service_rows(one)) for one in SERVICES if draw(st.booleans()))
        until = since + timedelta(draw(st.integers(0, 60)))
        found.append(Spell(since, until, rows))
        since = until + timedelta(1 + draw(st.sampled_from((0, 0, 0, 1, 12))))
    return (*found[:-1], replace(found[-1], until=draw(st.sampled_from((None, found[-1].until)))))


@st.composite
def logs(draw: st.DrawFn) -> tuple[LogEntry, ...]:
    """Entries with corrections, withdrawals and sessions that make up for missed ones, in the order of writing."""
    found: list[LogEntry] = []
    for at in range(draw(st.integers(0, 12))):
        found.append(draw(_entries(f"e{at}", found)))
    return tuple(found)


@st.composite
def _entries(draw: st.DrawFn, id_: str, before: Sequence[LogEntry]) -> LogEntry:
    old = draw(st.none() | st.none() | st.sampled_from(before)) if before else None
    service = old.service if old else draw(st.sampled_from((SPEECH, SPEECH, SPEECH, READING)))
    what = draw(st.sampled_from((DELIVERED, DELIVERED, MISSED)))
    reason = draw(st.sampled_from(REASONS)) if what == MISSED else ""
    # What was once missed, of the same service.
    gone = [one.id for one in before if one.service == service and one.what == MISSED]
    makes_up = draw(st.sampled_from(gone)) if what == DELIVERED and gone and draw(st.booleans()) else None
    return LogEntry(
        id_, service, draw(days), draw(st.sampled_from((10, 15, 30, 45, 120))), what, reason, makes_up,
        corrects=old.id if old else None, withdrawn=bool(old) and draw(st.booleans()),
    )  # fmt: skip


worlds = st.builds(World, lives(), calendars(), logs())
