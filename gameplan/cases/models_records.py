"""How requests to amend the record lie in the database. Read and changed by `amending`."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows


class Amendment(Growing):
    """The family asks the school to change or remove something in the child's record (34 CFR 300.618).

    `about` names it as the trail does ("fact:f3"), or is empty for something that lies at the school and not in this
    file. What then happens to it are its steps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField()
    about = models.CharField(max_length=LONGEST_ID * 2, blank=True, default="")
    wrong = models.TextField()
    should = models.TextField()
    on = models.DateField()
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    fact_id = models.CharField(max_length=LONGEST_ID)
    form_key = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Amendment"].as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="amendment_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="amendment_asked_once"),
        )

    def __str__(self) -> str:
        return f"amendment {self.number}"


class AmendmentStep(Growing):
    """Something that happened to a request to amend: `kind` is one of `amending.STEPS`.

    `text` are the words: why not, what was decided, what was changed, or the family's own statement, which is also
    kept as a paper (`paper_id`). `fact_id` is the fact on the timeline that tells of it, if there is one.
    """

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    text = models.TextField(blank=True, default="")
    told_of_hearing = models.BooleanField(null=True)
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    fact_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    paper_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["AmendmentStep"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("amendment", "form_key"), name="amendment_step_made_once"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
