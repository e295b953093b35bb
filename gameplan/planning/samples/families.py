"""Which sample families there are, and what became of each of their plans.

All days are those of the files, which tell the school year 2026-27.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from gameplan.plans.life_events import ANNUAL, FIRST

DAYS_IN_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan of a family, by the name of its file: proposed `on` that day, from `starts` on, and what was answered.

    `follows` names the plan that it was carried over from. `answered` is the day on which the family agreed to all of
    it; None where nobody is asked.
    """

    name: str
    on: date
    starts: date
    how: str = FIRST
    follows: str = ""
    copy_given: date | None = None
    answered: date | None = None

    def moved(self, weeks: int) -> Paper:
        """The same, so many weeks later."""
        by = timedelta(weeks=weeks)
        return replace(
            self, on=self.on + by, starts=self.starts + by, copy_given=self.copy_given and self.copy_given + by,
            answered=self.answered and self.answered + by,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """A sample family: the name of its file, its plans in their order, and the language in which letters are written.

    `whole_on` is the day from which on the main part of its story has happened. `years_back` is how many school years
    the story reaches back.
    """

    name: str
    whole_on: date
    papers: tuple[Paper, ...]
    language: str = "en"
    years_back: int = 1

    def weeks(self, on: date) -> int:
        """By how many weeks the story is moved, so that its main part has happened by that day, in the year before.

        >>> Family("x", date(2026, 10, 1), ()).weeks(date(2026, 11, 27))
        0
        >>> Family("x", date(2026, 10, 1), ()).weeks(date(2026, 9, 1))
        -52
        """
        years = on.year - self.whole_on.year + 1
        while self.whole_on + timedelta(weeks=_weeks(years)) > on:
            years -= 1
        return _weeks(years)


def _weeks(years: int) -> int:
    return round(years * DAYS_IN_A_YEAR / 7)


DIEGO = Family(
    "diego",
    date(2026, 10, 1),
    (
        Paper(
            "diego-iep-last-year", date(2025, 9, 16), date(2025, 9, 29), copy_given=date(2025, 9, 18),
            answered=date(2025, 9, 16),
        ),
        Paper(
            "diego-iep", date(2026, 9, 15), date(2026, 9, 28), ANNUAL, follows="diego-iep-last-year",
            copy_given=date(2026, 9, 17), answered=date(2026, 9, 15),
        ),
    ),
    language="es",
    years_back=3,
)  # fmt: skip
JASMINE = Family(
    "jasmine",
    date(2026, 11, 9),
    (
        Paper("jasmine-evaluation", date(2026, 10, 28), date(2026, 10, 28)),
        Paper(
            "jasmine-iep", date(2026, 10, 28), date(2026, 11, 5), copy_given=date(2026, 10, 29),
            answered=date(2026, 10, 29),
        ),
    ),
)  # fmt: skip
NOAH = Family("noah", date(2026, 9, 30), (Paper("noah-504", date(2026, 9, 22), date(2026, 9, 28)),))
FAMILIES = (DIEGO, JASMINE, NOAH)
