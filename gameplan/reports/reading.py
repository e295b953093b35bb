"""From the cases of a place to what the counts know of each child, so many at a time, however many there are.

A case is read as the school sees it (`cases.machine`): what a family keeps for itself never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gameplan.cases.machine import Place, keys_within, places_of, told_by_side
from gameplan.core.days import add_months
from gameplan.people.doors import organisations_below
from gameplan.people.models import Organisation
from gameplan.people.roles import Side
from gameplan.planning.many import iep_lives
from gameplan.reports.codes_told import at_kindergarten, environment_of, learner_of, race_answers, sex_code
from gameplan.reports.counting.claims import AT_KINDERGARTEN
from gameplan.reports.counting.counted import Counted
from gameplan.reports.counting.reporting_year import ReportingYear
from gameplan.reports.counting.tally import Unit
from gameplan.reports.timeline_told import Told
from gameplan.rosters.models import Pupil
from gameplan.rosters.of_cases import pupils_of_cases

PRIVATE_PLACE = "PPPS"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: the day of the count, the school year around it, and how far is looked (never past today)."""

    on: date
    year: ReportingYear
    until: date

    @classmethod
    def around(cls, on: date, today: date) -> Asked:
        """The count of a day with its school year, as far as that is known today."""
        year = ReportingYear.around(on)
        return cls(on, year, min(year.last, today))


def counted_children(places: Iterable[UUID], asked: Asked, at_once: int = 500) -> Iterator[Counted]:
    """Every child whose case these organisations hold, one after the other; `at_once` of them are in memory."""
    below = organisations_below(places)
    known = with_districts(below)
    for keys in keys_within(below, at_once):
        yield from counted_cases(keys, known, asked)


def with_districts(below: Mapping[UUID, Organisation]) -> dict[UUID, Organisation]:
    """The same places, and the districts of those schools whose own is not among them: for its number."""
    above = (one.parent for one in below.values() if one.parent_id and one.parent_id not in below)
    return {**below, **{one.pk: one for one in above if one}}


def counted_cases(keys: Iterable[UUID], known: Mapping[UUID, Organisation], asked: Asked) -> Iterator[Counted]:
    """These children. `known`: the organisations of the place and their districts, by id, for their numbers."""
    views = told_by_side(keys)
    told = {key: case for (key, side), case in views.items() if side is Side.SCHOOL}
    lives, where, pupils = iep_lives(told), places_of(told), pupils_of_cases(told)
    for key, case in told.items():
        child = Told(case, lives.get(key), asked.until)
        yield counted_of(key, child, unit_of_case(where[key], known), pupils.get(key), asked)


def unit_of_case(place: Place, known: Mapping[UUID, Organisation]) -> Unit:
    """The numbers of the child's district and school, "" where they have none."""
    school, district = (known.get(key) if key else None for key in (place.school, place.district))
    if school is not None and school.kind != Organisation.Kind.SCHOOL:
        school, district = None, school
    return Unit(district.nces_id if district else "", school.nces_id if school else "")


def units_of(below: Mapping[UUID, Organisation], level: str) -> set[Unit]:
    """The units of a level that have to be in a file even where nobody is counted: those that are open."""
    known = with_districts(below)
    going = [one for one in below.values() if one.closed_on is None]
    if level == "SEA":
        return {Unit()}
    if level == "LEA":
        return {Unit(one.nces_id) for one in going if one.kind == Organisation.Kind.DISTRICT and one.nces_id}
    return {
        Unit(lea.nces_id, one.nces_id)
        for one in going
        if one.kind == Organisation.Kind.SCHOOL and (lea := known.get(one.parent_id or one.pk)) and one.nces_id
    }


def counted_of(key: UUID, told: Told, unit: Unit, pupil: Pupil | None, asked: Asked) -> Counted:
    """One child, from the case as the school sees it, the numbers of the places, and the roster."""
    born = told.case.child.born or (pupil.born if pupil else None)
    age = age_on(born, asked.on)
    kindergarten = at_kindergarten(pupil.grade) if pupil else None
    return Counted(
        str(key), unit.lea, unit.school, pupil.state_id if pupil else "", age, kindergarten,
        told.disability(asked.on),
        pupil.hispanic if pupil else None, race_answers(pupil) if pupil else (), sex_code(pupil.sex) if pupil else "",
        learner_of(pupil) if pupil else None, _environment(told, asked.on, age, kindergarten),
        told.had_plan(asked.on), told.agreed(asked.on), told.left(asked.year), told.removals(asked.year),
    )  # fmt: skip


def _environment(told: Told, on: date, age: int | None, kindergarten: bool | None) -> str:
    """Where the child is taught: in so many words of the timeline, else as the plan in force lets it be counted."""
    young = age is not None and (age < AT_KINDERGARTEN or (age == AT_KINDERGARTEN and kindergarten is False))
    said = told.environment(on, young=young)
    if said:
        return said
    if not young and told.is_private(on):
        return PRIVATE_PLACE
    plan = told.plan(on)
    return environment_of(plan, young=young) if plan else ""


def age_on(born: date | None, on: date) -> int | None:
    """Whole years on a day; None where the birthday is not known, or lies after it."""
    if born is None or born > on:
        return None
    years = on.year - born.year
    return years if add_months(born, 12 * years) <= on else years - 1
