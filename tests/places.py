"""A fresh database for programs of their own, of the kind that the tests run on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql


@contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """What the environment says of it: nothing on SQLite, whose database lies in the data folder."""
    if connection.vendor == "sqlite":
        yield {}
        return
    name = f"gameplan_{uuid4().hex[:12]}"
    told = connection.get_connection_params() | {"dbname": "postgres"}
    login = {key: told[key] for key in ("user", "password", "host", "port", "dbname") if told.get(key)}
    with closing(psycopg.connect(**login, autocommit=True)) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"])}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
