"""How tokens and webhooks lie in the database, and what is kept of requests for a day.

No secret is here: of a token there is its hash, and the secret of a webhook is worked out from the installation's key.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Case
from gameplan.people.models import User
from gameplan.people.roles import Side
from gameplan.sealing.fields import SealedBytes, SealedJSON

HEX_LETTERS: Final = 64
LONGEST_KEY: Final = 255


class Token(models.Model):
    """A program may do some of what its person may do, until a day.

    `person`: as cases know them; `user`: their account, none at home. `start`: the first letters of the token, to know
    it by. `case`: the only case that it opens, if it is bound to one. `second_step`: it was made by somebody who had
    signed in with a second step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.CharField(max_length=LONGEST_ID)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_ID)
    token_hash = models.CharField(max_length=HEX_LETTERS, unique=True, editable=False)
    start = models.CharField(max_length=20)
    scopes = models.JSONField(default=list)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    second_step = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")
        indexes = (models.Index(fields=("person", "expires_at"), name="tokens_of_a_person"),)

    def __str__(self) -> str:
        return f"token {self.name}"

    @property
    def works(self) -> bool:
        """True until it ends or is ended."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Kept(models.Model):
    """The answer to a request that named a key: who sends the same once more gets the same answer.

    It is written in the transaction of what was asked for, so that both are there or neither. `digest`: the SHA-256 of
    the request.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    digest = models.CharField(max_length=HEX_LETTERS)
    case_id = models.UUIDField(null=True, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    media_type = models.CharField(max_length=LONGEST_ID, default="")
    headers = SealedJSON(default=dict)
    body = SealedBytes(default=bytes)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return f"answer {self.status} to {self.key}"


class Hook(models.Model):
    """An address that is told of changes in the cases that the person of a token may see, while the token works.

    `secret_number` counts the secrets it has had; the one before still signs until `old_secret_until`. `failures`:
    how often in a row it could not be told. `paused_at`: nothing is sent until somebody starts it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="hooks")
    url = models.TextField()
    secret_number = models.PositiveIntegerField(default=1)
    old_secret_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return f"webhook {self.id}"

    @property
    def state(self) -> str:
        """Word for how it stands: on, or paused."""
        return "paused" if self.paused_at else "on"


class Event(models.Model):
    """Something changed in a case: written in the transaction that changes it, and told from here on.

    `kind` is a word of `events`, `about` names what changed ("f3", the ids of rules), never in anybody's words;
    `fact_kind` is the kind of a fact. `side`: the side whose dates they are; empty where it is told to whoever sees the
    thing itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=LONGEST_ID)
    about = models.JSONField(default=list)
    fact_kind = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    side = models.CharField(max_length=10, blank=True, default="", choices=[(one.value, one.value) for one in Side])
    made_at = models.DateTimeField(default=timezone.now)
    spread_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "id")
        indexes = (
            models.Index(fields=("made_at", "id"), condition=Q(spread_at__isnull=True), name="events_to_spread"),
            models.Index(fields=("made_at",), name="events_by_time"),
        )

    def __str__(self) -> str:
        return f"event {self.kind}"


class Delivery(models.Model):
    """An event on its way to a webhook. `next_at`: when it is tried next; `answer`: the last status, 0 for none."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given-up"

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)
    answer = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        constraints = (models.UniqueConstraint(fields=("hook", "event"), name="one_delivery_a_webhook"),)
        indexes = (models.Index(fields=("next_at",), condition=Q(state="waiting"), name="deliveries_to_try"),)

    def __str__(self) -> str:
        return f"{self.state} {self.event_id}"
