"""A made-up district to look at: two schools, their people, and children with real-looking timelines up to today.

Needs what the audit needs: the children come from the made-up nation of `audit.synth`. Everything is made up.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import pyarrow.parquet as pq
from django.db import transaction

from gameplan.audit.finding import find_case
from gameplan.audit.layout import Folder
from gameplan.audit.synth.nation import make_nation
from gameplan.cases import verbs
from gameplan.cases.assigning import assign
from gameplan.cases.doors import case_for
from gameplan.cases.models import Case
from gameplan.cases.people import Person, person_of_user
from gameplan.cases.sample import school_years
from gameplan.core.calendars import Closure, school_year_name
from gameplan.core.facts import Case as Told
from gameplan.core.facts import Child, Fact
from gameplan.core.faults import Fault
from gameplan.districts.doors import organisation_for
from gameplan.districts.places import add_place
from gameplan.districts.years import add_days, save_year
from gameplan.law import vocabulary
from gameplan.people.accounts import make_account
from gameplan.people.models import Organisation, User
from gameplan.people.refusals import Refused
from gameplan.people.roles import Action
from gameplan.people.verbs import give_post

STATE, SEED = "TX", 7
MADE_FOR_ONE = 40
"""So many children of the made-up nation are made for one that is wanted: few live in this State and read well."""
FEWEST = 400
DISTRICT, SCHOOLS = "Sample Pecan Valley", ("Sample Oak School", "Sample Elm School")
MAIL = "gameplan.example"
STAFF = (
    ("Dora Fields", "district-director", None),
    ("Ivo Stone", "installer", None),
    ("Maya Reed", "iep-manager", 0),
    ("Sam Ortiz", "iep-manager", 0),
    ("Wes Young", "iep-manager", 1),
    ("Tess Hall", "special-teacher", 0),
)
FIRST = (
    "Ana", "Ben", "Camila", "Diego", "Ella", "Finn", "Grace", "Hugo", "Iris", "Joel", "Kai", "Lucía", "Mateo", "Nia",
    "Omar", "Pilar", "Quinn", "Rosa", "Sofía", "Theo",
)  # fmt: skip
LAST = ("López", "Smith", "Nguyen", "Okafor", "García", "Miller", "Chen", "Brown", "Núñez", "Walker", "Patel")
YEARS_BACK = 5


@dataclass(frozen=True)
class Sample:
    """What was made: the district, its staff by name, and the cases."""

    district: Organisation
    staff: Sequence[User]
    cases: Sequence[Case]


def make_school(on: date, password: str, children: int = 40) -> Sample:
    """The made-up district with so many children, as things stand on that day. All accounts have that password.

    Raises Refused if it is there already.
    """
    if Organisation.objects.filter(name=DISTRICT).exists():
        what = f"{DISTRICT} is there already."
        raise Refused([Fault("district", what, "Use another folder, or look at the one that is there.")])
    timelines = _timelines(on, children)
    with transaction.atomic():
        district, schools = _places()
        staff = _staff(district, schools, on, password)
        _calendars(staff[0], district, schools[1], on)
    cases = [
        _case(number, told, school, staff, on) for number, (told, school) in enumerate(zip(timelines, cycle(schools)))
    ]
    return Sample(district, staff, cases)


def _places() -> tuple[Organisation, list[Organisation]]:
    district = add_place("district", DISTRICT, state=STATE)
    return district, [add_place("school", name, parent=district) for name in SCHOOLS]


def _staff(district: Organisation, schools: Sequence[Organisation], on: date, password: str) -> list[User]:
    found = []
    for name, role, place in STAFF:
        user = make_account(f"{name.split()[0].lower()}@{MAIL}", name=name, password=password)
        give_post(user, district if place is None else schools[place], role, since=on - timedelta(days=400))
        found.append(user)
    return found


def _calendars(director: User, district: Organisation, school: Organisation, on: date) -> None:
    person = person_of_user(director)
    for year in school_years(on, YEARS_BACK):
        save_year(organisation_for(person, district.pk), year)
    snow = on - timedelta(days=21)
    snow -= timedelta(days=max(0, snow.weekday() - 4))
    off = Closure(snow, snow, "Burst water pipe")
    add_days(organisation_for(person, school.pk), school_year_name(snow), (off,))


def _timelines(on: date, children: int) -> list[Told]:
    """So many timelines of one State that tell of something lately, and in which nothing was put right."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "nation"
        make_nation(folder, children=max(FEWEST, children * MADE_FOR_ONE), seed=SEED, until=on)
        listed = pq.read_table(Folder(folder).children(0), columns=["case", "state"]).to_pylist()
        found: list[Told] = []
        for number in (row["case"] for row in listed if row["state"] == STATE):
            told = find_case(folder, number)
            if _is_fit(told, on):
                found.append(told)
            if len(found) == children:
                break
    return found


