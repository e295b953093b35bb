"""How people and organisations lie in the database. Read by `doors`, changed by `verbs`."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

EVERYWHERE = uuid.UUID(int=0)
"""The place of a stamp that counts for all organisations."""


class Users(BaseUserManager["User"]):
    """Accounts by their e-mail address, in which large and small letters are the same."""

    def create_user(self, email: str, password: str | None = None, **about: Any) -> User:
        """A new account. Without a password it can be entered only by a link, a passkey or single sign-on."""
        user = self.model(email=email.strip().lower(), **about)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of that address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody with an account. What they may see follows from cases and posts, never from the account itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="one_account_an_address"),)

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the account. Where it may be called otherwise now, every list that names people is made anew."""
        written = kwargs.get("update_fields")
        renames = not self._state.adding and (written is None or not {"name", "email"}.isdisjoint(written))
        with transaction.atomic():
            super().save(*args, **kwargs)
            if renames:
                Stamp.objects.create(place=EVERYWHERE)


class Organisation(models.Model):
    """A State agency, a district or a school. Each but the State lies in another."""

    class Kind(models.TextChoices):
        STATE = "state"
        DISTRICT = "district"
        SCHOOL = "school"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.TextField()
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    state = models.CharField(max_length=2, blank=True, default="")
    nces_id = models.CharField(max_length=20, blank=True, default="")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=("nces_id",), name="organisation_by_nces_id"),)

    def __str__(self) -> str:
        return self.name


class SchoolYear(models.Model):
    """One school year of an organisation. A school without one of its own has its district's.

    `closed`, `open` and `weekdays` are written as in a case's own year (`cases.Year`). `adds`: the days off here come
    on top of those of the organisation above, for the same year, and what is left empty is as it is there; otherwise
    this year stands in their place. `saved_by`: the account that wrote it last.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="years")
    school_year = models.TextField()
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    closed = models.JSONField(default=list)
    open = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    adds = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ("school_year", "id")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "school_year"), name="one_year_an_organisation"),
            models.CheckConstraint(
                condition=Q(adds=True) | Q(first_day__isnull=False, last_day__isnull=False),
                name="a_whole_year_has_both_ends",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school_year} of {self.organisation_id}"


class Post(models.Model):
    """Somebody works in an organisation in a role (`roles.ROLES`), from a day, perhaps until a day.

    Roles that are reached by post open all children of the organisation and below. With the others a person may be
    assigned to children there, one by one. `given_by` and `ended_by`: the accounts that did so.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    given_by = models.CharField(max_length=120, blank=True, default="")
    ended_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("user", "role"), name="posts_of_a_person"),
            models.Index(fields=("organisation", "role"), name="posts_of_an_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"


class Stamp(models.Model):
    """Something that lists of a place show has changed so many times (see `stamps`).

    The rows of a place are added up. They are only added and put together, so that the sum grows and never goes back.
    `place`: the id of an organisation, or EVERYWHERE.
    """

    place = models.UUIDField()
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("place", "number"), name="stamps_of_a_place"),)

    def __str__(self) -> str:
        return f"{self.number} in {self.place}"


class Invitation(models.Model):
    """Somebody is asked in: to a post in an organisation, or to a role in a case. Its link works once.

    Only the hash of the link's token is kept. `case_id` names a case without reaching into it: cases lie above.
    """

    class Kind(models.TextChoices):
        POST = "post"
        CASE = "case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="invitations")
    case_id = models.UUIDField(null=True)
    decides = models.BooleanField(default=True)
    limits = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10, default="en")
    invited_by = models.CharField(max_length=120, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-made_at", "id")
        indexes = (
            models.Index(fields=("case_id", "expires_at"), name="invitations_to_a_case"),
            models.Index(fields=("email",), name="invitations_of_an_address"),
        )

    def __str__(self) -> str:
        return f"invitation as {self.role}"

    @property
    def is_open(self) -> bool:
        """True while its link still works."""
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class Counted(models.Model):
    """How often something was tried (passwords, codes), counted over all processes: Django's cache in the database."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_counted"

    def __str__(self) -> str:
        return self.cache_key


class Spent(models.Model):
    """How often somebody did something in a stretch of time (`limits`).

    `who`: a hash of what and who, never an address. `start`: when the stretch began, in seconds since 1970.
    """

    who = models.CharField(max_length=64)
    start = models.PositiveBigIntegerField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("who", "start"), name="one_count_a_stretch"),)

    def __str__(self) -> str:
        return f"{self.number} times"
