"""How the bringing-in of cases lies in the database: each batch, its file until it is read, and its cases.

Read by `doors`, changed by `receiving`, `staging`, `deciding`, `taking` and `undoing`.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy

from gameplan.arriving.models import Arrival, FileLine, FilePiece, Words
from gameplan.people.models import Organisation
from gameplan.sealing.fields import SealedBytes, SealedJSON


class Batch(Arrival):
    """One bringing-in of cases.

    `form`: "templates" (CSV) or "zips" (portable case files). `source`: what the former system is called; an id of a
    case is one child's only within it. `school` holds the cases whose file names none. `role` is the one in which `by`
    gave the file. `cases_read` tells the progress.
    """

    words = Words(
        name="batch",
        in_hand=gettext_lazy("This file is brought in, or being read."),
        not_waiting=gettext_lazy("This file is not waiting to be brought in."),
        not_in=gettext_lazy("This file is not brought in."),
        only_in=gettext_lazy("Only what was brought in can be undone."),
        make_again=gettext_lazy("Make it again, and choose it once more."),
    )
    progress = "cases_read"

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=40, blank=True, default="")
    cases_read = models.PositiveIntegerField(default=0)

    class Meta(Arrival.Meta):
        indexes = (
            models.Index(fields=("place", "-id"), name="batches_of_a_place"),
            models.Index(fields=("state", "id"), name="batches_by_state"),
        )


class Piece(FilePiece):
    """A piece of the file of a batch."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pieces")

    class Meta(FilePiece.Meta):
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="one_piece_of_a_batch_a_number"),)


class Line(FileLine):
    """One case of a batch: what the file tells of it, and which student of the roster it is.

    `case_id` is the id that the case will have, or has. `told` is the case as a case file, `packed` the zip that it
    came in (then `told` says only who the child is); both are locked with the key of that case, and forgotten once it
    is taken in. `case_key` is its id in the former system, or the name of its zip. `place_in_file`: where it stands.

    `pupil` is the student whose case it is, if one is known. `doubts`: what is odd in it and hinders nothing.
    `trail_number` is the last row of its trail when it came in: until somebody writes a further one it can be undone.
    """

    class Kind(models.TextChoices):
        NEW = "new"  # no student of the roster
        MATCHED = "matched"  # a student of the roster without a case
        UNCLEAR = "unclear"  # a person says which child it is
        THERE = "there"  # the case is here already: it is not brought again

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="lines")
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
    doubts = models.JSONField(default=list)
    trail_number = models.PositiveIntegerField(null=True)

    class Meta(FileLine.Meta):
        indexes = (
            models.Index(fields=("batch", "kind", "id"), name="lines_of_a_batch"),
            models.Index(fields=("case_id",), name="lines_of_a_case"),
            models.Index(fields=("case_key",), name="lines_by_key"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"
