"""A school year that cannot be right is doubted in words; one that can be is not."""

from __future__ import annotations

from datetime import date

import pytest

from gameplan.core.calendars import Closure
from gameplan.core.words import ENGLISH, Say
from gameplan.exchange.school_calendar import year_doubts

YEAR = "2025-26"


def said(*sentences: Say) -> str:
    return "\n".join(map(ENGLISH.say, sentences))


D = date


@pytest.mark.parametrize(
    ("first", "last", "closed", "doubt"),
    [
        (None, D(2026, 5, 21), (), "first day of school. Please fill it in"),
        (D(2025, 8, 13), None, (), "last day of school. Please fill it in"),
        (D(2026, 5, 21), D(2025, 8, 13), (), "is not after the first day"),
        (D(2025, 8, 16), D(2026, 5, 21), (), "on a weekend"),
        (D(2024, 8, 14), D(2026, 5, 21), (), "is not in the school year"),
        (D(2025, 11, 12), D(2026, 5, 21), (), "unusual time of year"),
        (D(2025, 8, 13), D(2026, 5, 21), (Closure(D(2026, 5, 21), D(2026, 6, 5)),), "falls into it"),
        (
            D(2025, 8, 13),
            D(2026, 5, 21),
            (Closure(D(2026, 6, 1), D(2026, 6, 5)),),
            "outside the days of school",
        ),
        (D(2025, 8, 13), D(2026, 5, 21), (Closure(D(2027, 1, 1), D(2027, 1, 5)),), "not in the school year"),
        (D(2025, 8, 13), D(2026, 5, 21), (Closure(D(2025, 11, 5), D(2025, 12, 20)),), "very long break"),
        (
            D(2025, 8, 13),
            D(2026, 5, 21),
            (Closure(D(2025, 11, 5), D(2025, 11, 1)),),
            "Put the first day first",
        ),
        (
            D(2025, 8, 13),
            D(2026, 5, 21),
            (Closure(D(2025, 11, 3), D(2025, 11, 7)), Closure(D(2025, 11, 6), D(2025, 11, 12))),
            "overlap",
        ),
        (D(2025, 10, 1), D(2026, 4, 20), (), "only 144 school days"),
        (D(2025, 8, 1), D(2026, 6, 12), (), "Days off may be missing"),
    ],
)
def test_a_year_that_cannot_be_right_is_doubted(
    first: date | None, last: date | None, closed: tuple[Closure, ...], doubt: str
) -> None:
    assert doubt in said(*year_doubts(YEAR, first, last, closed))


def test_a_usual_year_is_not_doubted() -> None:
    closed = (Closure(D(2025, 11, 24), D(2025, 11, 28)), Closure(D(2025, 12, 22), D(2026, 1, 2)))
    assert year_doubts(YEAR, D(2025, 8, 13), D(2026, 5, 21), closed) == ()
