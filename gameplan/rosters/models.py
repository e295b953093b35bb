"""How rosters lie in the database: pupils and staff as a school's own system tells them, and each taking-in of a file.

Read by `doors`, changed by `staging`, `taking`, `undoing` and `linking`. A pupil is no case: most never have one.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from gameplan.arriving.models import Arrival, FileLine, FilePiece, Words
from gameplan.cases.models import Case
from gameplan.cases.names import folded
from gameplan.people.models import Organisation


class Roster(models.Model):
    """The roster of one place (a district, or a school that lies in none).

    `revision` counts what was taken in and undone: a preview holds only as long as it stays. `mapping`: which column of
    this place's own CSV file says what (`mapping.Mapping`), as a person confirmed it last.
    """

    place = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="roster")
    revision = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"roster of {self.place_id}"


class SchoolLink(models.Model):
    """Under which id a source knows a school of the place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=80)
    sourced_id = models.CharField(max_length=255)
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("place", "source", "sourced_id"), name="one_school_an_id_of_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.sourced_id} of {self.source}"


class Pupil(models.Model):
    """A child as the school's own system tells it. Empty text, None and "unknown" mean that it does not say.

    `source` and `sourced_id`: which system told it, and the child's id there. `place` is the district whose roster this
    is, `school` the school in it. `active` is false once the child is gone from the roster; the row stays.

    The race answers and `hispanic` are as they were answered (True, False, None for no answer): nothing is derived.
    `race_words`: answers that are none of the five. `enrolled_until` is the first day on which the child is not
    enrolled any more. `guardians`: dictionaries with `name`, `given`, `family`, `email`, `phone`, `relation` and `id`
    (their id in the source), each a text.

    `case`: the child's case, once a person has said that it is this child's (`linking`).
    """

    class Learner(models.TextChoices):
        YES = "yes"
        NO = "no"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pupils")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="pupils_here")
    source = models.CharField(max_length=80)
    sourced_id = models.CharField(max_length=255)
    state_id = models.CharField(max_length=60, blank=True, default="")
    given = models.TextField(default="")
    middle = models.TextField(blank=True, default="")
    family = models.TextField(default="")
    preferred = models.TextField(blank=True, default="")
    born = models.DateField(null=True, blank=True)
    grade = models.CharField(max_length=20, blank=True, default="")
    sex = models.CharField(max_length=20, blank=True, default="")
    american_indian = models.BooleanField(null=True)
    asian = models.BooleanField(null=True)
    black = models.BooleanField(null=True)
    pacific_islander = models.BooleanField(null=True)
    white = models.BooleanField(null=True)
    two_or_more = models.BooleanField(null=True)
    hispanic = models.BooleanField(null=True)
    race_words = models.TextField(blank=True, default="")
    english_learner = models.CharField(max_length=10, choices=Learner.choices, default=Learner.UNKNOWN)
    enrolled_since = models.DateField(null=True, blank=True)
    enrolled_until = models.DateField(null=True, blank=True)
    guardians = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    case = models.OneToOneField(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="pupil")
    sought = models.TextField(blank=True, default="", editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("sought", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "source", "sourced_id"), condition=Q(active=True), name="one_pupil_an_id_of_a_source"
            ),
        )
        indexes = (
            models.Index(fields=("place", "source", "sourced_id"), name="pupils_by_id_of_source"),
            models.Index(fields=("place", "state_id"), name="pupils_by_state_id"),
            models.Index(fields=("place", "sought", "born"), name="pupils_of_a_place_by_name"),
            models.Index(fields=("school", "active", "sought", "id"), name="pupils_of_a_school_by_name"),
        )

    def __str__(self) -> str:
        return f"pupil {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the pupil; the name as somebody looks for it is kept right."""
        self.sought = folded(f"{self.given} {self.family}")
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name as the child is called: the preferred first name, if there is one, and the family name."""
        return f"{self.preferred or self.given} {self.family}".strip()


class StaffMember(models.Model):
    """Somebody who works in the place, as its own system tells it. This gives no right to anything (`Post` does)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=80)
    sourced_id = models.CharField(max_length=255)
    given = models.TextField(default="")
    family = models.TextField(default="")
    email = models.CharField(max_length=254, blank=True, default="")
    role = models.CharField(max_length=40, blank=True, default="")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("family", "given", "id")
        constraints = (
            models.UniqueConstraint(fields=("place", "source", "sourced_id"), name="one_staff_member_an_id"),
        )

    def __str__(self) -> str:
        return f"staff member {self.pk}"


class Take(Arrival):
    """One taking-in of a file.

    `form` is how the file is written ("oneroster-1.2"), `kind` whether it is the whole truth or only what changed.
    `revision`: that of the roster when the file was compared with it. `rows_read` tells the progress.
    """

    class Kind(models.TextChoices):
        BULK = "bulk"
        DELTA = "delta"

    words = Words(
        name="take",
        in_hand=gettext_lazy("This file is taken in, or being read."),
        not_waiting=gettext_lazy("This file is not waiting to be taken in."),
        not_in=gettext_lazy("This file is not taken in."),
        only_in=gettext_lazy("Only what was taken in can be undone."),
        make_again=gettext_lazy("Export it again, and choose it once more."),
    )
    progress = "rows_read"

    kind = models.CharField(max_length=10, blank=True, default="", choices=Kind.choices)
    mapping = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)

    class Meta(Arrival.Meta):
        indexes = (
            models.Index(fields=("place", "-id"), name="takes_of_a_place"),
            models.Index(fields=("state", "id"), name="takes_by_state"),
        )


class Piece(FilePiece):
    """A piece of the file of a take."""

    take = models.ForeignKey(Take, on_delete=models.CASCADE, related_name="pieces")

    class Meta(FilePiece.Meta):
        constraints = (models.UniqueConstraint(fields=("take", "number"), name="one_piece_a_number"),)


class Line(FileLine):
    """What a take changes of one pupil, staff member or school: the row before, and the row after.

    `key` is the id of the row that is changed or made; of an unclear line that was decided as "same" it is that pupil.
    `before` is None for what is new. `place_in_file` is the row of the file, so that somebody who may see no child can
    still be told where it is.
    """

    class What(models.TextChoices):
        PUPIL = "pupil"
        STAFF = "staff"
        SCHOOL = "school"

    class Kind(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        GONE = "gone"
        UNCLEAR = "unclear"

    take = models.ForeignKey(Take, on_delete=models.CASCADE, related_name="lines")
    what = models.CharField(max_length=10, choices=What.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.UUIDField()
    sourced_id = models.CharField(max_length=255, blank=True, default="")
    place_in_file = models.CharField(max_length=80, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta(FileLine.Meta):
        indexes = (
            models.Index(fields=("take", "what", "kind", "id"), name="lines_of_a_take"),
            models.Index(fields=("take", "key"), name="lines_of_a_row"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.what} {self.key}"
