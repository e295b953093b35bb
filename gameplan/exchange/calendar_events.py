"""Taking a calendar file apart into events, whatever state the file is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.prop import vBroken, vRecur

from gameplan.exchange.calendar_proposal import YearWindow
from gameplan.exchange.calendar_repeats import repeats

LONGEST_VALUE = 4000
_ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)
_KEPT = frozenset((
    "SUMMARY", "DESCRIPTION", "CATEGORIES", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
    "RECURRENCE-ID", "STATUS", "UID",
))  # fmt: skip
# What the calendar library raises on lines that are damaged in ways it does not expect.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
_NAME = re.compile(r"^([A-Za-z][A-Za-z0-9-]*)([;:])")


@dataclass(slots=True)
class EventText:
    """The lines of one event, and the line of the file on which it begins."""

    number: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CalendarText:
    """The events of a calendar file as text, its time zone, and which of its lines are damaged."""

    events: list[EventText] = field(default_factory=list)
    zone: str = ""
    damaged: list[int] = field(default_factory=list)
    is_calendar: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: its words, and each stretch of days on which it takes place in the school year.

    `hours` is the length of an event with clock times, or None for whole days.
    """

    number: int
    summary: str
    more: str
    stretches: tuple[tuple[date, date], ...]
    hours: float | None = None
    rule_unread: bool = False
    uid: str = ""
    replaces: date | None = None
    cancelled: bool = False


def decoded(content: bytes) -> str:
    """The text of a file, whatever mark or encoding it came with."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def split_events(text: str) -> CalendarText:
    """The events of a calendar file as text; lines that belong to nothing are named in `damaged`."""
    found = CalendarText()
    current: EventText | None = None
    nested = ""
    for number, line in _unfolded(text, found):
        name, value = _named(line)
        if name == "BEGIN" and value == "VCALENDAR":
            found.is_calendar = True
        elif name == "BEGIN" and value == "VEVENT":
            current, nested = EventText(number), ""
            found.events.append(current)
        elif name == "END" and value == "VEVENT":
            current = None
        elif name == "BEGIN":
            nested = nested or value
        elif name == "END":
            nested = "" if value == nested else nested
        elif name == "X-WR-TIMEZONE" and current is None:
            found.zone = line.partition(":")[2].strip()
        elif current is not None and not nested and name in _KEPT:
            current.lines.append(line[:LONGEST_VALUE])
    return found


def _named(line: str) -> tuple[str, str]:
    name = _NAME.match(line)
    return (name[1].upper(), line[name.end() :].strip().upper()) if name else ("", "")


def _unfolded(text: str, found: CalendarText) -> Iterator[tuple[int, str]]:
    """Each whole line with its number. A damaged line is added to words it broke off from, else left out."""
    parts: list[str] = []
    start, length, takes_more = 0, 0, False
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        name = _NAME.match(line)
        if parts and line[:1] in (" ", "\t"):
            more = line[1:]
        elif name:
            if parts:
                yield start, "".join(parts)
            parts, start, length, more = [], number, 0, line
            takes_more = name[1].upper() in ("SUMMARY", "DESCRIPTION")
        elif line.strip():
            found.damaged.append(number)
            more = f" {line.strip()}" if parts and takes_more else ""
        else:
            continue
        if length < LONGEST_VALUE:
            parts.append(more)
            length += len(more)
    if parts:
        yield start, "".join(parts)


def read_event(raw: EventText, zone: ZoneInfo | None, window: YearWindow) -> Happening | None:
    """The event with its days in the school year, or None if its start cannot be read."""
    event = _parsed(raw)
    start = _value(event, "DTSTART") if event is not None else None
    if event is None or start is None:
        return None
    end = _value(event, "DTEND") or _end_by_duration(event, start)
    first, last, hours = _days(start, end, zone)
    rule_unread, starts = _starts(event, first, window)
    length = min(last - first, _LONGEST)
    replaced = _value(event, "RECURRENCE-ID")
    return Happening(
        number=raw.number,
        summary=_words(event, "SUMMARY"),
        more=_words(event, "DESCRIPTION") + " " + _words(event, "CATEGORIES"),
        stretches=tuple((day, day + length) for day in starts if _touches(day, day + length, window)),
        hours=hours,
        rule_unread=rule_unread,
        uid=_words(event, "UID"),
        replaces=_local(replaced, zone).date() if replaced is not None else None,
        cancelled=_words(event, "STATUS").strip().upper() == "CANCELLED",
    )


def _touches(first: date, last: date, window: YearWindow) -> bool:
    return last >= window.first and first <= window.last


def _parsed(raw: EventText) -> Event | None:
    text = "\r\n".join(("BEGIN:VEVENT", *raw.lines, "END:VEVENT", ""))
    try:
        found = Event.from_ical(text)
    except _DAMAGE:
        return None
    return found if isinstance(found, Event) else None


def _sound(event: Event, name: str) -> list[Any]:
    """The values of a property that could be read; a damaged file may give none or several."""
    value = event.get(name)
    values = value if isinstance(value, list) else [value]
    return [one for one in values if one is not None and not isinstance(one, vBroken)]


def _words(event: Event, name: str) -> str:
    parts = _sound(event, name)
    return " ".join(" ".join(str(getattr(part, "cats", part)).split()) for part in parts)


def _value(event: Event, name: str) -> date | datetime | None:
    """The day or time of a property, if it is one of our time."""
    moment = next((getattr(one, "dt", None) for one in _sound(event, name)), None)
    return moment if isinstance(moment, date) and 1970 <= moment.year <= 2200 else None


def _end_by_duration(event: Event, start: date | datetime) -> date | datetime | None:
    length = next((getattr(one, "dt", None) for one in _sound(event, "DURATION")), None)
    if not isinstance(length, timedelta) or not timedelta(0) < length < _LONGEST:
        return None
    return start + length


def _local(moment: date | datetime, zone: ZoneInfo | None) -> datetime:
    """The moment on the school's own clock: UTC is moved to the calendar's zone, or to Central time."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is not None and moment.utcoffset() == timedelta(0):
        moment = moment.astimezone(zone or ZoneInfo("America/Chicago"))
    return moment.replace(tzinfo=None)


