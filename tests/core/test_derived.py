"""What nobody types: ages, the end of services, and what the law settles where the file is silent."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.calendars import SchoolCalendar, SchoolYear
from gameplan.core.derived import filled, services_end
from gameplan.core.facts import Fact, Rough

YEARS = SchoolCalendar(
    (
        SchoolYear("2024-25", date(2024, 8, 14), date(2025, 5, 22)),
        SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21)),
    )
)
NONE = SchoolCalendar()
ON_SEPTEMBER_1 = {"age": 22, "when": "school-year", "at": "09-01"}


@pytest.mark.parametrize(
    ("born", "ends", "day"),
    [
        (date(2003, 11, 10), {"age": 22, "when": "birthday"}, date(2025, 11, 10)),
        (date(2003, 11, 10), {"age": 22, "when": "school-year"}, date(2026, 5, 21)),
        (date(2003, 11, 10), ON_SEPTEMBER_1, date(2026, 5, 21)),
        (date(2003, 8, 20), ON_SEPTEMBER_1, date(2025, 5, 22)),
        (date(2003, 9, 1), ON_SEPTEMBER_1, None),
        (date(2004, 3, 1), ON_SEPTEMBER_1, date(2026, 5, 21)),
        (date(2003, 11, 10), {"age": 22, "when": "fixed-after", "fixed": "08-31"}, date(2026, 8, 31)),
        (date(2003, 7, 10), {"age": 22, "when": "fixed-after", "fixed": "08-31"}, date(2025, 8, 31)),
        (date(2003, 11, 10), {"age": 22, "when": "fixed", "fixed": "12-31"}, date(2025, 12, 31)),
        (date(2003, 11, 10), {"age": 22, "when": "semester"}, None),
    ],
)
def test_services_end_as_the_state_says(born: date, ends: dict[str, object], day: date | None) -> None:
    assert services_end(born, ends, YEARS) == day


def test_without_a_calendar_the_end_of_the_year_is_a_range() -> None:
    found = services_end(date(2003, 11, 10), {"age": 22, "when": "school-year"}, NONE)
    assert isinstance(found, Rough)
    assert found.first <= date(2026, 5, 21) <= found.last


def removal(fact_id: str, on: date, days: float, **data: object) -> Fact:
    return Fact(fact_id, "removal-ordered", on, {"from": on, "school_days": days, "kind": "suspension", **data})


def test_more_than_ten_days_in_a_row_change_the_placement() -> None:
    assert filled((removal("f1", date(2025, 9, 15), 11),), YEARS)[0].data["change_of_placement"] is True


def test_up_to_ten_days_in_a_school_year_do_not() -> None:
    found = filled((removal("f1", date(2025, 9, 15), 5), removal("f2", date(2025, 10, 6), 5)), YEARS)
    assert [fact.data["change_of_placement"] for fact in found] == [False, False]


def test_a_series_over_ten_days_is_left_to_be_judged() -> None:
    found = filled((removal("f1", date(2025, 9, 15), 8), removal("f2", date(2025, 10, 6), 5)), YEARS)
    assert "change_of_placement" not in found[1].data


def test_what_the_file_says_stands() -> None:
    assert (
        filled((removal("f1", date(2025, 9, 15), 11, change_of_placement=False),), YEARS)[0].data["change_of_placement"]
        is False
    )
