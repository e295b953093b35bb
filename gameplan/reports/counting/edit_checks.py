"""What is wrong, or not known, of each child before a file goes out: who, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gameplan.core.words import Say
from gameplan.reports.counting.checks import CHECKS, Check
from gameplan.reports.counting.claims import COUNTS, LEAST_AGE, MOST_AGE, is_school_age, removals_counted
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.file_forms import FileForm, categories, file_form, file_names
from gameplan.reports.counting.tally import Row

LAST_DELAY_AGE = 9
TWICE: Final = "twice"
FIRST_COUNT_DAY, LAST_COUNT_DAY = (10, 1), (12, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that did not hold: of which child (the id of the case), and in which files it matters."""

    check: Check
    child: str
    files: tuple[str, ...]


EARLY_ONLY: Final = frozenset(categories()["environment-ec"].codes) - frozenset(categories()["environment"].codes)
SCHOOL_ONLY: Final = frozenset(categories()["environment"].codes) - frozenset(categories()["environment-ec"].codes)


def _age(child: Counted) -> Iterator[str]:
    if child.age is None:
        if child.served or child.exit or child.removals:
            yield "no-age"
    elif child.served and not LEAST_AGE <= child.age <= MOST_AGE:
        yield "too-old"
    elif child.served and is_school_age(child) is None:
        yield "no-kindergarten"


def _consent(child: Counted) -> Iterator[str]:
    if child.plan and not child.consent:
        yield "no-consent"


def _disability(child: Counted) -> Iterator[str]:
    if child.disability not in categories()["disability"].codes:
        yield "no-disability"
    elif child.disability == "DD" and child.age is not None and child.age > LAST_DELAY_AGE:
        yield "delay-too-old"
    if child.disability == "DD" and file_form("FS009").counts in _counted_as(child):
        yield "delay-at-exit"


def _demographics(child: Counted) -> Iterator[str]:
    if not child.race:
        yield "no-race"
    if child.sex not in categories()["sex"].codes:
        yield "no-sex"
    if child.english_learner is None:
        yield "no-english-learner"


def _environment(child: Counted) -> Iterator[str]:
    school_age = is_school_age(child)
    if not child.served or school_age is None:
        return
    if not child.environment:
        yield "no-environment"
    elif school_age and child.environment in EARLY_ONLY:
        yield "environment-of-young"
    elif not school_age and child.environment in SCHOOL_ONLY:
        yield "environment-of-school-age"


def _places(child: Counted) -> Iterator[str]:
    if not child.lea:
        yield "no-district-number"
    if not child.school:
        yield "no-school-number"


def _removals(child: Counted) -> Iterator[str]:
    if any(not one.with_plan for one in child.removals):
        yield "removal-without-plan"
    counted = removals_counted(child)
    if any(claim.get(name) == "" for name, claim in _lengths(child)):
        yield "removal-days-open"
    if any(one.kind == "interim-by-school" and not one.reason for one in counted):
        yield "removal-reason-open"
    if any(claim["services"] == "" for claim in COUNTS["expelled"](child)):
        yield "expelled-services-open"


def _lengths(child: Counted) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, kind in (("length-10", "children-suspended"), ("length-bands", "children-removed")):
        for claim in COUNTS[kind](child):
            yield name, claim


def _exit(child: Counted) -> Iterator[str]:
    if child.exit is None:
        return
    if child.exit.reason not in categories()["exit"].codes:
        yield "exit-reason-open"
    if child.exit.plan_after:
        yield "plan-after-exit"


_ANYBODY: Final[Sequence[Callable[[Counted], Iterator[str]]]] = (_age, _consent, _removals, _exit)
_COUNTED: Final[Sequence[Callable[[Counted], Iterator[str]]]] = (_disability, _demographics, _environment, _places)
_BY_KIND: Final[Mapping[str, str]] = {
    "no-environment": "school-age early-childhood", "environment-of-young": "school-age",
    "environment-of-school-age": "early-childhood", "delay-at-exit": "exits", "exit-reason-open": "exits",
    "plan-after-exit": "exits", "removal-reason-open": "unilateral-removals", "expelled-services-open": "expelled",
    "removal-days-open": "children-suspended children-removed",
}  # fmt: skip


def findings_of(child: Counted) -> Iterator[Finding]:
    """What is wrong or open of one child. Somebody who is in no file is asked only what could put them there."""
    kinds = _counted_as(child)
    checks = (*_ANYBODY, *(_COUNTED if kinds else ()))
    for check in checks:
        for name in check(child):
            yield Finding(CHECKS[name], child.id, _files(name, kinds))


def _counted_as(child: Counted) -> frozenset[str]:
    return frozenset(kind for kind, claims in COUNTS.items() if next(claims(child), None) is not None)


def _files(check: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """The files in which it matters: those in which the child is, as far as the check is about them; else all."""
    own = frozenset(_BY_KIND[check].split()) if check in _BY_KIND else kinds
    return tuple(name for name in file_names() if file_form(name).counts in own)


class Twins:
    """Finds children who come twice: two cases with one State number. Keeps the numbers, nothing else."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, child: Counted) -> Iterator[Finding]:
        """Take a child in: a finding for both, at the second."""
        kinds = _counted_as(child)
        if not child.student or not kinds:
            return
        other = self._first.setdefault(child.student, child.id)
        if other != child.id:
            for one in (other, child.id):
                yield Finding(CHECKS[TWICE], one, _files(TWICE, kinds))


def findings(children: Iterable[Counted]) -> Iterator[Finding]:
    """Everything that is wrong or open, child by child."""
    twins = Twins()
    for child in children:
        yield from findings_of(child)
        yield from twins.add(child)


def count_day_faults(on: date) -> tuple[Say, ...]:
    """What is wrong with a count date: it lies from October 1 to December 1 (34 CFR 300.641(a))."""
    if FIRST_COUNT_DAY <= (on.month, on.day) <= LAST_COUNT_DAY:
        return ()
    said = Say("The count date lies between October 1 and December 1, as the State chose. {day} does not.", {"day": on})
    return (said,)


@dataclass(frozen=True, slots=True)
class SetSum:
    """What one category set of a unit adds up to: all, and how many of them have a category that is not known."""

    unit: tuple[str, str]
    set: str
    amount: int
    missing: int
    total: int | None

    @property
    def holds(self) -> bool:
        """True if the set has everybody who is in the total."""
        return self.total is None or self.amount == self.total


def set_sums(form: FileForm, rows: Iterable[Row]) -> list[SetSum]:
    """For each unit and set of a file: the sum, how many of it are MISSING, and the total that it has to be.

    Where a file has no total, the subtotals stand for it: they count the same claims.
    """
    sums: dict[tuple[tuple[str, str], str], list[int]] = {}
    for row in rows:
        found = sums.setdefault((row.unit, row.set.id), [0, 0])
        found[0] += row.amount
        found[1] += 0 if row.is_complete else row.amount
    whole = form.total or next((one for one in form.sets if one.is_total), None)
    return [
        SetSum(unit, name, amount, missing, sums.get((unit, whole.id), [0, 0])[0] if whole else None)
        for (unit, name), (amount, missing) in sums.items()
    ]  # fmt: skip
