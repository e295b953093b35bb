"""How letters lie in the database. Use `doors` to read and `verbs` to change.

A letter is frozen when it is finished: its words, the values they were made from, the rules they rest on,
the hash and the PDF.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.letters import UnknownLetter, kind_of
from gameplan.sealing.fields import SealedBytes, SealedJSON, SealedText


class Letter(Growing):
    """A letter as it was finished. A mistake in it is corrected by a new letter that names it in `corrects`.

    `fields` are the values it was made from, `rules` the entries of the law it rests on. `finished_at` is as
    the case file tells it; `kept_at` is when this database took the row. `pdf` is empty where no font could print it;
    `has_pdf` says so without reading it, in a letter that came through its door.
    """

    has_pdf: bool

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="letters")
    letter_id = models.CharField(max_length=LONGEST_ID)
    kind = models.TextField()
    lang = models.TextField()
    fields = SealedJSON(default=dict)
    text = SealedText()
    sha256 = models.CharField(max_length=64)
    rules = models.JSONField(default=list)
    pdf = SealedBytes()
    corrects = models.TextField(blank=True, default="")
    finished_at = models.TextField()
    form_key = models.UUIDField(null=True, editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Letter"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "letter_id"), name="letter_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="letter_finished_once"),
        )

    def __str__(self) -> str:
        return f"letter {self.letter_id}"

    @property
    def finished_on(self) -> date | None:
        """The day on which it was finished, or None if a case file from elsewhere does not say."""
        try:
            return date.fromisoformat(self.finished_at[:10])
        except ValueError:
            return None

    @property
    def went_out(self) -> tuple[Sending, ...]:
        """The ways on which it went out, oldest first; no query for a letter that came through its door."""
        return tuple(self.sendings.all())

    def name_in(self, lang: str) -> str:
        """How a page calls this kind of letter; its id if this program does not know the kind."""
        try:
            return kind_of(self.kind, lang).name
        except UnknownLetter:
            return self.kind


class Sending(models.Model):
    """One way on which a letter went out: how, when, to whom, and what proves it.

    `received` is the day on which the school got it, and is empty until that is known. `receipt` is the id of
    a paper of the case, `fact_id` the fact on the timeline that tells of it. `at` is when it was written.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="sendings")
    how = models.TextField()
    on = models.DateField()
    to = models.TextField(blank=True, default="")
    received = models.DateField(null=True)
    receipt = models.TextField(blank=True, default="")
    fact_id = models.TextField(blank=True, default="")
    at = models.TextField(blank=True, default="")
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("letter", "form_key"), name="letter_sent_once"),)

    def __str__(self) -> str:
        return f"sending of {self.letter.letter_id}"
