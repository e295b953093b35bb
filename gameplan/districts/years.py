"""School years of an organisation: writing one, taking one back. The cases of its schools are worked out anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from gameplan.cases.reach import calendars_changed
from gameplan.cases.verbs import calendar_faults
from gameplan.core import calendars
from gameplan.core.faults import Fault
from gameplan.districts.doors import Place
from gameplan.people.doors import chain_of
from gameplan.people.models import Organisation, SchoolYear
from gameplan.people.refusals import Refused, refuse, unkeepable
from gameplan.people.school_years import columns_of, written_for, years_in
from gameplan.watch.doors import work_out_anew


@dataclass(frozen=True, slots=True)
class HeldYear:
    """A school year as it holds in an organisation: what was written here of it, and by whom it was begun.

    `year` is None where only additions are written and the year itself is not known.
    """

    name: str
    year: calendars.SchoolYear | None
    own: SchoolYear | None
    source: Organisation | None


def held_years(organisation: Organisation) -> list[HeldYear]:
    """Every school year that the organisation or one above it wrote, the newest first. One query."""
    chain = chain_of(organisation)
    written = written_for(organisation)
    known = {year.school_year: year for year in years_in([one.pk for one in chain], written)}
    by_place = {(row.school_year, row.organisation_id): row for row in written}
    names = sorted({row.school_year for row in written}, reverse=True)
    return [
        HeldYear(name, known.get(name), by_place.get((name, organisation.pk)), _source(name, chain, by_place))
        for name in names
    ]


def _source(
    name: str, chain: Iterable[Organisation], written: dict[tuple[str, UUID], SchoolYear]
) -> Organisation | None:
    """The nearest organisation that wrote the whole year."""
    for one in chain:
        row = written.get((name, one.pk))
        if row is not None and not row.adds:
            return one
    return None


def known_above(organisation: Organisation, school_year: str) -> calendars.SchoolYear | None:
    """The year of that name that holds in the organisation above, or None."""
    if organisation.parent is None:
        return None
    above = organisation.parent
    found = years_in([one.pk for one in chain_of(above)], written_for(above))
    return next((year for year in found if year.school_year == school_year), None)


@transaction.atomic
def save_year(place: Place, year: calendars.SchoolYear) -> SchoolYear:
    """The whole school year of this organisation, in place of one that was there and of those above.

    Raises Refused if the days do not fit together, PermissionDenied if this person does not run the place.
    """
    _must_run(place)
    named = replace(year, school_year=year.school_year.strip() or calendars.school_year_name(year.first_day))
    refuse([*calendar_faults(named), *unkeepable(columns_words(named), "calendar")])
    return _kept(place, named.school_year, {**columns_of(named), "adds": False})


@transaction.atomic
def add_days(
    place: Place, school_year: str, closed: tuple[calendars.Closure, ...], *, opened: tuple[date, ...] = ()
) -> SchoolYear:
    """What this organisation adds to the school year above: its own days off, and days of school in their place.

    Raises Refused if no year above is known or a break ends before it begins; PermissionDenied as `save_year`.
    """
    _must_run(place)
    above = known_above(place.organisation, school_year)
    if above is None:
        what = _("There is no school year above to add to.")
        raise Refused([Fault("school_year", what, _("Write the whole school year here."))])
    days = calendars.SchoolYear(school_year, above.first_day, above.last_day, closed, opened, frozenset())
    refuse([*calendar_faults(days), *unkeepable(columns_words(days), "calendar")])
    columns = {**columns_of(days), "first_day": None, "last_day": None, "adds": True}
    return _kept(place, school_year, columns)


@transaction.atomic
def remove_year(place: Place, school_year: str) -> None:
    """Take back what this organisation wrote of a school year; the one above holds again. Raises Http404 if nothing."""
    _must_run(place)
    deleted, _by_model = SchoolYear.objects.filter(organisation=place.organisation, school_year=school_year).delete()
    if not deleted:
        raise Http404("There is no such school year.")
    _work_out_anew(place.organisation)


def columns_words(year: calendars.SchoolYear) -> list[str]:
    """All words of a school year."""
    return [year.school_year, *(one.name for one in year.closed)]


def _kept(place: Place, school_year: str, columns: dict[str, object]) -> SchoolYear:
    here = SchoolYear.objects.filter(organisation=place.organisation, school_year=school_year)
    here.delete()
    kept = SchoolYear.objects.create(organisation=place.organisation, saved_by=place.person.id, **columns)
    _work_out_anew(place.organisation)
    return kept


def _work_out_anew(organisation: Organisation) -> None:
    """Each case of the schools here gets a new revision, and its stored dates are worked out at the next turn."""
    calendars_changed(organisation)
    work_out_anew([organisation.pk])


def _must_run(place: Place) -> None:
    if not place.runs:
        raise PermissionDenied("This person may not change this place.")
