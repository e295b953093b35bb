"""Locking anew: what is locked with an older key, or not at all, is locked with the newest, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F

from gameplan.sealing.fields import Locked, Sealed
from gameplan.sealing.keys import roots
from gameplan.sealing.seal import CASE_BYTES, HEAD, OF_NO_CASE, open_sealed, root_of, seal

ROWS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One locked column of the installation."""

    model: type[models.Model]
    field: Sealed

    def __str__(self) -> str:
        return self.field.place

    def rows(self) -> models.QuerySet[Any]:
        """All rows, past what a model allows to be done with them: what they say does not change here."""
        return models.QuerySet(self.model).order_by("pk")

    def as_they_lie(self) -> models.QuerySet[Any, tuple[Any, Any, UUID | None]]:
        """Each row as its key, what the column holds, and its case."""
        plain = ExpressionWrapper(F(self.field.name), output_field=self.field.plain())
        return self.rows().values_list("pk", plain, self.field.of.replace(".", "__"))


def columns() -> tuple[Column, ...]:
    """Every locked column, by the name of its place."""
    found = (
        Column(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, Sealed)
    )
    return tuple(sorted(found, key=str))


def lock_anew(told: Callable[[int], None] = lambda _rows: None) -> Counter[str]:
    """Lock with the newest key whatever is not locked with it yet: how many values, by column.

    In steps of so many rows, each whole: stopped at any moment it goes on where it was. `told` hears of each step how
    many rows it looked at. Raises NoKey and Broken.
    """
    done: Counter[str] = Counter()
    for column in columns():
        last: Any = None
        while True:
            with transaction.atomic():
                rows = (
                    column.as_they_lie()
                    .filter(**({} if last is None else {"pk__gt": last}))
                    .select_for_update(of=("self",))
                )
                step = list(rows[:ROWS_AT_ONCE])
                done[str(column)] += sum(_lock_anew(column, *row) for row in step)
            if not step:
                break
            last = step[-1][0]
            told(len(step))
    return +done


def _lock_anew(column: Column, key: Any, value: Any, case: UUID | None) -> bool:
    """True if the value was locked otherwise and is locked with the newest key now."""
    field, now = column.field, roots()
    found = None if value is None else field.locked_in(value)
    if found is not None and root_of(found) == now.newest:
        return False
    if found is None:
        if field.is_nothing(value):
            return False
        plain, of = field.to_bytes(value), case or OF_NO_CASE
    else:
        plain, of = open_sealed(found, place=field.place, roots=now), UUID(bytes=found[HEAD - CASE_BYTES : HEAD])
    locked = Locked(seal(plain, of=of, place=field.place, roots=now))
    column.rows().filter(pk=key).update(**{field.name: locked})
    return True


def rows_in_all() -> int:
    """How many rows `lock_anew` will look at."""
    return sum(column.rows().count() for column in columns())


def keys_in_use() -> Counter[bytes]:
    """How many values each root key opens, by its name; b"" for those that are not locked. Looks at every row."""
    return Counter(name for column in columns() for name in _names(column))


def _names(column: Column) -> Iterator[bytes]:
    for _key, value, _case in column.as_they_lie().iterator(ROWS_AT_ONCE):
        if not column.field.is_nothing(value):
            found = column.field.locked_in(value)
            yield b"" if found is None else root_of(found)


def try_to_open() -> None:
    """Open the newest row of each column. Raises NoKey and Broken: then the keys are not those of this database."""
    for column in columns():
        for _key, value, _case in column.as_they_lie().reverse()[:1]:
            found = None if value is None else column.field.locked_in(value)
            if found is not None:
                open_sealed(found, place=column.field.place, roots=roots())
