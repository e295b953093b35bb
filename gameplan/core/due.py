"""The due day of one duty as it is worked out: the span, the reasons, what would settle it, and the days counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gameplan.core import sentences as s
from gameplan.core.days import Counter, DayMark, Span
from gameplan.core.entries import Clock
from gameplan.core.words import Say, plainly


@dataclass
class Due:
    """The due day of one duty as it is worked out, with its reasons; `span` is None where the law gives no number.

    `perhaps_ended`: what is asked of a fact that may have ended the duty, and does not say enough.
    """

    span: Span | None
    because: list[Say] = field(default_factory=list)
    would_settle: tuple[Say, ...] = ()
    excused: str = ""
    excused_on: date | None = None
    paused: bool = False
    perhaps_longer: bool = False
    perhaps_ended: tuple[Say, ...] = ()
    counter: Counter | None = None


def number_words(length: int, unit: str) -> dict[str, object]:
    """The values for a sentence that says a length: the number and its unit, one or many."""
    words = s.ONE_UNIT.get(unit, unit) if length == 1 else s.UNITS.get(unit, unit)
    return {"length": length, "unit": plainly(words)}


def day_marks(clock: Clock, start: date, due: Due) -> tuple[DayMark, ...]:
    """Each day of the count with its number or the reason it is skipped; empty where years or no days are counted."""
    if due.counter is None or due.span is None:
        return ()
    return tuple(due.counter.marks(start, due.span.latest, first_day=clock.first_day))
