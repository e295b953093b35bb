"""The drawn count of days, and the same in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from gameplan.core.days import DayMark
from gameplan.core.words import ENGLISH
from gameplan.web.gallery_samples import school_days_duty
from gameplan.web.pictures.day_calendar import count_in_words, day_calendar
from tests.web.pictures.moments import counted

START = date(2025, 9, 3)
COUNT = counted(START, 15)
DUE = COUNT[-1].on


def cells(picture: str) -> list[tuple[str, list[str]]]:
    """Each drawn day: its kind, and what is written in it."""
    root = ET.fromstring(picture)
    return [
        (
            str(group.get("class")).removeprefix("cell cell--"),
            [text.text or "" for text in group.iter("text")],
        )
        for month in root.iter("svg")
        if month.get("class") == "month"
        for group in month.iter("g")
    ]


def test_each_counted_day_has_its_number() -> None:
    drawn = cells(day_calendar(COUNT, DUE, START, ENGLISH))
    numbers = [said[1] for kind, said in drawn if kind == "counted"]
    assert numbers == [str(number) for number in range(1, 15)]


def test_the_due_day_is_marked_with_the_last_number() -> None:
    assert [said for kind, said in cells(day_calendar(COUNT, DUE, START, ENGLISH)) if kind == "due"] == [["24", "15"]]


def test_each_skipped_day_is_hatched_and_each_reason_is_in_the_legend() -> None:
    duty = school_days_duty()
    picture = day_calendar(duty.days, duty.due, duty.started, ENGLISH)
    skipped = [day for day in duty.days if day.number is None]
    assert len([kind for kind, _said in cells(picture) if kind == "skipped"]) == len(skipped)
    for why in {day.why for day in skipped}:
        assert f"Not counted: {why}" in picture


def test_other_reasons_than_the_commonest_have_a_letter() -> None:
    marks = (*COUNT[:4], DayMark(date(2025, 9, 8), None, "holiday"))
    picture = day_calendar(marks, None, START, ENGLISH)
    assert ["8", "A"] in [said for _kind, said in cells(picture)]


def test_weeks_without_a_day_of_the_count_are_not_drawn() -> None:
    days = {said[0] for _kind, said in cells(day_calendar(COUNT, DUE, START, ENGLISH))}
    assert "30" not in days
    assert "1" in days


@pytest.mark.parametrize("length", [5, 15, 60, 120])
def test_a_count_that_is_short_enough_is_drawn_whole(length: int) -> None:
    marks = counted(START, length)
    kinds = [kind for kind, _said in cells(day_calendar(marks, marks[-1].on, START, ENGLISH))]
    assert kinds.count("counted") == length - 1


def test_of_a_count_of_years_only_the_ends_are_drawn() -> None:
    marks = tuple(DayMark(START + timedelta(days=n), n) for n in range(1, 1096))
    picture = day_calendar(marks, marks[-1].on, START, ENGLISH)
    assert picture.count('class="month"') == 2
    assert "35 months between are not drawn" in picture
    assert len(picture) < 40_000


def test_without_days_it_shows_the_start_and_the_end() -> None:
    picture = day_calendar((), date(2026, 9, 3), START, ENGLISH)
    assert [kind for kind, _said in cells(picture) if kind in ("start", "due")] == ["start", "due"]


def test_without_anything_it_is_empty() -> None:
    assert day_calendar((), None, None, ENGLISH) == ""


def test_the_image_is_named_and_its_parts_are_hidden() -> None:
    root = ET.fromstring(day_calendar(COUNT, DUE, START, ENGLISH))
    (image,) = (one for one in root.iter("div") if one.get("role") == "img")
    assert image.get("aria-label") == (
        "Calendar of the count. Start September 3, 2025, due September 24, 2025. Days counted: 15. Days not counted: 6."
    )
    assert "style=" not in ET.tostring(root, encoding="unicode")


def test_the_words_name_each_stretch_that_does_not_count() -> None:
    said = count_in_words(COUNT, DUE, START, ENGLISH)
    assert re.findall(r"<li>(.*?)</li>", said) == [
        "It starts on September 3, 2025.",
        "Day 1 is September 4, 2025.",
        "Not counted: September 6, 2025 to September 7, 2025 (weekend).",
        "Not counted: September 13, 2025 to September 14, 2025 (weekend).",
        "Not counted: September 20, 2025 to September 21, 2025 (weekend).",
        "It is due on September 24, 2025, day 15.",
    ]


def test_many_stretches_of_one_reason_are_added_up() -> None:
    marks = counted(START, 60)
    skipped = len([day for day in marks if day.number is None])
    assert f"Not counted, {skipped} days in all: weekend." in count_in_words(marks, marks[-1].on, START, ENGLISH)
