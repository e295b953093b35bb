"""Which pupil a row of a file speaks of. Two children are never taken for one without a person who says so.

A row is a pupil's own if the source calls the child by the same id, and nothing speaks against it. Else the State's
number counts, if first name and birth date agree. A name with a birth date is only ever a proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gameplan.cases.names import folded
from gameplan.people.models import Organisation
from gameplan.rosters.models import Pupil
from gameplan.rosters.told import Told, ToldPupil


class Reason(StrEnum):
    """Why only a person can say which child it is."""

    REUSED_ID = "reused-id"  # the id was another child's, by all else that is told
    TWINS = "twins"  # the id is one child's, and the name another's who was born on the same day
    STATE_ID = "state-id"  # the State's number is another child's, by all else that is told
    NAME = "name-and-birth"  # name and birth date are those of a child with another id


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil whose row it is, or None; with a reason, a person chooses among the candidates or says no to them."""

    pupil: Pupil | None = None
    reason: Reason | None = None
    candidates: tuple[Pupil, ...] = ()


def matches(place: Organisation, told: Told, block: Sequence[ToldPupil]) -> list[Match]:
    """For each of these rows the pupil it speaks of. A few queries, however many rows."""
    known = _Known(place, told, block)
    return [known.match(row) for row in block]


class _Known:
    """The pupils of a roster that some rows may speak of."""

    def __init__(self, place: Organisation, told: Told, block: Sequence[ToldPupil]) -> None:
        self.here = Pupil.objects.filter(place=place)
        ids = [row.sourced_id for row in block]
        self.by_id = _grouped(self.here.filter(source=told.source, sourced_id__in=ids), "sourced_id")
        unknown = [row for row in block if row.sourced_id not in self.by_id and row.is_whole]
        numbers = [number for row in unknown if (number := row.values.get("state_id"))]
        self.by_number = _grouped(self.here.filter(state_id__in=numbers), "state_id")
        self.by_name = _grouped(self.here.filter(sought__in={_sought(row) for row in block} - {""}), "sought")
        several = (one for found in (self.by_number, self.by_name) for group in found.values() for one in group)
        self.own_rows = told.pupils_there([one.sourced_id for one in several if one.source == told.source])
        self.source = told.source

    def match(self, row: ToldPupil) -> Match:
        """The pupil of one row."""
        if found := self.by_id.get(row.sourced_id):
            return self._by_id(row, min(found, key=lambda one: (not one.active, _contradicts(row, one), str(one.pk))))
        if not row.is_whole or row.gone:
            return Match()
        if same := self._without_rows(self.by_number.get(row.values.get("state_id", ""), ())):
            if len(same) == 1 and _born_same(row, same[0]) is True and _same(row, same[0], "given"):
                return Match(same[0])
            return Match(None, Reason.STATE_ID, same)
        alike = [one for one in self.by_name.get(_sought(row), ()) if _born_same(row, one) is not False]
        if proposed := self._without_rows(alike):
            return Match(None, Reason.NAME, proposed)
        return Match()

    def _by_id(self, row: ToldPupil, pupil: Pupil) -> Match:
        if row.gone or not row.is_whole:
            return Match(pupil)
        if _contradicts(row, pupil):
            return Match(None, Reason.REUSED_ID, (pupil,))
        if not _same(row, pupil, "given"):
            twins = [one for one in self.by_name.get(_sought(row), ()) if one.pk != pupil.pk and one.active]
            if any(one.born and one.born == pupil.born for one in twins):
                return Match(None, Reason.TWINS, (pupil,))
        return Match(pupil)

    def _without_rows(self, pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
        """Those of the pupils who have no row of their own in the file: the others are other children."""
        return tuple(one for one in pupils if one.source != self.source or one.sourced_id not in self.own_rows)


def _contradicts(row: ToldPupil, pupil: Pupil) -> bool:
    """True if more than one thing says that this is another child."""
    given, family = _same(row, pupil, "given"), _same(row, pupil, "family")
    born, number = _born_same(row, pupil), row.values.get("state_id", "")
    other_number = bool(number and pupil.state_id and number != pupil.state_id)
    against = (not given, not family, born is False, other_number)
    return sum(against) > 1


def _same(row: ToldPupil, pupil: Pupil, column: str) -> bool:
    return folded(row.values.get(column, "")) == folded(getattr(pupil, column))


def _born_same(row: ToldPupil, pupil: Pupil) -> bool | None:
    """Whether both were born on one day; None if that is not known of one of them."""
    told = row.values.get("born")
    return date.fromisoformat(told) == pupil.born if told and pupil.born else None


def _sought(row: ToldPupil) -> str:
    return folded(f"{row.values.get('given', '')} {row.values.get('family', '')}")


def _grouped(pupils: Iterable[Pupil], column: str) -> Mapping[str, list[Pupil]]:
    found: dict[str, list[Pupil]] = {}
    for one in pupils:
        found.setdefault(getattr(one, column), []).append(one)
    return found
