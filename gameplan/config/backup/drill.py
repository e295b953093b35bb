"""A drill: is what we back up really what we would get back? On the side, with nothing of the cases touched."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql

from gameplan.config.backup.making import back_up
from gameplan.config.backup.manifest import Manifest
from gameplan.config.backup.refused import BackupRefused
from gameplan.config.backup.restoring import Restored, restore
from gameplan.config.keys import make_folder
from gameplan.config.serve import end_with_parent, set_up_django

WORKING = "drill.tmp"


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill came to: the backup, what was restored of it, its size in bytes, and how long each took."""

    made: Manifest
    restored: Restored
    size: int
    seconds_to_back_up: float
    seconds_to_restore: float


def drill(folder: Path) -> Drill:
    """Back up, restore beside it, verify, compare, and remove both. Raises BackupRefused where anything differs."""
    working = folder / WORKING
    shutil.rmtree(working, ignore_errors=True)
    try:
        file = make_folder(working) / "gameplan.backup"
        begun = time.perf_counter()
        made = back_up(folder, file, passphrase=None)
        halfway = time.perf_counter()
        with _somewhere() as database:
            restored = _apart(file, working / "restored", database)
        return Drill(made, restored, file.stat().st_size, halfway - begun, time.perf_counter() - halfway)
    finally:
        shutil.rmtree(working, ignore_errors=True)


@contextmanager
def _somewhere() -> Iterator[str]:
    """The address of an empty database on the same server for as long as this lasts; nothing where SQLite is used."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"gameplan_drill_{uuid4().hex[:8]}"
    told = connection.get_connection_params()
    login = {key: told[key] for key in ("user", "password", "host", "port", "dbname") if told.get(key)}
    try:
        with closing(psycopg.connect(**login, autocommit=True)) as server:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                yield _address(login | {"dbname": name})
            finally:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as wrong:
        mend = "Let it (ALTER ROLE ... CREATEDB), or restore a backup into an empty database by hand."
        raise BackupRefused("DATABASE_URL", "this user may not make a database to try in.", mend) from wrong


def _address(login: dict[str, str]) -> str:
    user, password = (quote(str(login.get(key, "")), safe="") for key in ("user", "password"))
    place = urlencode([(key, str(login[key])) for key in ("host", "port") if key in login])
    return f"postgres://{user}{':' if password else ''}{password}@/{quote(login['dbname'])}?{place}"


def _apart(file: Path, data: Path, database: str) -> Restored:
    """Restore in a process of its own, whose cases are the restored ones."""
    env = {"GAMEPLAN_DATA": str(data), "DATABASE_URL": database, "DATABASE_URL_FILE": ""}
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        return other.submit(_restore_there, env, file, data, database).result()


def _restore_there(env: dict[str, str], file: Path, data: Path, database: str) -> Restored:
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.environ.update(env)
    os.environ.pop("GAMEPLAN_SETTINGS", None)
    set_up_django()
    try:
        return restore(file, data, database=database, passphrase=None)
    finally:
        connection.close()
