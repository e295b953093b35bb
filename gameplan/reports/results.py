"""A file of a count as somebody looks at it: its tables for one unit, what is wrong in it, and who stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gameplan.reports.counting.checks import CHECKS, Check
from gameplan.reports.counting.claims import COUNTS
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.edit_checks import Finding, SetSum, findings, set_sums
from gameplan.reports.counting.file_forms import FileForm, file_form, file_names
from gameplan.reports.counting.tally import Row, Tally, Unit, children_in, unit_of


@dataclass(frozen=True, slots=True)
class Wrong:
    """One check, and how many children it is about."""

    check: Check
    children: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A count at a glance: how many each file counts (children, or times), and what is wrong, the grave first."""

    amounts: Mapping[str, int]
    wrong: tuple[Wrong, ...]


def overview(children: Iterable[Counted]) -> Overview:
    """The count at a glance. One walk over the children."""
    amounts: Counter[str] = Counter(dict.fromkeys(file_names(), 0))
    forms = [file_form(name) for name in file_names()]

    def counting() -> Iterator[Counted]:
        for child in children:
            for form in forms:
                amounts[form.id] += sum(1 for _claim in COUNTS[form.counts](child))
            yield child

    return Overview(amounts, wrong_in(findings(counting())))


def wrong_in(found: Iterable[Finding], file: str = "") -> tuple[Wrong, ...]:
    """How many children each check is about, the grave ones first; with `file` only those that matter in it."""
    about: dict[str, set[str]] = {}
    for one in found:
        if not file or file in one.files:
            about.setdefault(one.check.id, set()).add(one.child)
    listed = (Wrong(CHECKS[name], len(about[name])) for name in CHECKS if name in about)
    return tuple(sorted(listed, key=lambda one: not one.check.is_grave))


def children_with(check: str, children: Iterable[Counted], file: str = "") -> Iterator[str]:
    """The ids of the children of a check, each once; with `file`, only where it matters in that."""
    seen: set[str] = set()
    for one in findings(children):
        if one.check.id == check and one.child not in seen and (not file or file in one.files):
            seen.add(one.child)
            yield one.child


@dataclass(frozen=True, slots=True)
class Result:
    """One file of a count: the rows of one unit, the sums of its sets, what is wrong, and all units that there are."""

    rows: tuple[Row, ...]
    sums: tuple[SetSum, ...]
    wrong: tuple[Wrong, ...]
    units: tuple[Unit, ...]


def result_of(form: FileForm, level: str, unit: Unit, children: Iterable[Counted], units: Iterable[Unit]) -> Result:
    """One file for one unit of a level. `units`: those that are there even where nobody is counted."""
    tally, here = Tally(form, level), set(units)

    def counting() -> Iterator[Counted]:
        for child in children:
            tally.add(child)
            here.add(unit_of(child, level))
            yield child

    wrong = wrong_in(findings(counting()), form.id)
    rows = tuple(row for row in tally.rows([unit]) if row.unit == unit and row.amount)
    return Result(rows, tuple(set_sums(form, rows)), wrong, tuple(sorted(here)))


def behind_row(form: FileForm, row: Row, level: str, children: Iterable[Counted]) -> Sequence[str]:
    """The ids of the children behind a row."""
    return [child.id for child in children_in(row, form, level, children)]
