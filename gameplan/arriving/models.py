"""What every room keeps of a file that arrives. Each has tables of its own, which stand on these.

A room makes three of them: its `Arrival`, the `FilePiece`s (`related_name="pieces"`) until it is read, and the
`FileLine`s of what was read (`related_name="lines"`). `steps` moves an arrival from state to state.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from gameplan.people.models import Organisation
from gameplan.sealing.fields import SealedBytes

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from django_stubs_ext.db.models.manager import RelatedManager


@dataclass(frozen=True, slots=True)
class Words:
    """How a room speaks of its files where it refuses something. `name`: where the fault is, "take"."""

    name: str
    in_hand: StrOrPromise
    not_waiting: StrOrPromise
    not_in: StrOrPromise
    only_in: StrOrPromise
    make_again: StrOrPromise


class Arrival(models.Model):
    """One file: where to, whose, which, what was wrong with it or is in it, and what became of it.

    `by` gave the file, and reads its faults in `language`; empty for the machine itself. `form` is how it is written,
    `source` which system it comes from. `counts`: how many of what, by name. `faults`: the first of them,
    `fault_count` all. A room says in `words` how it speaks, and in `progress` which column tells how far it is read.
    """

    class State(models.TextChoices):
        MAPPING = "mapping"  # a table of any kind: a person says first which column is what
        WAITING = "waiting"  # the file is there and not read yet
        READING = "reading"
        FAULTY = "faulty"  # something is wrong with the file: nothing of it can be taken in
        PREVIEWED = "previewed"
        CONFIRMED = "confirmed"  # somebody said yes; it waits for the worker
        TAKEN = "taken"
        UNDONE = "undone"
        DROPPED = "dropped"  # somebody said no, or nobody said anything for long

    words: ClassVar[Words]
    progress: ClassVar[str]

    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    form = models.CharField(max_length=20, blank=True, default="")
    source = models.CharField(max_length=80, blank=True, default="")
    file_name = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    by = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    at = models.DateTimeField(default=timezone.now, editable=False)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField(null=True, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)
    taken_by = models.CharField(max_length=120, blank=True, default="")
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.CharField(max_length=120, blank=True, default="")

    if TYPE_CHECKING:
        pieces: RelatedManager[Any]
        lines: RelatedManager[Any]

    class Meta:
        abstract = True
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.words.name} {self.pk}"

    def row(self) -> models.QuerySet[Self]:
        """The row of this file, as a query."""
        return models.QuerySet(type(self)).filter(pk=self.pk)

    def moves(self, *before: State, to: State, **more: Any) -> bool:
        """Go from one of these states to another; False if it is in none of them any more: somebody was quicker."""
        return bool(self.row().filter(state__in=before).update(state=to, **more))


class FilePiece(models.Model):
    """A piece of an uploaded file, until it is read. In pieces, so that a large file never lies whole in memory.

    It belongs to no case yet: each has a key of its own.
    """

    number = models.PositiveIntegerField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    content = SealedBytes(of="key")

    class Meta:
        abstract = True
        ordering = ("number",)

    def __str__(self) -> str:
        return f"piece {self.number}"


class FileLine(models.Model):
    """What a file brings of one child, or of something else.

    Where it is unclear which child that is, `candidates` are the ids of those who it may be, `reason` says why nobody
    may decide it but a person, and `decided` is what the person said, or nothing yet.
    """

    class Said(models.TextChoices):
        SAME = "same"
        OTHER = "other"

    reason = models.CharField(max_length=20, blank=True, default="")
    candidates = models.JSONField(default=list)
    decided = models.CharField(max_length=10, choices=Said.choices, blank=True, default="")
    decided_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ("id",)
