"""How the sessions of services lie in the database."""

from __future__ import annotations

from django.db import models

from gameplan.cases.models import LONGEST_ID, Case, GrowingRows
from gameplan.progress.noted import Noted


class ServiceLog(Noted):
    """One session of a service of the plan in force: given, or missed with the reason.

    `plan_kind`, `field` and `row_id` name the service through all plans of that kind; `what` and `reason` are words of
    `measures.ledger`. `makes_up`: the number of the missed session that this one makes up for.
    `shown`: the other side sees it; what the family noted alone it keeps.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="service_logs")
    plan_kind = models.CharField(max_length=LONGEST_ID)
    field = models.CharField(max_length=LONGEST_ID)
    row_id = models.CharField(max_length=LONGEST_ID)
    minutes = models.PositiveIntegerField()
    what = models.CharField(max_length=20)
    reason = models.CharField(max_length=30, blank=True, default="")
    makes_up = models.PositiveIntegerField(null=True)
    in_group = models.BooleanField(null=True)
    shown = models.BooleanField(default=True)

    objects = GrowingRows["ServiceLog"].as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="service_log_number_once_a_case"),
            models.UniqueConstraint(fields=("case", "form_key"), name="service_logged_once"),
        )
        indexes = (models.Index(fields=("case", "on"), name="service_logs_by_day"),)

    def __str__(self) -> str:
        return f"service log {self.number}"
