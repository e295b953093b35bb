"""School years of organisations: how a year lies in a row, and which year holds at a school.

A school has its own year, or the one of its district, or of its State. A year that only adds comes on top of the year
above it. Where two say something different of a day, the nearer one is right. What nobody wrote is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from gameplan.core import calendars
from gameplan.core.calendars import Closure, days_between
from gameplan.people.doors import chain_of
from gameplan.people.models import Organisation, SchoolYear


class YearRow(Protocol):
    """A whole school year in a row: of a case, or of an organisation."""

    school_year: str
    first_day: Any
    last_day: Any
    closed: Any
    open: Any
    weekdays: Any


def year_in(row: YearRow) -> calendars.SchoolYear:
    """The school year in a row that says the whole year."""
    return calendars.SchoolYear(
        row.school_year, row.first_day, row.last_day, _closed(row), _open(row), frozenset(row.weekdays)
    )


def columns_of(year: calendars.SchoolYear) -> dict[str, Any]:
    """The school year as columns of a row."""
    return {
        "school_year": year.school_year,
        "first_day": year.first_day,
        "last_day": year.last_day,
        "closed": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "name": one.name} for one in year.closed
        ],
        "open": [day.isoformat() for day in year.open],
        "weekdays": sorted(year.weekdays),
    }


def added(above: calendars.SchoolYear, own: YearRow) -> calendars.SchoolYear:
    """The year above with what an organisation adds to it. Its own word on a day wins.

    Days off come on top; a day of school above that is off here is off. What is empty here is as it is above.
    """
    closed = _closed(own)
    off = {day for one in closed for day in days_between(one.first, one.last)}
    return calendars.SchoolYear(
        above.school_year,
        own.first_day or above.first_day,
        own.last_day or above.last_day,
        tuple(sorted((*above.closed, *closed), key=lambda one: (one.first, one.last, one.name))),
        tuple(sorted({day for day in above.open if day not in off} | set(_open(own)))),
        frozenset(own.weekdays) or above.weekdays,
    )


def resolved(written: Sequence[SchoolYear]) -> calendars.SchoolYear | None:
    """The year that holds, from what the organisations of a chain wrote for one school year, the farthest first.

    None where only additions are written: what they add to is not known, and nothing is guessed.
    """
    year: calendars.SchoolYear | None = None
    for row in written:
        if not row.adds:
            year = year_in(row)
        elif year is not None:
            year = added(year, row)
    return year


def calendar_of(organisation: Organisation, school_year: str) -> calendars.SchoolYear | None:
    """The school year of that name that holds in an organisation, inherited or its own; None if it is not known."""
    return next((year for year in years_of(organisation) if year.school_year == school_year), None)


def years_of(organisation: Organisation) -> tuple[calendars.SchoolYear, ...]:
    """All school years that hold in an organisation, by their names."""
    return years_in([one.pk for one in chain_of(organisation)], written_for(organisation))


def written_for(organisation: Organisation) -> list[SchoolYear]:
    """What this organisation and those above it wrote. One query, if they are loaded."""
    return list(SchoolYear.objects.filter(organisation__in=[one.pk for one in chain_of(organisation)]))


def years_in(chain: Sequence[UUID], written: Iterable[SchoolYear]) -> tuple[calendars.SchoolYear, ...]:
    """The years that hold at the first of a chain of organisations, from what any of them wrote. No query."""
    far_first = {key: place for place, key in enumerate(reversed(chain))}
    named: dict[str, list[SchoolYear]] = {}
    for row in sorted(written, key=lambda row: (row.school_year, far_first[row.organisation_id])):
        named.setdefault(row.school_year, []).append(row)
    found = (resolved(rows) for rows in named.values())
    return tuple(year for year in found if year is not None)


def own_or_inherited(
    own: tuple[calendars.SchoolYear, ...], inherited: tuple[calendars.SchoolYear, ...]
) -> tuple[calendars.SchoolYear, ...]:
    """A case's own school years, and those of its school for the years of which it has none of its own."""
    named = {year.school_year for year in own}
    return (*own, *(year for year in inherited if year.school_year not in named))


_FAR_FIRST = {Organisation.Kind.STATE: 0, Organisation.Kind.DISTRICT: 1, Organisation.Kind.SCHOOL: 2}


def years_at(school: UUID) -> tuple[calendars.SchoolYear, ...]:
    """The years that hold at a school, by its id alone. One query."""
    here = Organisation.objects.filter(pk=school)
    chain = (
        Q(organisation=school)
        | Q(organisation__in=here.values("parent"))
        | Q(organisation__in=here.values("parent__parent"))
    )
    written = list(SchoolYear.objects.filter(chain).select_related("organisation"))
    near_first = sorted({row.organisation for row in written}, key=_nearness)
    return years_in([one.pk for one in near_first], written)


def years_at_each(schools: Iterable[UUID]) -> Mapping[UUID, tuple[calendars.SchoolYear, ...]]:
    """The years that hold at each of these schools. Two queries, however many there are."""
    found = Organisation.objects.filter(pk__in=set(schools)).values_list("pk", "parent_id", "parent__parent_id")
    chains = {chain[0]: [key for key in chain if key] for chain in found}
    written: dict[UUID, list[SchoolYear]] = {}
    for row in SchoolYear.objects.filter(organisation__in={key for chain in chains.values() for key in chain}):
        written.setdefault(row.organisation_id, []).append(row)
    return {
        school: years_in(chain, (row for key in chain for row in written.get(key, ())))
        for school, chain in chains.items()
    }


def _nearness(organisation: Organisation) -> int:
    return -_FAR_FIRST[Organisation.Kind(organisation.kind)]


def _closed(row: YearRow) -> tuple[Closure, ...]:
    return tuple(
        Closure(date.fromisoformat(one["from"]), date.fromisoformat(one["to"]), one["name"]) for one in row.closed
    )


def _open(row: YearRow) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, row.open))
