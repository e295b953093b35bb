"""Which student of the roster a case is about, and whether it is here already. Nothing is put together silently.

A number of the student counts if name and birth date agree. A name with a birth date is only ever a proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from gameplan.carrying.models import Batch, Line
from gameplan.cases.bringing import children_held
from gameplan.cases.names import folded
from gameplan.districts.doors import schools_below
from gameplan.people.models import Organisation
from gameplan.rosters.models import Pupil
from gameplan.rosters.of_cases import pupils_alike


class Reason(StrEnum):
    """Why only a person can say which child it is."""

    NUMBER = "number"  # the number is a student's who is called otherwise, or was born on another day
    TWO_NUMBERS = "two-numbers"  # the two numbers are those of two students
    NAME = "name-and-birth"  # name and birth date are those of a student with another number
    TWICE = "twice"  # another case of the file is this student's, or of a child of this name and birth date
    CASE = "case-there"  # a school here holds a case of a child of this name and birth date


@dataclass(frozen=True, slots=True)
class Child:
    """What is matched of a child: its key in the former system, its numbers, its name, and its birth date."""

    case_key: str
    given: str
    family: str
    born: date | None
    local_id: str = ""
    state_id: str = ""

    @property
    def sought(self) -> str:
        """The name as it is looked for."""
        return folded(f"{self.given} {self.family}")


@dataclass(frozen=True, slots=True)
class Match:
    """How a case comes in: as `Line.Kind`, with its student, or with why a person has to say."""

    kind: str
    pupil: Pupil | None = None
    reason: Reason | None = None
    candidates: tuple[Pupil, ...] = ()


@dataclass
class Matcher:
    """Matches the children of one batch. It remembers whom it has found, so that no two cases are one child's."""

    batch: Batch
    taken: set[UUID] = field(default_factory=set)
    called: set[tuple[str, date | None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.schools = [one.pk for one in schools_below([self.batch.place_id])]

    def matches(self, children: Sequence[Child]) -> list[Match]:
        """For each of these children how its case comes in. Three queries, however many."""
        known = _Known(self.batch, self.schools, children)
        return [self._remembered(child, known.match(child)) for child in children]

    def _remembered(self, child: Child, match: Match) -> Match:
        name = (child.sought, child.born)
        if match.kind == Line.Kind.NEW and name in self.called:
            return Match(Line.Kind.UNCLEAR, None, Reason.TWICE)
        if match.kind == Line.Kind.MATCHED and match.pupil and match.pupil.pk in self.taken:
            return Match(Line.Kind.UNCLEAR, None, Reason.TWICE, (match.pupil,))
        self.called.add(name)
        self.taken.update({match.pupil.pk} if match.pupil else ())
        return match


class _Known:
    """What is here of some children: students of the roster, cases, and cases that were brought before."""

    def __init__(self, batch: Batch, schools: Iterable[UUID], children: Sequence[Child]) -> None:
        self.pupils = pupils_alike(
            batch.place, ids=[one.local_id for one in children], numbers=[one.state_id for one in children],
            names={one.sought for one in children},
        )  # fmt: skip
        self.held = children_held(schools, {one.sought for one in children})
        self.before = brought_before(batch.place, batch.source, [one.case_key for one in children])

    def match(self, child: Child) -> Match:
        """How the case of one child comes in."""
        if child.case_key in self.before:
            return Match(Line.Kind.THERE)
        by_id = [one for one in self.pupils if child.local_id and one.sourced_id == child.local_id]
        by_number = [one for one in self.pupils if child.state_id and one.state_id == child.state_id]
        numbered = tuple(dict.fromkeys([*by_id, *by_number]))
        if len(numbered) > 1:
            return Match(Line.Kind.UNCLEAR, None, Reason.TWO_NUMBERS, numbered)
        if numbered:
            return self._numbered(child, numbered[0])
        alike = tuple(one for one in self.pupils if one.sought == child.sought and one.born in (None, child.born))
        if alike:
            return Match(Line.Kind.UNCLEAR, None, Reason.NAME, alike)
        return self._without_pupil(child)

    def _numbered(self, child: Child, pupil: Pupil) -> Match:
        if pupil.sought != child.sought or pupil.born != child.born:
            return Match(Line.Kind.UNCLEAR, None, Reason.NUMBER, (pupil,))
        if pupil.case_id is not None:
            return Match(Line.Kind.THERE, pupil)
        if (child.sought, child.born) in self.held:
            return Match(Line.Kind.UNCLEAR, None, Reason.CASE, (pupil,))
        return Match(Line.Kind.MATCHED, pupil)

    def _without_pupil(self, child: Child) -> Match:
        if (child.sought, child.born) in self.held:
            return Match(Line.Kind.UNCLEAR, None, Reason.CASE)
        return Match(Line.Kind.NEW)


def brought_before(place: Organisation, source: str, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys whose cases came from that system before and were not undone. One query."""
    taken = Line.objects.filter(
        batch__place=place, batch__source=source, batch__state=Batch.State.TAKEN, trail_number__isnull=False
    )
    return frozenset(taken.filter(case_key__in=list(keys)).values_list("case_key", flat=True))
