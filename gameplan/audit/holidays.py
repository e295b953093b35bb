"""Holidays of one State as a table of days."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np

from gameplan.audit.civil import year_of
from gameplan.audit.compiled import compiled
from gameplan.audit.sizes import HOLIDAYS
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
    if len(days) and int(days.max()) - base >= HOLIDAYS:
        raise ValueError(f"The holidays cover more than {HOLIDAYS} days: raise it in audit/sizes.py.")
    marks = np.zeros(int(days.max()) - base + 1 if len(days) else 0, np.int8)
    marks[days - base] = 1
    return HolidayTable(marks, base, holidays.first_year, holidays.last_year)


@compiled
def open_holidays(w: Any, holidays: HolidayTable) -> None:
    """Takes a State's holidays into the case."""
    w.holidays_from, w.holidays_n = holidays.base, len(holidays.marks)
    w.holidays_first, w.holidays_last = holidays.first_year, holidays.last_year
    for index in range(len(holidays.marks)):
        w.holidays[index] = holidays.marks[index]


@compiled
def is_holiday(w: Any, day: int) -> bool:
    """True if the State's list names the day."""
    place = day - w.holidays_from
    return 0 <= place < w.holidays_n and w.holidays[place] != 0


@compiled
def covers(w: Any, day: int) -> bool:
    """True if the list covers the year of the day."""
    return w.holidays_first <= year_of(day) <= w.holidays_last
