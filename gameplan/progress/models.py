"""How progress lies in the database. Read by `doors`; changed by the verbs beside it.

What was noted only grows: a slip is put right by a further row that names it. Who sees a measure sees all of it.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.people.roles import Side
from gameplan.progress.noted import Noted
from gameplan.sealing.fields import SealedBytes

DIGITS, PLACES = 12, 3


class Measure(models.Model):
    """Something of a child that is measured again and again.

    `about`: goal, support, behavior or own. For a goal `plan_kind` and `row_id` name it through all plans of that kind;
    for extra help, `support_id` is that of the `Support`. `way` is a word of `measures.ways`, `top` the highest level
    of a rubric, `prompt` the strongest help that still counts as done. `side` wrote it; the other side sees it, and all
    that is noted of it, while it is `shown`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measures")
    measure_id = models.CharField(max_length=LONGEST_ID)
    about = models.CharField(max_length=20)
    plan_kind = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    row_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    support_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    way = models.CharField(max_length=20)
    top = models.PositiveSmallIntegerField(null=True)
    prompt = models.CharField(max_length=20, blank=True, default="")
    side = models.CharField(max_length=10, default=Side.SCHOOL.value, editable=False)
    shown = models.BooleanField(default=True)
    ended_on = models.DateField(null=True)
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "measure_id"), name="measure_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="measure_begun_once"),
        )

    def __str__(self) -> str:
        return f"measure {self.measure_id}"


class Terms(Growing):
    """What a measure is called, and from where to where it shall go, from now on; the last row holds.

    `rises` is False where less is better. Baseline and target are numbers in the unit of the measure's way.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="terms")
    title = models.TextField()
    rises = models.BooleanField(default=True)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    target_on = models.DateField(null=True)
    why = models.TextField(blank=True, default="")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Terms"].as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Point(Noted):
    """One measurement: `data` has the fields of the measure's way (`measures.ways`)."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="points")
    data = models.JSONField(default=dict)

    objects = GrowingRows["Point"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="point_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="point_noted_once"),
        )

    def __str__(self) -> str:
        return f"point {self.number} of {self.measure}"


class TeachingChange(Noted):
    """From this day on something is taught in another way: a line in the chart. `note` says what."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="changes")

    objects = GrowingRows["TeachingChange"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="change_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="change_noted_once"),
        )

    def __str__(self) -> str:
        return f"{self.note} from {self.on}"


class Decision(Noted):
    """What the team made of how a measure stood: `rule` and `because` as the program said, `does` what was decided.

    `does`: keep, change-teaching, raise-goal, review or meeting; `note` says why.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="decisions")
    status = models.CharField(max_length=20)
    rule = models.CharField(max_length=40, blank=True, default="")
    because = models.JSONField(default=list)
    does = models.CharField(max_length=20)

    objects = GrowingRows["Decision"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("measure", "number"), name="decision_number_once_a_measure"),
            models.UniqueConstraint(fields=("measure", "form_key"), name="decision_made_once"),
        )

    def __str__(self) -> str:
        return f"{self.does} on {self.on}"


class ProgressReport(Noted):
    """A report on progress as it was sent: its whole content, its words, their hash and the paper. It never changes.

    `since` and `on` are the first and the last day it tells of. `fact_ids`: the facts that tell of it. `shown`: the
    other side sees it; one that the family brought with a file of its own it keeps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="progress_reports")
    plan_kind = models.CharField(max_length=LONGEST_ID)
    since = models.DateField()
    lang = models.CharField(max_length=10)
    content = models.JSONField(default=dict)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf = SealedBytes()
    fact_ids = models.JSONField(default=list)
    shown = models.BooleanField(default=True)

    objects = GrowingRows["ProgressReport"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="report_number_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="report_sent_once"),
        )

    def __str__(self) -> str:
        return f"progress report {self.number}"
