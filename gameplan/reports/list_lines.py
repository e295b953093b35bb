"""The children of a list, read some at a time: who is on it, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gameplan.cases.machine import keys_within, places_of, told_by_side
from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.cases.reach import cases_at_work, managers_of
from gameplan.core.words import Say
from gameplan.districts.doors import Place
from gameplan.people.doors import named, organisations_below
from gameplan.people.roles import Side
from gameplan.planning.many import iep_lives
from gameplan.reports.list_columns import Known
from gameplan.reports.reading import Asked, counted_of, unit_of_case, with_districts
from gameplan.reports.timeline_told import Told
from gameplan.rosters.of_cases import pupils_of_cases
from gameplan.watch.doors import dues

AT_ONCE = 250
LATE = "late"


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Who is on a list. Empty: everybody. `plan`: "yes" or "no"; `due_in`: something is due in so many days."""

    school: str = ""
    grade: str = ""
    disability: str = ""
    plan: str = ""
    due_in: int | None = None
    late: bool = False

    @classmethod
    def kept(cls, told: Mapping[str, Any]) -> ListFilters:
        """The filters as they were kept; what nobody knows any more is left out."""
        return cls(**{name: told[name] for name in cls.__slots__ if name in told})

    def fits(self, known: Known) -> bool:
        """True if the child is on the list."""
        grade = known.pupil.grade if known.pupil else ""
        last = known.on + timedelta(days=self.due_in) if self.due_in is not None else None
        return (
            self.school in ("", str(known.case.school_id))
            and self.grade.lower() in ("", grade.lower())
            and self.disability in ("", known.counted.disability)
            and self.plan in ("", "yes" if known.counted.plan else "no")
            and (last is None or (known.next_on is not None and known.next_on <= last))
            and (not self.late or known.late > 0)
        )


def lines_of(here: Place, filters: ListFilters, on: date) -> Iterator[list[Known]]:
    """The children of a place who are on the list, a block at a time; only those whom this person may see."""
    below = organisations_below([here.organisation.pk])
    for keys in keys_within(below, AT_ONCE):
        yield [one for one in _known(keys, with_districts(below), here.person, on) if filters.fits(one)]


def _known(keys: Iterable[UUID], places: Mapping[UUID, Any], person: Person, on: date) -> Iterator[Known]:
    seen = {one.pk: one for one in cases_at_work(person).filter(pk__in=list(keys)).select_related("school")}
    told = {key: case for (key, side), case in told_by_side(seen).items() if side is Side.SCHOOL}
    lives, pupils, where = iep_lives(told), pupils_of_cases(told), places_of(told)
    managers, asked = _managers(told), Asked.around(on, on)
    coming = _coming(told)
    for key in sorted(told, key=lambda one: _by_name(seen[one])):
        child = Told(told[key], lives.get(key), asked.until)
        pupil = pupils.get(key)
        counted = counted_of(key, child, unit_of_case(where[key], places), pupil, asked)
        next_on, duty, late = coming.get(key, (None, None, 0))
        yield Known(seen[key], pupil, child, counted, on, managers.get(key, ()), next_on, duty, late)


def _by_name(case: Case) -> tuple[str, str]:
    return case.child_sought, str(case.pk)


def _managers(keys: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    found = managers_of(list(keys))
    names = named({one for some in found.values() for one in some})
    return {key: tuple(names.get(one, "") for one in some) for key, some in found.items()}


def _coming(keys: Iterable[UUID]) -> dict[UUID, tuple[date | None, Say | None, int]]:
    """For each case the first open duty as the school sees it, and how many are late. One query."""
    found: dict[UUID, tuple[date | None, Say | None, int]] = {}
    for due in dues(Side.SCHOOL).filter(case__in=list(keys)).order_by("case_id", "next_on", "id"):
        day, duty, late = found.get(due.case_id, (due.day, due.says, 0))
        found[due.case_id] = (day, duty, late + (due.status == LATE))
    return found
