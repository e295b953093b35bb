"""What is wrong in a file that somebody gave us, collected whole: what, where, and how to mend it."""

from __future__ import annotations

import difflib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gameplan.core.entries import Vocabulary
from gameplan.core.facts import Rough

FIRST_DAY_OF_SENSE, LAST_DAY_OF_SENSE = date(1975, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it is, what is wrong, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.mend}"


class CaseFileError(Exception):
    """Raised when a case file cannot be read as it stands; `faults` lists everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class Reader:
    """Collects faults while it takes a raw case apart."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []

    def fault(self, where: str, what: str, mend: str) -> None:
        """Note one thing that is wrong."""
        self.faults.append(Fault(where, what, mend))

    def table(self, raw: object, where: str, allowed: Iterable[str]) -> Mapping[str, object]:
        """The raw value as a table with only these names; anything else is a fault."""
        if not isinstance(raw, dict):
            self.fault(where, f"expected an object, found {shown(raw)}.", 'Write it as {"name": value, ...}.')
            return {}
        known = tuple(allowed)
        for key in raw:
            if key not in known:
                self.fault(f"{where}.{key}", "this name is not part of the format.", nearest(str(key), known))
        return raw

    def rows(self, raw: object, where: str) -> Sequence[object]:
        """The raw value as a list; empty if it is missing."""
        if raw is None:
            return ()
        if not isinstance(raw, list):
            self.fault(where, f"expected a list, found {shown(raw)}.", "Write it as [ ..., ... ].")
            return ()
        return raw

    def text(self, raw: object, where: str, *, required: bool = False) -> str:
        """The raw value as words."""
        if raw is None and not required:
            return ""
        if not isinstance(raw, str):
            self.fault(where, f"expected words in quotes, found {shown(raw)}.", 'Write it as "...".')
            return ""
        if required and not raw.strip():
            self.fault(where, "this may not be empty.", "Fill it in.")
        return raw

    def day(self, raw: object, where: str) -> date | None:
        """The raw value as a day, written YYYY-MM-DD."""
        if isinstance(raw, date):
            return raw
        if isinstance(raw, str) and len(raw) == 10:
            try:
                day = date.fromisoformat(raw)
            except ValueError:
                day = None
            if day is not None:
                if FIRST_DAY_OF_SENSE <= day <= LAST_DAY_OF_SENSE:
                    return day
                self.fault(where, f"the year of {raw} cannot be right.", "Check the year.")
                return None
        self.fault(where, f"{shown(raw)} is not a date.", "Write the day as YYYY-MM-DD, for example 2025-09-03.")
        return None

    def day_or_rough(self, raw: object, where: str) -> date | Rough | None:
        """A day, or one known only roughly: a month (YYYY-MM), a year (YYYY), or two days with a stroke between."""
        if not isinstance(raw, str) or len(raw) == 10:
            return self.day(raw, where)
        ends = raw.split("/") if "/" in raw else (f"{raw}-01-01", f"{raw}-12-31") if len(raw) == 4 else _month(raw)
        days = [day for end in ends if (day := self.day(end, where))]
        if len(days) != len(ends) or len(days) != 2:
            if len(ends) != 2:
                self.day(raw, where)
            return None
        if days[1] < days[0]:
            self.fault(where, f"{raw} ends before it begins.", "Put the first day first.")
            return None
        return Rough(*days) if days[0] != days[1] else days[0]

    def flag(self, raw: object, where: str) -> bool:
        """The raw value as true or false."""
        if raw is None or isinstance(raw, bool):
            return bool(raw)
        self.fault(where, f"expected true or false, found {shown(raw)}.", "Write true or false, without quotes.")
        return False


def _month(raw: str) -> tuple[str, ...]:
    try:
        first = date.fromisoformat(f"{raw}-01")
    except ValueError:
        return ()
    return str(first), str(date(first.year, first.month, monthrange(first.year, first.month)[1]))


def shown(raw: object) -> str:
    """The value as a message can show it: short, in quotes if it is words."""
    text = "nothing" if raw is None else repr(raw)
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(word: str, known: Sequence[str]) -> str:
    """What to do about a strange word: the known one it may have meant, or to take it out."""
    close = difflib.get_close_matches(word, known, n=1)
    if close:
        return f'Did you mean "{close[0]}"? Otherwise take it out.'
    return f"Take it out. Known here: {', '.join(known[:12])}{' ...' if len(known) > 12 else ''}."
