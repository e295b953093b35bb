"""How plans lie in the database. Use `doors` to read; `writing`, `remarks` and `life` change.

What is being written lies in small pieces, one value a row, so that two people who write in two fields never meet.
What was proposed, and everything that happened to a plan, only grows.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.people.roles import Side
from gameplan.plans.form_files import form
from gameplan.plans.forms import Form
from gameplan.sealing.fields import SealedBytes

LONGEST_PATH = 240


class Written(models.Model):
    """One plan or meeting in the making: which form, in which language, and what it follows.

    `follows` is the plan that it was carried over from; for a meeting, the plan that it is about. `side` is the side
    of the case that writes it; the other side sees it once it is `shown`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plans")
    plan_id = models.CharField(max_length=LONGEST_ID)
    form_id = models.CharField(max_length=LONGEST_ID)
    lang = models.TextField(default="en")
    follows = models.TextField(blank=True, default="")
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)
    side = models.CharField(max_length=10, default=Side.FAMILY.value, editable=False)
    shown = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "plan_id"), name="plan_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="plan_begun_once"),
        )

    def __str__(self) -> str:
        return f"plan {self.plan_id}"

    @property
    def form(self) -> Form:
        """The form that it is written on. Raises NoSuchEntry if this program does not have it any more."""
        return form(self.form_id)


class Cell(models.Model):
    """One value of a plan, by its path (`plans.cells`). Each saving gives it the next revision."""

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="cells")
    path = models.CharField(max_length=LONGEST_PATH)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.CharField(max_length=LONGEST_ID)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "path"), name="path_once_a_plan"),)

    def __str__(self) -> str:
        return self.path


class Earlier(Growing):
    """What stood in a field before somebody else, or the same person after a pause, changed it."""

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="earlier")
    path = models.CharField(max_length=LONGEST_PATH)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField()
    saved_by = models.CharField(max_length=LONGEST_ID)
    saved_at = models.DateTimeField()

    objects = GrowingRows["Earlier"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("plan", "path"), name="earlier_of_a_path"),)

    def __str__(self) -> str:
        return f"{self.path} as of {self.saved_at:%Y-%m-%d}"


class Beside(models.Model):
    """A text kept beside a field, because two people wrote in the same paragraph at once. Gone once it is settled."""

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="beside")
    path = models.CharField(max_length=LONGEST_PATH)
    value = models.JSONField(null=True)
    said_by = models.CharField(max_length=LONGEST_ID)
    desk = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "path", "desk"), name="one_text_beside_a_desk"),)

    def __str__(self) -> str:
        return f"beside {self.path}"


class Remark(models.Model):
    """A comment on a section, a field or a row. `settled_at` once somebody took care of it."""

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="remarks")
    path = models.CharField(max_length=LONGEST_PATH)
    text = models.TextField()
    said_by = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "form_key"), name="remark_made_once"),)

    def __str__(self) -> str:
        return f"remark on {self.path}"


class Version(Growing):
    """A plan as it was proposed: its whole content, the hash of it, and the paper as a PDF.

    `how` says what kind of version it is, `data` when it starts and what it changes (see `plans.life_events.Proposed`).
    It never changes; a slip of the pen is a step of its own. Versions are numbered through all plans of one kind.
    """

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=40)
    on = models.DateField()
    data = models.JSONField(default=dict)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf = SealedBytes(of="plan.case_id")
    note = models.TextField(blank=True, default="")
    made_by = models.TextField(blank=True, default="")
    made_at = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)

    objects = GrowingRows["Version"].as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="version_once_a_plan"),
            models.UniqueConstraint(fields=("plan", "form_key"), name="version_made_once"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"


class Step(Growing):
    """Something that happened to a plan besides being written: shared, answered, held, ended (see `plans.life`).

    `fact_ids` are the facts on the timeline that tell of it.
    """

    plan = models.ForeignKey(Written, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    version = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)
    fact_ids = models.JSONField(default=list)
    made_by = models.TextField(blank=True, default="")
    made_at = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)

    objects = GrowingRows["Step"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("plan", "form_key"), name="step_made_once"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
