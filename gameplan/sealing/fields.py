"""Columns whose content is locked in the database and plain everywhere else.

A model names where its case stands: `content = SealedBytes(of="case_id")`. The row itself, forms, hashes and the trail
see what was written; only the column holds the locked form. What lay there before there were locks is read as it is,
until `rotating` has locked it. For the database, and for migrations, these are the plain columns they stand on.
"""

from __future__ import annotations

import base64
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from gameplan.sealing.keys import roots
from gameplan.sealing.seal import OF_NO_CASE, is_sealed, open_sealed, seal

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    AnyField = models.Field[Any, Any]
    BinaryField = models.BinaryField[Any, Any]
    TextField = models.TextField[Any, Any]
    JSONField = models.JSONField[Any, Any]
else:
    AnyField, BinaryField, TextField, JSONField = models.Field, models.BinaryField, models.TextField, models.JSONField

TEXT_MARK = "\u2060sealed:"
"""How a locked text begins. Nobody types it: a sign that joins words without being seen."""


class NoCaseNamed(TypeError):
    """Raised when code writes a locked column without a row, as `update()` does: nobody knows which key to take."""


class Locked:
    """What goes into the column, already locked."""

    def __init__(self, found: bytes) -> None:
        self.found = found


class Sealed(AnyField, ABC):
    """What the three kinds share: the key is that of the case which the row names."""

    plain: Callable[[], models.Field[Any, Any]]
    """The plain column that this one stands on."""

    def __init__(self, *args: Any, of: str = "case_id", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As the plain column: migrations move what lies there, locked or not, and need no key."""
        name, _path, args, kwargs = super().deconstruct()
        return name, self.plain().deconstruct()[1], args, kwargs

    @property
    def place(self) -> str:
        """Where it lies, as it is held by the lock."""
        return f"{self.model._meta.label}.{self.name}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The value of the row, locked with the key of its case."""
        value = super().pre_save(model_instance, add)
        if self.is_nothing(value):
            return value
        case: UUID | None = attrgetter(self.of)(model_instance)
        return Locked(seal(self.to_bytes(value), of=case or OF_NO_CASE, place=self.place, roots=roots()))

    def is_nothing(self, value: Any) -> bool:
        """True for what needs no lock."""
        return value is None

    @abstractmethod
    def to_bytes(self, value: Any) -> bytes:
        """The value as bytes."""

    @abstractmethod
    def from_bytes(self, plain: bytes) -> Any:
        """The value that `to_bytes` made into these bytes."""

    @abstractmethod
    def in_column(self, found: bytes) -> Any:
        """Locked bytes as they go into the column."""

    @abstractmethod
    def locked_in(self, value: Any) -> bytes | None:
        """The locked bytes of what the column holds, or None if it is plain."""

    def opened(self, found: bytes) -> Any:
        """The value of locked bytes. Raises NoKey and Broken."""
        return self.from_bytes(open_sealed(found, place=self.place, roots=roots()))

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """What the column gets. Raises NoCaseNamed for a value that did not come through a row."""
        if isinstance(value, Locked):
            return super().get_db_prep_save(self.in_column(value.found), connection)
        if self.is_nothing(value):
            return super().get_db_prep_save(value, connection)
        raise NoCaseNamed(f"{self.place} is locked with the key of its case: save the row, do not update the column.")

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """The value, opened; one that was never locked as it is."""
        before = getattr(super(), "from_db_value", None)
        value = before(value, expression, connection) if before else value
        locked = None if value is None else self.locked_in(value)
        return value if locked is None else self.opened(locked)


class SealedBytes(Sealed, BinaryField):
    """Bytes, locked. None stay none."""

    plain = models.BinaryField

    def is_nothing(self, value: Any) -> bool:
        return not value

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, plain: bytes) -> bytes:
        return plain

    def in_column(self, found: bytes) -> bytes:
        return found

    def locked_in(self, value: Any) -> bytes | None:
        found = bytes(value)
        return found if is_sealed(found) else None


class SealedText(Sealed, TextField):
    """Text, locked. An empty one stays empty."""

    plain = models.TextField

    def is_nothing(self, value: Any) -> bool:
        return not value

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return plain.decode()

    def in_column(self, found: bytes) -> str:
        return TEXT_MARK + base64.b64encode(found).decode("ascii")

    def locked_in(self, value: Any) -> bytes | None:
        is_locked = isinstance(value, str) and value.startswith(TEXT_MARK)
        return base64.b64decode(value.removeprefix(TEXT_MARK)) if is_locked else None


class SealedJSON(Sealed, JSONField):
    """A value of JSON, locked: the column holds one text. It cannot be looked into by a query."""

    plain = models.JSONField
    in_column = SealedText.in_column
    locked_in = SealedText.locked_in

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, cls=self.encoder).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain, cls=self.decoder)
