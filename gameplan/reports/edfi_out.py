"""A place's children for an Ed-Fi interface: one line of JSON a resource, some children at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from gameplan.cases.machine import keys_within, places_of, told_by_side
from gameplan.cases.people import Person
from gameplan.cases.trail import note_many
from gameplan.people.doors import organisations_below
from gameplan.people.roles import Action, Side
from gameplan.planning.many import iep_lives
from gameplan.reports.edfi import resources_of
from gameplan.reports.reading import Asked, counted_of, unit_of_case, with_districts
from gameplan.reports.timeline_told import Told
from gameplan.rosters.of_cases import pupils_of_cases


def edfi_lines(places: Iterable[UUID], person: Person, on: date) -> Iterator[str]:
    """Each resource of each child of these places as a line: its name, and its body.

    It is a copy that leaves: each child's record of access says first that this person took it.
    """
    below, asked = organisations_below(places), Asked.around(on, on)
    known = with_districts(below)
    for keys in keys_within(below):
        note_many(keys, person, Action.SHARE)
        told = {key: case for (key, side), case in told_by_side(keys).items() if side is Side.SCHOOL}
        lives, where, pupils = iep_lives(told), places_of(told), pupils_of_cases(told)
        for key, case in told.items():
            child = Told(case, lives.get(key), asked.until)
            counted = counted_of(key, child, unit_of_case(where[key], known), pupils.get(key), asked)
            for name, body in resources_of(counted, child, on):
                yield json.dumps({"resource": f"ed-fi/{name}", "body": body}, ensure_ascii=False) + "\n"
