"""A pasted list of school days: many ways of writing, one reading, and a clear word where there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.words import ENGLISH, Say
from gameplan.exchange.school_calendar import Proposal, ReadAs, read_text

YEAR = "2025-26"
THANKSGIVING = (date(2025, 11, 24), date(2025, 11, 28))
WINTER = (date(2025, 12, 22), date(2026, 1, 2))
WHOLE_YEAR = """
First Day of School: August 13
Labor Day - Monday, September 1
Nov 24-28 Thanksgiving Break
Dec. 22 – Jan. 2 Winter Break
January 19, MLK Day
March 9-13 Spring Break
Last Day of School: May 21
"""


def days_of(proposal: Proposal) -> list[tuple[date, date]]:
    return [(one.first, one.last) for one in proposal.closed]


def said(*sentences: Say) -> str:
    return "\n".join(map(ENGLISH.say, sentences))


@pytest.mark.parametrize(
    "line",
    [
        "Nov 24-28 Thanksgiving Break",
        "Nov. 24th-28th: no school",
        "November 24 - November 28 Thanksgiving Break",
        "11/24/2025 - 11/28/2025",
        "11/24-11/28",
        "11/24-28",
        "11-24-2025 to 11-28-2025",
        "11/24/25–11/28/25",
        "2025-11-24 to 2025-11-28",
        "2025-11-24/2025-11-28 no school",
        "Thanksgiving Break: Nov 24 through 28, 2025",
        "Mon-Fri, Nov 24-28: Thanksgiving Break",
        "Monday, Nov 24 – Friday, Nov 28 no school",
        "24-28 November no school",
        "Del 24 al 28 de noviembre: sin clases",
        "del lunes 24 al viernes 28 de noviembre, sin clases",
        "24 de noviembre de 2025 al 28 de noviembre de 2025",
        "Thanksgiving Break\tNovember 24 - 28, 2025",
        "• November 24–28 — Thanksgiving Break",
        "3. November 24-28 Thanksgiving Break",
        "NOV 24 THRU NOV 28",
        "Thanksgiving Break (November 24-28)",
        "November 24-28 (Mon-Fri) Thanksgiving Break",
        "Nov24-28 no school",
        "24/11/2025 - 28/11/2025",
        "No School November 24, 2025 - 28 November 2025",
        "No School November 24, 25, 26, 27 and 28",
        "24, 25, 26, 27 y 28 de noviembre sin clases",
    ],
)
def test_one_week_written_in_many_ways(line: str) -> None:
    proposal = read_text(line, YEAR)
    assert proposal.problems == ()
    covered = {day for one in proposal.closed for day in range(one.first.toordinal(), one.last.toordinal() + 1)}
    assert covered == set(range(THANKSGIVING[0].toordinal(), THANKSGIVING[1].toordinal() + 1))


@pytest.mark.parametrize(
    "line",
    [
        "Dec. 22 – Jan. 2 Winter Break",
        "22 de diciembre al 2 de enero: vacaciones de invierno",
        "12/22 - 1/2",
        "Winter Break December 22, 2025 - January 2, 2026",
        "12/22/2025-1/2/2026 no school",
        "Dec 22 - Jan 2, 2026 Winter Break",
        "Winter Break: Dec 22 - Jan 2 (classes resume Jan 5)",
        "Dec 22 - Jan 2 Winter Break; school resumes January 5",
        "Mon 12/22 to Fri 1/2",
    ],
)
def test_a_break_over_new_year_takes_its_years_from_the_school_year(line: str) -> None:
    proposal = read_text(line, YEAR)
    assert proposal.problems == ()
    assert days_of(proposal) == [WINTER]


@pytest.mark.parametrize(
    ("line", "day", "name"),
    [
        ("January 19, MLK Day", date(2026, 1, 19), "MLK Day"),
        ("Monday, September 1 - Labor Day", date(2025, 9, 1), "Labor Day"),
        ("September 1 (Monday) Labor Day", date(2025, 9, 1), "Labor Day"),
        ("Sept 1 Monday Labor Day", date(2025, 9, 1), "Labor Day"),
        ("Labor Day, September 1st, 2025", date(2025, 9, 1), "Labor Day"),
        ("lunes 1 de septiembre: Día del Trabajo", date(2025, 9, 1), "Día del Trabajo"),
        ("Viernes Santo 3 de abril (no hay clases)", date(2026, 4, 3), "Viernes Santo (no hay clases)"),
        ("Jan 19 '26 no school", date(2026, 1, 19), "no school"),
        ("Jan 30, 26 no school", date(2026, 1, 30), "no school"),
        ("Good Friday, April 3: No School", date(2026, 4, 3), "Good Friday No School"),
    ],
)
def test_one_day_keeps_its_name(line: str, day: date, name: str) -> None:
    assert read_text(line, YEAR).closed == (Closure(day, day, name),)


def test_a_whole_year_makes_a_school_year_without_doubts() -> None:
    proposal = read_text(WHOLE_YEAR, YEAR)
    assert proposal.doubts == ()
    assert (proposal.first_day, proposal.last_day) == (date(2025, 8, 13), date(2026, 5, 21))
    year = proposal.year()
    assert isinstance(year, SchoolYear)
    assert year.closed == proposal.closed
    assert len(year.closed) == 5


def test_a_day_of_the_school_year_s_second_number() -> None:
    proposal = read_text("No school August 10, 2025 - 26 August 2025", YEAR)
    assert days_of(proposal) == [(date(2025, 8, 10), date(2025, 8, 26))]


def test_the_year_as_one_line() -> None:
    proposal = read_text("School year: August 13, 2025 - May 21, 2026", YEAR)
    assert (proposal.first_day, proposal.last_day) == (date(2025, 8, 13), date(2026, 5, 21))
    assert proposal.closed == ()


def test_a_year_that_begins_in_july() -> None:
    assert read_text("First day of school July 21", YEAR).first_day == date(2025, 7, 21)


def test_several_days_off_in_one_line() -> None:
    words_first = "Labor Day Sept 1, Thanksgiving Nov 24-28, Winter Break Dec 22-Jan 2"
    dates_first = "Sept 1 Labor Day, Nov 24-28 Thanksgiving, Dec 22-Jan 2 Winter Break"
    for line in (words_first, dates_first):
        proposal = read_text(line, YEAR)
        assert days_of(proposal) == [(date(2025, 9, 1), date(2025, 9, 1)), THANKSGIVING, WINTER]
        assert [one.name for one in proposal.closed] == ["Labor Day", "Thanksgiving", "Winter Break"]


def test_a_heading_settles_the_lines_below_it() -> None:
    proposal = read_text("No school:\nNov 11 Veterans Day\n10/13\nFounders' Day Feb 2\n", YEAR)
    assert [one.first for one in proposal.closed] == [
        date(2025, 10, 13),
        date(2025, 11, 11),
        date(2026, 2, 2),
    ]
    assert proposal.unsure == ()


def test_days_under_a_heading_of_short_days_are_school_days() -> None:
    proposal = read_text("Early release days\nOct 9\nDec 19\n\nHolidays / no school\nSept 1", YEAR)
    assert days_of(proposal) == [(date(2025, 9, 1), date(2025, 9, 1))]


def test_a_name_on_the_line_above_its_date() -> None:
    proposal = read_text("Thanksgiving Break\nNovember 24 - 28\nStaff development\nOctober 10", YEAR)
    assert proposal.closed == (Closure(*THANKSGIVING, "Thanksgiving Break"),)
    assert [line.first for line in proposal.unsure] == [date(2025, 10, 10)]


def test_a_name_above_goes_for_every_bare_date_below_it() -> None:
    staff = read_text("Staff development days:\nOct 10\nJan 5", YEAR)
    board = read_text("Board talks\nOct 9\n\nJan 15", YEAR)
    for proposal in (staff, board):
        assert proposal.closed == ()
        assert len(proposal.unsure) == 2


def test_the_title_of_a_list_says_nothing_about_its_dates() -> None:
    proposal = read_text("Holidays 2025-26\n9/1\n11/24-11/28\nOct 13 Columbus Day", YEAR)
    assert len(proposal.closed) == 3
    assert len(read_text("2025-26 School Calendar\n9/1\n11/24-11/28", YEAR).closed) == 2


def test_a_heading_never_turns_a_break_into_school() -> None:
    for heading in ("1st semester 85 days", "Early release days", "Staff development"):
        assert days_of(read_text(f"{heading}\nDec 22 - Jan 2 Winter Recess", YEAR)) == [WINTER]


def test_brackets_after_a_date_are_about_that_date() -> None:
    proposal = read_text("No School: Oct 10 (elementary), Oct 13 (all grades), Nov 3", YEAR)
    assert [line.name for line in proposal.unsure] == ["No School (elementary)"]
    assert [one.name for one in proposal.closed] == ["No School (all grades)", "No School"]


DISTRICT = """
Sample ISD 2025-26 Academic Calendar
Board approved 2/10/2025
AUGUST 2025
4-12  Teacher Inservice
13  First Day of School
OCTOBER 2025
10  End of 1st Nine Weeks (41 days)
13  Student Holiday/Staff Development
NOVEMBER 2025
24-28  Thanksgiving Break
DECEMBER 2025
18-19  Early Release/Final Exams
22-31  Winter Break
JANUARY 2026
1-2 Winter Break
6  Students Return
FEBRUARY 2026
16  Presidents' Day Holiday (Bad Weather Make-Up Day)
MAY 2026
21  Last Day of School / Early Release
22  Graduation; Teacher Workday
Key: [ ] Holiday  ( ) Early release
1st semester 85 days, 2nd semester 90 days
"""


def test_the_whole_page_of_a_district() -> None:
    proposal = read_text(DISTRICT, YEAR)
    assert (proposal.first_day, proposal.last_day) == (date(2025, 8, 13), date(2026, 5, 21))
    assert days_of(proposal) == [(date(2025, 10, 13), date(2025, 10, 13)), THANKSGIVING, WINTER]
    assert [line.first for line in proposal.unsure] == [date(2026, 2, 16)]
    assert proposal.problems == ()


def test_months_as_headings() -> None:
    pasted = "November 2025\n24-28 Thanksgiving Break\n3 No School\nJANUARY\nMon 19 MLK Day"
    first_days = [first for first, _last in days_of(read_text(pasted, YEAR))]
    assert first_days == [date(2025, 11, 3), date(2025, 11, 24), date(2026, 1, 19)]


def test_what_schools_handle_differently_is_asked() -> None:
    proposal = read_text("Nov 11 Veterans Day\nOct 10 Staff development", YEAR)
    assert proposal.closed == ()
    assert [line.number for line in proposal.unsure] == [1, 2]
    assert "Staff work that day" in said(*proposal.doubts)


def test_what_was_asked_and_confirmed_becomes_a_closed_day() -> None:
    proposal = read_text(WHOLE_YEAR + "Nov 11 Veterans Day\n", YEAR)
    year = proposal.year(*proposal.unsure)
    assert year is not None
    assert Closure(date(2025, 11, 11), date(2025, 11, 11), "Veterans Day") in year.closed


def test_a_short_day_is_a_school_day() -> None:
    proposal = read_text("Dec 19 early release (1/2 day)\nMay 21 Last day of school - half day", YEAR)
    assert proposal.closed == ()
    assert proposal.last_day == date(2026, 5, 21)
    assert [line.read_as for line in proposal.ignored] == [ReadAs.SCHOOL_DAY]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Nov 31 No School", "There is no day 31 in month 11"),
        ("13/45/2025 no school", "There is no day"),
        ("Jan 19, 26", "26 could be a day or the year"),
        ("Oct 10, 3 off", "not clear what the number 3 belongs to"),
        ("November 24, 2024 no school", "is not in the school year 2025-26"),
        ("Monday, September 2 Labor Day", "not on the weekday"),
        ("Nov 28 - Nov 24 break", "before it begins"),
        ("Jan 2 - Dec 22 break", "before it begins"),
        ("Day 2 October 13 no school", "not clear which number"),
        ("November twenty 5 no school", "could not be read"),
        ("No school August 10, 2025 - 26", "not clear what the number 2025 - 26 belongs to"),
        ("x" * 500, "too long"),
    ],
)
def test_nonsense_gets_one_message_with_its_place_and_its_mend(line: str, what: str) -> None:
    proposal = read_text(f"Sept 1 Labor Day\n{line}", YEAR)
    (problem,) = proposal.problems
    assert problem.number == 2
    assert what in ENGLISH.say(problem.why)
    assert problem.mend is not None
    assert "Line 2" in said(*proposal.doubts)
    assert days_of(proposal) == [(date(2025, 9, 1), date(2025, 9, 1))]


def test_all_problems_are_told_at_once() -> None:
    proposal = read_text("Nov 31\nFeb 30\nSept 1\nJan 2 - Dec 22", YEAR)
    assert [line.number for line in proposal.problems] == [1, 2, 4]


def test_day_first_dates_make_the_unclear_ones_a_question() -> None:
    proposal = read_text("24/11/2025 - 28/11/2025\n3/4/2026\n5/5/2026", YEAR)
    assert [line.number for line in proposal.problems] == [2]
    assert days_of(proposal) == [THANKSGIVING, (date(2026, 5, 5), date(2026, 5, 5))]


def test_grades_times_and_years_are_not_dates() -> None:
    proposal = read_text("2025-2026 Calendar\nGrades 6-8 schedule\nDoors open 8:30\nCall 555-1234", YEAR)
    assert not any(line.first for line in proposal.lines)
    assert "We found no dates" in said(*proposal.doubts)


def test_two_first_days_are_both_told() -> None:
    pasted = "First Day of School Aug 13\nFirst Day of Classes Aug 18\nLast day of school May 21"
    proposal = read_text(pasted, YEAR)
    assert proposal.first_day == date(2025, 8, 13)
    assert "more than one first day" in said(*proposal.doubts)


def test_a_first_day_for_some_grades_gives_way_to_the_one_for_all() -> None:
    proposal = read_text("First Day of Kindergarten Aug 11\nFirst Day of School Aug 13", YEAR)
    assert proposal.first_day == date(2025, 8, 13)
    assert "Some grades" in said(*proposal.doubts)


def test_a_school_day_inside_a_break_is_told() -> None:
    proposal = read_text("Nov 24-28 Thanksgiving Break\nNov 25 early release", YEAR)
    assert "another line says no school" in said(*proposal.doubts)


def test_a_break_told_in_parts_is_joined_and_doubles_are_dropped() -> None:
    pasted = "Dec 22-26 Winter Break\nDec 29-31 Winter Break\nDec 25 Christmas\nSept 1\nSept 1 Labor Day"
    proposal = read_text(pasted, YEAR)
    assert proposal.closed == (
        Closure(date(2025, 9, 1), date(2025, 9, 1), "Labor Day"),
        Closure(date(2025, 12, 22), date(2025, 12, 31), "Winter Break"),
    )


def test_days_outside_the_year_are_left_out_with_the_reason() -> None:
    proposal = read_text(WHOLE_YEAR + "Memorial Day May 25\n", YEAR)
    assert "after the last day" in said(*(line.why for line in proposal.ignored))


@pytest.mark.parametrize("school_year", ["2025", "2025-27", "next year", "", "2025-25"])
def test_a_school_year_must_be_written_as_one(school_year: str) -> None:
    with pytest.raises(ValueError, match="2025-26"):
        read_text("Sept 1", school_year)


PIECES = st.sampled_from(
    [
        "Nov 24-28",
        "Thanksgiving",
        "11/24/2025",
        "-",
        "to",
        "Monday",
        ",",
        "enero",
        "2",
        "26",
        "'26",
        "de",
        "and",
        "No school",
        "(",
        ")",
        "2025",
        "First day of school",
        "Last day",
        "31",
        "Feb",
        "\n",
        "1/2 day",
        "al",
        "8:30",
        "resumes",
        "December",
        ".",
        "Mon-Fri",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    proposal = read_text(text, YEAR)
    assert said(*proposal.doubts, *(line.why for line in proposal.lines)) is not None
    for one in proposal.closed:
        assert date(2025, 7, 1) <= one.first <= one.last <= date(2026, 7, 31)
    for line in proposal.problems:
        assert line.mend is not None


Style = Callable[[date], str]
DAYS = st.dates(date(2025, 8, 1), date(2026, 6, 30))
STYLES: st.SearchStrategy[Style] = st.sampled_from(
    [
        lambda d: d.isoformat(),
        lambda d: f"{d.month}/{d.day}/{d.year}",
        lambda d: f"{d:%B} {d.day}",
        lambda d: f"{d:%b}. {d.day}",
        lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}",
        lambda d: f"{d.month}/{d.day}",
        lambda d: f"{d.day} {d:%B} {d.year}",
        lambda d: f"{d:%a} {d.month}/{d.day}/{d:%y}",
    ]
)


@settings(deadline=None)
@given(DAYS, DAYS, STYLES, STYLES, st.sampled_from([" - ", " to ", "–", " through "]))
def test_a_written_stretch_is_read_as_its_days(one: date, two: date, style: Style, other: Style, joint: str) -> None:
    first, last = sorted((one, two))
    proposal = read_text(f"No school {style(first)}{joint}{other(last)}", YEAR)
    assert days_of(proposal) == [(first, last)]
