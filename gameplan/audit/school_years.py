"""School calendars in the audit's folder: a row a school year, one number for every set of equal school years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import pyarrow as pa

from gameplan.audit.layout import CALENDARS
from gameplan.core.calendars import MONDAY_TO_FRIDAY, Closure, SchoolYear

# A school year is named by its years, as in "2025-26" or "2025/2026"; any other name is somebody's own words.
NAMED_BY_YEARS = re.compile(r"\d{2,4}(?:[-/–]\d{2,4})?")


class CalendarBook:
    """Numbers for school calendars as they are met: equal ones share one. What a holiday is called is not kept.

    It remembers a mark of 16 bytes for each calendar that it has met, and the rows not yet taken.
    """

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._rows: list[dict[str, object]] = []

    def number(self, years: Iterable[SchoolYear]) -> int | None:
        """The calendar's number, or None where no school year is known."""
        plain = plainly(years)
        if not plain:
            return None
        mark = blake2b(repr([sorted(row_of(0, year).items()) for year in plain]).encode(), digest_size=16).digest()
        known = self._numbers.get(mark)
        if known is None:
            known = self._numbers[mark] = len(self._numbers)
            self._rows += [row_of(known, year) for year in plain]
        return known

    def take(self) -> pa.Table:
        """The rows (`layout.CALENDARS`) of the calendars met since the last time, in the order of their numbers."""
        rows, self._rows = self._rows, []
        return pa.Table.from_pylist(rows, schema=CALENDARS)


def plainly(years: Iterable[SchoolYear]) -> tuple[SchoolYear, ...]:
    """The school years without anybody's own words: closed days have no name, years are named by their years.

    A year that is named otherwise gets a number in this calendar instead; equal names get the same one.
    """
    own: dict[str, str] = {}

    def named(name: str) -> str:
        if not name or NAMED_BY_YEARS.fullmatch(name):
            return name
        return own.setdefault(name, f"#{len(own) + 1}")

    return tuple(
        replace(
            year,
            school_year=named(year.school_year),
            closed=tuple(Closure(one.first, one.last) for one in year.closed),
        )
        for year in years
    )


def row_of(calendar: int, year: SchoolYear) -> dict[str, object]:
    """One school year as a row of the table of calendars."""
    return {
        "calendar": calendar,
        "school_year": year.school_year,
        "first_day": year.first_day,
        "last_day": year.last_day,
        "closed": [{"first": one.first, "last": one.last} for one in year.closed],
        "open": list(year.open) or None,
        "weekdays": None if year.weekdays == MONDAY_TO_FRIDAY else sorted(year.weekdays),
    }


def year_of(row: Mapping[str, Any]) -> SchoolYear:
    """The school year in a row of the table of calendars."""
    closed = tuple(Closure(one["first"], one["last"] or one["first"]) for one in row["closed"] or ())
    weekdays = frozenset(row["weekdays"]) if row["weekdays"] else MONDAY_TO_FRIDAY
    return SchoolYear(row["school_year"], row["first_day"], row["last_day"], closed, tuple(row["open"] or ()), weekdays)
