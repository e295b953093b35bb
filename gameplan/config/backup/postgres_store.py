"""Cases in PostgreSQL: every table copied out of one moment, and put back in one transaction.

This is COPY and not pg_dump: pg_dump has to be of the server's version, and what it wrote can be looked over only after
it was committed. Here counts, trails and migrations are looked over before the one commit, so a restore is whole or
was never there. Text COPY reads the same in every version of PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from gameplan.config.backup.container import Reading, Writing
from gameplan.config.backup.manifest import Picture, trails_of
from gameplan.config.backup.refused import BackupRefused

_PREFIX = "tables/"


def write_tables(writing: Writing) -> tuple[Picture, dict[str, tuple[str, ...]]]:
    """Every table becomes a part, all of one moment; what lies in them, and their columns."""
    connection.close()  # the moment begins with the transaction
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        picture, columns = picture_now(cursor), {}
        for table in picture.rows:
            columns[table] = _columns(cursor, table)
            with writing.part(_PREFIX + table) as part, cursor.copy(_copy(table, columns[table], "TO STDOUT")) as rows:
                for some in rows:
                    part.write(some)
    return picture, columns


def picture_now(cursor: Any) -> Picture:
    """What lies in the database, as this transaction sees it."""
    rows = {table: _count(cursor, table) for table in _tables(cursor)}
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = tuple(cursor.fetchall())
    cursor.execute("SELECT id, trail_count, trail_head FROM cases_case")
    return Picture(migrations, rows, trails_of(cursor.fetchall()))


def is_empty() -> bool:
    """True if there is no table."""
    with connection.cursor() as cursor:
        return not _tables(cursor)


def empty() -> None:
    """Take every table away; within a transaction."""
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(table)))


def read_tables(reading: Reading) -> None:
    """Make the tables as they were and fill them; within a transaction. Raises BackupRefused if they do not fit."""
    manifest = reading.manifest
    _migrate_to(manifest.picture.migrations)
    with connection.cursor() as cursor:
        there, wanted = set(_tables(cursor)), set(manifest.picture.rows)
        if there != wanted:
            names = ", ".join(sorted(there ^ wanted))
            raise BackupRefused("The backup", f"its tables are not those of its migrations ({names}).")
        every = sql.SQL(", ").join(map(sql.Identifier, sorted(there)))
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(every))
        for table in sorted(there):
            with cursor.copy(_copy(table, manifest.columns[table], "FROM STDIN")) as rows:
                for some in reading.read(_PREFIX + table):
                    rows.write(some)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _go_on_counting(cursor)
        if picture_now(cursor) != manifest.picture:
            raise BackupRefused("The backup", "what came out of it is not what it says lies in it.")


def _migrate_to(migrations: Iterable[tuple[str, str]]) -> None:
    """Bring an empty database to just these migrations."""
    executor = MigrationExecutor(connection)
    applied = set(migrations)
    nodes = executor.loader.graph.node_map
    ends = [key for key in applied & set(nodes) if not applied & {child.key for child in nodes[key].children}]
    executor.migrate(sorted(ends))


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor: Any, table: str) -> tuple[str, ...]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return tuple(name for (name,) in cursor.fetchall())


def _copy(table: str, columns: Sequence[str], way: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(way))


def _go_on_counting(cursor: Any) -> None:
    """The next number that the database gives out is higher than any that is there."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES'"
    )
    go_on = sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT coalesce(max({}), 0) + 1 FROM {}), false)")
    for table, column in cursor.fetchall():
        named = sql.Literal(f'"{table}"'), sql.Literal(column)
        cursor.execute(go_on.format(*named, sql.Identifier(column), sql.Identifier(table)))


def _count(cursor: Any, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    found: int = cursor.fetchone()[0]
    return found
