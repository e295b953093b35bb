"""The preview of a batch: each case is read, checked, held against roster and cases, and kept as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import Faults
from gameplan.arriving.steps import Tell, has_read, keep_reading
from gameplan.carrying.composing import case_file, checked
from gameplan.carrying.doubts import doubts_of
from gameplan.carrying.given import TEMPLATES, Given
from gameplan.carrying.managers import manager_of
from gameplan.carrying.matching import Child, Match, Matcher
from gameplan.carrying.models import Batch, Line
from gameplan.carrying.reading import read_templates
from gameplan.carrying.schools import Schools
from gameplan.carrying.told import Told, ToldChild, ToldFact
from gameplan.carrying.zips import told_zips
from gameplan.people.models import Organisation

NO_ACCOUNT = "manager unknown"


def preview(batch: Batch, given: Given | None, faults: Faults, *, on: date, tell: Tell | None = None) -> Batch:
    """Read what was given and keep what it would bring: the batch is then previewed, or faulty.

    `given` is None where it could not be opened; `faults` has why. `on`: today. What an earlier reading of the same
    batch has kept is forgotten first.
    """
    Line.objects.filter(batch=batch).delete()
    staging = _Staging(batch, faults, on, tell)
    if given is not None:
        batch.form = given.form
        staging.stage(given)
    keep_reading(batch, staging.counts, faults)
    return batch


class _Staging:
    """Turns what was given into lines, some cases at a time."""

    def __init__(self, batch: Batch, faults: Faults, on: date, tell: Tell | None) -> None:
        self.batch, self.faults, self.on, self.tell = batch, faults, on, tell
        self.counts: Counter[str] = Counter()
        self.schools, self.matcher = Schools(batch.place, batch.school), Matcher(batch)
        self.managers: dict[tuple[str, UUID], bool] = {}
        self.read = 0

    def stage(self, given: Given) -> None:
        """All of it."""
        if given.form == TEMPLATES:
            with Desk() as desk:
                source, look = self.batch.source, self._school_of
                told = read_templates(given, desk, self.faults, on=self.on, source=source, look=look)
                if told is not None:
                    self._stage_templates(told)
        else:
            for line, child in told_zips(self.batch, given, self.faults):
                self._keep([line], [child])

    def _stage_templates(self, told: Told) -> None:
        for block in told.cases():
            found = [pair for one, facts in block if (pair := self._composed(one, facts))]
            self._keep([line for line, _child in found], [child for _line, child in found], read=len(block))

    def _school_of(self, told: ToldChild) -> Organisation | None:
        """The school of a child; None, with a fault noted, if it cannot be told."""
        return self.schools.find(told.school, told.place, self.faults)

    def _composed(self, told: ToldChild, facts: Sequence[ToldFact]) -> tuple[Line, Child] | None:
        """A child's line and what it is matched by; None, with faults noted, if anything of it is wrong."""
        before = self.faults.count
        school = self._school_of(told)
        raw = case_file(told, facts, self.faults)
        case = checked(raw, [one.place for one in facts], told.place, self.faults)
        if case is None or school is None or self.faults.count != before:
            return None
        doubts = doubts_of(case, [doubt for one in facts for doubt in one.doubts])
        if told.manager and not self._works_there(told.manager, school):
            self.counts[NO_ACCOUNT] += 1
        line = Line(
            batch=self.batch, case_key=told.case_key, place_in_file=told.place, case_id=uuid4(), school=school,
            language=told.language, manager=told.manager, told=raw, facts=len(facts), doubts=doubts,
        )  # fmt: skip
        born = case.child.born
        return line, Child(told.case_key, told.given, told.family, born, told.local_id, told.state_id)

    def _works_there(self, email: str, school: Organisation) -> bool:
        """Whether somebody of that address can lead a case of that school. Asked once."""
        key = (email, school.pk)
        if key not in self.managers:
            self.managers[key] = manager_of(email, school) is not None
        return self.managers[key]

    @transaction.atomic
    def _keep(self, lines: Iterable[Line], children: Sequence[Child], *, read: int = 1) -> None:
        """Write the lines of a block, each with the student it was matched with, and how far the reading is."""
        several = list(_matched(lines, self.matcher.matches(children)))
        self.counts.update(line.kind for line in several)
        self.counts.update(f"doubt {doubt}" for line in several for doubt in line.doubts)
        self.counts["facts"] += sum(line.facts for line in several)
        if not self.faults:
            Line.objects.bulk_create(several, batch_size=100)
        self.read += read
        has_read(self.batch, self.read, self.tell)


def _matched(lines: Iterable[Line], matches: Sequence[Match]) -> Iterator[Line]:
    for line, match in zip(lines, matches, strict=True):
        line.kind = match.kind
        line.pupil = match.pupil.pk if match.pupil else None
        line.reason = match.reason or ""
        candidates: list[Any] = [str(one.pk) for one in match.candidates]
        line.candidates = candidates
        if line.kind == Line.Kind.THERE:
            line.told, line.packed = None, None
        yield line
