"""Making a backup, while others go on working."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gameplan.config import environment
from gameplan.config.backup import keys, postgres_store, sqlite_store
from gameplan.config.backup.container import AT_ONCE, Writing, written
from gameplan.config.backup.manifest import KEYS_ONLY, NOTHING, Manifest
from gameplan.config.backup.refused import BackupRefused
from gameplan.config.keys import make_folder
from gameplan.config.lock import alone
from gameplan.config.serve import set_up_django
from gameplan.config.settings_file import take_in

WORKING = "backup.tmp"
LOCK = "backup.lock"


def open_store(data: Path | None) -> Path:
    """Point this process to the cases of a folder, of whatever version they are. Raises BackupRefused, WrongSetting."""
    os.umask(0o077)
    if data:
        os.environ["GAMEPLAN_DATA"] = str(data.expanduser().absolute())
    take_in()
    folder = environment.data_folder()
    if not folder.is_dir():
        raise BackupRefused(folder, "the folder is not there.", "Name the one that holds the cases: --data.")
    set_up_django()
    return folder


def back_up(folder: Path, out: Path, *, passphrase: bytes | None, with_keys: bool = False) -> Manifest:
    """Write everything that is kept into the file `out`; what lies in it. Raises BackupRefused.

    `with_keys`: with the keys, too; needs a passphrase.
    """
    if with_keys and passphrase is None:
        mend = "Name a file that holds a passphrase: --passphrase-file."
        raise BackupRefused("--with-keys", "keys go only into a sealed file.", mend)
    with _working_in(folder) as place, written(out, passphrase) as writing:
        made = _sqlite(place, writing) if connection.vendor == "sqlite" else _postgresql(writing)
        if with_keys:
            keys.put_in(writing, folder, settings.SECRET_KEY)
        made = replace(made, parts=writing.parts)
        writing.say(made)
    return made


def back_up_keys(folder: Path, out: Path, *, passphrase: bytes | None) -> Manifest:
    """Write the keys alone into a sealed file. Raises BackupRefused."""
    if passphrase is None:
        mend = "Name a file that holds a passphrase: --passphrase-file."
        raise BackupRefused("--keys", "keys go only into a sealed file.", mend)
    with written(out, passphrase) as writing:
        keys.put_in(writing, folder, settings.SECRET_KEY)
        made = replace(_manifest(KEYS_ONLY), parts=writing.parts)
        writing.say(made)
    return made


@contextmanager
def _working_in(folder: Path) -> Iterator[Path]:
    """A closed place in the data folder for a copy on its way; what a killed one left there is gone."""
    place = folder / WORKING
    with alone(folder / LOCK):
        shutil.rmtree(place, ignore_errors=True)
        try:
            yield make_folder(place)
        finally:
            shutil.rmtree(place, ignore_errors=True)


def _sqlite(place: Path, writing: Writing) -> Manifest:
    source, copy = Path(connection.settings_dict["NAME"]), place / sqlite_store.PART
    if not source.is_file():
        raise BackupRefused(source, "there are no cases.", "Name the folder that gameplan keeps its cases in: --data.")
    sqlite_store.copy(source, copy)
    picture = sqlite_store.picture_of(copy)
    with writing.part(sqlite_store.PART) as part, copy.open("rb") as file:
        while more := file.read(AT_ONCE):
            part.write(more)
    return replace(_manifest("sqlite"), picture=picture)


def _postgresql(writing: Writing) -> Manifest:
    if postgres_store.is_empty():
        raise BackupRefused("DATABASE_URL", "there are no cases in this database.")
    picture, columns = postgres_store.write_tables(writing)
    return replace(_manifest("postgresql"), picture=picture, columns=columns)


def _manifest(store: str) -> Manifest:
    now = timezone.now().isoformat(timespec="seconds")
    return Manifest(version("gameplan"), now, store, NOTHING, keys.fingerprint(settings.SECRET_KEY), {})
