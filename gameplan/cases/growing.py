"""Rows that only grow: written once, never changed, deleted only with the whole case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class OnlyGrows(TypeError):
    """Raised when code tries to change or delete what may only be added to. Add a correction instead."""


class GrowingRows(models.QuerySet[Row]):
    """Rows that can be added and read, and nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are never changed.")

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are never changed.")

    def delete(self) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{self.model.__name__}: rows are only deleted with the whole case.")


class Growing(models.Model):
    """A row that is written once. It goes only when the whole case goes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row for the first time. Raises OnlyGrows for a row that is already there."""
        if not self._state.adding:
            raise OnlyGrows(f"{type(self).__name__}: a row is never changed.")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Always raises OnlyGrows."""
        raise OnlyGrows(f"{type(self).__name__}: a row is only deleted with the whole case.")
