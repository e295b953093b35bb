"""The one table of the house itself: when each worker took its last turn, wherever it runs."""

from __future__ import annotations

from django.db import models


class Beat(models.Model):
    """A worker's last turn. `name` is machine and process; `turns` how many it has taken."""

    name = models.CharField(max_length=120, primary_key=True)
    began_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)
    turns = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-at", "name")

    def __str__(self) -> str:
        return f"{self.name}: turn {self.turns} at {self.at:%Y-%m-%d %H:%M}"
