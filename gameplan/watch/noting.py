"""A day that notes until when every answer it gave stays the same.

The engine asks a day only for comparisons, and for days before and after it. If it is handed this one, it works out
the very same as with a plain date, and afterwards `Notes.changes_on` is the first later day on which any comparison
would come out differently: until then the whole working-out would run the same way. What the engine asks otherwise
(the weekday, the year, a place in a set) is taken as changing each day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, overload

from gameplan.core.verdict import SOON

# How many days are left is told apart at these numbers only (`core.verdict`): soon, today, yesterday.
LEFT_TOLD_APART = (SOON, 0, -1)


class Notes:
    """The first day after `today` on which an answer changes; none so far is `date.max`."""

    def __init__(self, today: date) -> None:
        self.today = today.toordinal()
        self.first = date.max.toordinal()

    @property
    def changes_on(self) -> date:
        """The first day on which anything may come out differently."""
        return date.fromordinal(self.first)

    def at(self, day: int) -> None:
        """Note that an answer changes on that day (an ordinal), if it still lies ahead."""
        if self.today < day < self.first:
            self.first = day

    def daily(self) -> None:
        """Note that an answer changes each day."""
        self.at(self.today + 1)


class NotingDay(date):
    """The day `today` of the notes, or so many days from it (`apart`), that writes into the notes what it is asked."""

    notes: Notes
    apart: int

    def __new__(cls, notes: Notes, apart: int = 0) -> NotingDay:
        """The day that lies `apart` days after the one of the notes."""
        plain = date.fromordinal(notes.today + apart)
        made = super().__new__(cls, plain.year, plain.month, plain.day)
        made.notes, made.apart = notes, apart
        return made

    @property
    def plain(self) -> date:
        """The same day as a date that notes nothing."""
        return date.fromordinal(self.notes.today + self.apart)

    def _reaches(self, other: date) -> None:
        """Note that the answer changes when this day gets to the other one."""
        self.notes.at(_ordinal(other) - self.apart)

    def _passes(self, other: date) -> None:
        """Note that the answer changes when this day lies behind the other one."""
        self.notes.at(_ordinal(other) - self.apart + 1)

    def __lt__(self, other: date) -> bool:
        self._reaches(other)
        return super().__lt__(other)

    def __ge__(self, other: date) -> bool:
        self._reaches(other)
        return super().__ge__(other)

    def __le__(self, other: date) -> bool:
        self._passes(other)
        return super().__le__(other)

    def __gt__(self, other: date) -> bool:
        self._passes(other)
        return super().__gt__(other)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, date):
            self._reaches(other)
            self._passes(other)
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.notes.daily()
        return super().__hash__()

    def __add__(self, other: timedelta) -> NotingDay:
        return NotingDay(self.notes, self.apart + other.days)

    __radd__ = __add__

    @overload  # type: ignore[override]
    def __sub__(self, other: timedelta) -> NotingDay: ...
    @overload
    def __sub__(self, other: date) -> timedelta: ...
    def __sub__(self, other: date | timedelta) -> NotingDay | timedelta:
        if isinstance(other, timedelta):
            return NotingDay(self.notes, self.apart - other.days)
        return -self._left_until(other)

    def __rsub__(self, other: date) -> timedelta:
        return self._left_until(other)

    def _left_until(self, other: date) -> timedelta:
        for left in LEFT_TOLD_APART:
            self.notes.at(_ordinal(other) - self.apart - left)
        return timedelta(days=_ordinal(other) - self.notes.today - self.apart)

    def __getattribute__(self, name: str) -> Any:
        if name in _CHANGES_DAILY:
            object.__getattribute__(self, "notes").daily()
        return super().__getattribute__(name)


_CHANGES_DAILY = frozenset(name for name in dir(date) if not name.startswith("_"))


def plain(day: date | None) -> date | None:
    """The day as one that notes nothing."""
    return day.plain if isinstance(day, NotingDay) else day


def _ordinal(day: date) -> int:
    return date.toordinal(day)
