"""How the bringing-in of cases lies in the database: each batch, its file until it is read, and its cases.

Read by `doors`, changed by `receiving`, `staging`, `deciding`, `taking` and `undoing`.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from gameplan.people.models import Organisation
from gameplan.sealing.fields import SealedBytes, SealedJSON


class Batch(models.Model):
    """One bringing-in of cases: who, when, which file, from which system, what was in it, and what became of it.

    `form`: "templates" (CSV) or "zips" (portable case files). `source`: what the former system is called; an id of a
    case is one child's only within it. `school` holds the cases whose file names none. `by` gave the file, `role` is in
    which role; both are empty for the machine itself. `counts`: how many, by name. `faults`: the first of them,
    `fault_count` all. `cases_read` tells the progress.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # the file is there and not read yet
        READING = "reading"
        FAULTY = "faulty"  # something is wrong with the file: nothing of it can be taken in
        PREVIEWED = "previewed"
        CONFIRMED = "confirmed"  # somebody said yes; it waits for the worker
        TAKEN = "taken"
        UNDONE = "undone"
        DROPPED = "dropped"  # somebody said no

    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    form = models.CharField(max_length=20, blank=True, default="")
    source = models.CharField(max_length=80, blank=True, default="")
    file_name = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    by = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    at = models.DateTimeField(default=timezone.now, editable=False)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    cases_read = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField(null=True, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)
    taken_by = models.CharField(max_length=120, blank=True, default="")
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("place", "-id"), name="batches_of_a_place"),
            models.Index(fields=("state", "id"), name="batches_by_state"),
        )

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Piece(models.Model):
    """A piece of an uploaded file, until it is read. In pieces, so that a large file never lies whole in memory."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="one_piece_of_a_batch_a_number"),)

    def __str__(self) -> str:
        return f"piece {self.number} of batch {self.batch_id}"


class Line(models.Model):
    """One case of a batch: what the file tells of it, and which student of the roster it is.

    `case_id` is the id that the case will have, or has. `told` is the case as a case file, `packed` the zip that it
    came in (then `told` says only who the child is); both are locked with the key of that case, and forgotten once it
    is taken in. `case_key` is its id in the former system, or the name of its zip. `place_in_file`: where it stands.

    `pupil` is the student whose case it is, if one is known. For a line that is unclear, `candidates` are students who
    may be the child, `reason` says why only a person can tell, and `decided` what that person said. `doubts`: what is
    odd in it and hinders nothing. `trail_number` is the last row of its trail when it came in: until somebody writes
    a further one it can be undone.
    """

    class Kind(models.TextChoices):
        NEW = "new"  # no student of the roster
        MATCHED = "matched"  # a student of the roster without a case
        UNCLEAR = "unclear"  # a person says which child it is
        THERE = "there"  # the case is here already: it is not brought again

    class Said(models.TextChoices):
        SAME = "same"
        OTHER = "other"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    case_key = models.CharField(max_length=120)
    place_in_file = models.CharField(max_length=200, blank=True, default="")
    case_id = models.UUIDField(default=uuid.uuid4)
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, default="en")
    manager = models.CharField(max_length=254, blank=True, default="")
    told = SealedJSON(of="case_id", null=True)
    packed = SealedBytes(of="case_id", null=True)
    facts = models.PositiveIntegerField(default=0)
    pupil = models.UUIDField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="")
    candidates = models.JSONField(default=list)
    decided = models.CharField(max_length=10, choices=Said.choices, blank=True, default="")
    decided_by = models.CharField(max_length=120, blank=True, default="")
    doubts = models.JSONField(default=list)
    trail_number = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("batch", "kind", "id"), name="lines_of_a_batch"),
            models.Index(fields=("case_id",), name="lines_of_a_case"),
            models.Index(fields=("case_key",), name="lines_by_key"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
