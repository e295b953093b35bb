"""The repeat rules of school calendars, compared with a well-known reader of such rules."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar.prop import vRecur

from gameplan.exchange.calendar_repeats import repeats

SINCE, LAST = date(2020, 1, 1), date(2026, 7, 31)


def found(rule: str, first: date) -> list[date] | None:
    return repeats(vRecur.from_ical(rule), first, SINCE, LAST)


@pytest.mark.parametrize("first", [date(2025, 8, 13), date(2024, 2, 29), date(2025, 1, 31), date(2019, 11, 28)])
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;COUNT=9",
        "FREQ=DAILY;BYDAY=MO,WE;BYMONTH=9,10",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,WE",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
        "FREQ=WEEKLY;COUNT=5;BYDAY=TU,FR",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=-1FR,2TU",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;INTERVAL=5;COUNT=3",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
        "FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=25,1",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=9",
    ],
)
def test_it_finds_the_same_days_as_the_usual_reader(rule: str, first: date) -> None:
    text = rule if "COUNT" in rule else f"{rule};UNTIL=20260731T000000"
    usual = rrulestr(text, dtstart=datetime.combine(first, time()))
    assert found(rule, first) == [day.date() for day in usual if SINCE <= day.date() <= LAST]


@pytest.mark.parametrize("until", ["20250820", "20250820T060000Z"])
def test_until_is_included(until: str) -> None:
    days = found(f"FREQ=WEEKLY;UNTIL={until}", date(2025, 8, 13))
    assert days == [date(2025, 8, 13), date(2025, 8, 20)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=20MO",
        "COUNT=3",
    ],
)
def test_other_rules_are_not_guessed(rule: str) -> None:
    assert found(rule, date(2025, 8, 13)) is None


def test_a_rule_that_never_falls_ends() -> None:
    assert found("FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2", date(1975, 1, 1)) == []
