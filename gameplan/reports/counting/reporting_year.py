"""The school year that is reported on: July 1 to June 30."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

JULY = 7


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """One year, by the calendar year in which it starts: 2026 is July 1, 2026 to June 30, 2027."""

    start: int

    @classmethod
    def around(cls, on: date) -> ReportingYear:
        """The year in which a day lies."""
        return cls(on.year if on.month >= JULY else on.year - 1)

    @classmethod
    def named(cls, words: str) -> ReportingYear:
        """The year of "2025-26", "2025-2026" or "2025". Raises ValueError for anything else."""
        first, _dash, last = words.strip().partition("-")
        if len(first) != 4 or not first.isdigit():
            raise ValueError(f"{words!r} is no school year. Write it like 2025-26.")
        year = int(first)
        if last not in ("", str(year + 1), f"{(year + 1) % 100:02}"):
            raise ValueError(f"{words!r} is no school year: {first} is followed by {year + 1}. Write it like 2025-26.")
        return cls(year)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.start, JULY, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.start + 1, JULY - 1, 30)

    @property
    def name(self) -> str:
        """As the files write it: "2026-2027"."""
        return f"{self.start}-{self.start + 1}"

    def holds(self, day: date) -> bool:
        """True if the day lies in it."""
        return self.first <= day <= self.last
