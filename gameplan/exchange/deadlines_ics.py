"""The dates of a case as a calendar file: one whole-day event for each date that matters."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vDuration

from gameplan.core.standing import Duty, OptionView, Standing
from gameplan.core.words import Say, Tongue

OUR_CHILD = Say("our child")
REFRESH = timedelta(hours=12)
# At nine in the morning, one week and one day before.
REMINDERS = (timedelta(days=-6, hours=-15), timedelta(hours=-15))
NOT_DATES = frozenset({"floor", "hold", "counter", "count-limit", "standing"})
DONE = frozenset({"met", "met-late"})
# A calendar may be seen by others. A title that names a disability is not shown there.
_TELLS_A_DISABILITY = (
    "autis", "learning disab", "intellectual", "emotional", "deaf", "blind", "speech", "language impair",
    "dyslexi", "orthopedic", "brain injury", "visual", "hearing impair", "developmental delay",
    "health impair", "multiple disab",
)  # fmt: skip
_NEUTRAL = Say("A date in the school process")


@dataclass(frozen=True, slots=True)
class Entry:
    """One date for the calendar, in words. `key` says which duty or option it is, and stays the same."""

    key: str
    day: date
    summary: str
    description: str
    source: str = ""
    is_open: bool = True
    is_cancelled: bool = False


def deadlines_ics(
    standing: Standing,
    *,
    case_id: str,
    tongue: Tongue,
    on: date,
    sequence: int,
    child_label: str = "",
    reminders: bool = True,
) -> bytes:
    """The dates of a standing as an iCalendar file (RFC 5545); the same arguments give the same bytes.

    A date that still depends on something is marked as the earliest one. A duty that fell away is cancelled.
    `child_label` is what the person chose to call the child in the calendar, default "our child".
    `sequence` must grow each time the file is made anew; `reminders` adds one a week and one a day before.
    """
    child = " ".join(child_label.split()) or tongue.say(OUR_CHILD)
    name = tongue.say(Say("School dates for {child}", {"child": child}))
    entries = [(case_id, one) for one in _entries(standing, child, tongue)]
    return entries_ics(entries, name=name, on=on, sequence=sequence, reminders=reminders)


def entries_ics(
    entries: Iterable[tuple[str, Entry]], *, name: str, on: date, sequence: int, reminders: bool = True
) -> bytes:
    """These dates, each with the id of its case, as an iCalendar file of that name; see `deadlines_ics`."""
    calendar = _calendar(_one_line(name))
    stamp = datetime.combine(on, time(), tzinfo=UTC)
    seen: Counter[tuple[str, str]] = Counter()
    for case_id, entry in sorted(entries, key=lambda one: (one[1].day, one[1].key, one[1].summary)):
        seen[case_id, entry.key] += 1
        event = _event(entry, _uid(case_id, entry.key, seen[case_id, entry.key]), stamp, sequence)
        if reminders and entry.is_open:
            _remind(event, entry.summary)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def duty_key(clock: str, started: date | None) -> str:
    """What tells a duty from the others of its case in a calendar, and stays the same."""
    return f"duty\x1f{clock}\x1f{started.isoformat() if started else ''}"


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//gameplan//school dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _event(entry: Entry, uid: str, stamp: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence)
    event.add("dtstart", entry.day)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    if entry.source:
        event.add("url", entry.source)
    return event


def _remind(event: Event, words: str) -> None:
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", words)
        alarm.add("trigger", before)
        event.add_component(alarm)


def _uid(case_id: str, key: str, place: int) -> str:
    """An id that stays as long as case, clock and start do, and tells nobody which case it is."""
    told = "\x1f".join((case_id, key, str(place)))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@gameplan"


def _entries(standing: Standing, child: str, tongue: Tongue) -> Iterator[Entry]:
    closing = [one for one in standing.options if one.closes and not one.closed and one.power != "must-not"]
    windows: set[date] = set()
    for duty in standing.duties:
        day = duty.due or duty.due_earliest
        if day is None or duty.kind in NOT_DATES or (not duty.is_open and duty.due is None):
            continue
        ways = [one for one in closing if one.closes == day] if duty.kind == "window" and duty.is_open else []
        windows |= {day} if ways else set()
        yield _of_duty(duty, day, ways, child, tongue)
    for option in closing:
        if option.closes and option.closes not in windows:
            yield _of_option(option, option.closes, child, tongue)


def _of_duty(duty: Duty, day: date, ways: Iterable[OptionView], child: str, tongue: Tongue) -> Entry:
    earliest = duty.is_open and (duty.due is None or duty.status == "paused")
    missing = duty.would_settle if earliest else ()
    parts = [
        tongue.say(duty.plain),
        *([tongue.say(Say("This day depends on more. It may be later, but not earlier."))] if earliest else []),
        *(tongue.say(each) for each in duty.because),
        *(tongue.say(Say("To know the day, add this: {missing}", {"missing": each})) for each in missing),
        *(tongue.say(Say("Until then you can: {option}", {"option": way.do})) for way in ways),
        *_grounds(duty.cite, tongue),
        *([tongue.say(duty.check_with)] if duty.check_with else []),
        duty.source,
    ]
    return Entry(
        key=duty_key(duty.clock, duty.started), day=day,
        summary=_duty_summary(duty, earliest, child, tongue),
        description=_plain("\n".join(part for part in parts if part)), source=_address(duty.source),
        is_open=duty.is_open, is_cancelled=duty.status == "excused",
    )  # fmt: skip


def _duty_summary(duty: Duty, earliest: bool, child: str, tongue: Tongue) -> str:
    return summary_of(duty.title, child, tongue, earliest=earliest, done=duty.status in DONE)


def summary_of(title: Say, child: str, tongue: Tongue, *, earliest: bool = False, done: bool = False) -> str:
    """The line that a calendar shows for a duty; `earliest`: the day may still be a later one."""
    values = {"title": discreet(title), "child": child}
    if done:
        sentence = Say("Done: {title} ({child})", values)
    elif earliest:
        sentence = Say("At the earliest: {title} ({child})", values)
    else:
        sentence = Say("{title} ({child})", values)
    return _one_line(tongue.say(sentence))


def _of_option(option: OptionView, day: date, child: str, tongue: Tongue) -> Entry:
    values = {"title": discreet(option.do), "child": child}
    parts = [
        tongue.say(option.do),
        *([tongue.say(option.note)] if option.note else []),
        *_grounds(option.cite, tongue),
    ]
    return Entry(
        key=f"option\x1f{option.id}", day=day, description=_plain("\n".join(parts)),
        summary=_one_line(tongue.say(Say("Last day: {title} ({child})", values))),
    )  # fmt: skip


def _grounds(cite: tuple[str, ...], tongue: Tongue) -> list[str]:
    return [tongue.say(Say("Rule: {cite}", {"cite": "; ".join(cite)}))] if cite else []


def discreet(title: Say) -> Say:
    """The title for where others may read it, or a neutral one where it would tell a disability."""
    told = title.text.casefold()
    return _NEUTRAL if any(word in told for word in _TELLS_A_DISABILITY) else title


def _address(source: str) -> str:
    return source if source.startswith(("https://", "http://")) and source.isprintable() else ""


def _one_line(words: str) -> str:
    return " ".join(_plain(words).split())


def _plain(words: str) -> str:
    """The words without letters that a calendar cannot hold."""
    return "".join(letter for letter in words if letter == "\n" or letter.isprintable())
