"""Adding up: one child after the other goes in, the rows of a file come out. Memory grows with the rows only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from gameplan.reports.counting.claims import COUNTS
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.file_forms import MISSING, CountSet, FileForm


class Unit(NamedTuple):
    """What a row is about: the State (both empty), a district, or a school of a district, by the State's numbers."""

    lea: str = ""
    school: str = ""


STATE = Unit()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: how many are in this unit with these codes. `codes` has the categories of its set only."""

    unit: Unit
    set: CountSet
    codes: Mapping[str, str]
    amount: int

    @property
    def is_complete(self) -> bool:
        """True if no code of the row is MISSING."""
        return MISSING not in self.codes.values()


def unit_of(child: Counted, level: str) -> Unit:
    """The unit of a child at a level."""
    return {"SEA": STATE, "LEA": Unit(child.lea), "SCH": Unit(child.lea, child.school)}[level]


def codes_of(child: Counted, form: FileForm) -> Iterator[dict[str, str]]:
    """The codes of all categories, once for each time that the child is counted in the file."""
    for claim in COUNTS[form.counts](child):
        yield {name: form.code(name, claim[name]) for name in form.categories}


class Tally:
    """Counts the children of one file at one level (SEA, LEA or SCH). Raises ValueError for a level it has not."""

    def __init__(self, form: FileForm, level: str) -> None:
        if level not in form.levels:
            raise ValueError(f"{form.id} has no level {level}. It has {', '.join(form.levels)}.")
        self.form, self.level = form, level
        self._found: Counter[tuple[Unit, int, tuple[str, ...]]] = Counter()

    def add(self, child: Counted) -> None:
        """Take one child in."""
        unit = unit_of(child, self.level)
        for codes in codes_of(child, self.form):
            self.put(unit, codes)

    def put(self, unit: Unit, codes: Mapping[str, str], times: int = 1) -> None:
        """Take in somebody of this unit who is counted with these codes, so many times."""
        for number, one in enumerate(self.form.sets):
            self._found[unit, number, tuple(codes[name] for name in one.by)] += times

    def add_all(self, children: Iterable[Counted]) -> Tally:
        """Take them all in, and give this tally back."""
        for child in children:
            self.add(child)
        return self

    def rows(self, units: Iterable[Unit] = ()) -> Iterator[Row]:
        """The rows, unit by unit, set by set, codes in their order and MISSING last.

        `units` also have their say if nobody is counted there. Which rows of nought are written, `zeros` says.
        """
        known = {*units, *(unit for unit, _number, _codes in self._found)}
        for unit in sorted(known or ({STATE} if self.level == "SEA" else ())):
            for number, one in enumerate(self.form.sets):
                yield from self._rows_of_set(unit, number, one)

    def _rows_of_set(self, unit: Unit, number: int, one: CountSet) -> Iterator[Row]:
        lists = [(*self.form.categories[name].codes, MISSING) for name in one.by]
        with_zeros = zeros(self.form, one, self.level)
        for codes in product(*lists):
            amount = self._found.get((unit, number, codes), 0)
            if amount or (with_zeros and MISSING not in codes):
                yield Row(unit, one, dict(zip(one.by, codes, strict=True)), amount)


def zeros(form: FileForm, one: CountSet, level: str) -> bool:
    """True if rows of this set are written although they count nobody.

    The State answers for the whole table, so it has every combination. A district or a school only says what it has;
    but it does say its total, or where a file has none its subtotals: else a place with nobody to count could not be
    told from one that was forgotten.
    """
    if level == "SEA":
        return True
    return not one.by if form.total else one.is_total
