"""A made-up State with many children in a database: accounts, schools, posts, cases, facts, what is shown, the trail.

    python -m scripts.bench_hands_data CHILDREN

fills the database of the environment (GAMEPLAN_DATA, DATABASE_URL), which is made if it is not there, and writes what
is in it as JSON. Every case is one of some hundred made-up lives, so that many rows are made in little time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

import django
from django.core.management import call_command

from scripts.bench_hands_dates import work_out_all
from scripts.bench_hands_lives import STATE, Life, lives

if TYPE_CHECKING:
    from gameplan.cases.models import Access

AT_ONCE: Final = 250
"""Children of a school, and how many are written at once."""
CASELOAD: Final = 25
SCHOOLS: Final = 20
"""Schools of a district."""
KEPT_BACK: Final = 0.1
"""Share of the family's facts that the school does not see."""
SINCE: Final = date(2024, 8, 1)
MOMENT: Final = datetime(2026, 11, 26, 20, tzinfo=UTC)


@dataclass
class School:
    """One school as it is filled: its id, and the people who lead the cases of its children."""

    key: UUID
    managers: list[UUID]


def fill(children: int) -> dict[str, int]:
    """Fill an empty database with so many children; how many rows of each kind there are."""
    from django.db import connection, transaction

    from gameplan.cases.models import Access, Case, Entry, Shown
    from gameplan.people.models import User
    from gameplan.watch.models import Due

    rng, made = Random(children), lives()  # noqa: S311 - the same rows each time
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # nobody's data: a crash means filling it once more
    if len({life.digest for life in made}) < len(made):
        raise ValueError("Two made-up lives have the same facts: their dates would be taken for the same.")
    schools = _schools(-(-children // AT_ONCE), rng)
    for number, school in enumerate(schools):
        with transaction.atomic():
            _fill_school(school, min(AT_ONCE, children - number * AT_ONCE), made, rng)
    work_out_all()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    models = {"stored dates": Due, "children": Case, "facts": Entry, "shown": Shown, "trail": Access, "people": User}
    return {name: model.objects.count() for name, model in models.items()}  # type: ignore[attr-defined]


def _schools(number: int, rng: Random) -> Iterator[School]:
    """Schools with their people, each in a district of the State; a district has a director."""
    from gameplan.people.models import Organisation, Post

    state = Organisation.objects.create(kind="state", name="Sample State", state=STATE)
    district = state
    for place in range(number):
        if place % SCHOOLS == 0:
            name = f"Sample District {place // SCHOOLS + 1}"
            district = Organisation.objects.create(kind="district", name=name, state=STATE, parent=state)
            (director,) = _people(f"director{place}", 1, rng)
            Post.objects.create(user_id=director, organisation=district, role="district-director", since=SINCE)
        school = Organisation.objects.create(kind="school", name=f"School {place + 1}", state=STATE, parent=district)
        managers = _people(f"manager{place}-", AT_ONCE // CASELOAD, rng)
        Post.objects.bulk_create(
            Post(user_id=one, organisation=school, role="iep-manager", since=SINCE) for one in managers
        )
        yield School(school.pk, managers)


def _people(name: str, number: int, rng: Random) -> list[UUID]:
    """So many accounts, which nobody can enter by a password."""
    from gameplan.people.models import User

    users = [
        User(id=_key(rng), email=f"{name}{one}@example.org", name=f"{name}{one}", password="!")  # noqa: S106
        for one in range(number)
    ]
    return [one.pk for one in User.objects.bulk_create(users)]


def _fill_school(school: School, children: int, made: Sequence[Life], rng: Random) -> None:
    """The children of one school, each with a parent, somebody who leads the case, and a life."""
    from gameplan.cases.models import Access, Case, Entry, Member, Shown, Year

    parents = _people(f"parent-{school.key.hex[:12]}-", children, rng)
    chosen = [rng.choice(made) for _child in parents]
    cases, trail = [], []
    for number, life in enumerate(chosen):
        case = Case(
            id=_key(rng), child_name=f"Child {number + 1}", child_born=life.born, child_state=STATE,
            child_school=f"School {school.key.hex[:6]}", school_id=school.key, created_at=MOMENT,
        )  # fmt: skip
        rows = _trail(case.pk, str(parents[number]), str(_manager(school, number)), life)
        case.trail_count, case.trail_head, case.revision = len(rows), rows[-1].hash, 1
        cases.append(case)
        trail += rows
    Case.objects.bulk_create(cases)
    Access.objects.bulk_create(trail, batch_size=2_000)
    people = (
        (case, str(person), role)
        for number, case in enumerate(cases)
        for person, role in ((parents[number], "parent"), (_manager(school, number), "iep-manager"))
    )
    Member.objects.bulk_create(Member(case=case, person=person, role=role) for case, person, role in people)
    Year.objects.bulk_create(
        Year(case=case, source="bench", **year) for case, life in zip(cases, chosen, strict=True) for year in life.years
    )
    entries = Entry.objects.bulk_create(
        (
            Entry(case=case, side="family" if fact["said_by"] == "parent" else "school", **fact)
            for case, life in zip(cases, chosen, strict=True)
            for fact in life.facts
        ),
        batch_size=2_000,
    )
    ours = (one for one in entries if one.side == "family" and rng.random() > KEPT_BACK)
    Shown.objects.bulk_create(
        (Shown(entry=one, is_shown=True, person=one.entered_by) for one in ours), batch_size=2_000
    )


def _manager(school: School, number: int) -> UUID:
    return school.managers[number % len(school.managers)]


def _trail(case_id: UUID, parent: str, manager: str, life: Life) -> list[Access]:
    """The trail of a case: taken in by the family, and read once by the school."""
    from gameplan.cases.models import Access
    from gameplan.cases.trail import linked

    rows: list[Access] = []
    before = ""
    told = (
        (parent, "parent", "import-case", f"facts:1-{len(life.facts)}", life.digest),
        (manager, "iep-manager", "read", "", ""),
    )
    for number, (person, role, action, about, digest) in enumerate(told, start=1):
        row = linked(
            Access(
                case_id=case_id, number=number, person=person, role=role, action=action, about=about, digest=digest,
                at=MOMENT, before=before,
            )
        )  # fmt: skip
        before = row.hash
        rows.append(row)
    return rows


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def main(children: int) -> None:
    """Make the database, fill it, and say how much is in it."""
    from gameplan.config.serve import prepare

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    sys.stdout.write(json.dumps(fill(children)) + "\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(int(sys.argv[1]))
