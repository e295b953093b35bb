"""How what happens in class lies in the database: accommodations that were given, and behavior that was seen."""

from __future__ import annotations

from django.db import models

from gameplan.cases.models import LONGEST_ID, Case, GrowingRows
from gameplan.progress.noted import Noted


class Given(Noted):
    """An accommodation of the plan in force on one day in one class: given, turned down by the child, or not given.

    `plan_kind`, `field` and `row_id` name it through all plans of that kind. `was`: given, declined or not-given.
    `shown`: the other side sees it; what the family noted alone it keeps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="given")
    plan_kind = models.CharField(max_length=LONGEST_ID)
    field = models.CharField(max_length=LONGEST_ID)
    row_id = models.CharField(max_length=LONGEST_ID)
    place = models.TextField(blank=True, default="")
    was = models.CharField(max_length=20)
    shown = models.BooleanField(default=True)

    objects = GrowingRows["Given"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="given_number_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="given_noted_once"),
        )
        indexes = (models.Index(fields=("case", "on"), name="given_by_day"),)

    def __str__(self) -> str:
        return f"accommodation {self.row_id} on {self.on}"


class Incident(Noted):
    """A behavior as it was seen once: what came before, what the child did, what came after (ABC).

    It belongs to a measure of behavior, and is seen by those who see the measure. `minutes` is how long it lasted;
    `intensity` from 1 (mild) to 5.
    """

    measure = models.ForeignKey("progress.Measure", on_delete=models.CASCADE, related_name="incidents")
    at = models.TimeField(null=True)
    place = models.TextField(blank=True, default="")
    antecedent = models.TextField()
    behavior = models.TextField()
    consequence = models.TextField()
    minutes = models.PositiveIntegerField(null=True)
    intensity = models.PositiveSmallIntegerField(null=True)

    objects = GrowingRows["Incident"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="incident_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="incident_noted_once"),
        )

    def __str__(self) -> str:
        return f"incident {self.number} of {self.measure}"
