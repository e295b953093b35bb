"""How cases lie in the database. Only this app touches these tables: read by `doors`, change by `verbs`.

Facts and the record of access only grow. Papers lie in the database too, so that one file holds everything
and a paper can never be half there.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gameplan.cases.growing import Growing, GrowingRows, OnlyGrows
from gameplan.cases.models_joint import LONGEST_ID
from gameplan.cases.names import folded
from gameplan.people.models import Organisation
from gameplan.people.roles import Action, Side
from gameplan.sealing.fields import SealedBytes, SealedJSON, SealedText

if TYPE_CHECKING:
    from gameplan.cases.people import Person

__all__ = [
    "LONGEST_ID", "Access", "Attachment", "Case", "Draft", "Entry", "Growing", "GrowingRows", "Member", "NotOpened",
    "OnlyGrows", "Proof", "Shown", "Year",
]  # fmt: skip


class NotOpened(RuntimeError):
    """Raised when code reads a case that did not come through its door: nobody knows for whom it reads."""


class Case(models.Model):
    """One child's case.

    `school` is set while a school holds the case together with the family; without it the family keeps the file alone.
    `child_sought` is the child's name as somebody looks for it (`names.folded`); saving keeps it right.
    `merged_into`: this case went into another one and is closed: no door opens it any more, and old links lead there.
    `reader` is who opened the case through its door: what can be read of it follows from that (see `seeing`). `can` is
    what the reader may do.
    """

    _reader: Person | None = None
    can: frozenset[Action] = frozenset()

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
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, editable=False, related_name="stubs")
    trail_count = models.PositiveIntegerField(default=0, editable=False)
    trail_head = models.CharField(max_length=64, blank=True, default="", editable=False)
    child_sought = models.TextField(blank=True, default="", editable=False)

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("school", "child_sought", "id"), name="children_of_a_school_by_name"),)

    def __str__(self) -> str:
        return f"case {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the case; what is counted (revision, trail) is never written back from an older look at it."""
        self.child_sought = folded(self.child_name)
        written = kwargs.get("update_fields")
        if not self._state.adding and written is None:
            written = [one.name for one in self._meta.concrete_fields if one.editable]
        if written is not None:
            kwargs["update_fields"] = {*written, *(("child_sought",) if "child_name" in written else ())}
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """True if somebody has opened this case through its door."""
        return self._reader is not None

    @property
    def reader(self) -> Person:
        """Who opened this case, in their role there. Raises NotOpened if it did not come through its door."""
        if self._reader is None:
            raise NotOpened(f"{self} was not opened by `case_for`.")
        return self._reader

    @reader.setter
    def reader(self, person: Person) -> None:
        self._reader = person


class Member(models.Model):
    """A person of a case and the role that says what they may do.

    `decides`: holds the educational rights. `limits`: what a court order takes away, in its words. A role that has
    ended stays as a row: who was part of it is part of the record.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateField(null=True, blank=True)
    decides = models.BooleanField(default=True)
    limits = models.TextField(blank=True, default="")
    invited_by = models.CharField(max_length=LONGEST_ID, blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "person"), name="one_role_a_person_and_case"),)
        indexes = (models.Index(fields=("person", "case"), name="cases_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


class Entry(Growing):
    """One fact as it was written down. A mistake is corrected by a further entry.

    `side` is the side of the case that wrote it. What the family wrote, the school sees once it is shown (`Shown`).

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
    note = SealedText(blank=True, default="")
    written_in = models.JSONField(default=dict)
    entered_at = models.TextField(blank=True, default="")
    entered_by = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)
    side = models.CharField(max_length=10, default=Side.FAMILY.value, editable=False)

    objects = GrowingRows["Entry"].as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("case", "fact_id"), name="fact_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "position"), name="fact_position_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="form_sent_once"),
        )
        indexes = (models.Index(fields=("on",), condition=Q(planned=True), name="planned_facts_by_day"),)

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
    content = SealedBytes()
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.TextField(blank=True, default="")
    side = models.CharField(max_length=10, default=Side.FAMILY.value, editable=False)

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


class Shown(Growing):
    """The family shows one of its facts to the school, or stops showing it. The last word of an entry counts."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="shown")
    is_shown = models.BooleanField()
    person = models.CharField(max_length=LONGEST_ID)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Shown"].as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"entry {self.entry_id} {'shown' if self.is_shown else 'kept back'}"


class Draft(models.Model):
    """What somebody has typed on a screen and not yet sent."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="drafts")
    person = models.CharField(max_length=LONGEST_ID)
    screen = models.CharField(max_length=LONGEST_ID)
    data = SealedJSON(default=dict)
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
    """The record of access, and the trail of all changes: who did what with which case, in what role, and when.

    The rows of a case are a chain: `number` counts them from 1, `before` is the hash of the row before, `hash` covers
    this row with it (`trail`). `about` names what was touched ("fact:f3"), `digest` is the SHA-256 of how it then was.
    """

    case_id = models.UUIDField()
    number = models.PositiveIntegerField()
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    about = models.TextField(blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(default=timezone.now, editable=False)
    before = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    objects = GrowingRows["Access"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case_id", "number"), name="trail_number_once_a_case"),)
        indexes = (models.Index(fields=("case_id", "person", "action", "at"), name="access_of_a_case"),)

    def __str__(self) -> str:
        return f"{self.person} {self.action} {self.at:%Y-%m-%d}"
