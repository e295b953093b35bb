"""Which of our schools a school of the file is: as it was linked before, by its national number, or by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults
from gameplan.cases.names import folded
from gameplan.core.faults import Fault
from gameplan.districts.doors import schools_below
from gameplan.people.models import Organisation
from gameplan.rosters.models import Line, SchoolLink, Take
from gameplan.rosters.told import Told, ToldSchool

LONGEST_NAME = 200


@dataclass
class Schools:
    """The schools of a file: our id of each by the source's, and the lines of those that are linked or made anew."""

    ids: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def find_schools(take: Take, told: Told, faults: Faults) -> Schools:
    """Our school for each one of the file. One that is not known here will be made; what cannot be is noted."""
    linked = SchoolLink.objects.filter(place=take.place, source=told.source)
    found = Schools({key: str(school) for key, school in linked.values_list("sourced_id", "school")})
    ours = list(schools_below([take.place_id]))
    for school in told.schools:
        if school.sourced_id in found.ids:
            continue
        there = _ours(school, ours)
        if len(there) == 1:
            _link(take, found, school, there[0])
        elif there:
            what = _("Several schools here have this name.")
            faults.note(Fault(school.place, what, _("Give them their national numbers (NCES), here and in the file.")))
        elif not school.name or len(school.name) > LONGEST_NAME or take.place.kind == Organisation.Kind.SCHOOL:
            what = _("This school is not known here, and the file does not say enough to make it.")
            faults.note(Fault(school.place, what, _("Add it to the places here, with its number, or to the file.")))
        else:
            found.ids[school.sourced_id] = _make(take, found, school)
    return found


def _ours(school: ToldSchool, ours: list[Organisation]) -> list[Organisation]:
    numbers = {one for one in (school.nces_id, school.sourced_id) if one}
    by_number = [one for one in ours if one.nces_id and one.nces_id in numbers]
    by_key = [one for one in ours if str(one.pk) == school.sourced_id]
    return by_number or by_key or [one for one in ours if school.name and folded(one.name) == folded(school.name)]


def _link(take: Take, found: Schools, school: ToldSchool, ours: Organisation) -> None:
    found.ids[school.sourced_id] = str(ours.pk)
    about = {"name": ours.name, "sourced_id": school.sourced_id}
    found.lines.append(_line(take, Line.Kind.CHANGED, str(ours.pk), school, about))


def _make(take: Take, found: Schools, school: ToldSchool) -> str:
    """The id that a school which is not there yet will have; the same for two that the file calls the same."""
    made: Mapping[str, str] = {
        folded(line.after["name"]): str(line.key) for line in found.lines if line.kind == Line.Kind.ADDED and line.after
    }
    key = made.get(folded(school.name))
    number = (
        school.nces_id if school.nces_id.isalnum() and school.nces_id.isascii() and len(school.nces_id) <= 20 else ""
    )
    about = {"name": school.name.strip(), "sourced_id": school.sourced_id, "nces_id": number}
    kind = Line.Kind.CHANGED if key else Line.Kind.ADDED
    key = key or str(uuid4())
    found.lines.append(_line(take, kind, key, school, about))
    return key


def _line(take: Take, kind: Line.Kind, key: str, school: ToldSchool, after: dict[str, str]) -> Line:
    return Line(
        take=take, what=Line.What.SCHOOL, kind=kind, key=key, sourced_id=school.sourced_id,
        place_in_file=school.place, after=after,
    )  # fmt: skip
