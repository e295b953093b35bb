"""Days out of school as pictures, tables and words."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from gameplan.core.words import ENGLISH
from gameplan.measures.days_out import Out, scale_picture, year_picture

SPAN = (date(2025, 8, 13), date(2026, 5, 21))
DAYS = [Out(date(2025, 9, 16), 0, 1), Out(date(2025, 9, 15), 1, 1), Out(date(2025, 10, 1), 0, 0)]


def test_each_day_out_says_how_it_counts() -> None:
    drawn = year_picture("y", SPAN, DAYS, lambda day: day.weekday() < 5, ENGLISH)
    assert drawn.rows == (
        ("September 15, 2025", "counts as a day out"), ("September 16, 2025", "may count, or only in part"),
        ("October 1, 2025", "does not count"),
    )  # fmt: skip
    assert "September 15, 2025: counts as a day out." in drawn.words
    assert all(f">{month}<" in drawn.svg for month in ("Aug", "Jan", "May"))
    ElementTree.fromstring(drawn.svg)


def test_the_line_of_days_is_filled_as_far_as_it_is_known() -> None:
    drawn = scale_picture("s", 8, 11.5, 10, ENGLISH)
    assert drawn.words == "Days out: between 8 and 11.5"
    assert drawn.rows == (("At least", "8"), ("At most", "11.5"))
    assert drawn.svg.count('fill="var(--red') == 8
    ElementTree.fromstring(drawn.svg)
    assert scale_picture("s", 3, 3, 10, ENGLISH).words == "Days out: 3"
    assert scale_picture("s", 0, 30, 10, ENGLISH).svg.count("<rect") == 32
