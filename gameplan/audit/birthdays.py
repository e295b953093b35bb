"""The ages at which some rule starts, as numbers in the compiled law (core.derived makes the same facts one by one)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from gameplan.audit.forms import Forms
from gameplan.audit.rows import derived_id
from gameplan.audit.shapes import ENDS, ENDS_FIXED, ENDS_FIXED_AFTER
from gameplan.core.entries import Law


class Filler(Protocol):
    """What fills the tables of the compiled law."""

    tables: Any
    forms: Forms

    def put_list(self, row: Any, name: str, numbers: Iterable[int]) -> None:
        """Writes a list of numbers and sets the row's place and length of that name."""


def fill_birthdays(filler: Filler, row: Any, law: Law) -> None:
    """Sets the birthdays of one law's row: months after birth, the id of the fact, its form."""
    ages = [(round(12 * age), derived_id(f"age:{age:g}"), _form(filler, f"{age:g}")) for age in law.ages]
    filler.put_list(row, "ages", (number for three in ages for number in three))
    majority, passes = law.facts.get("age_of_majority"), law.facts.get("rights_transfer")
    told = isinstance(majority, int) and passes is not False
    row["majority"] = 12 * majority if isinstance(majority, int) and told else -1
    row["majority_form"] = _form(filler, "majority", transfers=True if passes is True else "not-known")
    row["ends_form"] = _form(filler, "fape-end")
    filler.tables["year_form"] = filler.forms.code("school-year-started", {}, system=True)
    ends = law.facts.get("fape_ends")
    if isinstance(ends, Mapping) and law.facts.get("fape_confidence") != "low":
        _services_end(row, ends)


def _form(filler: Filler, age: str, **more: object) -> int:
    return filler.forms.code("age-reached", {"age": age, **more}, system=True)


def _services_end(row: Any, ends: Mapping[str, object]) -> None:
    """When the State's duty to a child ends by age: how that day is found, and its numbers."""
    age, when = ends.get("age"), ends.get("when")
    mark = ends.get("at") if when == "school-year" else ends.get("fixed")
    if not isinstance(age, int) or when not in ENDS:
        return
    how = ENDS.index(str(when))
    if how in (ENDS_FIXED, ENDS_FIXED_AFTER) and not isinstance(mark, str):
        return
    row["ends"], row["ends_age"] = how, 12 * age
    row["ends_month"], row["ends_dom"] = map(int, str(mark).split("-")) if mark else (0, 0)
