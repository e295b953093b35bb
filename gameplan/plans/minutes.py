"""Minutes a week of services, so that two plans can be laid side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say
from gameplan.plans.forms import Field
from gameplan.plans.names import row_name
from gameplan.plans.plan import Plan, Row

PER_WEEK: Final[Mapping[str, Fraction]] = {
    "day": Fraction(5), "week": Fraction(1), "month": Fraction(1, 4), "quarter": Fraction(1, 9),
    "year": Fraction(1, 36),
}  # fmt: skip
"""How often a week holds what is given once in each: 5 school days; 4, 9 and 36 school weeks."""
HOW_COUNTED: Final = Say(
    "To compare them, all times are turned into minutes a week: "
    "a day counts 5 times a week, a month as 4 weeks, a quarter as 9 weeks, and a school year as 36 weeks."
)
COLUMNS: Final = ("minutes", "times", "per")


@dataclass(frozen=True, slots=True)
class Kind:
    """The minutes a week of one kind of service: `name` is an option's label or own words."""

    name: Say | str
    minutes: Fraction


@dataclass(frozen=True, slots=True)
class Total:
    """The minutes a week of a list of services. `not_told` are the ids of rows whose minutes cannot be told."""

    field: str
    label: str
    minutes: Fraction
    kinds: tuple[Kind, ...]
    not_told: tuple[str, ...] = ()


def is_timed(field: Field) -> bool:
    """True if the rows of this field say minutes, times and in what time."""
    return all(field.column(name) for name in COLUMNS)


def minutes_a_week(row: Row) -> Fraction | None:
    """The minutes a week of a row of services; None where it does not say minutes, times and in what time.

    >>> minutes_a_week({"minutes": 30, "times": 2, "per": "month"})
    Fraction(15, 1)
    """
    minutes, times, per = (row.get(name) for name in COLUMNS)
    factor = PER_WEEK.get(str(per))
    if factor is None or not _is_number(minutes) or not _is_number(times):
        return None
    # Through the digits as they were typed: 7.5 is seven and a half, whatever a machine makes of it.
    return Fraction(str(minutes)) * Fraction(str(times)) * factor


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def total_of(field: Field, rows: Iterable[Row]) -> Total:
    """What the rows of one list come to, together and by kind of service."""
    kinds: dict[str, Kind] = {}
    not_told: list[str] = []
    for row in rows:
        found = minutes_a_week(row)
        if found is None:
            not_told.append(str(row["id"]))
            continue
        name = row_name(field, row)
        key = " ".join((name.text if isinstance(name, Say) else name).casefold().split())
        before = kinds.get(key, Kind(name, Fraction(0)))
        kinds[key] = Kind(before.name, before.minutes + found)
    whole = sum((one.minutes for one in kinds.values()), Fraction(0))
    return Total(field.id, field.label, whole, tuple(kinds.values()), tuple(not_told))


def totals(plan: Plan) -> tuple[Total, ...]:
    """The minutes a week of each list of services that has rows, in the order of the form."""
    return tuple(total_of(one, plan.rows(one.id)) for one in plan.form.fields() if is_timed(one) and plan.rows(one.id))


def number_text(minutes: Fraction) -> str:
    """A number of minutes for a reader: whole, or with at most one digit behind the point.

    >>> number_text(Fraction(15, 2)), number_text(Fraction(60))
    ('7.5', '60')
    """
    return str(minutes.numerator) if minutes.denominator == 1 else f"{float(minutes):.1f}".removesuffix(".0")


def as_number(minutes: Fraction) -> int | float:
    """The same as a number of JSON: whole, or with at most two digits behind the point."""
    return minutes.numerator if minutes.denominator == 1 else round(float(minutes), 2)
