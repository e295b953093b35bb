"""How notices and deliveries lie in the database. Read by `doors`; changed by `writing`, `sending` and the like.

A notice is frozen when it is finished, each language version (`Edition`) with its own words and hash. What happens
to a delivery is a row of its own (`Mark`), written once. What was `brought` came with a file of the family's own, or
the family wrote it while no school held the case.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.letters import UnknownLetter, kind_of
from gameplan.sealing.fields import SealedBytes


class Notice(Growing):
    """A notice of the school. `about_event` is the fact that it is about; a mistake is mended by a new notice that
    names it in `corrects`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="school_notices")
    notice_id = models.CharField(max_length=LONGEST_ID)
    kind = models.CharField(max_length=60)
    on = models.DateField()
    about_event = models.TextField(blank=True, default="")
    corrects = models.TextField(blank=True, default="")
    side = models.CharField(max_length=10)
    made_by = models.CharField(max_length=LONGEST_ID)
    made_role = models.CharField(max_length=40)
    brought = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, editable=False)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Notice"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "notice_id"), name="notice_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="notice_finished_once"),
        )

    def __str__(self) -> str:
        return f"notice {self.notice_id}"

    @property
    def about(self) -> str:
        """How the trail and a delivery name this notice."""
        return f"notice:{self.notice_id}"

    def name_in(self, lang: str) -> str:
        """How a page calls this kind of notice; its id if this program does not know the kind."""
        try:
            return kind_of(self.kind, lang).name
        except UnknownLetter:
            return self.kind


class Edition(Growing):
    """A notice in one language: the values it was made from, its words, their hash, the rules, the PDF.

    One edition is the original; the others say who translated it.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="editions")
    lang = models.CharField(max_length=20)
    title = models.TextField()
    values = models.JSONField(default=dict)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    rules = models.JSONField(default=list)
    pdf = SealedBytes(of="notice.case_id")
    is_original = models.BooleanField(default=True)
    translated_by = models.TextField(blank=True, default="")
    made_by = models.CharField(max_length=LONGEST_ID)
    kept_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Edition"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("notice", "lang"), name="edition_once_a_language"),)

    def __str__(self) -> str:
        return f"{self.notice} in {self.lang}"


class Delivery(models.Model):
    """One frozen paper on its way to one recipient.

    `about` names the paper ("notice:n1", "version:p2/1", "letter:l1"), `leaves` its language versions with their
    hashes, as they went out. `person` is the recipient as one of the case's people; for somebody without an account it
    starts with "name:". `lang` is the language in which the recipient is written to. `on` is the day on which it went
    out (for an e-mail still waiting, the day on which it was asked for). `arrived` is set only where it is known.
    `state` is a word of `proofs.State`.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deliveries")
    delivery_id = models.CharField(max_length=LONGEST_ID)
    about = models.CharField(max_length=LONGEST_ID)
    leaves = models.JSONField(default=dict)
    way = models.CharField(max_length=20)
    person = models.CharField(max_length=LONGEST_ID)
    to_name = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    lang = models.CharField(max_length=20, default="en")
    on = models.DateField()
    arrived = models.DateField(null=True)
    handed_by = models.TextField(blank=True, default="")
    signed = models.BooleanField(null=True)
    proof = models.TextField(blank=True, default="")
    no_translation = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10)
    reason = models.TextField(blank=True, default="")
    message_id = models.CharField(max_length=200, blank=True, default="")
    tries = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    fact_id = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    by_person = models.CharField(max_length=LONGEST_ID)
    by_role = models.CharField(max_length=40)
    brought = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "delivery_id"), name="delivery_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="delivery_made_once"),
        )
        indexes = (
            models.Index(fields=("try_at",), condition=models.Q(state="queued"), name="deliveries_waiting"),
            models.Index(fields=("case", "about"), name="deliveries_of_a_paper"),
            models.Index(fields=("message_id",), name="delivery_of_a_message"),
        )

    def __str__(self) -> str:
        return f"delivery {self.delivery_id} of {self.about}"


class Mark(Growing):
    """Something that is proved about a delivery: what (`proofs.What`), when, by whom, and of which version.

    `person` and `role` are who did it; by a link without an account the role is "visitor".
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="proved")
    what = models.CharField(max_length=20)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    lang = models.CharField(max_length=20, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    person = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    role = models.CharField(max_length=40, blank=True, default="")
    by_link = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")

    objects = GrowingRows["Mark"].as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.what} on {self.on}"


class Link(models.Model):
    """A private link to one delivery. Only the hash of its token is kept."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="private_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"link of {self.delivery_id}"


class Choice(Growing):
    """A member of the family chooses to get notices by e-mail, or not (34 CFR 300.505). The last one counts.

    What was brought counts at a school only if whoever brought it said it for themselves (`counts`).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="delivery_choices")
    person = models.CharField(max_length=LONGEST_ID)
    to_name = models.TextField(blank=True, default="")
    by_email = models.BooleanField()
    address = models.TextField(blank=True, default="")
    on = models.DateField()
    how = models.CharField(max_length=20)
    by_person = models.CharField(max_length=LONGEST_ID)
    by_role = models.CharField(max_length=40)
    brought = models.BooleanField(default=False, editable=False)
    counts = models.BooleanField(default=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Choice"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case", "person"), name="delivery_choices_of_a_person"),)

    def __str__(self) -> str:
        return f"by_email={self.by_email} since {self.on}"


class Wish(Growing):
    """Which languages a member of the family wants for papers and for meetings. The last one counts.

    What was brought counts as with a choice; its note stays with the family.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="language_wishes")
    person = models.CharField(max_length=LONGEST_ID)
    to_name = models.TextField(blank=True, default="")
    papers = models.TextField()
    meetings = models.TextField()
    interpreter = models.BooleanField(default=False)
    is_written = models.BooleanField(default=True)
    note = models.TextField(blank=True, default="")
    on = models.DateField()
    by_person = models.CharField(max_length=LONGEST_ID)
    by_role = models.CharField(max_length=40)
    brought = models.BooleanField(default=False, editable=False)
    counts = models.BooleanField(default=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["Wish"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case", "person"), name="language_wishes_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.papers} since {self.on}"


class LanguageHelp(models.Model):
    """An interpreter or a translation that was asked for: for whom, by when, and whether it was there.

    `about` names the paper to be translated, or is empty. `needed_by` is the day on which it is needed, such as that of
    the meeting; no federal rule gives a number of days. `by_whom` interpreted or translated.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="language_help")
    what = models.CharField(max_length=20)
    about = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    for_what = models.TextField(blank=True, default="")
    person = models.CharField(max_length=LONGEST_ID)
    to_name = models.TextField(blank=True, default="")
    lang = models.TextField()
    asked_on = models.DateField()
    needed_by = models.DateField(null=True)
    done_on = models.DateField(null=True)
    by_whom = models.TextField(blank=True, default="")
    understood = models.BooleanField(null=True)
    brought = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "form_key"), name="language_help_asked_once"),
            models.UniqueConstraint(fields=("case", "key"), name="language_help_key_once_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.what} asked on {self.asked_on}"
