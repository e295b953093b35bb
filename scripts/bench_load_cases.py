"""Who comes to `make bench ARGS=load`, and what they find: posts, plans in force with services, plans to write in.

    python -m scripts.bench_load_cases SEED PEOPLE

Around each manager stand a teacher and two families: all of them work in the cases of the same children, at once.
Everything is made through the verbs, in a database of `bench_hands_data` that the environment leads to (GAMEPLAN_DATA,
DATABASE_URL). Who comes is written as one line of JSON, see `Guest`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import django

from scripts.bench_hands_server import children_of, chosen, signed_in
from scripts.bench_load_people import Guest, Planned
from scripts.bench_plan_sample import sample_plan

if TYPE_CHECKING:
    from gameplan.cases.models import Case
    from gameplan.planning.models import Written

SHARES: Final = {"iep-manager": 0.25, "special-teacher": 0.22, "district-director": 0.03}
"""Of the people; the others are parents, two for each manager."""
PLANNED: Final = 2
"""Children of each manager who have a plan: their parents come, too."""
GOALS, SERVICES, LONGEST = 4, 6, 120
AGO: Final = timedelta(days=70)
"""So long ago the plans were proposed and agreed to; their services begin a week later."""
SERVICE: Final = "iep:special-education/s0"
SCOPES: Final = ("cases:read", "facts:write", "papers:write", "progress:write")


def guests(number: int, seed: int, today: date) -> Iterator[Guest]:
    """So many people who are signed in, each with a token and their children; the plans are made now."""
    rng = Random(seed)  # noqa: S311 - chosen, not secret
    many = {role: max(1, round(number * share)) for role, share in SHARES.items()}
    managers = chosen("iep-manager", many["iep-manager"], rng)
    families = number - sum(many.values())
    for place, manager in enumerate(managers):
        mine = children_of(manager, rng)
        planned = tuple(_planned(UUID(key), manager, today, f"l{place}") for key in mine[:PLANNED])
        yield _guest("iep-manager", manager, mine, planned)
        if place < many["special-teacher"]:
            yield _guest("special-teacher", _teacher(place, mine, today), mine, planned)
        for one in planned[:families]:
            families -= 1
            yield _guest("parent", _parent(UUID(one.case)), [one.case], (one,))
    for director in chosen("district-director", many["district-director"], rng):
        yield _guest("district-director", director, children_of(director, rng), ())
    for parent in chosen("parent", families, rng):
        yield _guest("parent", parent, children_of(parent, rng), ())


def _guest(role: str, key: UUID, cases: list[str], planned: tuple[Planned, ...]) -> Guest:
    return Guest(role, signed_in(key), tuple(cases), _token(key), planned)


def _token(key: UUID) -> str:
    from gameplan.api.tokens import Wanted, make_token
    from gameplan.cases.people import person_of_user
    from gameplan.people.models import User

    user = User.objects.get(pk=key)
    return make_token(person_of_user(user), Wanted("load", SCOPES), user=user, second_step=True)


def _parent(case_id: UUID) -> UUID:
    from gameplan.cases.models import Member

    return UUID(Member.objects.get(case=case_id, role="parent").person)


def _teacher(place: int, cases: list[str], today: date) -> UUID:
    """A teacher of the school of these children, who works with all of them."""
    from gameplan.cases.models import Case, Member
    from gameplan.people.models import User
    from gameplan.people.verbs import give_post

    user = User.objects.create_user(f"teacher{place}@example.org", name=f"Teacher {place}")
    school = Case.objects.select_related("school").get(pk=cases[0]).school
    if school is None:
        raise ValueError(f"The child {cases[0]} is at no school: the database was not filled by bench_hands_data.")
    give_post(user, school, "special-teacher", since=today - 2 * AGO)
    Member.objects.bulk_create(Member(case_id=one, person=str(user.pk), role="special-teacher") for one in cases)
    return user.pk


def _planned(case_id: UUID, manager: UUID, today: date, seed: str) -> Planned:
    """A child's plan in force, and the next one, which is being written."""
    from gameplan.planning import life
    from gameplan.planning.doors import plan_of, version_of
    from gameplan.plans.life_events import AGREED

    leads, family = _opened(case_id, manager), _opened(case_id, _parent(case_id))
    on, starts = today - AGO, today - AGO + timedelta(days=7)
    plan = _begun(leads, seed, starts)
    how = life.ways_to_propose(plan, on)[0]
    made = life.propose(plan, by=leads.reader, on=on, how=how, starts=starts, notice=on, matter="The IEP")
    seen = version_of(plan_of(family, plan.plan_id), made.number)
    life.answer(seen, by=family.reader, on=on, all_=AGREED, services=True)
    return Planned(str(case_id), plan.plan_id, SERVICE, _begun(leads, f"{seed} next", starts).plan_id)


def _opened(case_id: UUID, key: UUID) -> Case:
    from gameplan.cases.doors import case_for
    from gameplan.cases.people import person_of_user
    from gameplan.people.models import User
    from gameplan.people.roles import Action

    return case_for(person_of_user(User.objects.get(pk=key)), case_id, to=Action.WRITE)


def _begun(case: Case, seed: str, starts: date) -> Written:
    """A plan that is being written, whose services begin on that day and last a year."""
    from gameplan.planning import writing
    from gameplan.plans.plan_file import read_plan

    told = sample_plan(GOALS, SERVICES, LONGEST, seed, born=(case.child_born or starts).isoformat())
    told["content"] = _moved(told["content"], starts)
    plan = writing.begin(case, by=case.reader, form_id="iep", start=read_plan(told))
    plan.case = case
    return plan


def _moved(content: Mapping[str, Any], starts: date) -> dict[str, Any]:
    """The plan's days moved to where it begins on that day."""
    first, last = starts.isoformat(), (starts + timedelta(days=300)).isoformat()
    moved = {**content, "start": first, "review-by": last, "meeting-date": (starts - timedelta(days=8)).isoformat()}
    for name, rows in content.items():
        if isinstance(rows, list):
            moved[name] = [{**row, **({"start": first, "end": last} if "start" in row else {})} for row in rows]
    return moved


def main(seed: int, people: int) -> None:
    """Makes them, and says who they are."""
    from gameplan.config.serve import prepare

    prepare(Path(os.environ["GAMEPLAN_DATA"]))
    django.setup()
    from gameplan.cases.today import today

    sys.stdout.write(json.dumps([asdict(one) for one in guests(people, seed, today())]) + "\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gameplan.config.settings"
    main(*map(int, sys.argv[1:]))
