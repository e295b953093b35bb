"""Minutes a week: said only where they can be told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from gameplan.core.words import ENGLISH, Say
from gameplan.plans.form_files import form
from gameplan.plans.minutes import as_number, minutes_a_week, number_text, total_of, totals
from gameplan.plans.plan import Row
from tests.plans.sample import SPEECH, plan


@pytest.mark.parametrize(
    ("minutes", "times", "per", "expected"),
    [(45, 1, "day", 225), (30, 2, "week", 60), (30, 2, "month", 15), (90, 1, "quarter", 10), (180, 1, "year", 5),
     (20, 1, "quarter", Fraction(20, 9)), (7.5, 2, "week", 15), (0.1, 3, "week", Fraction(3, 10)), (0, 5, "week", 0)],
)  # fmt: skip
def test_each_time_is_turned_into_weeks(minutes: float, times: float, per: str, expected: Fraction) -> None:
    assert minutes_a_week({"minutes": minutes, "times": times, "per": per}) == expected


@pytest.mark.parametrize(
    "gap", [{"minutes": None}, {"times": None}, {"per": ""}, {"per": "often"}, {"minutes": True},
            {"minutes": float("nan")}, {"times": float("inf")}]
)  # fmt: skip
def test_what_is_not_said_cannot_be_told(gap: dict[str, Any]) -> None:
    assert minutes_a_week({"minutes": 30, "times": 2, "per": "week", **gap}) is None


def test_totals_by_list_and_by_kind() -> None:
    music = {"id": "r4", "service": "Music therapy", "minutes": 30, "times": 1, "per": "week"}
    bus = {"id": "r3", "service": "transportation", "amount": "daily"}
    again = {**music, "id": "r5", "service": "music  Therapy", "minutes": 10}
    rows: list[Row] = [SPEECH, {**SPEECH, "id": "r2", "minutes": 15}, bus, music, again]
    found = total_of(form("iep").field("related-services"), rows)
    assert (found.minutes, found.not_told) == (Fraction(130), ("r3",))
    assert [(ENGLISH.say(one.name), int(one.minutes)) for one in found.kinds] == [
        ("Speech and language therapy", 90), ("Music therapy", 40),
    ]  # fmt: skip


def test_each_list_with_rows_has_a_total() -> None:
    found = {one.field: int(one.minutes) for one in totals(plan())}
    assert found == {"special-education": 225, "related-services": 60}


@pytest.mark.parametrize(
    ("minutes", "text", "number"),
    [
        (Fraction(60), "60", 60),
        (Fraction(15, 2), "7.5", 7.5),
        (Fraction(20, 9), "2.2", 2.22),
        (Fraction(199, 100), "2", 1.99),
    ],
)
def test_a_number_for_a_reader_is_short(minutes: Fraction, text: str, number: float) -> None:
    assert (number_text(minutes), as_number(minutes)) == (text, number)
    assert ENGLISH.say(Say("{n}", {"n": number_text(minutes)})) == text
