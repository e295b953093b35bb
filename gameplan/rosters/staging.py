"""The preview of a file: held against the roster, row by row, without changing anything in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gameplan.arriving.faults import Faults
from gameplan.arriving.steps import Tell, has_read, keep_reading
from gameplan.rosters.matching import Match, Reason, matches
from gameplan.rosters.models import Line, Pupil, Roster, StaffMember, Take
from gameplan.rosters.reading import read_roster
from gameplan.rosters.rows import PUPIL, STAFF, Row, left, merged, row_of
from gameplan.rosters.schools import Schools, find_schools
from gameplan.rosters.told import AT_ONCE, Told, ToldPupil, ToldStaff


def preview(take: Take, file: IO[bytes], *, on: date, tell: Tell | None = None) -> Take:
    """Read the file of a take and keep what it would change: the take is then previewed, or faulty.

    `on`: the day on which somebody who is missing in a whole roster has left. `tell` hears how many rows
    are compared. What an earlier reading of the same take has kept is forgotten first.
    """
    Line.objects.filter(take=take).delete()
    faults, counts = Faults(), Counter[str]()
    roster, _is_new = Roster.objects.get_or_create(place=take.place)
    take.revision = roster.revision
    with read_roster(file, take.file_name, faults, mapping=take.mapping, kind=take.kind) as told:
        if told is not None:
            take.form, take.kind, take.source = told.form, told.kind, told.source
            staging = _Staging(take, told, faults, on, tell)
            staging.stage()
            counts = staging.counts
    keep_reading(take, counts, faults)
    return take


class _Staging:
    """Holds a told roster against the kept one, and writes a line for each difference."""

    def __init__(self, take: Take, told: Told, faults: Faults, on: date, tell: Tell | None) -> None:
        self.take, self.told, self.faults, self.on, self.tell = take, told, faults, on, tell
        self.counts: Counter[str] = Counter()
        self.schools = Schools()
        self.spoken_of = {school.sourced_id for school in told.schools}
        self.rows = 0

    def stage(self) -> None:
        """All of it."""
        self.schools = find_schools(self.take, self.told, self.faults)
        self._keep(self.schools.lines)
        for block in self.told.pupils():
            self._keep(self._pupil_lines(block))
        if self.told.kind == Take.Kind.BULK and not self.faults:
            self._stage_gone(Pupil.objects.all(), Line.What.PUPIL, self.told.pupils_there)
        if self.told.form.startswith("oneroster"):
            for several in self.told.staff():
                self._keep(self._staff_lines(several))
            if self.told.kind == Take.Kind.BULK and not self.faults:
                self._stage_gone(StaffMember.objects.all(), Line.What.STAFF, self.told.staff_there)

    def _pupil_lines(self, block: list[ToldPupil]) -> Iterator[Line]:
        found = matches(self.take.place, self.told, block)
        for row, match in zip(block, found, strict=True):
            line = self._pupil_line(row, match)
            if line is not None:
                yield line
            if match.reason is Reason.REUSED_ID:
                yield from (self._gone(Line.What.PUPIL, one) for one in match.candidates if one.active)

    def _pupil_line(self, row: ToldPupil, match: Match) -> Line | None:
        values = self._with_school(row.values, row.place)
        about = {"sourced_id": row.sourced_id, "place_in_file": row.place}
        if match.reason:
            keys = [str(one.pk) for one in match.candidates]
            line = self._line(Line.What.PUPIL, Line.Kind.UNCLEAR, uuid4(), None, values, **about)
            line.reason, line.candidates = match.reason, keys
            return line
        if match.pupil is None:
            if row.gone or not row.is_whole:
                self.counts["not known here"] += 1
                return None
            after = merged(PUPIL, values, source=self.told.source, sourced_id=row.sourced_id)
            return self._line(Line.What.PUPIL, Line.Kind.ADDED, uuid4(), None, after, **about)
        if row.gone:
            return self._gone(Line.What.PUPIL, match.pupil, **about) if match.pupil.active else None
        if not match.pupil.active and not row.is_whole:
            self.counts["not known here"] += 1
            return None
        before = row_of(match.pupil)
        after = merged(before, values, source=self.told.source, sourced_id=row.sourced_id)
        return self._changed(Line.What.PUPIL, match.pupil.pk, before, after, **about)

    def _staff_lines(self, block: list[ToldStaff]) -> Iterator[Line]:
        ids = [row.sourced_id for row in block]
        known = StaffMember.objects.filter(place=self.take.place, source=self.told.source, sourced_id__in=ids)
        by_id = {one.sourced_id: one for one in known}
        for row in block:
            there = by_id.get(row.sourced_id)
            about = {"sourced_id": row.sourced_id, "place_in_file": row.place}
            if row.gone:
                if there is not None and there.active:
                    yield self._gone(Line.What.STAFF, there, **about)
                continue
            values = self._with_school(row.values, row.place)
            before = row_of(there) if there else STAFF
            after = merged(before, values, source=self.told.source, sourced_id=row.sourced_id)
            if there is None:
                yield self._line(Line.What.STAFF, Line.Kind.ADDED, uuid4(), None, after, **about)
            elif (line := self._changed(Line.What.STAFF, there.pk, before, after, **about)) is not None:
                yield line

    def _stage_gone(
        self,
        everybody: QuerySet[Pupil] | QuerySet[StaffMember],
        what: Line.What,
        there: Callable[[list[str]], frozenset[str]],
    ) -> None:
        """Who is in the roster and not in a whole file has left."""
        about = {"place": self.take.place, "source": self.told.source, "active": True}
        here: Any = everybody.filter(**about).order_by("sourced_id")
        block = list(here[:AT_ONCE])
        while block:
            in_file = there([one.sourced_id for one in block])
            missing = [one for one in block if one.sourced_id not in in_file]
            keys = [one.pk for one in missing]
            moved = Line.objects.filter(take=self.take, kind=Line.Kind.CHANGED, key__in=keys)
            elsewhere = set(moved.values_list("key", flat=True))
            self._keep(self._gone(what, one) for one in missing if one.pk not in elsewhere)
            block = list(here.filter(sourced_id__gt=block[-1].sourced_id)[:AT_ONCE])

    def _with_school(self, values: Mapping[str, Any], place: str) -> dict[str, Any]:
        """The values with our id of the school."""
        found = dict(values)
        if "school" in found:
            key = found["school"]
            found["school"] = self.schools.ids.get(key)
            if key and found["school"] is None and key not in self.spoken_of:
                self.spoken_of.add(key)
                what = _("This school is not known here, and it is not in the file.")
                self.faults.add(place, what, _("Take in a whole roster first, or add the schools to the file."))
        return found

    def _changed(self, what: Line.What, key: UUID, before: Row, after: Row, **about: str) -> Line | None:
        if before == after:
            self.counts[f"{what} same"] += 1
            return None
        return self._line(what, Line.Kind.CHANGED, key, before, after, **about)

    def _gone(self, what: Line.What, one: Pupil | StaffMember, **about: str) -> Line:
        before = row_of(one)
        about = about or {"sourced_id": one.sourced_id}
        return self._line(what, Line.Kind.GONE, one.pk, before, left(before, self.on), **about)

    def _line(
        self, what: Line.What, kind: Line.Kind, key: UUID, before: Row | None, after: Row | None, **about: str
    ) -> Line:
        return Line(take=self.take, what=what, kind=kind, key=key, before=before, after=after, **about)

    @transaction.atomic
    def _keep(self, lines: Iterable[Line]) -> None:
        """Write the lines of a block, and how far the reading is."""
        several = list(lines)
        self.counts.update(f"{line.what} {line.kind}" for line in several)
        if not self.faults:
            Line.objects.bulk_create(several, batch_size=500)
        self.rows += AT_ONCE
        has_read(self.take, self.rows, self.tell)
