"""Calendar files as districts publish them, whole and broken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.calendars import Closure, days_between
from gameplan.core.words import ENGLISH, Say
from gameplan.exchange.school_calendar import Proposal, read_ics

YEAR = "2025-26"


def ics(*events: str, head: str = "") -> bytes:
    """A calendar file with these events, each given as its lines."""
    blocks = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n".replace("\n", "\r\n") for event in events)
    blocks = blocks.replace("\r\r\n", "\r\n")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{blocks}END:VCALENDAR\r\n".encode()


def day(start: str, summary: str, end: str = "", more: str = "") -> str:
    """An all-day event. `end` is the day after the last one, as the format wants it."""
    closing = f"\nDTEND;VALUE=DATE:{end}" if end else ""
    return f"UID:{start}-{summary}@district\nDTSTART;VALUE=DATE:{start}{closing}\nSUMMARY:{summary}\n{more}"


def said(*sentences: Say) -> str:
    return "\n".join(map(ENGLISH.say, sentences))


def days_of(proposal: Proposal) -> list[tuple[date, date]]:
    return [(one.first, one.last) for one in proposal.closed]


DISTRICT = ics(
    day("20250813", "First Day of School"),
    day("20250901", "Labor Day - No School", "20250902"),
    day("20251010", "Teacher Workday - Student Holiday"),
    day("20251124", "Thanksgiving Holiday", "20251129"),
    day("20251219", "Early Release"),
    day("20251222", "Winter Break", "20260103"),
    day("20260119", "MLK Day"),
    day("20260216", "Staff development"),
    day("20260309", "Spring Break", "20260314"),
    day("20260521", "Last Day of School"),
    day("20251015", "Picture day"),
    day("20240902", "Labor Day"),
)


def test_a_district_calendar_becomes_a_school_year() -> None:
    proposal = read_ics(DISTRICT, YEAR)
    assert (proposal.first_day, proposal.last_day) == (date(2025, 8, 13), date(2026, 5, 21))
    assert days_of(proposal) == [
        (date(2025, 9, 1), date(2025, 9, 1)),
        (date(2025, 10, 10), date(2025, 10, 10)),
        (date(2025, 11, 24), date(2025, 11, 28)),
        (date(2025, 12, 22), date(2026, 1, 2)),
        (date(2026, 1, 19), date(2026, 1, 19)),
        (date(2026, 3, 9), date(2026, 3, 13)),
    ]
    assert [line.text for line in proposal.unsure] == ["Staff development"]
    reasons = said(*(line.why for line in proposal.ignored))
    assert "only shorter" in reasons
    assert "Events of other school years: 1" in reasons
    assert proposal.problems == ()


NEW_YORK = "DTSTART;TZID=America/New_York:20251124T000000\nDTEND;TZID=America/New_York:20251126T000000"
NOWHERE = "DTSTART;TZID=Nowhere/Zone:20251124T073000\nDTEND;TZID=Nowhere/Zone:20251128T153000"
EACH_MONDAY = "DTSTART;VALUE=DATE:20251103\nRRULE:FREQ=WEEKLY;UNTIL=20251118\nEXDATE;VALUE=DATE:20251110"
EACH_YEAR = "DTSTART;VALUE=DATE:20191128\nDTEND;VALUE=DATE:20191130\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"


@pytest.mark.parametrize(
    ("event", "november"),
    [
        (day("20251124", "No School", "20251125"), {24}),
        (day("20251124", "No School", "20251124"), {24}),
        (day("20251124", "No School", "20251120"), {24}),
        ("DTSTART;VALUE=DATE:20251124\nDURATION:P3D\nSUMMARY:No School", {24, 25, 26}),
        ("DTSTART:20251124\nDTEND:20251127\nSUMMARY:No School", {24, 25, 26}),
        (f"{NEW_YORK}\nSUMMARY:No School", {24, 25}),
        (f"{NOWHERE}\nSUMMARY:No School", {24, 25, 26, 27, 28}),
        ("DTSTART:20251124T080000\nDTEND:20251124T150000\nSUMMARY:No School", {24}),
        ("DTSTART:20251124T050000Z\nDTEND:20251126T050000Z\nSUMMARY:No School", {24, 25}),
        ("DTSTART:20251124T000000Z\nDTEND:20251125T000000Z\nSUMMARY:No School", {24}),
        ("DTSTART:20251124T140000Z\nDTEND:20251124T210000Z\nSUMMARY:No School", {24}),
        ("DTSTART;VALUE=DATE:20251124\nRRULE:FREQ=DAILY;COUNT=3\nSUMMARY:No School", {24, 25, 26}),
        (f"{EACH_MONDAY}\nSUMMARY:No School", {3, 17}),
        ("DTSTART;VALUE=DATE:20251103\nRDATE;VALUE=DATE:20251105,20251107\nSUMMARY:No School", {3, 5, 7}),
        (f"{EACH_YEAR}\nSUMMARY:Thanksgiving", {27, 28}),
        ("DTSTART;VALUE=DATE:20251124\nSUMMARY:Veterans Day\nDESCRIPTION:No school for students", {24}),
        ("DTSTART;VALUE=DATE:20251124\nSUMMARY:Día festivo\\, no hay clases", {24}),
        ("DTSTART;VALUE=DATE:20251124\nSUMMARY;LANGUAGE=en-us:No Scho\n ol", {24}),
        ("DTSTART;VALUE=DATE:20251124\nSUMMARY:No School\nDESCRIPTION:a\nbroken text\nX-A:b", {24}),
        ("DTSTART;VALUE=DATE:20251124\nSUMMARY:No School\nBEGIN:VALARM\nSUMMARY:x\nEND:VALARM", {24}),
    ],
)
def test_the_days_of_an_event(event: str, november: set[int]) -> None:
    proposal = read_ics(ics(event), YEAR)
    covered = {each.day for one in proposal.closed for each in days_between(one.first, one.last)}
    assert covered == november


def test_a_named_zone_moves_times_in_utc() -> None:
    event = "DTSTART:20251125T040000Z\nDTEND:20251126T040000Z\nSUMMARY:No School"
    proposal = read_ics(ics(event, head="X-WR-TIMEZONE:America/Halifax\r\n"), YEAR)
    assert days_of(proposal) == [(date(2025, 11, 25), date(2025, 11, 25))]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_does_no_harm(mark: bytes) -> None:
    assert days_of(read_ics(mark + ics(day("20251124", "No School")), YEAR)) != []


def test_other_encodings_and_line_ends() -> None:
    event = day("20251124", "Día sin clases")
    text = ics(event).decode()
    for content in (
        text.encode("utf-16"),
        text.encode("cp1252"),
        text.replace("\r\n", "\n").encode(),
        text.replace("\r\n", "\r").encode(),
    ):
        assert days_of(read_ics(content, YEAR)) == [(date(2025, 11, 24), date(2025, 11, 24))]


def test_an_unreadable_date_is_a_problem_and_the_rest_is_read() -> None:
    proposal = read_ics(ics("DTSTART:2025zz\nSUMMARY:No School", day("20251124", "No School")), YEAR)
    (problem,) = proposal.problems
    assert (problem.number, problem.text) == (3, "No School")
    assert problem.mend is not None
    assert len(proposal.closed) == 1


def test_damaged_lines_and_a_missing_end_are_told() -> None:
    content = ics(day("20251124", "No School")).replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b"@@@ torn\r\n")
    proposal = read_ics(content, YEAR)
    assert len(proposal.closed) == 1
    assert "Damaged lines in the file: 1" in said(*proposal.doubts)


@pytest.mark.parametrize("content", [b"", b"<html>calendar</html>", b"%PDF-1.7", b"\x00\x01\x02", b"hello\r\nworld"])
def test_another_kind_of_file_is_refused_with_the_mend(content: bytes) -> None:
    (problem,) = read_ics(content, YEAR).problems
    assert "not a calendar file" in ENGLISH.say(problem.why)
    assert problem.mend is not None


def test_a_file_that_is_too_big_is_refused() -> None:
    (problem,) = read_ics(b"BEGIN:VCALENDAR\r\n" + b"x" * 5_000_000, YEAR).problems
    assert "too big" in ENGLISH.say(problem.why)


def test_a_calendar_of_another_year_says_so() -> None:
    proposal = read_ics(ics(day("20230904", "Labor Day")), YEAR)
    assert "nothing for the school year 2025-26" in said(*proposal.doubts)


def test_a_weekly_short_day_is_one_line() -> None:
    event = "DTSTART;VALUE=DATE:20250820\nRRULE:FREQ=WEEKLY;BYDAY=WE\nSUMMARY:Early Release Wednesday"
    proposal = read_ics(ics(event), YEAR)
    assert [line.text for line in proposal.ignored] == ["Early Release Wednesday"]


def test_hours_make_a_day_off_a_question_and_a_meeting_no_matter() -> None:
    short = "DTSTART:20251124T130000\nDTEND:20251124T150000\nSUMMARY:No School"
    meeting = "DTSTART:20251125T160000\nDTEND:20251125T180000\nSUMMARY:Parent teacher conferences"
    proposal = read_ics(ics(short, meeting), YEAR)
    assert [line.text for line in proposal.unsure] == ["No School"]
    assert [line.text for line in proposal.ignored] == ["Parent teacher conferences"]


def test_what_was_called_off_is_left_out() -> None:
    proposal = read_ics(ics(day("20251124", "No School", more="STATUS:CANCELLED\n")), YEAR)
    assert proposal.closed == ()
    assert "called off" in said(*(line.why for line in proposal.ignored))


def test_a_moved_repeat_leaves_its_old_day() -> None:
    series = "UID:s\nDTSTART;VALUE=DATE:20251103\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:No School"
    moved = "UID:s\nRECURRENCE-ID;VALUE=DATE:20251110\nDTSTART;VALUE=DATE:20251112\nSUMMARY:No School"
    assert [first.day for first, _last in days_of(read_ics(ics(series, moved), YEAR))] == [3, 12]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;BYDAY=QQ", "nonsense", "FREQ="]
)
def test_a_repeat_that_cannot_be_read_is_told_and_never_endless(rule: str) -> None:
    proposal = read_ics(ics(f"DTSTART;VALUE=DATE:20251124\nRRULE:{rule}\nSUMMARY:No School"), YEAR)
    assert days_of(proposal) == [(date(2025, 11, 24), date(2025, 11, 24))]
    assert "how often it repeats" in said(*proposal.doubts)


def test_the_same_day_off_at_every_school_is_told_once() -> None:
    proposal = read_ics(ics(*[day("20251124", "No School")] * 4), YEAR)
    assert proposal.closed == (Closure(date(2025, 11, 24), date(2025, 11, 24), "No School"),)


LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "DTSTART:20251124",
        "DTSTART;VALUE=DATE:20251301",
        "DTSTART;TZID=../etc:20251124T080000",
        "DTSTART;TZID=:20251124T080000",
        "DTEND:19700101",
        "DTEND:20251130T000000Z",
        "DTEND;VALUE=DATE:99991231",
        "DTSTART:00010101",
        "DURATION:P9999999D",
        "DURATION:-P1D",
        "RRULE:FREQ=YEARLY;BYEASTER=1",
        "RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2",
        "RRULE:FREQ=MONTHLY;BYDAY=-99MO;COUNT=-4",
        "RRULE:FREQ=DAILY;UNTIL=zz",
        "RDATE;VALUE=PERIOD:20251124T000000Z/PT5H",
        "EXDATE:",
        "RDATE:x",
        "SUMMARY:No School",
        " folded",
        "SUMMARY",
        'SUMMARY;X="',
        ";:",
        "X-WR-TIMEZONE:America",
        "X-WR-TIMEZONE:../../etc/passwd",
        "STATUS:CANCELLED",
        "UID:1",
        "RECURRENCE-ID:20251124",
        "CATEGORIES:a,b",
        "DESCRIPTION:\\n\\,\\;",
        "DTSTART:20251124T250000",
        "DTSTART:20251124T080000Z",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(LINES, max_size=30).map(lambda rows: "\r\n".join(rows).encode())))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    proposal = read_ics(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content, YEAR)
    assert said(*proposal.doubts, *(line.why for line in proposal.lines)) is not None


@settings(deadline=None)
@given(st.data())
def test_a_damaged_copy_of_a_good_file_never_breaks_the_reader(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DISTRICT)))
    end = data.draw(st.integers(start, min(len(DISTRICT), start + 80)))
    read_ics(DISTRICT[:start] + data.draw(st.binary(max_size=8)) + DISTRICT[end:], YEAR)
