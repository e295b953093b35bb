"""A fresh database for programs of their own, of the kind that the tests run on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from psycopg import sql


@pytest.fixture
def place(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a fresh database of the kind that these tests run on."""
    folder = {"GAMEPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gameplan.config.settings"}
    if connection.vendor == "sqlite":
        yield folder
        return
    name = f"gameplan_kill_{uuid4().hex[:8]}"
    told = connection.get_connection_params() | {"dbname": "postgres"}
    login = {key: told[key] for key in ("user", "password", "host", "port", "dbname") if told.get(key)}
    with closing(psycopg.connect(**login, autocommit=True)) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield folder | {"DATABASE_URL": re.sub(r"(//[^/]*/)[^?]*", rf"\g<1>{name}", os.environ["DATABASE_URL"])}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
