"""One row of a template, cell by cell: what it says, or what is wrong with it and how to mend it.

No message repeats what stands in a cell: who brings cases in need not be somebody who may see a child.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults, where
from gameplan.core.casefile import NOT_KNOWN
from gameplan.core.entries import Field

YES, NO = frozenset({"yes", "y", "true", "t", "1"}), frozenset({"no", "n", "false", "f", "0"})
FIRST_YEAR, LAST_YEAR = 1980, 2100
MONTH: Final = re.compile(r"\d{4}-\d{2}")
MOST_ANSWERS = 12


@dataclass(frozen=True)
class Cells:
    """A row: its file, its number (the header is 1), and its cells by column, without blanks around them."""

    file: str
    row: int
    said: Mapping[str, str]
    faults: Faults

    def place(self, column: str = "") -> str:
        """Where this is, in words."""
        return where(self.file, self.row, column)

    def fault(self, column: str, what: str, mend: str) -> None:
        """Note what is wrong in a cell."""
        self.faults.add(self.file, what, mend, row=self.row, column=column)

    def text(self, column: str, *, needed: bool = False, most: int = 200) -> str:
        """Words; "" where there are none."""
        found = self.said.get(column, "")
        if needed and not found:
            self.fault(column, _("This cell is empty."), _("Fill it in. It is needed."))
        if len(found) > most:
            self.fault(column, _("A cell is far too long."), _("Use up to %(most)s letters.") % {"most": most})
        return found

    def day(self, column: str, *, needed: bool = False) -> date | None:
        """A day, or None where there is none."""
        found = self.text(column, needed=needed)
        if not found:
            return None
        day = _day_in(found)
        if day is None:
            self.fault(column, _("This is not a day."), _("Write it as 2026-08-17 or 8/17/2026."))
        return day

    def rough_day(self, column: str, *, needed: bool = False) -> str:
        """A day or a month as the case file writes it; "" where there is none."""
        found = self.text(column, needed=needed)
        if MONTH.fullmatch(found) and _day_in(f"{found}-01"):
            return found
        day = self.day(column) if found else None
        return day.isoformat() if day else ""

    def flag(self, column: str) -> bool | None:
        """Yes or no; None where nobody said."""
        found = self.text(column).lower()
        if found in YES or found in NO:
            return found in YES
        if found:
            self.fault(column, _("This value cannot stand here."), _("Write yes or no, or leave it empty."))
        return None

    def choice(self, column: str, among: Mapping[str, str]) -> str:
        """One of these words as they are kept; "" for an empty cell and for another word, which is noted."""
        found = self.text(column).lower()
        if found and found not in among:
            self.fault(column, _("This value cannot stand here."), _one_of(among))
        return among.get(found, "")

    def field(self, one: Field) -> object:
        """What a field of a fact says, as the case file writes it; None where nothing does, or a fault was noted."""
        found = self.text(one.name, most=2_000)
        if not found:
            if one.required:
                mend = _("Fill it in, or write not-known where nobody knows it any more.")
                self.fault(one.name, _("This kind of fact needs this."), mend)
            return None
        if found.lower() == NOT_KNOWN:
            return NOT_KNOWN
        return self._of_type(one, found)

    def _of_type(self, one: Field, found: str) -> object:
        if one.type == "date":
            return self.rough_day(one.name) or None
        if one.type == "boolean":
            return self.flag(one.name)
        if one.type == "number":
            return self._number(one.name, found)
        if one.type in ("list", "dates"):
            several = [part.strip() for part in found.split(";") if part.strip()]
            return self._days(one.name, several) if one.type == "dates" else self._words(one, several)
        words = self._words(one, [found])
        return words[0] if words else None

    def _number(self, column: str, found: str) -> int | float | None:
        if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", found):
            return float(found) if "." in found else int(found)
        self.fault(column, _("This is not a number."), _("Write it with figures, like 12 or 2.5."))
        return None

    def _days(self, column: str, several: list[str]) -> list[str] | None:
        days = [_day_in(one) for one in several]
        if None in days:
            self.fault(column, _("This is not a day."), _("Write days as 2026-08-17, with ; between them."))
            return None
        return [day.isoformat() for day in days if day]

    def _words(self, one: Field, several: list[str]) -> list[str] | None:
        if one.values and not set(several) <= set(one.values):
            self.fault(one.name, _("This value cannot stand here."), _one_of(one.values))
            return None
        return several


def _one_of(among: Mapping[str, str] | tuple[str, ...]) -> str:
    listed = list(among)
    more = ", …" if len(listed) > MOST_ANSWERS else ""
    return _("Use one of these: %(words)s.") % {"words": ", ".join(listed[:MOST_ANSWERS]) + more}


def _day_in(words: str) -> date | None:
    for form, shape in (("%Y-%m-%d", r"\d{4}-\d{2}-\d{2}"), ("%m/%d/%Y", r"\d{1,2}/\d{1,2}/\d{4}")):
        if re.fullmatch(shape, words, re.ASCII):
            try:
                day = datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                return None
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None
