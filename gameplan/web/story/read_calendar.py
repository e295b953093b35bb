"""A school calendar between reading and confirming: what was read, kept until it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from gameplan.cases import drafts
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.words import Say
from gameplan.exchange.calendar_proposal import tidy
from gameplan.exchange.school_calendar import CalendarLine, Proposal, ReadAs, read_ics, read_text, year_doubts

KEPT_AS = "calendar"
MOST_SHOWN = {ReadAs.CLOSED: 150, ReadAs.UNSURE: 100, ReadAs.IGNORED: 60, ReadAs.SCHOOL_DAY: 60}
MOST_OTHERS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the calendar as it was read: where it stood, what it was taken for, and why (in words)."""

    place: int
    number: int
    text: str
    read_as: str
    why: str
    first: date | None = None
    last: date | None = None
    name: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """A school year as it was read, for the person to confirm. `more` counts the lines not shown."""

    key: str
    school_year: str
    first_day: date | None
    last_day: date | None
    source: str
    lines: tuple[ReadLine, ...] = ()
    notes: tuple[str, ...] = ()
    more: int = 0
    days_off: str = ""

    def of(self, *kinds: ReadAs) -> tuple[ReadLine, ...]:
        """The lines that were taken for one of these."""
        return tuple(line for line in self.lines if line.read_as in kinds)

    @property
    def problems(self) -> tuple[ReadLine, ...]:
        """The lines that could not be read."""
        return self.of(ReadAs.PROBLEM)


def read_calendar(said: Mapping[str, Any], say: Callable[[Say], str]) -> ReadCalendar:
    """What the file or the list says about a school year; a first and last day that were typed win."""
    upload, year = said.get("file"), said["school_year"]
    listed = said.get("days_off") or ""
    proposal = read_ics(upload.read(), year) if upload else read_text(listed, year)
    lines, more = _shown(proposal.lines)
    first, last = said.get("first_day") or proposal.first_day, said.get("last_day") or proposal.last_day
    return ReadCalendar(
        str(uuid4()), year, first, last, "file" if upload else "typed",
        tuple(_read_line(place, line, say) for place, line in enumerate(lines, start=1)),
        _notes(proposal, has_list=bool(upload or listed.strip()), say=say), more, listed,
    )  # fmt: skip


def to_change(year: SchoolYear) -> ReadCalendar:
    """A school year that is kept already, laid out to be changed."""
    lines = tuple(
        ReadLine(place, place, closed.name, ReadAs.CLOSED.value, "", closed.first, closed.last, closed.name)
        for place, closed in enumerate(year.closed, start=1)
    )
    return ReadCalendar(str(uuid4()), year.school_year, year.first_day, year.last_day, "typed", lines)


def year_from(
    read: ReadCalendar, first: date, last: date, closed: Iterable[Closure], old: SchoolYear | None
) -> SchoolYear:
    """The school year as confirmed; extra school days and week days of the year it replaces stay."""
    year = SchoolYear(read.school_year, first, last, tidy(list(closed)))
    return replace(year, open=old.open, weekdays=old.weekdays) if old else year


def keep(person: Person, case: Case | None, read: ReadCalendar, screen: str = KEPT_AS) -> None:
    """Keep what was read until it is confirmed. Without a case, `screen` names what it is the calendar of.

    Raises Refused if it is far too long.
    """
    raw = asdict(read)
    drafts.keep(person, screen, _plain(raw), case)


def kept(person: Person, case: Case | None, screen: str = KEPT_AS) -> ReadCalendar | None:
    """What was read last and not yet confirmed, or None."""
    raw = drafts.kept(person, screen, case)
    if not raw:
        return None
    lines = tuple(ReadLine(**_days(line, "first", "last")) for line in raw["lines"])
    parts = {"lines": lines, "notes": tuple(raw["notes"])}
    return ReadCalendar(**{**_days(raw, "first_day", "last_day"), **parts})


def drop(person: Person, case: Case | None, screen: str = KEPT_AS) -> None:
    """Forget what was read."""
    drafts.drop(person, screen, case)


def _shown(lines: Sequence[CalendarLine]) -> tuple[list[CalendarLine], int]:
    """The lines that a page can show: all of a usual calendar, the first ones of a huge one."""
    counts: dict[ReadAs, int] = {}
    shown = []
    for line in lines:
        counts[line.read_as] = counts.get(line.read_as, 0) + 1
        if counts[line.read_as] <= MOST_SHOWN.get(line.read_as, MOST_OTHERS_SHOWN):
            shown.append(line)
    return shown, len(lines) - len(shown)


def _read_line(place: int, line: CalendarLine, say: Callable[[Say], str]) -> ReadLine:
    why, mend = say(line.why), say(line.mend) if line.mend else ""
    return ReadLine(
        place, line.number, line.text, line.read_as.value, why[:1].upper() + why[1:], line.first, line.last,
        line.name, mend,
    )  # fmt: skip


def _notes(proposal: Proposal, *, has_list: bool, say: Callable[[Say], str]) -> tuple[str, ...]:
    """What to know about the reading itself. Doubts about the year are found anew when it is shown."""
    again = year_doubts(proposal.school_year, proposal.first_day, proposal.last_day, proposal.closed)
    return tuple(say(doubt) for doubt in proposal.year_doubts if doubt not in again) if has_list else ()


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _days(raw: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**raw, **{name: date.fromisoformat(raw[name]) if raw[name] else None for name in names}}
