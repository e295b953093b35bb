"""How requests to amend the record, and the end of the records, lie in the database.

Read and changed by `amending` and `retention`.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.people.models import Organisation


class Amendment(Growing):
    """The family asks the school to change or remove something in the child's record (34 CFR 300.618).

    `about` names it as the trail does ("fact:f3"), or is empty for something that lies at the school and not in this
    file. What then happens to it are its steps. `brought`: it came with a file of the family's own,
    or the family wrote it while no school held the case.
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
    brought = models.BooleanField(default=False, editable=False)
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


class RetentionStep(Growing):
    """A step on the way to the end of the records (34 CFR 300.624): `kind` is one of `retention.STEPS`.

    `text` is what was said: the notice as the parent got it, or why. `fact_id` is the fact that tells it, if any.
    `brought`: it came with a file of the family's own, and counts for nothing at the school that holds the case now.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="retention_steps")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    text = models.TextField(blank=True, default="")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    fact_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    brought = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["RetentionStep"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "form_key"), name="retention_step_made_once"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class PermanentRecord(Growing):
    """What a school may keep without limit once the records are destroyed (34 CFR 300.624(b)), and nothing else.

    The case is gone; `case_id` only says which trail ends with this row.
    """

    case_id = models.UUIDField(unique=True)
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="permanent_records")
    name = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    phone = models.TextField(blank=True, default="")
    grades = models.TextField(blank=True, default="")
    attendance = models.TextField(blank=True, default="")
    classes = models.TextField(blank=True, default="")
    grade_level = models.TextField(blank=True, default="")
    year_completed = models.TextField(blank=True, default="")
    destroyed_on = models.DateField()
    destroyed_by = models.CharField(max_length=LONGEST_ID)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["PermanentRecord"].as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"permanent record of case {self.case_id}"
