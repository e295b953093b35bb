"""What was worked out of every case: its open duties with their days, and who was reminded of them.

`Due` and `Looked` say nothing new: they can be emptied, and `refreshing` fills them again from the facts and the law.
They are there so that a page, a reminder or a calendar asks an index, and never works out a case while somebody waits.
The two sides have rows of their own, because what the family keeps to itself may move a day.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case
from gameplan.core.words import Say
from gameplan.people.models import Organisation, User
from gameplan.people.roles import Side

NEVER = date.max
"""The day of what has none: it sorts behind every other day, in every database."""

AT_ONCE = date.min
"""The day of what has to be worked out at the next turn."""

SIDES = (Side.FAMILY, Side.SCHOOL)


class OfCase(models.Model):
    """What each row says: of which case, as which side sees it, and where the child goes to school.

    `school` and `district` are copies of the case's own, so that one index gives a whole school or district by day.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    side = models.CharField(max_length=10)
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    district = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    next_on = models.DateField(default=NEVER)

    class Meta:
        abstract = True

    @property
    def day(self) -> date | None:
        """The next day that matters, or None where there is none."""
        return None if self.next_on == NEVER else self.next_on


class Due(OfCase):
    """One duty of a case that still asks something of somebody, as the engine worked it out on `Looked.as_of`.

    The columns are those of `core.standing.Duty`; a right that has lapsed and what is met or excused have no row.
    `next_on` is the due day, or the earliest that it can be. `number` counts the duties of one rule and one start.
    """

    pack = models.CharField(max_length=10)
    clock = models.CharField(max_length=LONGEST_ID)
    started_by = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20)
    area = models.CharField(max_length=20, blank=True, default="")
    title = models.JSONField()
    owed_by = models.JSONField(default=list)
    owed_to = models.JSONField(default=list)
    status = models.CharField(max_length=12)
    confidence = models.CharField(max_length=10)
    started = models.DateField(null=True)
    due = models.DateField(null=True)
    due_earliest = models.DateField(null=True)
    due_latest = models.DateField(null=True)

    class Meta:
        ordering = ("next_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "side", "pack", "clock", "started_by", "number"), name="one_row_a_duty_and_side"
            ),
        )
        indexes = (
            models.Index(fields=("case", "side", "next_on"), name="dues_of_a_case"),
            models.Index(fields=("school", "side", "next_on", "id"), name="dues_of_a_school"),
            models.Index(fields=("district", "side", "next_on", "id"), name="dues_of_a_district"),
            models.Index(fields=("school", "side", "status", "next_on", "id"), name="dues_of_a_school_by_status"),
            models.Index(fields=("district", "side", "status", "next_on", "id"), name="dues_of_district_by_status"),
            models.Index(fields=("side", "status", "next_on", "id"), name="dues_by_status"),
            models.Index(fields=("side", "clock", "next_on", "id"), name="dues_by_clock"),
        )

    def __str__(self) -> str:
        return f"{self.clock}: {self.status} {self.day or ''}"

    @property
    def says(self) -> Say:
        """The title, for a tongue to say: a row speaks no language."""
        text: str = self.title["text"]
        return Say(text, self.title.get("values", {}))


class Looked(OfCase):
    """For which revision of the case, which day and which law the rows of a side hold, and what they come to.

    `holds_until` is the first day on which any row may be another one, though nobody has written anything: until then
    the rows of `as_of` hold. `changes_on` is that day too, or AT_ONCE once the case has changed: by it the worker
    finds what to do. `told` is a digest of the facts. `next_on` is the first day of all rows; the numbers count them
    by status.
    """

    revision = models.PositiveIntegerField()
    as_of = models.DateField()
    law = models.CharField(max_length=16)
    told = models.CharField(max_length=16, blank=True, default="")
    holds_until = models.DateField(default=NEVER)
    changes_on = models.DateField(default=NEVER)
    late = models.PositiveSmallIntegerField(default=0)
    due_soon = models.PositiveSmallIntegerField(default=0)
    running = models.PositiveSmallIntegerField(default=0)
    cannot_tell = models.PositiveSmallIntegerField(default=0)
    paused = models.PositiveSmallIntegerField(default=0)
    not_started = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("next_on", "case_id")
        constraints = (models.UniqueConstraint(fields=("case", "side"), name="looked_once_a_case_and_side"),)
        indexes = (
            models.Index(fields=("changes_on", "case"), name="looks_that_a_day_changes"),
            models.Index(fields=("school", "side", "next_on", "case"), name="cases_of_a_school_by_day"),
            models.Index(fields=("district", "side", "next_on", "case"), name="cases_of_a_district_by_day"),
            models.Index(fields=("side", "next_on", "case"), name="cases_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.side} of case {self.case_id} on {self.as_of}"


class Wish(models.Model):
    """How a person wants to be reminded. Who has not said gets little: one mail a week at most, and few besides.

    `made_for` is the last day for which their reminders were made, `digest_on` that of their last digest. Nothing is
    sent between the hours `quiet_from` and `quiet_until` of the day (both the same: no quiet hours).
    """

    class How(models.TextChoices):
        OFF = "off"  # no mail at all
        DATES = "dates"  # only a mail before a day and one when something is late
        WEEKLY = "weekly"
        DAILY = "daily"

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices, default=How.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=0)
    days_before = models.PositiveSmallIntegerField(default=3)
    when_late = models.BooleanField(default=True)
    quiet_from = models.PositiveSmallIntegerField(default=20)
    quiet_until = models.PositiveSmallIntegerField(default=7)
    digest_on = models.DateField(default=date.min)
    made_for = models.DateField(default=date.min)

    class Meta:
        indexes = (models.Index(fields=("made_for", "user"), name="wishes_by_day_made_for"),)

    def __str__(self) -> str:
        return f"{self.how} for {self.user_id}"


class Told(models.Model):
    """A person has been told that this duty is near its day, or late: once is enough.

    `about` is a digest of the duty's rule and start; a duty whose day moves is told of again.
    """

    class What(models.TextChoices):
        SOON = "soon"
        LATE = "late"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=16)
    what = models.CharField(max_length=5, choices=What.choices)
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "case", "about", "what", "day"), name="told_once_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.about} on {self.day}"


class Message(models.Model):
    """One e-mail of the outbox, frozen until it is out: a person gets one of a kind for a day, however many make it.

    Its words (`text`, `html`) are kept no longer than until it went out or was given up.

    `claim` says which worker has it in hand, until `claimed_until`; then another may take it. `message_id` stays the
    same at every try, so that a mail that went out twice is shown once.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"  # the person wants no mail any more, or has no account any more

    class Kind(models.TextChoices):
        DIGEST = "digest"
        DATES = "dates"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.EmailField(max_length=254)
    lang = models.CharField(max_length=10)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    stop = models.TextField()
    message_id = models.CharField(max_length=254)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    try_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-day", "id")
        constraints = (models.UniqueConstraint(fields=("user", "day", "kind"), name="one_message_a_person_and_day"),)
        indexes = (
            models.Index(fields=("try_at", "id"), condition=Q(state="queued"), name="messages_that_wait"),
            models.Index(fields=("user", "-day"), name="messages_of_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.day}: {self.state}"


class Feed(models.Model):
    """A calendar that somebody's own calendar program fetches by a secret address. Only the hash of it is kept."""

    class Label(models.TextChoices):
        NONE = "none"
        INITIALS = "initials"
        FIRST_NAME = "first-name"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=10, choices=Label.choices, default=Label.NONE)
    lang = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    fetched_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
