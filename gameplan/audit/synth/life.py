"""What the life lines of a part share: its children, its dice, its school days, and the book they write into."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gameplan.audit.synth.arrays import NEVER, YEAR, Days, Numbers, Rows, Yes
from gameplan.audit.synth.book import Book
from gameplan.audit.synth.ledger import NOBODY, SIDE_CODES
from gameplan.audit.synth.pace import Pace
from gameplan.audit.synth.years import PATTERNS, SchoolDays


@dataclass
class Life:
    """A part while its life lines are written. Every array has one place for each child of the part.

    `begun` is the day on which the child's file begins. `evaluated` is the last evaluation (or agreement that none is
    needed) so far, `tested` the last one that is in the file, at the row `evaluation` of the book; `adopted` the last
    IEP so far and `planned_since` the first one. NEVER stands for none.
    """

    rng: np.random.Generator
    book: Book
    pace: Pace
    school: SchoolDays
    states: npt.NDArray[np.int64]
    patterns: npt.NDArray[np.int64]
    born: Days
    first: int
    until: int
    begun: Days
    evaluated: Days = field(init=False)
    tested: Days = field(init=False)
    evaluation: Rows = field(init=False)
    adopted: Days = field(init=False)
    planned_since: Days = field(init=False)

    def __post_init__(self) -> None:
        size = len(self.born)
        self.evaluated, self.tested = np.full(size, NEVER), np.full(size, NEVER)
        self.adopted, self.planned_since = np.full(size, NEVER), np.full(size, NEVER)
        self.evaluation = np.full(size, NOBODY)

    def everybody(self, share: float) -> Rows:
        """About that share of all children, in order."""
        return np.flatnonzero(self.rng.random(len(self.born)) < share)

    def some_day(self, who: Rows) -> Days:
        """A day between the beginning of each child's file and the day of the audit."""
        begun = self.begun[who]
        return (begun + 10 + (self.until - begun) * self.rng.random(len(who))).astype(np.int32)

    def was_evaluated(self, who: Rows, day: Days, rows: Rows) -> None:
        """The children were evaluated on these days, as these rows of the book say (NOBODY: not in the file)."""
        self.evaluated[who] = day
        kept = rows >= 0
        self.evaluation[who[kept]], self.tested[who[kept]] = rows[kept], day[kept]

    def chance(self, who: Rows, share: float | Numbers) -> Yes:
        """Yes for about that share of them."""
        return self.rng.random(len(who)) < share

    def choice(self, who: Rows, shares: list[float]) -> Rows:
        """A number from 0 for each of them, by shares that add up to one."""
        edges = np.cumsum(shares)[:-1]
        return np.asarray(np.searchsorted(edges, self.rng.random(len(who)), side="right"), dtype=np.int64)

    def between(self, who: Rows, least: int, most: int) -> Days:
        """A number of days for each of them, both ends included, all as likely."""
        return self.rng.integers(least, most + 1, len(who), dtype=np.int32)

    def wait(self, who: Rows, mean: float, *, at_least: int = 0) -> Days:
        """A waiting time in days for each of them: mostly short, with a tail."""
        return (at_least + self.rng.gamma(2.0, mean / 2.0, len(who))).astype(np.int32)

    def within(self, who: Rows, limit: int | Days, late: float = 0.06) -> Days:
        """Days taken for a duty with a limit: most shortly before it is over, a share late, with a long tail."""
        taken = (np.asarray(limit) * (0.3 + 0.68 * self.rng.beta(3.0, 1.6, len(who)))).astype(np.int32)
        return np.where(self.chance(who, late), limit + self.tail(who), taken).astype(np.int32)

    def tail(self, who: Rows) -> Days:
        """How late who is late: a few days for most, months for some."""
        return np.minimum(1 + self.rng.lognormal(2.3, 1.1, len(who)), 500).astype(np.int32)

    def school_day(self, who: Rows, day: Days) -> Days:
        """The day, or the next one with school at the child's district."""
        return self.school.on_or_after(self._calendar(who), day)

    def school_days_after(self, who: Rows, day: Days, number: Numbers) -> Days:
        """The day that many school days later."""
        return self.school.after(self._calendar(who), day, number)

    def weekday(self, day: Days) -> Days:
        """The day, or the Friday before a weekend, so that nobody becomes late by it."""
        return (day - np.maximum((day + 3) % 7 - 4, 0)).astype(np.int32)

    def due(self, who: Rows, start: Days) -> Days:
        """The last day for a first evaluation that started then, by the State's own count."""
        return self.pace.due(self.states[who], self.patterns[who], start, self.school)

    def age(self, who: Rows, day: Days) -> npt.NDArray[np.float64]:
        """How old the children are on these days, in years."""
        return (day - self.born[who]) / (YEAR + 0.25)

    def sides(self, who: Rows, parent: float) -> npt.NDArray[np.int8]:
        """The parent for about that share of them, else the school: codes for `Book.tell`."""
        return np.where(self.chance(who, parent), SIDE_CODES["parent"], SIDE_CODES["school"]).astype(np.int8)

    def _calendar(self, who: Rows) -> npt.NDArray[np.int64]:
        return self.states[who] * PATTERNS + self.patterns[who]
