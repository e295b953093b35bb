"""Writing many listings at once, as fast as each database takes them: a listing that is there is written over.

The one place of this room that speaks to the database itself. Through the models a row cost four times as much, which
made the import slower than reading the file (`make bench ARGS=care`).
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from django.db import connection

from gameplan.care.models import Listing
from gameplan.care.nppes import Provider

TABLE = Listing._meta.db_table
FIELDS = tuple(column.attname for column in Listing._meta.concrete_fields)
SAID = FIELDS[:-1]
"""What the file says of a provider, in the order of the columns; the last column is the intake."""

_values = attrgetter(*SAID)
_NAMES = ", ".join(f'"{name}"' for name in FIELDS)
_OVER = ", ".join(f'"{name}" = excluded."{name}"' for name in FIELDS if name != "npi")
# Names of columns come from the model, never from a file.
_CONFLICT = f'ON CONFLICT ("npi") DO UPDATE SET {_OVER}'
_ONE_ROW = f'INSERT INTO "{TABLE}" ({_NAMES}) VALUES ({", ".join(["%s"] * len(FIELDS))}) {_CONFLICT}'  # noqa: S608
_ARRIVING = f'CREATE TEMP TABLE care_arriving (LIKE "{TABLE}") ON COMMIT DROP'
_COPY = f"COPY care_arriving ({_NAMES}) FROM STDIN"
_TAKE_OVER = f'INSERT INTO "{TABLE}" ({_NAMES}) SELECT {_NAMES} FROM care_arriving {_CONFLICT}'  # noqa: S608


def write_listings(providers: Iterable[Provider], intake: int) -> None:
    """Write providers, no number twice, as listings of an intake (its number). Inside a transaction of the caller."""
    rows = [(*_values(provider), intake) for provider in providers]
    if not rows:
        return
    if connection.vendor == "postgresql":
        _copy(rows)
        return
    with connection.cursor() as cursor:
        cursor.executemany(_ONE_ROW, [(*row[:-2], row[-2] and row[-2].isoformat(), row[-1]) for row in rows])


def count_anew() -> None:
    """Let the database count what lies where; without that it walks a million rows where a few would do."""
    with connection.cursor() as cursor:
        cursor.execute(f'ANALYZE "{TABLE}"')


def _copy(rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVING)
        with cursor.copy(_COPY) as arriving:
            for row in rows:
                arriving.write_row(row)
        cursor.execute(_TAKE_OVER)
        cursor.execute("DROP TABLE care_arriving")
