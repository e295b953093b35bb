"""What finding care keeps: listings from NPPES, files that were taken in, ZIP codes, one's own entries and notes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gameplan.care.kinds import LONGEST_ID
from gameplan.people.models import Organisation


class Intake(models.Model):
    """One file that is being taken in, or was: how far it is, and what came of it.

    `place` is where the next row begins (bytes of the CSV). It moves in the same transaction as the rows before it.
    `states`: two letters each with a space between, empty for all. `only_changes`: nothing is removed because it is not
    in the file. `faults`: the first rows that could not be read, in words. `made_up`: those of the sample family.
    """

    file_name = models.TextField()
    fingerprint = models.CharField(max_length=120)
    file_day = models.DateField(null=True)
    states = models.TextField(blank=True, default="")
    only_changes = models.BooleanField(default=False)
    made_up = models.BooleanField(default=False)
    size = models.BigIntegerField(default=0)
    place = models.BigIntegerField(default=0)
    rows = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)
    faulty = models.IntegerField(default=0)
    faults = models.JSONField(default=list)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-began_at", "-id")

    def __str__(self) -> str:
        return self.file_name


class Listing(models.Model):
    """A person or a place from the NPPES file, where they practice. The columns are those of `nppes.Provider`.

    `intake`: the file that said so last, by its number; a plain number, because a million of them are written at once.
    """

    npi = models.BigIntegerField(primary_key=True)
    is_organisation = models.BooleanField()
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    credential = models.CharField(max_length=60)
    kinds = models.IntegerField()
    street = models.CharField(max_length=200)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2)
    zip = models.CharField(max_length=5)
    phone = models.CharField(max_length=30)
    updated = models.DateField(null=True)
    intake = models.IntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("zip", "kinds"), name="listings_by_zip"),
            models.Index(fields=("state", "sort_name", "kinds"), name="listings_of_a_state"),
            models.Index(fields=("sort_name", "kinds"), name="listings_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class ZipPlace(models.Model):
    """The middle of a ZIP code, from a newer file than the one that comes with the program."""

    code = models.CharField(max_length=5, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    def __str__(self) -> str:
        return self.code


class Owned(models.Model):
    """Something that a person, or an organisation, keeps for itself: exactly one of the two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.CharField(max_length=64, blank=True, default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


def _one_owner(name: str) -> models.CheckConstraint:
    of_person = Q(organisation__isnull=True) & ~Q(person="")
    return models.CheckConstraint(condition=of_person | Q(organisation__isnull=False, person=""), name=name)


class OwnEntry(Owned):
    """A provider whom somebody wrote down: no file brought them, and no file takes them away."""

    kind = models.CharField(max_length=LONGEST_ID)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=60, blank=True, default="")
    street = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=2, blank=True, default="")
    zip = models.CharField(max_length=5, blank=True, default="")
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("sort_name", "id")
        constraints: ClassVar = [_one_owner("one_owner_of_an_entry")]
        indexes = (models.Index(fields=("person",), name="entries_of_a_person"),)

    def __str__(self) -> str:
        return self.name


class WrongNote(Owned):
    """ "This entry is wrong": what somebody noted of a listing, for themselves or their organisation."""

    npi = models.BigIntegerField(db_index=True)
    words = models.TextField()

    class Meta:
        ordering = ("written_at", "id")
        constraints: ClassVar = [_one_owner("one_owner_of_a_note")]

    def __str__(self) -> str:
        return f"{self.npi}: {self.words[:40]}"
