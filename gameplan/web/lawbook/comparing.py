"""One rule in all States: who has a number of its own, which one, and how sure it is; and what runs where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from gameplan.core.entries import Clock
from gameplan.law import coverage
from gameplan.law.coverage import DISPUTES, PATH, has_doubt
from gameplan.law.library import federal, states
from gameplan.web.lawbook.shelf import AREAS, FEDERAL, Section, area_name, of_federal, own_clocks, states_by_name
from gameplan.web.lawbook.shelf import Rule as ShelfRule
from gameplan.web.words import Wording

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# How a number is counted, as the map and the coverage table show it: a word, a mark, a tone.
COUNTS: Mapping[str, StrOrPromise] = {
    "calendar": _("Calendar days"),
    "school": _("School days"),
    "business": _("Business days"),
    "other": _("Months, years or other"),
    "words": _("No number, only words"),
    "federal": _("Federal law alone, as far as we know"),
}
_COUNT_OF = {
    "calendar-day": "calendar", "school-day": "school", "instructional-day": "school",
    "business-day": "business", "business-day-incl-holidays": "business",
}  # fmt: skip
RUNS = Wording(_("Works"), "check", "green")
DOUBT = Wording(_("Works, with a doubt"), "help", "lamp")
SURE = Wording(_("Firm"), "check", "green")
CHECK_IT = Wording(_("Check it"), "help", "lamp")
NOT_YET = Wording(_("Not yet"), "stop", "red")
MANY = 5
ONLY_FEDERAL = Wording(_("Federal rule"), "dash", "grey")
ASKS = Wording(_("Ask your State"), "info", "lamp")
_MARKS = {coverage.RUNS: RUNS, coverage.DOUBT: DOUBT, coverage.NOT_YET: NOT_YET, coverage.FEDERAL: ONLY_FEDERAL,
          coverage.ASKS: ASKS}  # fmt: skip


@dataclass(frozen=True)
class StateRow:
    """What one State says on a rule: its own entries, or none, where federal law alone speaks."""

    code: str
    name: str
    clocks: tuple[Clock, ...]
    count: str

    @property
    def doubtful(self) -> bool:
        """True if any of its entries rests on weak ground."""
        return any(has_doubt(clock) for clock in self.clocks)


@dataclass(frozen=True)
class Comparison:
    """One federal rule beside all States."""

    clock: Clock
    rows: tuple[StateRow, ...]

    @property
    def own(self) -> int:
        """How many States have an entry of their own."""
        return sum(1 for row in self.rows if row.clocks)

    @property
    def counts(self) -> tuple[tuple[str, StrOrPromise, int], ...]:
        """Each way of counting with the number of States that count so; only those that some State uses."""
        found = Counter(row.count for row in self.rows)
        return tuple((count, name, found[count]) for count, name in COUNTS.items() if found[count])


@dataclass(frozen=True)
class Cell:
    """One State and one step of the way: how far the rule runs, and where its page is."""

    step: str
    wording: Wording
    rule_id: str


@dataclass(frozen=True)
class NotYet:
    """An entry that does not run, and why."""

    place: str
    clock: Clock


def how_far(clock: Clock) -> Wording:
    """How far one entry runs."""
    if clock.not_yet:
        return NOT_YET
    return DOUBT if has_doubt(clock) else RUNS


def how_sure(clock: Clock) -> Wording:
    """How sure one entry is, in a word."""
    return NOT_YET if clock.not_yet else (CHECK_IT if has_doubt(clock) else SURE)


@lru_cache(maxsize=256)
def compared(rule_id: str) -> Comparison | None:
    """A federal rule beside all States; None if there is no such federal rule."""
    clock = next((one for one in federal().clocks if one.id == rule_id), None)
    if clock is None:
        return None
    rows = (_row(code, name, of_federal(code, rule_id)) for code, name in states_by_name().items())
    return Comparison(clock, tuple(rows))


def _row(code: str, name: str, clocks: tuple[Clock, ...]) -> StateRow:
    first = main_clock(clocks)
    return StateRow(code, name, clocks, count_of(first) if first else "federal")


def main_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """Of several entries of a State the one for the map: it runs, is in force still, has a number, and is for all."""

    def order(clock: Clock) -> tuple[bool, ...]:
        return bool(clock.not_yet), clock.in_force.last is not None, clock.length is None, bool(clock.applies_if)

    return min(clocks, key=order, default=None)


def count_of(clock: Clock) -> str:
    """How an entry is counted, as one of `COUNTS`."""
    if clock.length is None:
        return "words"
    return _COUNT_OF.get(clock.unit, "other")


@lru_cache(maxsize=1)
def comparable() -> tuple[Section, ...]:
    """The federal rules by area, those first on which most States have their own number."""
    own = Counter(clock.base or clock.id for code in states() for clock in own_clocks(code))
    by_area: dict[str, list[Clock]] = {area: [] for area in AREAS}
    for clock in federal().clocks:
        by_area.setdefault(clock.area, []).append(clock)
    return tuple(
        Section(area, area_name(area), tuple(_as_rules(clocks, own))) for area, clocks in by_area.items() if clocks
    )


def _as_rules(clocks: list[Clock], own: Mapping[str, int]) -> list[ShelfRule]:
    unique = {clock.id: clock for clock in reversed(clocks)}
    ordered = sorted(unique.values(), key=lambda clock: -own.get(clock.id, 0))
    return [ShelfRule(FEDERAL, clock.id, (clock,)) for clock in ordered]


@lru_cache(maxsize=1)
def coverage_rows() -> tuple[tuple[str, str, tuple[Cell, ...]], ...]:
    """State by step of the way: code, name and a cell for each step."""
    rules = PATH + DISPUTES
    return tuple((code, name, tuple(_cell(code, rule) for rule in rules)) for code, name in states_by_name().items())


def _cell(code: str, rule: str) -> Cell:
    own = of_federal(code, rule)
    running = [clock for clock in own if not clock.not_yet] or own
    return Cell(rule, _MARKS[coverage.mark(code, rule)], running[0].id if running else rule)


@lru_cache(maxsize=1)
def steps() -> tuple[Clock, ...]:
    """The federal rules that are the columns of the coverage table."""
    by_id = {clock.id: clock for clock in reversed(federal().clocks)}
    return tuple(by_id[rule] for rule in PATH + DISPUTES if rule in by_id)


@lru_cache(maxsize=1)
def differing() -> tuple[Clock, ...]:
    """The steps of the way on which many States say something of their own."""
    own = ((clock, sum(1 for code in states() if of_federal(code, clock.id))) for clock in steps())
    return tuple(clock for clock, number in own if number >= MANY)


@lru_cache(maxsize=1)
def not_yet() -> tuple[NotYet, ...]:
    """Every entry that does not run yet, with its reason."""
    places = (FEDERAL, *states())
    return tuple(NotYet(place, clock) for place in places for clock in own_clocks(place) if clock.not_yet)
