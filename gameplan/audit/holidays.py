"""Holidays of one State as a table of days."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from gameplan.audit.civil import year_of
from gameplan.audit.compiled import compiled
from gameplan.core.entries import Holidays

EPOCH = date(1970, 1, 1)


class HolidayTable(NamedTuple):
    """The holidays of a State: a mark a day from `base` on, and the years that the list covers."""

    marks: Any
    base: int
    first_year: int
    last_year: int


def holiday_table(holidays: Holidays) -> HolidayTable:
    """The holidays as a table."""
    days = np.array([(day - EPOCH).days for day in holidays.named], np.int64)
    base = int(days.min()) if len(days) else 0
    marks = np.zeros(int(days.max()) - base + 1 if len(days) else 0, np.int8)
    marks[days - base] = 1
    return HolidayTable(marks, base, holidays.first_year, holidays.last_year)


@compiled
def is_holiday(holidays: HolidayTable, day: int) -> bool:
    """True if the list names the day."""
    place = day - holidays.base
    return 0 <= place < len(holidays.marks) and holidays.marks[place] != 0


@compiled
def covers(holidays: HolidayTable, day: int) -> bool:
    """True if the list covers the year of the day."""
    return holidays.first_year <= year_of(day) <= holidays.last_year
