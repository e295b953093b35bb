"""`migrate`, which makes all tables of a new database at once instead of going through its whole history.

Each step of the history makes Django work out all tables anew; on a new folder that took most of the first start.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    """Django's own command, but for a database without any table."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring a database up to date; an empty one is made as the last migration of every app leaves it."""
        connection = connections[options["database"]]
        is_partial = options["app_label"] or options["plan"] or options["fake"] or options["check_unapplied"]
        if not is_partial and not connection.introspection.table_names():
            make_tables(connection)
        super().handle(*args, **options)


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make every table in an empty database, with all migrations noted as done: all of it or nothing.

    No migration runs, so one that does more than change tables must be made good here.
    """
    loader = MigrationLoader(connection)
    models = loader.project_state().apps.get_models()
    recorder = MigrationRecorder(connection)
    with connection.schema_editor() as editor:
        recorder.ensure_schema()
        for model in models:
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for app, name in loader.graph.nodes:
            recorder.record_applied(app, name)
