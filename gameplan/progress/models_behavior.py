"""How what a team makes of a behavior lies in the database: what it is for, and what is done about it."""

from __future__ import annotations

from django.db import models

from gameplan.cases.models import GrowingRows
from gameplan.progress.noted import Noted


class BehaviorSummary(Noted):
    """What a functional behavioral assessment came to: when it happens, what the child does, and what for.

    `on` is the day of it; the last row holds, the earlier ones stay to be read. `purpose` is a word of
    `behavior_plans.PURPOSES`, `gets` says it in the team's own words. The notes since `since` were looked at, and
    `because` keeps what they had in common then, sentence by sentence, as the program said it.
    """

    measure = models.ForeignKey("progress.Measure", on_delete=models.CASCADE, related_name="summaries")
    when = models.TextField()
    does = models.TextField()
    purpose = models.CharField(max_length=20)
    gets = models.TextField(blank=True, default="")
    looked_at = models.TextField()
    people = models.TextField()
    since = models.DateField(null=True)
    because = models.JSONField(default=list)

    objects = GrowingRows["BehaviorSummary"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="summary_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="summary_written_once"),
        )

    def __str__(self) -> str:
        return f"summary {self.number} of {self.measure}"


class BehaviorPlan(Noted):
    """What is done about a behavior: what is taught instead, what adults change before, and how they respond.

    `on` is the day from which it holds; the last row holds, the earlier ones stay to be read. `goals` are rows of the
    IEP that it serves, `measure_ids` the measures of the case that show whether it works.
    """

    measure = models.ForeignKey("progress.Measure", on_delete=models.CASCADE, related_name="behavior_plans")
    teach = models.TextField()
    prevent = models.TextField()
    respond = models.TextField()
    safety = models.TextField(blank=True, default="")
    by_whom = models.TextField()
    review_on = models.DateField(null=True)
    goals = models.JSONField(default=list)
    measure_ids = models.JSONField(default=list)

    objects = GrowingRows["BehaviorPlan"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="plan_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="behavior_plan_written_once"),
        )

    def __str__(self) -> str:
        return f"behavior plan {self.number} of {self.measure}"
