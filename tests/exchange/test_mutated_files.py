"""Broken and hostile files: a clear error with a mend, or a clean take; never a crash, never half of one."""

from __future__ import annotations

import pytest

from gameplan.cases.people import HOME
from gameplan.core.words import ENGLISH
from gameplan.exchange.calendar_ics import read_ics
from gameplan.exchange.case_zip import export_case
from gameplan.exchange.doorway import import_for
from gameplan.exchange.faults import ExchangeError
from tests.exchange.told import PAPERS, PDFS, TOLD
from tests.mutated import (
    ANY,
    MEGABYTE,
    SLY,
    Tried,
    case_text,
    little_memory,
    mutations,
    one_thing_else,
    swollen,
)

pytestmark = pytest.mark.files

WHOLE = export_case(TOLD, PAPERS, PDFS)
ICS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-TIMEZONE:America/Chicago\r\n"
    b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20250813\r\nSUMMARY:First Day of School\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:2\r\nDTSTART;TZID=America/Chicago:20251124T080000\r\nDTEND;VALUE=DATE:20251129\r\n"
    b"SUMMARY:Thanksgiving Break - No School\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20251126T080000\r\nEND:VEVENT\r\n"
    b"BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20260521\r\nDURATION:P1D\r\nSUMMARY:Last Day of School\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)
FOREVER = (
    b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=YEARLY;COUNT=99999999999",
    b"RRULE:FREQ=DAILY;UNTIL=99991231", b"DTEND;VALUE=DATE:99991231", b"DTSTART;VALUE=DATE:00010101",
    b"DURATION:P99999999999D", b"RDATE:20251124T080000/P9999999W", b"DTSTART;TZID=../../etc/passwd:20251124T080000",
)  # fmt: skip
"""Lines of a calendar that would go on without an end."""


def take_in(content: bytes) -> None:
    import_for(HOME, content)


@pytest.mark.django_db
def test_a_broken_case_file_is_refused_or_taken_whole() -> None:
    tried = Tried((ExchangeError,))
    tried.each(mutations(1, WHOLE, ANY, 36), take_in)
    tried.each(mutations(3, WHOLE, (case_text(one_thing_else),), 40), take_in)
    assert tried.refused > 40


@pytest.mark.django_db
def test_nothing_sly_is_taken_or_fills_the_memory() -> None:
    tried = Tried((ExchangeError,))
    with little_memory(90 * MEGABYTE):
        tried.each(mutations(2, WHOLE, (*SLY, swollen), len(SLY) + 1), take_in)
    assert tried.taken == 0


def test_a_broken_calendar_is_read_as_far_as_it_goes() -> None:
    broken = [*mutations(4, ICS, (*ANY, swollen), 35)]
    broken += [(line.decode(), ICS.replace(b"RRULE:FREQ=DAILY;COUNT=3", line)) for line in FOREVER]
    broken += [(line.decode(), ICS.replace(b"DTSTART;VALUE=DATE:20250813", line)) for line in FOREVER]
    for how, content in broken:
        with little_memory(60 * MEGABYTE):
            found = read_ics(content, "2025-26")
        assert len(found.lines) < 1000, how
        assert all(one.mend and ENGLISH.say(one.mend) for one in found.problems), how
