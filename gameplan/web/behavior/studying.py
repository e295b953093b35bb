"""The notes on a behavior as a page shows them: what they have in common, as pictures, tables and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.cases.models import Case
from gameplan.core.words import Say, Tongue
from gameplan.measures.behaviour import Bars, Count, Patterns, bars, patterns
from gameplan.measures.behaviour_weeks import TITLE, Phase, weekly
from gameplan.measures.chart import Chart
from gameplan.progress.doors import changes_of
from gameplan.progress.incidents import counted_of
from gameplan.progress.models import Measure
from gameplan.progress.models_daily import Incident
from gameplan.web.progress.showing import Line, note_lines

BEFORE, AFTER, WHERE = Say("What came before"), Say("What came after"), Say("Where it was")
TIMES, DAYS = Say("At what time of day"), Say("On which day of the week")
MOST_PAIRS: Final = 6


@dataclass(frozen=True)
class Named:
    """A picture of counts with its name."""

    title: Say
    bars: Bars


@dataclass(frozen=True)
class Study:
    """What was noted of a behavior between two days, in the language `tongue`."""

    measure: Measure
    rows: Sequence[Incident]
    since: date | None
    until: date
    tongue: Tongue

    @property
    def found(self) -> Patterns:
        """What the notes have in common."""
        return patterns(counted_of(list(self.rows), self.tongue.lang))

    @property
    def says(self) -> list[str]:
        """The same in sentences."""
        return [self.tongue.say(one) for one in self.found.says]

    @property
    def weeks_title(self) -> str:
        """What the picture of the weeks is called."""
        return self.tongue.say(TITLE)

    @property
    def weeks(self) -> Chart:
        """How often, week by week; a change in teaching is a line."""
        changes = [Phase(one.on, one.note) for one in changes_of(self.measure)]
        return weekly(f"weeks-{self.measure.measure_id}", (one.on for one in self.rows), self.until, self.tongue,
                      changes)  # fmt: skip

    @property
    def pictures(self) -> list[Named]:
        """Each picture that has something to show."""
        return [Named(title, bars(name, title, counts, self.tongue)) for name, title, counts in self._counts()]

    @property
    def pairs(self) -> list[tuple[str, ...]]:
        """What came before and what came after, together, as rows of a table."""
        found = self.found.pairs[:MOST_PAIRS]
        return [(one.antecedent, one.consequence, str(one.times)) for one in found]

    @property
    def pair_heads(self) -> list[str]:
        """What stands above the columns of `pairs`."""
        return [self.tongue.say(one) for one in (BEFORE, AFTER, Say("How often together"))]

    def _counts(self) -> Iterator[tuple[str, Say, Sequence[Count]]]:
        found = self.found
        named = (
            ("before", BEFORE, found.antecedents), ("after", AFTER, found.consequences),
            ("where", WHERE, found.settings), ("times", TIMES, found.hours), ("days", DAYS, found.weekdays),
        )  # fmt: skip
        yield from ((name, title, counts) for name, title, counts in named if counts)


def within(rows: Sequence[Incident], since: date | None, until: date | None) -> list[Incident]:
    """The notes of the days from `since` to `until`, both included; None is open."""
    return [one for one in rows if (since is None or one.on >= since) and (until is None or one.on <= until)]


def incident_lines(case: Case, rows: Sequence[Incident]) -> list[Line]:
    """Every note as it was made, newest first; those that were put right or taken back stay to be read."""
    return note_lines(case, rows, lambda row: row.behavior)
