"""How cases lie in the database. Only this app touches these tables: read by `doors`, change by `verbs`.

Facts and the record of access only grow. Papers lie in the database too, so that one file holds everything
and a paper can never be half there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

LONGEST_ID = 120
Row = TypeVar("Row", bound=models.Model)


class OnlyGrows(TypeError):
    """Raised when code tries to change or delete what may only be added to. Add a correction instead."""


class GrowingRows(models.QuerySet[Row]):
    """Rows that can be added and read, and nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are never changed.")

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are never changed.")

    def delete(self) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are only deleted with the whole case.")


class Growing(models.Model):
    """A row that is written once. It goes only when the whole case goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row for the first time. Raises OnlyGrows for a row that is already there."""
        if not self._state.adding:
            raise OnlyGrows(f"{type(self).__name__}: a row is never changed.")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{type(self).__name__}: a row is only deleted with the whole case.")


class Case(models.Model):
    """One child's case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child_name = models.TextField(blank=True, default="")
    child_born = models.DateField(null=True, blank=True)
    child_state = models.TextField(blank=True, default="")
    child_grade = models.TextField(blank=True, default="")
    child_school = models.TextField(blank=True, default="")
    child_district = models.TextField(blank=True, default="")
    language = models.TextField(default="en")
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"case {self.pk}"


class Member(models.Model):
    """A person of a case and the role that says what they may do."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "person"), name="one_role_a_person_and_case"),)
        indexes = (models.Index(fields=("person", "case"), name="cases_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


class Entry(Growing):
    """One fact as it was written down. A mistake is corrected by a further entry.

    `entered_at` and `entered_by` are as the case file tells them; `kept_at` is when this database took it.
    `form_key` is the key of the form that sent it: the same form sent twice makes one fact.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    fact_id = models.CharField(max_length=LONGEST_ID)
    position = models.PositiveIntegerField()
    kind = models.TextField()
    on = models.DateField()
    said_by = models.TextField()
    data = models.JSONField(default=dict)
    planned = models.BooleanField(default=False)
    corrects = models.TextField(blank=True, default="")
    account_of = models.TextField(blank=True, default="")
    withdrawn = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    written_in = models.JSONField(default=dict)
    entered_at = models.TextField(blank=True, default="")
    entered_by = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Entry"].as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("case", "fact_id"), name="fact_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "position"), name="fact_position_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="form_sent_once"),
        )

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.kind} on {self.on}"


class Year(models.Model):
    """One school year of the child's school. `closed` and the rest are written as in the case file."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="years")
    school_year = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    closed = models.JSONField(default=list)
    open = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    source = models.TextField(blank=True, default="")
    saved_by = models.TextField(blank=True, default="")
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.school_year


class Attachment(models.Model):
    """A photo or paper of the case, with its bytes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    attachment_id = models.CharField(max_length=LONGEST_ID)
    name = models.TextField()
    media_type = models.TextField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "attachment_id"), name="attachment_id_once_a_case"),)

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.media_type}"


class Proof(Growing):
    """A paper that belongs to a fact."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="proofs")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="proves")

    objects = GrowingRows["Proof"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("entry", "attachment"), name="paper_once_a_fact"),)

    def __str__(self) -> str:
        return f"paper {self.attachment_id} of fact {self.entry_id}"


class Draft(models.Model):
    """What somebody has typed on a screen and not yet sent."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="drafts")
    person = models.CharField(max_length=LONGEST_ID)
    screen = models.CharField(max_length=LONGEST_ID)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "person", "screen"), name="draft_once_a_case_and_screen"),
            models.UniqueConstraint(
                fields=("person", "screen"), condition=Q(case__isnull=True), name="draft_once_a_screen"
            ),
        )

    def __str__(self) -> str:
        return f"draft of {self.screen}"


class Access(Growing):
    """The record of access: who looked at or changed which case, in what role, and when."""

    case_id = models.UUIDField()
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Access"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case_id", "person", "action", "at"), name="access_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.person} {self.action} {self.at:%Y-%m-%d}"