def _days(
    start: date | datetime, end: date | datetime | None, zone: ZoneInfo | None
) -> tuple[date, date, float | None]:
    """First and last day, both included, and the hours of an event with clock times."""
    if isinstance(start, datetime) and _is_whole_days_in_utc(start, end, zone) and isinstance(end, datetime):
        return start.date(), end.date() - _ONE_DAY, None
    begins = _local(start, zone)
    if end is None:
        return begins.date(), begins.date(), None if not isinstance(start, datetime) else 0.0
    ends = max(_local(end, zone), begins)
    last = ends.date() if ends.time() != time() or ends == begins else ends.date() - _ONE_DAY
    whole = not isinstance(start, datetime) or (
        begins.time() == time() and ends.time() in (time(), time(23, 59), time(23, 59, 59))
    )
    return begins.date(), last, None if whole else (ends - begins).total_seconds() / 3600


def _is_whole_days_in_utc(start: datetime, end: date | datetime | None, zone: ZoneInfo | None) -> bool:
    """True for days that a program wrote as midnight in a zone it does not name."""
    if zone or start.tzinfo is None or start.utcoffset() != timedelta(0) or not isinstance(end, datetime):
        return False
    if end.tzinfo is None or end <= start:
        return False
    hours = (end - start.astimezone(UTC)).total_seconds() / 3600
    return (
        start.minute == 0
        and start.hour in (0, 4, 5, 6, 7, 8, 9, 10)
        and abs(hours - 24 * round(hours / 24)) <= 1
        and hours >= 23
    )


def _starts(event: Event, first: date, window: YearWindow) -> tuple[bool, list[date]]:
    """Whether the repeat rule could not be read, and every day in the window on which the event starts."""
    unread, days = False, {first}
    if "RRULE" in event:
        rule = next(iter(_sound(event, "RRULE")), None)
        repeated = repeats(rule, first, window.first - _LONGEST, window.last) if isinstance(rule, vRecur) else None
        unread = repeated is None
        days |= set(repeated or ())
    days |= set(_listed(event, "RDATE"))
    days -= set(_listed(event, "EXDATE"))
    return unread, sorted(days)


def _listed(event: Event, name: str) -> Iterator[date]:
    for part in _sound(event, name):
        for one in getattr(part, "dts", ()):
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if isinstance(moment, datetime):
                yield moment.date()
            elif isinstance(moment, date):
                yield moment
