"""How extra help in class (MTSS, RTI) lies in the database: groups of a school, and each child's help."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, GrowingRows
from gameplan.people.models import Organisation
from gameplan.people.roles import Side
from gameplan.progress.noted import Noted


class Group(models.Model):
    """Children of a school who get the same help together. Who is in it follows from their `Support` rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="support_groups")
    name = models.TextField()
    tier = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=LONGEST_ID)
    who = models.TextField(blank=True, default="")
    ended_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Support(models.Model):
    """Extra help for one child: on which tier, in what, how much of it, by whom, from when to when.

    `times` of `minutes` each `per` (day, week). `until` is planned; `ended_on` is when it ended, `ended_why` a word:
    worked, changed, moved-up, moved-down, evaluated or other. `shown`: the other side sees it; what the
    family noted alone it keeps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="supports")
    support_id = models.CharField(max_length=LONGEST_ID)
    tier = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=LONGEST_ID)
    title = models.TextField()
    minutes = models.PositiveIntegerField(null=True)
    times = models.PositiveIntegerField(null=True)
    per = models.CharField(max_length=10, blank=True, default="")
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, related_name="supports")
    who = models.TextField(blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=20, blank=True, default="")
    side = models.CharField(max_length=10, default=Side.SCHOOL.value, editable=False)
    shown = models.BooleanField(default=True)
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    fact_ids = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "support_id"), name="support_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="support_begun_once"),
        )

    def __str__(self) -> str:
        return f"support {self.support_id}"


class SupportNote(Noted):
    """What was noted about extra help: `kind` is fidelity, note, review or told.

    `share`: for fidelity, how much of what was planned was done, in percent. `adequate`: for a review, whether the
    child's progress was good enough; None where the team cannot tell yet. `fact_ids`: the facts that tell of it.
    """

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20)
    share = models.PositiveSmallIntegerField(null=True)
    adequate = models.BooleanField(null=True)
    data = models.JSONField(default=dict)
    fact_ids = models.JSONField(default=list)

    objects = GrowingRows["SupportNote"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("support", "number"), name="note_number_once_a_support"),
            models.UniqueConstraint(fields=("support", "form_key"), name="support_noted_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.support}"
