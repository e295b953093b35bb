"""The door for the program itself: many cases at once, as each side sees them, when nobody looks.

What is worked out beforehand (next dates, reminders) has to be right for each side, also at night. What comes out here
is no opened case: nothing can be written through it, and no page and no command hands it out. Each side's facts are
those that the side is shown (`seeing`), and say what happened and nothing besides: no name, no note, no paper. Nobody
has seen anything, so nothing is written into the record of access. What is worked out of it reaches a person only
where that person may open the case, by the role that they have there (`cases_of_people`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from gameplan.cases import rows, seeing
from gameplan.cases.models import Case, Entry, Member, Year
from gameplan.cases.today import today
from gameplan.core import facts
from gameplan.core.calendars import SchoolYear
from gameplan.people.doors import Held, within
from gameplan.people.roles import Side, side_of
from gameplan.people.school_years import own_or_inherited, years_at_each

View = tuple[UUID, Side]
"""A case and the side that sees it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands: its revision, and the child's school and district if a school holds it too."""

    revision: int
    school: UUID | None
    district: UUID | None


def schools_of(case_ids: Iterable[UUID]) -> QuerySet[Case, UUID]:
    """The ids of the schools that hold these cases now, to be asked for within another question."""
    held = Case.objects.filter(pk__in=list(case_ids), school__isnull=False).order_by()
    return held.values_list("school", flat=True)


def told_by_side(case_ids: Iterable[UUID]) -> dict[View, facts.Case]:
    """What each side sees of these cases, for working out only; the school's view where a school holds the case, too.

    Seven queries, however many cases. A case that is not there (any more) is left out.
    """
    children = _going_on().filter(pk__in=list(case_ids)).values_list("school_id", *rows.CHILD_COLUMNS)
    found = {key: (school, rows.nameless_child(tuple(child))) for school, key, *child in children}
    entries = Entry.objects.filter(case__in=list(found)).order_by("case_id", "position")
    shown = set(seeing.shared(entries).order_by().values_list("pk", flat=True))
    told: dict[UUID, list[tuple[bool, facts.Fact]]] = {}
    for key, entry, *row in entries.values_list("case_id", "pk", *rows.BARE_FACT_COLUMNS):
        told.setdefault(key, []).append((entry in shown, rows.bare_fact_of(tuple(row))))
    years = _years({key: school for key, (school, _child) in found.items()})
    views: dict[View, facts.Case] = {}
    for key, (school, child) in found.items():
        mine = told.get(key, ())
        views[key, Side.FAMILY] = facts.Case(child, years[key], tuple(fact for _shown, fact in mine))
        if school:
            theirs = tuple(fact for is_shown, fact in mine if is_shown)
            views[key, Side.SCHOOL] = facts.Case(child, years[key], theirs)
    return views


def _going_on() -> QuerySet[Case]:
    """All cases but those that went into another one: for whoever works out, these are not there any more."""
    return Case.objects.filter(merged_into__isnull=True)


def _years(cases: Mapping[UUID, UUID | None]) -> dict[UUID, tuple[SchoolYear, ...]]:
    """The school years of each case: its own, and those of its school, as `doors.calendars_of` gives them for one."""
    own: dict[UUID, tuple[SchoolYear, ...]] = {}
    for year in Year.objects.filter(case__in=list(cases)).order_by("case_id", "id"):
        own[year.case_id] = (*own.get(year.case_id, ()), rows.school_year_of(year))
    at_school = years_at_each(school for school in cases.values() if school)
    return {
        key: own_or_inherited(own.get(key, ()), at_school.get(school, ()) if school else ())
        for key, school in cases.items()
    }


def places_of(case_ids: Iterable[UUID], *, hold: bool = False) -> dict[UUID, Place]:
    """The places of these cases. With `hold` the rows are held until the end of the transaction, as a verb does."""
    found = _going_on().filter(pk__in=list(case_ids)).order_by("pk")
    if hold:
        found = found.select_for_update(no_key=True, of=("self",))
    return {key: Place(*place) for key, *place in found.values_list(*_PLACE)}


def every_place(at_once: int = 1000) -> Iterator[dict[UUID, Place]]:
    """The places of all cases, so many at once."""
    found = _going_on().order_by("pk").values_list(*_PLACE)
    block = list(found[:at_once])
    while block:
        yield {key: Place(*place) for key, *place in block}
        block = list(found.filter(pk__gt=block[-1][0])[:at_once])


def keys_within(
    organisations: Iterable[UUID], at_once: int = 500, *, after: UUID | None = None
) -> Iterator[list[UUID]]:
    """The ids of the cases that these organisations, or schools in them, hold, in order; so many at once.

    `after`: only those behind this id, to go on where somebody stopped.
    """
    held = _going_on().filter(within("school", organisations)).order_by("pk").values_list("pk", flat=True)
    if after is not None:
        held = held.filter(pk__gt=after)
    block = list(held[:at_once])
    while block:
        yield block
        block = list(held.filter(pk__gt=block[-1])[:at_once])


@dataclass(frozen=True, slots=True)
class InCase:
    """A case that somebody is one of the people of, today: their role and side there, and the child's name."""

    case: UUID
    role: str
    side: Side
    child: str


def cases_of_people(people: Mapping[str, Sequence[Held]]) -> dict[str, list[InCase]]:
    """The cases of each of these people, by their id, with the posts that they hold today. One query.

    As at the door: a role that has ended opens nothing, and the school's people need a post in the child's school,
    district or State. Cases that only a post opens are not among them.
    """
    open_now = Q(until__isnull=True) | Q(until__gte=today())
    going_on = Member.objects.filter(open_now, person__in=list(people), case__merged_into__isnull=True)
    rows = going_on.order_by("case__created_at", "case_id")
    found: dict[str, list[InCase]] = {}
    for person, case_id, role, child, *above in rows.values_list("person", "case_id", "role", "case__child_name", *_UP):
        side = side_of(role)
        works_there = any(held.organisation in above for held in people[person])
        if side is not Side.SCHOOL or works_there:
            found.setdefault(person, []).append(InCase(case_id, role, side, child))
    return found


_UP = ("case__school_id", "case__school__parent_id", "case__school__parent__parent_id")
_PLACE = ("pk", "revision", "school_id", "school__parent_id")
