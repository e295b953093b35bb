"""What was worked out of every case: its open duties with their days, once for each side that sees it.

These tables say nothing new: they can be emptied, and `refreshing` fills them again from the facts and the law. They
are there so that a page, a reminder or a calendar asks an index, and never works out a case while somebody waits.
The two sides have rows of their own, because what the family keeps to itself may move a day.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from gameplan.cases.models import LONGEST_ID, Case
from gameplan.core.words import Say
from gameplan.people.models import Organisation
from gameplan.people.roles import Side

NEVER = date.max
"""The day of what has none: it sorts behind every other day, in every database."""

AT_ONCE = date.min
"""The day of what has to be worked out at the next turn."""

SIDES = (Side.FAMILY, Side.SCHOOL)


class OfCase(models.Model):
    """What each row says: of which case, as which side sees it, and where the child goes to school.

    `school` and `district` are copies of the case's own, so that one index gives a whole school or district by day.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    side = models.CharField(max_length=10)
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    district = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    next_on = models.DateField(default=NEVER)

    class Meta:
        abstract = True

    @property
    def day(self) -> date | None:
        """The next day that matters, or None where there is none."""
        return None if self.next_on == NEVER else self.next_on


class Due(OfCase):
    """One duty of a case that still asks something of somebody, as the engine worked it out on `Looked.as_of`.

    The columns are those of `core.standing.Duty`; a right that has lapsed and what is met or excused have no row.
    `next_on` is the due day, or the earliest that it can be. `number` counts the duties of one rule and one start.
    """

    pack = models.CharField(max_length=10)
    clock = models.CharField(max_length=LONGEST_ID)
    started_by = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20)
    title = models.JSONField()
    owed_by = models.JSONField(default=list)
    owed_to = models.JSONField(default=list)
    status = models.CharField(max_length=12)
    confidence = models.CharField(max_length=10)
    started = models.DateField(null=True)
    due = models.DateField(null=True)
    due_earliest = models.DateField(null=True)
    due_latest = models.DateField(null=True)

    class Meta:
        ordering = ("next_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "side", "pack", "clock", "started_by", "number"), name="one_row_a_duty_and_side"
            ),
        )
        indexes = (
            models.Index(fields=("case", "side", "next_on"), name="dues_of_a_case"),
            models.Index(fields=("school", "side", "next_on", "id"), name="dues_of_a_school"),
            models.Index(fields=("district", "side", "next_on", "id"), name="dues_of_a_district"),
            models.Index(fields=("school", "side", "status", "next_on", "id"), name="dues_of_a_school_by_status"),
            models.Index(fields=("district", "side", "status", "next_on", "id"), name="dues_of_district_by_status"),
        )

    def __str__(self) -> str:
        return f"{self.clock}: {self.status} {self.day or ''}"

    @property
    def says(self) -> Say:
        """The title, for a tongue to say: a row speaks no language."""
        return Say(self.title["text"], self.title.get("values", {}))


class Looked(OfCase):
    """For which revision of the case, which day and which law the rows of a side hold, and what they come to.

    `holds_until` is the first day on which any row may be another one, though nobody has written anything: until then
    the rows of `as_of` hold. `changes_on` is that day too, or AT_ONCE once the case has changed: by it the worker
    finds what to do. `told` is a digest of the facts. `next_on` is the first day of all rows; the numbers count them
    by status.
    """

    revision = models.PositiveIntegerField()
    as_of = models.DateField()
    law = models.CharField(max_length=16)
    told = models.CharField(max_length=16, blank=True, default="")
    holds_until = models.DateField(default=NEVER)
    changes_on = models.DateField(default=NEVER)
    late = models.PositiveSmallIntegerField(default=0)
    due_soon = models.PositiveSmallIntegerField(default=0)
    running = models.PositiveSmallIntegerField(default=0)
    cannot_tell = models.PositiveSmallIntegerField(default=0)
    paused = models.PositiveSmallIntegerField(default=0)
    not_started = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("next_on", "case_id")
        constraints = (models.UniqueConstraint(fields=("case", "side"), name="looked_once_a_case_and_side"),)
        indexes = (
            models.Index(fields=("changes_on", "case"), name="looks_that_a_day_changes"),
            models.Index(fields=("school", "side", "next_on", "case"), name="cases_of_a_school_by_day"),
            models.Index(fields=("district", "side", "next_on", "case"), name="cases_of_a_district_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.side} of case {self.case_id} on {self.as_of}"
