"""The year that is reported on: July 1 to June 30, unless somebody names other days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

JULY = 7


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a report, the first and the last included. Raises ValueError if they stand the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"The reporting period ends on {self.last} and starts on {self.first}. Give the earlier day first."
            )

    @classmethod
    def starting(cls, year: int) -> Period:
        """The reporting year that starts on July 1 of that year."""
        return cls(date(year, JULY, 1), date(year + 1, JULY - 1, 30))

    @classmethod
    def before(cls, on: date) -> Period:
        """The latest reporting year that is over on the day: on its own June 30 it still runs."""
        return cls.starting(on.year - 1 if on.month >= JULY else on.year - 2)

    @property
    def name(self) -> str:
        """The period as it stands in tables: "2025-07-01/2026-06-30"."""
        return f"{self.first}/{self.last}"