def _is_fit(told: Told, on: date) -> bool:
    """True for a timeline that reads well: told straight on, and not over long ago."""
    plain = not any(fact.corrects or fact.account_of or fact.withdrawn for fact in told.facts)
    lately = any(on - timedelta(days=300) <= fact.on <= on for fact in told.facts)
    return plain and lately and told.child.born is not None and len(told.facts) >= 4


@transaction.atomic
def _case(number: int, told: Told, school: Organisation, staff: Sequence[User], on: date) -> Case:
    """One child: begun by the family, held by the school too, with the timeline, and given to a manager."""
    family = make_account(f"family{number + 1}@{MAIL}", name=f"Family {number + 1}")
    parent = Person(str(family.pk), "parent")
    name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
    child = Child(name, told.child.born, STATE, school=school.name, district=DISTRICT)
    case = verbs.start_case(parent, child=child, is_sample=True)
    case.school = school
    case.save(update_fields=["school"])
    mine = case_for(person_of_user(staff[0]), case.pk, to=Action.PEOPLE)
    _tell(case, mine.reader, parent, told.facts)
    manager = next(_managers(number, school, staff), None)
    if manager:
        assign(mine, manager, "iep-manager", by=mine.reader)
    if number % 5 == 0:
        _plan_meeting(mine, on + timedelta(days=4 + number % 25))
    return mine


def _managers(number: int, school: Organisation, staff: Sequence[User]) -> Iterator[User]:
    """The manager of a child; every ninth child has none yet."""
    here = [user for user, (_name, role, place) in zip(staff, STAFF, strict=True)
            if role == "iep-manager" and place is not None and SCHOOLS[place] == school.name]  # fmt: skip
    if number % 9:
        yield here[number // 2 % len(here)]


def _tell(case: Case, school: Person, family: Person, told: Sequence[Fact]) -> None:
    """Each fact as its side tells it. A fact that names another one finds it under its new id."""
    new: dict[str, str] = {}
    for fact in told:
        by = school if fact.said_by == "school" else family
        case.reader = by
        entry = verbs.record_fact(
            case, by=by, kind=fact.kind, on=fact.on, said_by=fact.said_by, data=_data(fact, new), planned=fact.planned
        )
        new[fact.id] = entry.fact_id


def _data(fact: Fact, new: Mapping[str, str]) -> dict[str, object]:
    refs = {field.name for field in vocabulary().kinds[fact.kind].fields if field.type == "ref"}
    return {name: new.get(str(value), value) if name in refs else value for name, value in fact.data.items()}


def _plan_meeting(case: Case, day: date) -> None:
    day -= timedelta(days=max(0, day.weekday() - 4))
    data = {"date": day, "kind": "annual-review", "present": ("parent", "teacher"), "parent_took_part": True}
    verbs.record_fact(
        case, by=case.reader, kind="meeting-held", on=day, said_by="school", data=data, planned=True
    )  # fmt: skip
