"""The ways into a roster: for those who keep it, and for those who answer for the children of a school.

Who runs a place keeps its roster: takes files in and undoes that. An installer is one of them and sees no child, so
`Keeper.sees_children` says whether names may be shown. Pupils by name see those who answer for a school (`LEADS`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from gameplan.cases.names import folded
from gameplan.cases.people import Person
from gameplan.districts.doors import Act, organisation_for, schools_below
from gameplan.people.doors import chain_of
from gameplan.people.models import Organisation
from gameplan.people.roles import LEADS
from gameplan.rosters.models import Line, Pupil, Roster, StaffMember, Take

MACHINE = ""
"""What stands for who did it where it was done on the machine itself."""


@dataclass(frozen=True)
class Keeper:
    """Who keeps the roster of a place. `by`: their account, or MACHINE; `sees_children`: whether they may see names."""

    place: Organisation
    by: str
    sees_children: bool


@dataclass(frozen=True)
class Reader:
    """Who may see pupils by name: those of `schools`, or of the whole place if `sees_all`."""

    place: Organisation
    person: Person
    sees_all: bool
    schools: Collection[UUID]


def keeper_for(person: Person, place_id: UUID) -> Keeper:
    """Who asks, as keeper of that place's roster.

    Raises Http404 for a stranger and for a place that has no roster of its own (a school in a district, a State), and
    PermissionDenied for who does not run the place.
    """
    here = organisation_for(person, place_id, to=Act.RUN)
    _must_have_roster(here.organisation)
    return Keeper(here.organisation, person.id, bool(here.roles & LEADS))


def keeper_on_machine(place: Organisation) -> Keeper:
    """Whoever works on the machine itself: no name of a child is shown. Raises Http404 for a place without a roster."""
    _must_have_roster(place)
    return Keeper(place, MACHINE, sees_children=False)


def has_roster(place: Organisation) -> bool:
    """True for a district, and for a school that lies in none."""
    in_district = place.parent is not None and place.parent.kind == Organisation.Kind.DISTRICT
    return place.kind == Organisation.Kind.DISTRICT or (place.kind == Organisation.Kind.SCHOOL and not in_district)


def reader_for(person: Person, place_id: UUID) -> Reader:
    """Who asks, as somebody who may see pupils of that place by name.

    Raises Http404 for a stranger, and PermissionDenied for who answers for none of its schools.
    """
    place = organisation_for(person, place_id).organisation
    _must_have_roster(place)
    led = {held.organisation for held in person.posts if held.role in LEADS}
    if led & {one.pk for one in chain_of(place)}:
        return Reader(place, person, True, ())
    schools = {school.pk for school in schools_below([place.pk]) if school.pk in led}
    if not schools:
        raise PermissionDenied("This person sees no pupils here.")
    return Reader(place, person, False, schools)


def ways_in(person: Person, place_id: UUID) -> frozenset[str]:
    """What a place's page may lead this person to: "files" for its keeper, "pupils" for who sees pupils by name."""
    found = set()
    for name, door in (("files", keeper_for), ("pupils", reader_for)):
        try:
            door(person, place_id)
        except (Http404, PermissionDenied):
            continue
        found.add(name)
    return frozenset(found)


def pupils_of(reader: Reader, *, words: str = "", school: UUID | None = None, gone: bool = False) -> QuerySet[Pupil]:
    """The pupils whom somebody may see, by name: those in whose name all the words stand, of one school if given."""
    found = Pupil.objects.filter(place=reader.place, active=not gone).select_related("school", "case")
    if not reader.sees_all:
        found = found.filter(school__in=list(reader.schools))
    if school is not None:
        found = found.filter(school=school)
    for word in folded(words).split():
        found = found.filter(sought__contains=word)
    return found.order_by("sought", "id")


def pupil_for(reader: Reader, pupil_id: UUID) -> Pupil:
    """One pupil whom somebody may see. Raises Http404."""
    found = (
        Pupil.objects.filter(place=reader.place, pk=pupil_id).select_related("school__parent__parent", "case").first()
    )
    if found is None or not (reader.sees_all or found.school_id in reader.schools):
        raise Http404("There is no such pupil.")
    return found


def staff_told(keeper: Keeper) -> QuerySet[StaffMember]:
    """The staff of the roster as it was told, by name."""
    return StaffMember.objects.filter(place=keeper.place, active=True).select_related("school")


def staff_member(keeper: Keeper, key: UUID) -> StaffMember:
    """One of the staff of the roster. Raises Http404."""
    found = staff_told(keeper).filter(pk=key).first()
    if found is None:
        raise Http404("There is nobody of that id.")
    return found


def takes_of(keeper: Keeper) -> QuerySet[Take]:
    """What was ever taken in, or tried to, the newest first."""
    return Take.objects.filter(place=keeper.place)


def take_of(keeper: Keeper, number: int) -> Take:
    """One taking-in. Raises Http404 if this roster has none of that number."""
    found = Take.objects.filter(place=keeper.place, pk=number).select_related("place").first()
    if found is None:
        raise Http404("There is no such take.")
    return found


def take_on_machine(number: int) -> Take:
    """Any taking-in, for who works on the machine itself. Raises Http404 if there is none of that number."""
    found = Take.objects.filter(pk=number).select_related("place").first()
    if found is None:
        raise Http404("There is no such take.")
    return found


def lines_of(take: Take, kind: str, *, after: int = 0) -> QuerySet[Line]:
    """What a take changes of pupils in that way, in its order, from after a line on."""
    return Line.objects.filter(take=take, what=Line.What.PUPIL, kind=kind, pk__gt=after).order_by("id")


def mapping_of(keeper: Keeper) -> dict[str, str]:
    """Which column of this place's own CSV file says what, as it was confirmed last."""
    found = Roster.objects.filter(place=keeper.place).first()
    return dict(found.mapping) if found else {}


def pupils_named(keys: Collection[str]) -> dict[str, Pupil]:
    """These pupils, by id: the candidates of an unclear line. For a keeper who sees children."""
    found = Pupil.objects.filter(pk__in=list(keys)).select_related("school")
    return {str(one.pk): one for one in found}


def last_day_taken(place: Organisation) -> date | None:
    """The day on which a file was taken in last, or None."""
    found = Take.objects.filter(place=place, state=Take.State.TAKEN).order_by("-taken_at").first()
    return found.taken_at.date() if found and found.taken_at else None


def _must_have_roster(place: Organisation) -> None:
    if not has_roster(place):
        raise Http404("This place has no roster of its own.")
