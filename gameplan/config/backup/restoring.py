"""Putting a backup back: looked over first, brought up to date, verified, and then there at once, or not at all."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from gameplan.config.backup import keys, postgres_store, sqlite_store
from gameplan.config.backup.container import Reading, opened
from gameplan.config.backup.manifest import KEYS_ONLY, Manifest
from gameplan.config.backup.refused import BackupRefused
from gameplan.config.database import SQLITE_FILE
from gameplan.config.keys import make_folder
from gameplan.config.lock import hold
from gameplan.config.serve import end_with_parent, set_up_django

WORKING = "restore.tmp"


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of looking over restored cases: how many, whether migrations were missing, and what does not fit."""

    cases: int
    brought_up: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: the backup, how many keys, what came of looking over. `lacks_key`: its key is not there."""

    manifest: Manifest
    keys: int
    verified: Verified
    lacks_key: bool


def restore(
    file: Path,
    data: Path,
    *,
    database: str = "",
    passphrase: bytes | None,
    replace: bool = False,
    anyway: bool = False,
) -> Restored:
    """Put a backup into an empty data folder, and that of PostgreSQL into the empty database at that address.

    `replace`: also where something lies already (a former SQLite file stays beside it). `anyway`: although a record of
    access did not fit what lies there. Raises BackupRefused, Damaged,
    and AlreadyRunning where a server holds the folder. Then nothing was changed.
    """
    os.umask(0o077)
    data = make_folder(data.expanduser().absolute())
    lock = hold(data)
    try:
        with opened(file, passphrase) as reading:
            store = reading.manifest.store
            if store == KEYS_ONLY:
                return Restored(reading.manifest, keys.take_out(reading, data), Verified(0, False, ()), False)
            _fits(reading, bool(database))
            into = _into_postgresql if store == "postgresql" else _into_sqlite
            count = keys.take_out(reading, data)
            verified = into(reading, data, replace=replace, anyway=anyway)
            lacks = keys.lacks_key(data, reading.manifest.key)
            return Restored(reading.manifest, count, verified, lacks)
    finally:
        os.close(lock)


def _fits(reading: Reading, is_database_named: bool) -> None:
    """Refuse what goes somewhere else, or comes from a later program."""
    store = reading.manifest.store
    if (store == "postgresql") != is_database_named:
        mend = "Name it: --database." if store == "postgresql" else "Leave --database out."
        raise BackupRefused("The backup", f"it is one of {'SQLite' if is_database_named else 'PostgreSQL'}.", mend)
    later = set(reading.manifest.picture.migrations) - set(MigrationLoader(None).disk_migrations)
    if later:
        mend = f"Install gameplan {reading.manifest.version} or newer."
        raise BackupRefused("The backup", "it was made with a newer gameplan.", mend)


def _into_sqlite(reading: Reading, data: Path, *, replace: bool, anyway: bool) -> Verified:
    place = data / SQLITE_FILE
    if place.exists() and not replace:
        raise BackupRefused(place, "there are cases already.", "Name an empty folder, or add --replace.")
    working = data / WORKING
    shutil.rmtree(working, ignore_errors=True)
    try:
        made = make_folder(working) / SQLITE_FILE
        with made.open("wb") as out:
            for more in reading.read(sqlite_store.PART):
                out.write(more)
        if sqlite_store.picture_of(made) != reading.manifest.picture:
            raise BackupRefused("The backup", "what came out of it is not what it says lies in it.")
        verified = _looked_over({"DATABASE_URL": f"sqlite:///{made}", "GAMEPLAN_DATA": str(working)})
        _refuse_findings(verified, anyway=anyway)
        sqlite_store.put_in_place(made, place)
        return verified
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _into_postgresql(reading: Reading, data: Path, *, replace: bool, anyway: bool) -> Verified:
    with transaction.atomic():
        if not postgres_store.is_empty():
            if not replace:
                mend = "Name an empty database, or add --replace."
                raise BackupRefused("--database", "there are tables already.", mend)
            postgres_store.empty()
        postgres_store.read_tables(reading)
        verified = bring_up()
        _refuse_findings(verified, anyway=anyway)
    return verified


def bring_up() -> Verified:
    """Bring the cases of this process up to date and hold the record of access of each against what lies there."""
    from gameplan.cases.verifying import verdicts
    from gameplan.core.words import ENGLISH

    loader = MigrationLoader(connection)
    brought_up = bool(set(loader.disk_migrations) - set(loader.applied_migrations))
    if brought_up:
        call_command("migrate", verbosity=0, interactive=False)
    count, findings = 0, list[str]()
    for verdict in verdicts(None, None):
        count += 1
        findings += [f"{one.case}: {ENGLISH.say(one.say)}" for one in verdict.findings]
    return Verified(count, brought_up, tuple(findings))


def _looked_over(env: Mapping[str, str]) -> Verified:
    """`bring_up` in a process of its own, whose cases are others."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:
        return other.submit(_bring_up_there, dict(env)).result()


def _bring_up_there(env: Mapping[str, str]) -> Verified:
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.environ.update(env)
    os.environ.pop("DATABASE_URL_FILE", None)
    set_up_django()
    try:
        return bring_up()
    finally:
        connection.close()


def _refuse_findings(verified: Verified, *, anyway: bool) -> None:
    if verified.findings and not anyway:
        told = " ".join(verified.findings[:5])
        mend = "Take another backup, or add --anyway if it was so before."
        raise BackupRefused("The backup", f"a record of access does not fit what lies there. {told}", mend)
