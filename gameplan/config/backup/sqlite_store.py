"""Cases in one SQLite file: copied out while others write, and put back by one rename."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from gameplan.config.backup.container import sync_folder
from gameplan.config.backup.manifest import Picture, trails_of
from gameplan.config.backup.refused import BackupRefused

PART = "database.sqlite3"
REPLACED = ".replaced"


def copy(place: Path, into: Path) -> None:
    """Copy the database as it is at one moment. Those who write meanwhile wait for nothing, and are not in it."""
    with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(into)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")


def picture_of(path: Path) -> Picture:
    """What lies in a database file. Raises BackupRefused if it is none of gameplan, or damaged."""
    try:
        with closing(sqlite3.connect(path)) as found:
            if found.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupRefused(path, "the database is damaged.")
            names = found.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
            rows = {
                name: found.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  a name of its own
                for (name,) in names.fetchall()
            }
            migrations = found.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
            ends = found.execute("SELECT id, trail_count, trail_head FROM cases_case").fetchall()
    except sqlite3.DatabaseError as wrong:
        raise BackupRefused(path, f"this is no database of gameplan ({wrong}).") from wrong
    return Picture(tuple(migrations), dict(sorted(rows.items())), trails_of(ends))


def put_in_place(made: Path, place: Path) -> None:
    """Make a finished database the one that is used; a former one stays beside it.

    The former one is first brought to rest, so that nothing of its journal is ever read into the new one.
    """
    if place.is_file():
        with closing(sqlite3.connect(place)) as former:
            former.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            former.execute("PRAGMA journal_mode=DELETE")
        kept = place.with_name(place.name + REPLACED)
        kept.unlink(missing_ok=True)
        os.link(place, kept)
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.rename(place)
    sync_folder(place.parent)
