"""`python -m tests.config.tables_made`: makes the tables of the database of its environment, and tells them as JSON.

With the word `history` it goes through all migrations, as Django does.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def tables() -> dict[str, Any]:
    """Of each table its columns, constraints and indexes and the number of rows; and the migrations that are noted."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    told: dict[str, Any] = {"migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations()))}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            (rows,) = cursor.fetchone()
            columns = connection.introspection.get_table_description(cursor, name)
            constraints = connection.introspection.get_constraints(cursor, name)
            told[name] = {"rows": rows, "columns": sorted(map(str, columns)), "constraints": constraints}
    return told


def main(words: list[str]) -> None:
    django.setup()
    from django.core.management import call_command
    from django.core.management.commands import migrate as whole_history

    command = whole_history.Command() if "history" in words else "migrate"
    call_command(command, verbosity=0, interactive=False)
    sys.stdout.write(json.dumps(tables()))


if __name__ == "__main__":
    main(sys.argv[1:])
