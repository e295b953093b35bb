"""What a child is counted as, in each file: once, several times, or not at all; with a code for each category.

A code that is not known is empty. Whether a file takes a code is for the file to say (`file_forms.FileForm.code`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gameplan.reports.counting.counted import Counted, Removal

Claim = Mapping[str, str]
LEAST_AGE, MOST_AGE, LEAST_EXIT_AGE = 3, 21, 14
AT_KINDERGARTEN = 5
TEN, ONE = 10, 1
BY_METHOD: Final = {"in-school": "INSCHOOL", "out-of-school": "OUTOFSCHOOL", "expulsion": "OUTOFSCHOOL"}
BY_MOVER: Final = {"interim-by-school": "REMDW", "interim-by-hearing": "REMHO"}


def is_school_age(child: Counted) -> bool | None:
    """True from 5 in kindergarten to 21, False below; None where age or kindergarten are not known, or too old."""
    if child.age is None or not LEAST_AGE <= child.age <= MOST_AGE:
        return None
    return child.kindergarten if child.age == AT_KINDERGARTEN else child.age > AT_KINDERGARTEN


def age_code(child: Counted) -> str:
    """The age as FS002 and FS089 write it."""
    if child.age != AT_KINDERGARTEN:
        return "" if child.age is None else str(child.age)
    return {True: "AGE05K", False: "AGE05NOTK", None: ""}[child.kindergarten]


def _who(child: Counted) -> dict[str, str]:
    learner = {True: "LEP", False: "NLEP", None: ""}[child.english_learner]
    return {"disability": child.disability, "race": child.race, "sex": child.sex, "el": learner}


def _school_age(child: Counted) -> Iterator[Claim]:
    if child.served and is_school_age(child):
        yield {**_who(child), "age": age_code(child), "environment": child.environment}


def _early_childhood(child: Counted) -> Iterator[Claim]:
    if child.served and is_school_age(child) is False:
        yield {**_who(child), "age": age_code(child), "environment-ec": child.environment}


def _exits(child: Counted) -> Iterator[Claim]:
    if child.exit and child.age is not None and LEAST_EXIT_AGE <= child.age <= MOST_AGE:
        yield {**_who(child), "age": str(child.age), "exit": child.exit.reason}


@dataclass(frozen=True, slots=True)
class Days:
    """Days of several removals together, at least and at most."""

    least: float
    most: float

    def band(self, *borders: tuple[float, str], above: str) -> str:
        """The code of the band; empty where least and most lie in different ones."""
        low, high = (_band(days, borders, above) for days in (self.least, self.most))
        return low if low == high else ""


def _band(days: float, borders: tuple[tuple[float, str], ...], above: str) -> str:
    return next((code for most, code in borders if days <= most), above)


def days_of(removals: tuple[Removal, ...]) -> Days:
    """The days of these removals together."""
    return Days(sum(one.least for one in removals), sum(one.most for one in removals))


def removals_counted(child: Counted) -> tuple[Removal, ...]:
    """The removals that count: of a child of 3 to 21, while an IEP was in force."""
    if child.age is None or not LEAST_AGE <= child.age <= MOST_AGE:
        return ()
    return tuple(one for one in child.removals if one.with_plan)


def _children_moved(child: Counted) -> Iterator[Claim]:
    for mover in sorted({BY_MOVER[one.kind] for one in removals_counted(child) if one.kind in BY_MOVER}):
        yield {**_who(child), "removal-type": mover}


def _children_suspended(child: Counted) -> Iterator[Claim]:
    by_method: dict[str, tuple[Removal, ...]] = {}
    for one in removals_counted(child):
        if one.kind in BY_METHOD:
            method = BY_METHOD[one.kind]
            by_method[method] = (*by_method.get(method, ()), one)
    for method, some in sorted(by_method.items()):
        length = days_of(some).band((TEN, "LTOREQ10"), above="GREATER10")
        yield {**_who(child), "method": method, "length-10": length}


def _unilateral_removals(child: Counted) -> Iterator[Claim]:
    for one in removals_counted(child):
        if one.kind == "interim-by-school":
            yield {**_who(child), "removal-reason": one.reason}


def _children_removed(child: Counted) -> Iterator[Claim]:
    some = removals_counted(child)
    if some:
        # Between one day and two a child has more than one day: that is the second band.
        length = days_of(some).band((ONE, "LTOREQ1"), (TEN, "2TO10"), above="GREATER10")
        yield {**_who(child), "length-bands": length}


def _removals(child: Counted) -> Iterator[Claim]:
    for _one in removals_counted(child):
        yield _who(child)


def _expelled(child: Counted) -> Iterator[Claim]:
    expelled = [one for one in removals_counted(child) if one.kind == "expulsion"]
    if expelled:
        told = {one.services for one in expelled}
        services = told.pop() if len(told) == 1 else None
        yield {"status": "WDIS", "services": {True: "SERVPROV", False: "SERVNOTPROV", None: ""}[services]}


COUNTS: Final[Mapping[str, Callable[[Counted], Iterator[Claim]]]] = {
    "school-age": _school_age,
    "early-childhood": _early_childhood,
    "exits": _exits,
    "children-moved": _children_moved,
    "children-suspended": _children_suspended,
    "unilateral-removals": _unilateral_removals,
    "children-removed": _children_removed,
    "removals": _removals,
    "expelled": _expelled,
}
"""What a file may count, by name."""
