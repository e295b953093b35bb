"""A row that somebody noted on a day: who, when, and which row it puts right. It is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from django.utils import timezone

from gameplan.cases.models import LONGEST_ID, Growing
from gameplan.people.roles import Side


class Noted(Growing):
    """One thing noted: `number` counts through the case, `on` is the day it tells of, `made_at` when it was kept.

    `corrects`: the number of the row that this one puts right; with `withdrawn` it takes that row back. `form_key` is
    the key of the form that sent it, made on the device: sent twice, also much later, it makes one row.
    """

    number = models.PositiveIntegerField()
    on = models.DateField()
    note = models.TextField(blank=True, default="")
    person = models.CharField(max_length=LONGEST_ID)
    role = models.CharField(max_length=40)
    side = models.CharField(max_length=10, default=Side.SCHOOL.value, editable=False)
    corrects = models.PositiveIntegerField(null=True)
    withdrawn = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


NotedRow = TypeVar("NotedRow", bound=Noted)


def standing(rows: Sequence[NotedRow]) -> list[NotedRow]:
    """Those rows that stand: neither put right nor taken back by a later one, in the order of their days.

    `rows`: all rows of one kind in a case. A correction of a correction counts from its own last word.
    """
    replaced = {one.corrects for one in rows if one.corrects is not None}
    kept = [one for one in rows if one.number not in replaced and not one.withdrawn]
    return sorted(kept, key=lambda one: (one.on, one.number))
