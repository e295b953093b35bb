"""What a backup says of itself: from which version and day, what lies in it, and how much."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

FORMAT = 1
NAME = "manifest.json"
KEYS_ONLY = "keys"


@dataclass(frozen=True, slots=True)
class Part:
    """One file in a backup: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Trails:
    """The ends of all records of access together: how many cases, how many rows, and one hash over all of them."""

    cases: int
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What lies in a database at one moment: its migrations, the rows of each table, the ends of the trails."""

    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    trails: Trails


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a backup says of itself. `store` is the kind of database; of a file of keys alone, `keys`.

    `key` is a fingerprint of the secret key, by which it is known which one belongs to these cases.
    """

    version: str
    made_at: str
    store: str
    picture: Picture
    key: str
    parts: Mapping[str, Part]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_keys(self) -> bool:
        return any(name.startswith("keys/") for name in self.parts)

    def as_json(self) -> bytes:
        """The manifest as it lies in the backup."""
        return json.dumps({"gameplan_backup": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False).encode()


def read_manifest(raw: bytes) -> Manifest:
    """The manifest in these bytes. Raises ValueError (or KeyError, TypeError) if it is none of this format."""
    told: dict[str, Any] = json.loads(raw)
    if told.pop("gameplan_backup") != FORMAT:
        raise ValueError("another format")
    picture = told.pop("picture")
    trails = Trails(**picture["trails"])
    migrations = tuple((app, name) for app, name in picture["migrations"])
    parts = {name: Part(**one) for name, one in told.pop("parts").items()}
    columns = {name: tuple(one) for name, one in told.pop("columns").items()}
    return Manifest(picture=Picture(migrations, picture["rows"], trails), parts=parts, columns=columns, **told)


def trails_of(ends: Iterable[tuple[str | UUID, int, str]]) -> Trails:
    """One hash over the ends of all trails: id of the case, number of rows, hash of the last."""
    told = sorted((str(UUID(str(case))), count, head) for case, count, head in ends)
    digest = hashlib.sha256("".join(f"{case} {count} {head}\n" for case, count, head in told).encode())
    return Trails(len(told), sum(count for _case, count, _head in told), digest.hexdigest())


NOTHING = Picture((), {}, trails_of(()))
"""The picture in a file of keys alone."""


def cases_in(made: Manifest) -> str:
    """What lies in a backup, in a few words."""
    rows, tables = sum(made.picture.rows.values()), len(made.picture.rows)
    trails = made.picture.trails
    return f"{trails.cases:,} cases, {trails.rows:,} rows of access, {rows:,} rows in {tables} tables"
