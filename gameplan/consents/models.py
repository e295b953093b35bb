"""How permission and signatures lie in the database. Everything here only grows: use `doors` to read, verbs to add.

What a parent was shown is kept word for word, with its hash. Silence is not here: nothing is written down for it.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case, Growing, GrowingRows
from gameplan.people.roles import Side
from gameplan.sealing.fields import SealedBytes


class ConsentRequest(Growing):
    """A school asks for permission: the form as it was given, with the hash of its text and the paper to print.

    `asked` is what it was composed from (`letters.consent_form.Asked`), `form` the form in its parts, `fact_for` the
    value of `for` in the facts that tell of it; empty where the timeline has no word for it. `on`: the day it was
    asked, `received`: the day the family had the form, if that is known.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consent_requests")
    request_id = models.CharField(max_length=LONGEST_ID)
    kind = models.CharField(max_length=LONGEST_ID)
    fact_for = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    lang = models.CharField(max_length=10)
    on = models.DateField()
    received = models.DateField(null=True)
    asked = models.JSONField()
    items = models.JSONField()
    form = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf = SealedBytes()
    fact_ids = models.JSONField(default=list)
    side = models.CharField(max_length=10, default=Side.SCHOOL.value, editable=False)
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    made_at = models.TextField()
    form_key = models.UUIDField(null=True, editable=False)

    objects = GrowingRows["ConsentRequest"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "request_id"), name="consent_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="consent_asked_once"),
        )

    def __str__(self) -> str:
        return f"consent {self.request_id}"


class ConsentAnswer(Growing):
    """What somebody who holds the educational rights said to a request, or took back; or the school took it back.

    `does`: answered, revoked or withdrawn. `items` has yes or no by the id of each thing; for what is taken back, the
    ids with "revoked". `on` is the day the school has it, `signed` the day on the paper. `means`: electronic, paper or
    household. `paper` is the id of the photo or scan, `signed_by` the name on it where another person files it. `text`
    is what was signed on a screen, word for word.
    """

    request = models.ForeignKey(ConsentRequest, on_delete=models.CASCADE, related_name="given_answers")
    number = models.PositiveIntegerField()
    does = models.CharField(max_length=20)
    items = models.JSONField(default=dict)
    words = models.TextField(blank=True, default="")
    on = models.DateField()
    signed = models.DateField()
    means = models.CharField(max_length=20)
    paper = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    signed_by = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    fact_ids = models.JSONField(default=list)
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    made_at = models.TextField()
    form_key = models.UUIDField(null=True, editable=False)

    objects = GrowingRows["ConsentAnswer"].as_manager()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("request", "number"), name="answer_number_once_a_request"),
            models.UniqueConstraint(fields=("request", "form_key"), name="answer_given_once"),
        )

    def __str__(self) -> str:
        return f"answer {self.number} to {self.request_id}"

    @property
    def speaker(self) -> str:
        """Whose word it is: the name on a paper that another person filed, else the person who answered."""
        return self.signed_by or self.person


class Signature(Growing):
    """Somebody signed something on a screen.

    `subject` names it ("consent:c1/1", "version:p1/2/answer:1"), `text` is what was signed and `sha256` its hash.
    `name` is what was typed, `account` and `method` how the signer was known, since `signed_in_at`. `trail_number` and
    `trail_head` are where the record of the case stood at that moment; `terms_sha256` the terms that were agreed to.
    `shared`: a school held the case too when it was signed, so that both sides see it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="signatures")
    signature_id = models.CharField(max_length=LONGEST_ID)
    subject = models.TextField()
    title = models.TextField()
    lang = models.CharField(max_length=10)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    account = models.TextField()
    method = models.CharField(max_length=40)
    signed_in_at = models.TextField(blank=True, default="")
    at = models.TextField()
    zone = models.TextField()
    trail_number = models.PositiveIntegerField()
    trail_head = models.CharField(max_length=64, blank=True, default="")
    terms_sha256 = models.CharField(max_length=64)
    pdf = SealedBytes()
    pdf_sha256 = models.CharField(max_length=64)
    shared = models.BooleanField(default=False, editable=False)
    form_key = models.UUIDField(null=True, editable=False)

    objects = GrowingRows["Signature"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "signature_id"), name="signature_id_once_a_case"),
            models.UniqueConstraint(fields=("case", "subject"), name="one_signature_a_subject"),
        )

    def __str__(self) -> str:
        return f"signature {self.signature_id} of {self.subject}"


class SignedCopy(models.Model):
    """The signer's copy of a signature on its way by e-mail; written with the signature (`copies`).

    `try_at` is when a worker tries it (None once it is sent or given up), `claimed_until` until when it is in
    somebody's hand. `reason` says why it did not go out.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    signature = models.OneToOneField(Signature, on_delete=models.CASCADE, related_name="signed_copy")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message_id = models.CharField(max_length=200)
    tries = models.PositiveIntegerField(default=0)
    try_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("try_at",), condition=models.Q(state="waiting"), name="copies_waiting"),)

    def __str__(self) -> str:
        return f"copy of {self.signature_id}"


class ScreenAgreement(Growing):
    """Somebody agreed to sign on a screen and get copies by e-mail, or took that back. The last word counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="screen_agreements")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    agrees = models.BooleanField()
    lang = models.CharField(max_length=10)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GrowingRows["ScreenAgreement"].as_manager()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("case", "person"), name="screen_agreement_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} {'agrees' if self.agrees else 'does not agree'}"
