"""How a case of two sides lies in the database: what is shown, who asks, what is put together, what is kept.

Read and changed by `showing`, `joining`, `merging` and `moving` only.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gameplan.cases.growing import Growing, GrowingRows
from gameplan.people.models import Organisation
from gameplan.sealing.fields import SealedBytes

LONGEST_ID = 120


class Choice(Growing):
    """The family's word whether the school sees one of its papers or letters (`about`: "paper:a1", "letter:l2").

    The last word counts. Without one a paper follows the fact that it belongs to, and a letter is seen once it is sent.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="choices")
    about = models.CharField(max_length=LONGEST_ID + 20)
    is_shown = models.BooleanField()
    person = models.CharField(max_length=LONGEST_ID)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Choice"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case", "about"), name="choices_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.about} {'shown' if self.is_shown else 'kept back'}"


class Asking(models.Model):
    """Somebody asks a school to hold a case: the family that was alone with it, or, for a child who moves, either side.

    `leaves` is the school that lets it go, empty where a family was alone. `chosen` are the names of what the family
    shows from then on ("fact:f3", "paper:a1", "letter:l2", "plan:p1"); None leaves all as it was. `move` is what is
    known of the move (`together.moving.Move`). Until the school says yes it learns the child's name and birth date, and
    who asks.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="askings")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="askings")
    leaves = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="askings_away")
    asked_by = models.CharField(max_length=LONGEST_ID)
    asked_role = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    chosen = models.JSONField(null=True)
    move = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    answered_by = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("asked_at", "id")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("case",), condition=Q(state="asked"), name="one_school_asked_at_a_time"),
        )
        indexes = (models.Index(fields=("school", "state"), name="askings_of_a_school"),)

    def __str__(self) -> str:
        return f"asking {self.pk}: {self.state}"

    @property
    def is_declined(self) -> bool:
        """True if the school said no."""
        return self.state == self.State.DECLINED


class Merging(models.Model):
    """Two cases of one child are to become one: `source` goes into `into`, which a school holds.

    `pairs` are the facts that both tell, as ids of the source and of the other. `chosen` is as in `Asking`. Each side
    says yes to exactly this (`agreed_on`: the hash of it); what either side changes afterwards is asked for anew.
    `renamed` tells, once it is done, which id each thing of the source has now.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="mergings_away")
    into = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="mergings_in")
    begun_by = models.CharField(max_length=LONGEST_ID)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    pairs = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    agreed_on = models.CharField(max_length=64, blank=True, default="")
    family_yes = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    school_yes = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    renamed = models.JSONField(default=dict)

    class Meta:
        ordering = ("begun_at", "id")
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("source",), condition=Q(state="open"), name="one_merging_at_a_time"),
        )

    def __str__(self) -> str:
        return f"merging {self.pk}: {self.state}"


class KeptCopy(Growing):
    """A case as it was on a day, frozen as a zip with its hash: what a school keeps when a child moves on.

    `case_id` is no key: the copy stays where the case goes. Without `organisation` it is the family's own, of a case
    that was put together with another one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField(db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="kept_copies")
    child_name = models.TextField(blank=True, default="")
    child_born = models.DateField(null=True)
    reason = models.CharField(max_length=40)
    content = SealedBytes()
    sha256 = models.CharField(max_length=64)
    made_by = models.CharField(max_length=LONGEST_ID)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["KeptCopy"].as_manager()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"copy of case {self.case_id}"
