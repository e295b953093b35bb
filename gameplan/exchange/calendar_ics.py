"""Reading the calendar file (.ics) that a school or district publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from gameplan.core.words import Say
from gameplan.exchange.calendar_checks import propose
from gameplan.exchange.calendar_events import CalendarText, Happening, decoded, read_event, split_events
from gameplan.exchange.calendar_proposal import CalendarLine, Proposal, YearWindow, window_of
from gameplan.exchange.calendar_words import (
    ASK_SOME_GRADES,
    WHY_CLOSED,
    WHY_EVENT,
    WHY_FIRST,
    WHY_LAST,
    WHY_NOTHING,
    Meaning,
    ReadAs,
    for_some_only,
    meaning_of,
    says_no_school,
)

MOST_BYTES = 5_000_000
MOST_EVENTS = 20_000
SCHOOL_DAY_HOURS = 4


@dataclass(slots=True)
class _Gathered:
    """What has been gathered from a calendar file so far."""

    lines: list[CalendarLine] = field(default_factory=list)
    notes: list[Say] = field(default_factory=list)
    elsewhere: int = 0
    in_year: int = 0


def read_ics(content: bytes, school_year: str) -> Proposal:
    """The school year that a calendar file tells, each event laid out for the person to confirm.

    Never fails on a bad file: what cannot be read is among `problems`, with the way to mend it.
    Raises ValueError if `school_year` is not written as "2025-26".
    """
    window = window_of(school_year)
    if len(content) > MOST_BYTES:
        return _refused(window, Say("The file is too big."), Say("Choose a calendar of one school only."))
    found = split_events(decoded(content))
    if not found.is_calendar and not found.events:
        return _refused(
            window,
            Say("This is not a calendar file."),
            Say('Look on the school\'s site for "subscribe" or "iCal". The file name ends in .ics.'),
        )
    gathered = _Gathered()
    for happening in _without_replaced(_happenings(found, window, gathered)):
        _gather(happening, gathered)
    _sum_up(found, window, gathered)
    return propose(window, gathered.lines, gathered.notes)


def _refused(window: YearWindow, what: Say, mend: Say) -> Proposal:
    return Proposal(window.name, lines=(CalendarLine(1, "", ReadAs.PROBLEM, what, mend=mend),))


def _happenings(found: CalendarText, window: YearWindow, gathered: _Gathered) -> list[Happening]:
    zone = _zone(found.zone)
    read = []
    for raw in found.events[:MOST_EVENTS]:
        happening = read_event(raw, zone, window)
        if happening is None:
            what, mend = (
                Say("Its date could not be read."),
                Say("Look the day up on the school's own page and add it."),
            )
            gathered.lines.append(CalendarLine(raw.number, _summary(raw.lines), ReadAs.PROBLEM, what, mend=mend))
        else:
            read.append(happening)
    return read


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _summary(lines: Sequence[str]) -> str:
    found = next((line for line in lines if line.upper().startswith("SUMMARY")), "")
    return found.partition(":")[2].strip()[:200]


def _without_replaced(happenings: Sequence[Happening]) -> list[Happening]:
    """The events without the days that a later change of one repeat took away."""
    moved: dict[str, set[date]] = {}
    for one in happenings:
        if one.replaces and one.uid:
            moved.setdefault(one.uid, set()).add(one.replaces)
    kept = []
    for one in happenings:
        gone = moved.get(one.uid, set()) if not one.replaces else set()
        stretches = tuple(stretch for stretch in one.stretches if stretch[0] not in gone)
        kept.append(replace(one, stretches=stretches) if gone else one)
    return kept


def _gather(happening: Happening, gathered: _Gathered) -> None:
    if not happening.stretches:
        gathered.elsewhere += 1
        return
    gathered.in_year += 1
    if happening.cancelled:
        gathered.lines.append(_line(happening, Meaning(ReadAs.IGNORED, Say("It was called off."))))
        return
    found = []
    for place, (first, last) in enumerate(happening.stretches):
        meaning = _meaning(happening, (last - first).days + 1)
        found += _lines(happening, meaning, place)
    idle = all(line.read_as in (ReadAs.IGNORED, ReadAs.SCHOOL_DAY) for line in found)
    gathered.lines += found[:1] if idle else found
    if happening.rule_unread and not idle:
        gathered.notes.append(
            Say('Line {line}, "{text}": we could not read how often it repeats. Check its days.',
                {"line": happening.number, "text": happening.summary})
        )  # fmt: skip


def _lines(happening: Happening, meaning: Meaning, place: int) -> list[CalendarLine]:
    first, last = happening.stretches[place]
    if meaning.read_as is not ReadAs.SCHOOL_YEAR:
        return [_line(happening, meaning, place)]
    edges = ((ReadAs.FIRST_DAY, WHY_FIRST, first), (ReadAs.LAST_DAY, WHY_LAST, last))
    return [
        CalendarLine(happening.number, happening.summary, read_as, why, day, day, happening.summary)
        for read_as, why, day in edges
    ]


def _line(happening: Happening, meaning: Meaning, place: int = 0) -> CalendarLine:
    first, last = happening.stretches[place]
    return CalendarLine(
        happening.number, happening.summary, meaning.read_as, meaning.why, first, last, happening.summary
    )


def _meaning(happening: Happening, days: int) -> Meaning:
    """What an event means: by its title, then by what its description says outright, then by its hours."""
    meaning = meaning_of(happening.summary, days=days)
    if (meaning is None or not meaning.plain) and says_no_school(happening.more):
        some = for_some_only(happening.summary + " " + happening.more)
        meaning = Meaning(ReadAs.UNSURE, ASK_SOME_GRADES) if some else Meaning(ReadAs.CLOSED, WHY_CLOSED)
    if meaning is None:
        return Meaning(ReadAs.IGNORED, WHY_NOTHING)
    if happening.hours is None or days > 1 or happening.hours >= SCHOOL_DAY_HOURS:
        return meaning
    if meaning.read_as is ReadAs.CLOSED:
        return Meaning(ReadAs.UNSURE, Say("It has a clock time beside it, so it may be only part of a day."))
    if meaning.read_as is ReadAs.UNSURE and not says_no_school(happening.summary):
        return Meaning(ReadAs.IGNORED, WHY_EVENT)
    return meaning


def _sum_up(found: CalendarText, window: YearWindow, gathered: _Gathered) -> None:
    """What there is to say about the file as a whole."""
    if gathered.elsewhere and gathered.in_year:
        why = Say("Events of other school years: {count}.", {"count": gathered.elsewhere})
        gathered.lines.append(CalendarLine(0, "", ReadAs.IGNORED, why))
    elif not gathered.in_year:
        values = {"school_year": window.name}
        gathered.notes.append(
            Say(
                "The file has nothing for the school year {school_year}. Choose another year or file.",
                values,
            )
        )
    if found.damaged:
        values_damaged = {"count": len(found.damaged), "line": found.damaged[0]}
        gathered.notes.append(
            Say(
                "Damaged lines in the file: {count}. The first is line {line}. Check the list with care.",
                values_damaged,
            )
        )
    if len(found.events) > MOST_EVENTS:
        gathered.notes.append(Say("Only the first {count} events were read.", {"count": MOST_EVENTS}))
